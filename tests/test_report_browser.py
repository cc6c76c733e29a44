"""The report in a real Chromium, opened from a file with its sound beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agent.report.page import render
from tests.browser import chromium, open_report
from tests.sample_analysis import AUDIO, hostile_sample, sample
from voice.audio import Clip, write_wav

pytestmark = pytest.mark.slow

_RATE_HZ = 8_000


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
    return open_report(driver, folder / "report.html")


def _time(driver: Any) -> float:
    return float(driver.execute_script("return document.getElementById('sound').currentTime"))


def _paused(driver: Any) -> bool:
    return bool(driver.execute_script("return document.getElementById('sound').paused"))


def _click(driver: Any, css: str) -> None:
    """Click an element in the middle of the window, unfolding what it stands in."""
    found = driver.find_element("css selector", css)
    driver.execute_script(
        "arguments[0].closest('details')?.setAttribute('open', '');"
        "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})",
        found,
    )
    found.click()


def _press(driver: Any, *keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(driver).send_keys(*keys).perform()


def test_it_opens_without_a_word_on_the_console(opened: Any) -> None:
    assert opened.get_log("browser") == []
    assert opened.execute_script("return document.getElementById('sound').duration") > 180
    assert opened.find_element("id", "trouble").text == ""


def _moments() -> dict[str, tuple[str, float]]:
    """Return what can be clicked, and the time that it plays from."""
    analysis = sample()
    points, fillers = analysis.coverage.points, analysis.fillers
    word, answer = analysis.answers[2].words[10], analysis.answers[2]
    said = fillers.filler_words[0]
    return {
        "a word": (f'#answer-2 .words [data-s="{word.start_s:g}"]', word.start_s),
        "a finding": (".finding .play", analysis.findings[0].start_s or 0.0),
        "a quote": ("#point-4 .play", points[3].evidence[0].start_s),
        "a filler": (f'#fillers button[aria-label^="Play “{said.text}”"]', said.start_s - 0.6),
        "a pin": (
            f'.timeline .pin[data-s="{points[2].evidence[0].start_s:g}"] .hit',
            points[2].evidence[0].start_s,
        ),
        "the pace": ("#answer-2 .strip", (answer.start_s + answer.end_s) / 2),
    }


@pytest.mark.parametrize("what", _moments())
def test_a_click_plays_from_that_moment(opened: Any, what: str) -> None:
    css, at_s = _moments()[what]
    _click(opened, css)
    assert _time(opened) == pytest.approx(at_s, abs=0.5 if what == "the pace" else 0.15)
    assert not _paused(opened)
    assert opened.get_log("browser") == []


def test_a_moment_stops_at_its_end(opened: Any) -> None:
    finding = sample().findings[0]
    _click(opened, ".finding .play")
    opened.execute_script("document.getElementById('sound').playbackRate = 4")
    opened.execute_async_script(
        "const [done] = arguments, a = document.getElementById('sound');"
        "if (a.paused) done(); else a.addEventListener('pause', () => done());"
    )
    assert finding.end_s is not None
    assert finding.end_s <= _time(opened) < finding.end_s + 2


def test_a_click_on_the_timeline_plays_from_there(opened: Any) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    row = opened.find_element("css selector", ".timeline .row")
    opened.execute_script(
        "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", row
    )
    ActionChains(opened).move_to_element_with_offset(row, 0, 35).click().perform()
    assert _time(opened) == pytest.approx(sample().about.duration_s / 2, abs=1.0)
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
    opened.execute_script(
        "document.querySelector('#answer-1 details').open = true;"
        "document.querySelector('#answer-1 .words [tabindex]').focus()"
    )
    _press(opened, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    focused = opened.switch_to.active_element
    assert (focused.text, focused.get_attribute("role")) == (words[2].text, "button")
    assert len(opened.find_elements("css selector", "#answer-1 .words [tabindex]")) == 1
    _press(opened, Keys.ENTER)
    assert _time(opened) == pytest.approx(words[2].start_s, abs=0.15)


def test_a_link_opens_its_answer_or_its_time(driver: Any, folder: Path) -> None:
    open_report(driver, folder / "report.html", "#t=70.5")
    assert _time(driver) == pytest.approx(70.5, abs=0.15)
    assert _paused(driver)
    lit = driver.find_element("css selector", ".words .on")
    assert float(lit.get_attribute("data-s")) <= 70.6
    assert lit.is_displayed()
    _click(driver, "#point-5 a[href='#answer-1']")
    driver.execute_async_script("setTimeout(arguments[0])")
    assert driver.find_element("css selector", "#answer-1 .words").is_displayed()


def test_a_command_names_the_folder_of_the_page(opened: Any, folder: Path) -> None:
    told = opened.find_element("css selector", "#answer-2 .again").text
    assert f"rehearse retry '{folder}' --answer 2" in told


def test_hostile_text_does_nothing(driver: Any, folder: Path) -> None:
    open_report(driver, folder / "hostile.html")
    assert driver.execute_script("return window.hit === undefined")
    assert driver.find_elements("css selector", "img") == []
    assert len(driver.find_elements("css selector", "script")) == 1
    assert driver.get_log("browser") == []


def test_a_lost_sound_is_said_and_breaks_nothing(driver: Any, folder: Path) -> None:
    open_report(driver, folder / "silent.html")
    assert "gone.wav" in driver.find_element("id", "trouble").text
    _click(driver, ".finding .play")
    assert "must lie beside this page" in driver.find_element("id", "trouble").text


def test_dark_mode_is_dark_and_paper_is_light(folder: Path) -> None:
    ask = "return getComputedStyle(document.body).backgroundColor"
    with chromium(dark=True) as night:
        open_report(night, folder / "report.html")
        assert night.execute_script(ask) == "rgb(22, 21, 19)"
        night.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        assert night.execute_script(ask) == "rgb(255, 255, 255)"
