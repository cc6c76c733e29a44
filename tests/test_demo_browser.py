"""The demo's own report in a real Chromium: nothing complains, a word plays from its moment."""

from __future__ import annotations

import pytest

from agent.after.results import read_analysis
from tests.browser import chromium
from tests.conftest import Demo

_READY = (
    "const [done] = arguments, a = document.getElementById('sound');"
    "if (a.readyState >= 1 || a.error) done(); else for (const e of ['loadedmetadata', 'error'])"
    " a.addEventListener(e, () => done());"
)


def test_a_click_on_a_word_moves_the_sound_to_that_word(demo: Demo) -> None:
    analysis = read_analysis(demo.folder)
    answer = analysis.answers[-1]
    word = answer.words[len(answer.words) // 2]
    with chromium() as driver:
        driver.get((demo.folder / "report.html").as_uri())
        driver.execute_async_script(_READY)
        driver.execute_script("document.getElementById('sound').playbackRate = 0.0625")
        shown = driver.find_elements("css selector", f"[data-s='{word.start_s}']")
        spans = [span for span in shown if span.text.strip(" .,") == word.text.strip(" .,")]
        still = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})"
        driver.execute_script(still, spans[0])
        spans[0].click()
        now_s = driver.execute_script("return document.getElementById('sound').currentTime")
        complaints = driver.get_log("browser")
    assert now_s == pytest.approx(word.start_s, abs=0.15)
    assert complaints == []
