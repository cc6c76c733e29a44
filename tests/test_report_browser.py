"""The report in a real Chromium: what plays, and that everybody can read and use it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agent.report.page import Place, render
from agent.report.results import draw_single
from tests.browser import chromium, faults, open_report
from tests.sample_analysis import AUDIO, earlier, hostile_sample, sample
from voice.audio.clip import Clip, write_wav
from voice.audio.recorder import INTERVIEWER_TRACK

pytestmark = pytest.mark.slow

_RATE_HZ = 8_000
_OUTLINE = (
    "const s = getComputedStyle(document.activeElement);"
    "return `${s.outlineStyle} ${s.outlineWidth}`"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("a session")
    analysis = sample()
    count = round(analysis.about.duration_s * _RATE_HZ)
    tone = 2000 * np.sin(2 * np.pi * 220 * np.arange(count) / _RATE_HZ)
    write_wav(path / AUDIO, Clip(tone.astype(np.int16), _RATE_HZ))
    write_wav(path / INTERVIEWER_TRACK, Clip(tone.astype(np.int16)[: count // 2], _RATE_HZ))
    beside = Place("last", INTERVIEWER_TRACK)
    page = render(analysis, earlier(analysis), beside)
    (path / "report.html").write_text(page, encoding="utf-8")
    (path / "hostile.html").write_text(render(hostile_sample()), encoding="utf-8")
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
        "the pace": ("#answer-2 .strip", (answer.start_s + answer.end_s) / 2),
    }


@pytest.mark.parametrize("what", _moments())
def test_a_click_plays_from_that_moment(opened: Any, what: str) -> None:
    css, at_s = _moments()[what]
    _click(opened, css)
    assert _time(opened) == pytest.approx(at_s, abs=0.15 if "the " not in what else 1)
    assert not _paused(opened)
    assert opened.get_log("browser") == []


def test_the_interviewer_is_heard_on_the_same_clock(opened: Any) -> None:
    _click(opened, ".finding .play")
    at_s, other_s, silent = opened.execute_async_script(
        "const [done] = arguments, o = document.getElementById('other');"
        "setTimeout(() => done([document.getElementById('sound').currentTime, o.currentTime,"
        " o.paused]), 300)"
    )
    # Its sound is half as long here: past its end nothing of it plays.
    half_s = sample().about.duration_s / 2
    assert silent == (at_s >= half_s)
    assert other_s == pytest.approx(min(at_s, half_s), abs=0.2) or silent


def test_one_file_holds_both_voices_and_plays_alone(
    driver: Any, tmp_path: Path, folder: Path
) -> None:
    page = draw_single(folder, sample()).rename(tmp_path / "mailed.html")
    open_report(driver, page)
    assert "media-src data:;" in page.read_text(encoding="utf-8")
    whole_s = driver.execute_script("return document.getElementById('sound').duration")
    assert whole_s == pytest.approx(sample().about.duration_s, abs=0.1)
    _click(driver, ".finding .play")
    assert _time(driver) == pytest.approx(sample().findings[0].start_s, abs=0.15)
    assert not _paused(driver)
    assert driver.get_log("browser") == []


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


def test_the_keyboard_plays_and_steps(opened: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    _press(opened, Keys.SPACE)
    assert not _paused(opened)
    _press(opened, Keys.SPACE)
    assert _paused(opened)
    _press(opened, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_LEFT)
    assert _time(opened) == pytest.approx(5, abs=0.15)


def test_hostile_text_does_nothing(folder: Path) -> None:
    with chromium(390, 844) as phone:
        open_report(phone, folder / "hostile.html")
        assert phone.execute_script("return window.hit === undefined")
        assert phone.find_elements("css selector", "img, script ~ script") == []
        assert phone.get_log("browser") == []
        assert phone.execute_script("return document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everybody_can_read_and_use_it(folder: Path, dark: bool) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    with chromium(dark=dark) as driver:
        open_report(driver, folder / "report.html")
        assert faults(driver) == []
        for _ in range(8):
            ActionChains(driver).send_keys(Keys.TAB).perform()
            assert driver.execute_script(_OUTLINE) == "solid 2px"


def test_paper_shows_all_that_was_said(folder: Path) -> None:
    with chromium(dark=True) as driver:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        open_report(driver, folder / "report.html")
        assert faults(driver) == []
        shown = driver.execute_script(
            "return ['.player', '.contents', '.outline', '.answer .words', '.moments', '#method']"
            ".map((css) => document.querySelector(css).checkVisibility())"
        )
    assert shown == [False, False, False, True, True, True]
