"""Pace in windows, the places of pauses, the voice and the talking time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import Pacing, Span, SpokenWord, Voice
from agent.bands import band_of
from agent.measures.pacing import pacing_of, phrases_of, total_pacing
from agent.measures.voice import voice_of
from agent.measures.windows import STEP_S, WINDOW_S, windows_of
from voice.audio import SAMPLE_RATE_HZ, Clip

WHOLE = Span(start_s=0.0, end_s=1e6)


def said(text: str, start_s: float = 0.0, step_s: float = 0.4) -> list[SpokenWord]:
    return [
        SpokenWord(text=word, start_s=start_s + at * step_s, end_s=start_s + (at + 1) * step_s)
        for at, word in enumerate(text.split())
    ]


def gliding(length_s: float, semitones: float, fade_db: float = 0.0) -> Clip:
    """A buzz that glides up and down by so many semitones around 120 Hz and fades at its end."""
    time_s = np.arange(round(length_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    hz = 120 * 2 ** (semitones / 12 * np.sin(2 * np.pi * time_s / 2))
    phase = 2 * np.pi * np.cumsum(hz) / SAMPLE_RATE_HZ
    sound = sum(np.sin(k * phase) / k for k in range(1, 12))
    level_db = np.interp(time_s, (length_s - 0.31, length_s - 0.3), (0.0, -fade_db))
    return Clip(np.asarray(4000 * sound * 10 ** (level_db / 20)).astype(np.int16))


def heard(clip: Clip, voice: Span) -> Voice:
    return voice_of(clip, [voice])


def test_a_slow_and_a_fast_half_show_in_the_windows() -> None:
    words = [*said(" ".join(["go"] * 30), 0.0, 1.0), *said(" ".join(["go"] * 120), 30.0, 0.25)]
    windows = pacing_of(words, [Span(start_s=0.0, end_s=60.0)], WHOLE).windows
    assert [window.start_s for window in windows] == [5.0 * at for at in range(9)]
    assert windows[0].speech_rate_wpm == 60.0
    assert windows[-1].speech_rate_wpm == 240.0
    assert [window.band for window in windows if window.start_s in (0.0, 40.0)] == ["slow", "fast"]


_times = st.floats(min_value=0, max_value=200, allow_nan=False)


@given(st.lists(_times, max_size=60), _times, _times)
def test_every_window_lies_in_the_answer(at: list[float], one: float, two: float) -> None:
    start_s, end_s = min(one, two), max(one, two)
    words = [SpokenWord(text="go", start_s=t, end_s=t + 0.2) for t in sorted(at)]
    windows = windows_of(words, start_s, end_s)
    for window in windows:
        assert start_s - 0.001 <= window.start_s < window.end_s <= end_s + 0.001
        assert window.end_s - window.start_s == pytest.approx(WINDOW_S, abs=0.002)
        assert window.speech_rate_wpm >= 0
        assert window.band == band_of(window.speech_rate_wpm)
    if words and end_s - start_s >= WINDOW_S:
        assert end_s - windows[-1].end_s < STEP_S + 0.001
    else:
        assert windows == ()


def test_the_longest_stretch_without_a_pause() -> None:
    voice = [Span(start_s=a, end_s=b) for a, b in ((0.0, 3.0), (3.2, 8.0), (9.0, 12.0))]
    one = pacing_of([], voice, WHOLE)
    assert one.longest_run_s == 8.0
    assert total_pacing([one, Pacing(longest_run_s=9.5)]).longest_run_s == 9.5
    assert [(p.start_s, p.end_s) for p in phrases_of(voice, [], WHOLE)] == [(0, 8), (9, 12)]


def test_a_lively_voice_and_a_flat_one() -> None:
    lively, flat = (
        heard(gliding(6.0, swing), Span(start_s=0.0, end_s=6.0)) for swing in (4.0, 0.5)
    )
    assert lively.pitch_sd_semitones == pytest.approx(4 / 2**0.5, abs=0.3)
    assert flat.pitch_sd_semitones == pytest.approx(0.5 / 2**0.5, abs=0.15)
