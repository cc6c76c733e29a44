"""The report in a real Chromium, opened from a file with its sound beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agent.report.page import render
from tests.browser import chromium, screenshot
from tests.sample_analysis import AUDIO, hostile_sample, sample
from voice.audio import Clip, write_wav

pytestmark = pytest.mark.slow

_RATE_HZ = 8_000
_SLOW = "document.getElementById('sound').playbackRate = 0.0625"
"""The slowest rate there is, so that the time read after a click is the time clicked."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("a session")
    analysis = sample()
    count = round(analysis.about.duration_s * _RATE_HZ)
    tone = 2000 * np.sin(2 * np.pi * 220 * np.arange(count) / _RATE_HZ)
    write_wav(path / AUDIO, Clip(tone.astype(np.int16), _RATE_HZ))
    (path / "report.html").write_text(render(analysis), encoding="utf-8")
    (path / "hostile.html").write_text(render(hostile_sample()), encoding="utf-8")
    (path / "silent.html").write_text(render(sample("gone.wav")), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def opened(driver: Any, folder: Path) -> Any:
    return _open(driver, folder / "report.html")


def _open(driver: Any, page: Path, fragment: str = "") -> Any:
    driver.get("about:blank")
    driver.get_log("browser")
    driver.get(page.as_uri() + fragment)
    driver.execute_async_script(
        "const [done] = arguments, a = document.getElementById('sound');"
        "if (a.readyState >= 1 || a.error) done();"
        "for (const e of ['loadedmetadata', 'error']) a.addEventListener(e, () => done());"
    )
    driver.execute_script(_SLOW)
    return driver


def _time(driver: Any) -> float:
    return float(driver.execute_script("return document.getElementById('sound').currentTime"))


def _paused(driver: Any) -> bool:
    return bool(driver.execute_script("return document.getElementById('sound').paused"))


def _element(driver: Any, css: str) -> Any:
    found = driver.find_element("css selector", css)
    driver.execute_script(
        "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", found
    )
    return found


def _press(driver: Any, *keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(driver).send_keys(*keys).perform()


def test_it_opens_without_a_word_on_the_console(opened: Any) -> None:
    assert opened.get_log("browser") == []
    assert opened.execute_script("return document.getElementById('sound').duration") > 180
    assert opened.find_element("id", "trouble").text == ""


def test_a_click_on_a_word_plays_from_there(opened: Any) -> None:
    word = sample().answers[2].words[10]
    _element(opened, f'#answer-2 [data-s="{word.start_s:g}"]').click()
    assert _time(opened) == pytest.approx(word.start_s, abs=0.15)
    assert not _paused(opened)
    assert opened.find_element("css selector", ".words .on").text == word.text
    assert opened.get_log("browser") == []


def test_a_finding_and_a_quote_play_their_moments(opened: Any) -> None:
    analysis = sample()
    finding = analysis.findings[0]
    _element(opened, ".finding .play").click()
    assert finding.start_s is not None
    assert _time(opened) == pytest.approx(finding.start_s, abs=0.15)
    quote = analysis.coverage.points[3].evidence[0]
    _element(opened, "#point-4 .play").click()
    assert _time(opened) == pytest.approx(quote.start_s, abs=0.15)
    assert not _paused(opened)


def test_a_filler_plays_with_what_surrounds_it(opened: Any) -> None:
    filler = sample().fillers.filler_words[0]
    _element(opened, f'#fillers button[aria-label^="Play “{filler.text}”"]').click()
    assert _time(opened) == pytest.approx(filler.start_s - 0.6, abs=0.15)
    assert not _paused(opened)
    um = sample().fillers.filled_pauses[0]
    _element(opened, ".answer .words .f[data-s]").click()
    assert _time(opened) == pytest.approx(um.start_s, abs=0.15)


def test_a_click_on_the_pace_plays_from_there(opened: Any) -> None:
    answer = sample().answers[2]
    _element(opened, "#answer-2 .strip.scrub").click()
    middle_s = (answer.start_s + answer.end_s) / 2
    assert _time(opened) == pytest.approx(middle_s, abs=0.5)
    head = opened.find_element("css selector", "#answer-2 .strip .head")
    assert head.get_attribute("visibility") == "visible"


def test_a_missing_point_leads_to_the_question_where_it_fits(opened: Any) -> None:
    _element(opened, "#point-5 .fit a").click()
    assert opened.execute_script("return location.hash") == "#answer-1"
    box = "return document.getElementById('answer-1').getBoundingClientRect().top"
    opened.execute_async_script(
        "const [done] = arguments, at = () => document.getElementById('answer-1')"
        ".getBoundingClientRect().top;"
        "let last; (function look() { const now = at();"
        " if (now === last && now < innerHeight) done(); else { last = now;"
        " requestAnimationFrame(() => requestAnimationFrame(look)); } })();"
    )
    assert 0 <= opened.execute_script(box) < 200
    assert opened.get_log("browser") == []


def test_a_pin_of_the_timeline_plays_its_quote(opened: Any) -> None:
    quote = sample().coverage.points[2].evidence[0]
    _element(opened, f'.timeline .pin[data-s="{quote.start_s:g}"] .hit').click()
    assert _time(opened) == pytest.approx(quote.start_s, abs=0.15)


def test_a_moment_stops_at_its_end(opened: Any) -> None:
    finding = sample().findings[0]
    _element(opened, ".finding .play").click()
    opened.execute_script("document.getElementById('sound').playbackRate = 4")
    opened.execute_async_script(
        "const [done] = arguments, a = document.getElementById('sound');"
        "if (a.paused) done(); else a.addEventListener('pause', () => done());"
    )
    assert finding.end_s is not None
    assert finding.end_s <= _time(opened) < finding.end_s + 2


def test_a_click_on_the_timeline_plays_from_there(opened: Any) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    row = _element(opened, ".timeline .row")
    ActionChains(opened).move_to_element_with_offset(row, 0, 35).click().perform()
    half = sample().about.duration_s / 2
    assert _time(opened) == pytest.approx(half, abs=1.0)
    assert not _paused(opened)
    head = opened.find_element("css selector", ".row .head")
    assert head.get_attribute("visibility") == "visible"
    assert float(head.get_attribute("x1").rstrip("%")) == pytest.approx(50, abs=1)


def test_the_keyboard_plays_steps_and_walks_the_words(opened: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    _press(opened, Keys.SPACE)
    assert not _paused(opened)
    _press(opened, Keys.SPACE)
    assert _paused(opened)
    _press(opened, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_LEFT)
    assert _time(opened) == pytest.approx(5, abs=0.15)
    words = sample().answers[0].words
    opened.execute_script("document.querySelector('#answer-1 .words [tabindex]').focus()")
    _press(opened, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    focused = opened.switch_to.active_element
    assert (focused.text, focused.get_attribute("role")) == (words[2].text, "button")
    assert len(opened.find_elements("css selector", "#answer-1 .words [tabindex]")) == 1
    _press(opened, Keys.ENTER)
    assert _time(opened) == pytest.approx(words[2].start_s, abs=0.15)


def test_a_link_with_a_time_opens_there(driver: Any, folder: Path) -> None:
    _open(driver, folder / "report.html", "#t=70.5")
    assert _time(driver) == pytest.approx(70.5, abs=0.15)
    assert _paused(driver)
    lit = driver.find_element("css selector", ".words .on")
    assert float(lit.get_attribute("data-s")) <= 70.6
    driver.execute_script("location.hash = '#t=12'")
    driver.execute_async_script("setTimeout(arguments[0])")
    assert _time(driver) == pytest.approx(12, abs=0.15)


def test_hostile_text_does_nothing(driver: Any, folder: Path) -> None:
    _open(driver, folder / "hostile.html")
    assert driver.execute_script("return window.hit === undefined")
    assert driver.find_elements("css selector", "img") == []
    assert len(driver.find_elements("css selector", "script")) == 1
    assert driver.get_log("browser") == []
    assert driver.execute_script("return document.documentElement.scrollWidth") <= 1280


def test_a_lost_sound_is_said_and_breaks_nothing(driver: Any, folder: Path) -> None:
    _open(driver, folder / "silent.html")
    assert "gone.wav" in driver.find_element("id", "trouble").text
    _element(driver, ".finding .play").click()
    assert "must lie beside this page" in driver.find_element("id", "trouble").text


@pytest.mark.parametrize("name", ["report.html", "hostile.html"])
def test_a_phone_needs_no_sideways_scroll(folder: Path, name: str, tmp_path: Path) -> None:
    with chromium(400, 800) as phone:
        _open(phone, folder / name)
        assert phone.execute_script("return document.documentElement.scrollWidth") <= 400
        screenshot(phone, tmp_path / "phone.png")
    assert (tmp_path / "phone.png").read_bytes().startswith(b"\x89PNG")


def test_dark_mode_is_dark_and_paper_is_light(folder: Path) -> None:
    ask = "return getComputedStyle(document.body).backgroundColor"
    with chromium(dark=True) as night:
        _open(night, folder / "report.html")
        assert night.execute_script(ask) == "rgb(22, 21, 19)"
        night.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        assert night.execute_script(ask) == "rgb(255, 255, 255)"
        assert not night.find_element("class name", "player").is_displayed()
