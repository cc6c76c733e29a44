"""The report for everybody: contrast in both themes, names, headings, keyboard, paper."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from agent.report.page import render
from tests.browser import chromium
from tests.sample_analysis import earlier, sample

pytestmark = pytest.mark.slow

_READABLE = 4.5
"""Contrast of text against what lies behind it (WCAG 2.2, 1.4.3, level AA)."""
_READABLE_LARGE = 3.0
"""From 24 px on, or 18.66 px in bold."""
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
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  found.push([text.slice(0, 30), ratio, large]);
}
return found;
"""
_UNNAMED = """
return [...document.querySelectorAll('a, button, input, select, summary, audio, [role=img], nav')]
  .filter((e) => e.checkVisibility() && !e.textContent.trim() && !e.getAttribute('aria-label')
    && !(e.getAttribute('aria-labelledby') || '').trim())
  .map((e) => e.outerHTML.slice(0, 80));
"""
_LEVELS = (
    "return [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((h) => Number(h.tagName[1]))"
)


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
        found = _script(driver, _CONTRASTS)
    assert len(found) > 400
    faint = [
        (text, round(ratio, 2))
        for text, ratio, large in found
        if ratio < (_READABLE_LARGE if large else _READABLE)
    ]
    assert faint == []


def test_all_that_can_be_used_has_a_name_and_headings_skip_no_level(page: Path) -> None:
    with chromium() as driver:
        _open(driver, page)
        unnamed, levels = _script(driver, _UNNAMED), _script(driver, _LEVELS)
    assert unnamed == []
    assert levels[0] == 1
    assert levels.count(1) == 1
    steps = [after - before for before, after in pairwise(levels)]
    assert max(steps) == 1


def test_the_focus_is_seen_and_motion_can_be_turned_off(page: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    with chromium() as driver:
        _open(driver, page)
        outlines = []
        for _ in range(8):
            ActionChains(driver).send_keys(Keys.TAB).perform()  # type: ignore[arg-type]
            outlines.append(
                _script(
                    driver,
                    "const s = getComputedStyle(document.activeElement);"
                    "return [s.outlineStyle, s.outlineWidth]",
                )
            )
        smooth = "return getComputedStyle(document.documentElement).scrollBehavior"
        moving = _script(driver, smooth)
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        _devtools(driver, "Emulation.setEmulatedMedia", features=[still])
        assert (moving, _script(driver, smooth)) == ("smooth", "auto")
    assert outlines == [["solid", "2px"]] * 8


def test_it_prints_on_paper_with_all_that_was_said(page: Path) -> None:
    with chromium(dark=True) as driver:
        _open(driver, page)
        printed = _devtools(driver, "Page.printToPDF", printBackground=True)
        _devtools(driver, "Emulation.setEmulatedMedia", media="print")
        hidden = _script(
            driver,
            "return ['.player', '.contents', '.answer .words', '.moments', '#method']"
            ".map((css) => document.querySelector(css).checkVisibility())",
        )
        faint = [text for text, ratio, _ in _script(driver, _CONTRASTS) if ratio < _READABLE]
    assert len(printed["data"]) > 50_000
    assert hidden == [False, False, True, True, True]
    assert faint == []


def _open(driver: Any, page: Path) -> None:
    driver.get(page.as_uri())
    driver.execute_script("for (const d of document.querySelectorAll('details')) d.open = true")


def _script(driver: Any, script: str) -> Any:
    return driver.execute_script(script)


def _devtools(driver: Any, command: str, **settings: Any) -> Any:
    return driver.execute_cdp_cmd(command, settings)
