"""The report for everybody: contrast in both themes, names, headings, keyboard, paper."""

from __future__ import annotations

import base64
import io
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from agent.report.page import render
from tests.browser import chromium
from tests.sample_analysis import hostile_sample, sample
from tests.sample_depth import earlier

pytestmark = pytest.mark.slow

_READABLE = 4.5
"""Contrast of text against what lies behind it (WCAG 2.2, 1.4.3, level AA)."""
_CONTRASTS = """
const rgba = (text) => [...text.match(/[\\d.]+/g).map(Number), 1].slice(0, 4);
const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
const light = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
  const v = c[i] / 255;
  return sum + weight * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
}, 0);
function behind(element) {
  const layers = [];
  for (let e = element; e; e = e.parentElement) layers.push(getComputedStyle(e).backgroundColor);
  const white = [255, 255, 255, 1];
  return layers.map(rgba).reverse().reduce((below, layer) => over(layer, below), white);
}
const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const element = walk.currentNode.parentElement, text = walk.currentNode.data.trim();
  if (!text || element.closest('svg, script, .sr, option') || !element.checkVisibility()) continue;
  const style = getComputedStyle(element), back = behind(element);
  const [a, b] = [light(over(rgba(style.color), back)), light(back)];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  found.push([text.slice(0, 30), ratio]);
}
return found;
"""
_UNNAMED = """
return [...document.querySelectorAll('a, button, input, select, summary, audio, [role=img], nav')]
  .filter((e) => e.checkVisibility() && !e.textContent.trim() && !e.getAttribute('aria-label')
    && !(e.getAttribute('aria-labelledby') || '').trim())
  .map((e) => e.outerHTML.slice(0, 80));
"""
_LEVELS = "return [...document.querySelectorAll('h1,h2,h3,h4')].map((h) => Number(h.tagName[1]))"
_OUTLINE = (
    "const s = getComputedStyle(document.activeElement);"
    "return `${s.outlineStyle} ${s.outlineWidth}`"
)
_SCROLLING = "return getComputedStyle(document.documentElement).scrollBehavior"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("access") / "report.html"
    analysis = sample("gone.wav")
    path.write_text(render(analysis, earlier(analysis)), encoding="utf-8")
    return path


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_can_be_read_against_what_lies_behind_it(page: Path, dark: bool) -> None:
    with chromium(dark=dark) as driver:
        _open(driver, page)
        found = driver.execute_script(_CONTRASTS)
    assert len(found) > 400
    assert [(text, ratio) for text, ratio in found if ratio < _READABLE] == []


def test_all_that_can_be_used_has_a_name_and_is_seen_in_focus(page: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    with chromium() as driver:
        _open(driver, page)
        unnamed, levels = driver.execute_script(_UNNAMED), driver.execute_script(_LEVELS)
        for _ in range(8):
            ActionChains(driver).send_keys(Keys.TAB).perform()
            assert driver.execute_script(_OUTLINE) == "solid 2px"
        moving = driver.execute_script(_SCROLLING)
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [still]})
        assert (moving, driver.execute_script(_SCROLLING)) == ("smooth", "auto")
    assert unnamed == []
    assert (levels[0], levels.count(1)) == (1, 1)
    assert max(after - before for before, after in pairwise(levels)) == 1


def test_it_prints_on_paper_with_all_that_was_said(page: Path) -> None:
    with chromium(dark=True) as driver:
        driver.get(page.as_uri())
        printed = driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        shown = driver.execute_script(
            "return ['.player', '.contents', '.answer .words', '.moments', '#method']"
            ".map((css) => document.querySelector(css).checkVisibility())"
        )
        faint = [text for text, ratio in driver.execute_script(_CONTRASTS) if ratio < _READABLE]
    paper = PdfReader(io.BytesIO(base64.b64decode(printed["data"])))
    assert len(paper.pages) <= 6
    last_words = [word.text for word in sample().answers[-1].words][-3:]
    assert " ".join(last_words) in " ".join(" ".join(p.extract_text().split()) for p in paper.pages)
    assert shown == [False, False, True, True, True]
    assert faint == []


@pytest.mark.parametrize("hostile", [False, True])
def test_a_phone_needs_no_sideways_scroll_and_no_long_one(tmp_path: Path, hostile: bool) -> None:
    path = tmp_path / "report.html"
    path.write_text(render(hostile_sample() if hostile else sample()), encoding="utf-8")
    with chromium(390, 844) as phone:
        phone.get(path.as_uri())
        size = "const page = document.documentElement; return [page.scrollWidth, page.scrollHeight]"
        width_px, height_px = phone.execute_script(size)
    assert width_px <= 390
    assert height_px <= 8000 or hostile


def _open(driver: Any, page: Path) -> None:
    driver.get(page.as_uri())
    driver.execute_script("for (const d of document.querySelectorAll('details')) d.open = true")
