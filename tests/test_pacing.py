"""Rates, pauses and windows: known answers, and what must hold for any."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import Pacing, Span, SpokenWord
from agent.analysis.bands import (
    ADVISED_DESIGN_S,
    ADVISED_FOLLOW_UP_S,
    ADVISED_S,
    advised_s,
    band_of,
)
from agent.analysis.measures.pacing import (
    PAUSE_S,
    WINDOW_S,
    pacing_of,
    phrases_of,
    total_pacing,
)

WHOLE = Span(start_s=0.0, end_s=1e6)


def said(text: str, start_s: float = 0.0, step_s: float = 0.4) -> list[SpokenWord]:
    return [
        SpokenWord(text=word, start_s=start_s + at * step_s, end_s=start_s + (at + 1) * step_s)
        for at, word in enumerate(text.split())
    ]


def spans(*pairs: tuple[float, float]) -> list[Span]:
    return [Span(start_s=start, end_s=end) for start, end in pairs]


def paced(words: list[SpokenWord], voice: list[Span], answer: Span = WHOLE) -> Pacing:
    return pacing_of(words, phrases_of(voice, words, answer))


NURSES = said(" ".join(["nurses"] * 20))


def test_rates_of_a_known_answer() -> None:
    words = [*NURSES, NURSES[3].model_copy(update={"text": "um", "mark": "filled_pause"})]
    pacing = paced(words, spans((0.0, 4.0), (5.0, 8.0), (8.24, 10.0)))
    assert (pacing.words, pacing.duration_s, pacing.phonation_s) == (20, 10.0, 9.0)
    assert pacing.speech_rate_wpm == 120.0
    assert pacing.articulation_rate_sps == pytest.approx(40 / 9, abs=0.001)
    assert pacing.band == "fine"
    assert [(one.start_s, one.end_s) for one in pacing.pauses] == [(4.0, 5.0)]


def test_nothing_is_measured_over_a_time_in_which_nothing_was_heard() -> None:
    voice = spans((0.0, 4.0), (5.0, 10.0), (40.0, 41.0))
    pacing = pacing_of(NURSES, phrases_of(voice, NURSES, WHOLE), spans((20.0, 20.1)))
    assert [(one.start_s, one.end_s) for one in pacing.pauses] == [(4.0, 5.0)]
    assert (pacing.phonation_s, pacing.duration_s) == (10.0, 11.0)
    assert all(one.end_s <= 20.0 for one in pacing.windows)


def test_only_voice_inside_the_answer_counts() -> None:
    inside = Span(start_s=10.0, end_s=20.0)
    pacing = paced([], spans((0.0, 4.0), (9.0, 12.0), (14.0, 25.0), (30.0, 31.0)), inside)
    assert pacing.duration_s == 10.0
    assert [(one.start_s, one.end_s) for one in pacing.pauses] == [(12.0, 14.0)]


def test_too_little_speech_has_no_rate() -> None:
    for words, voice in (("one two three", (0.0, 20.0)), ("a b c d e f g h i j", (0.0, 4.9))):
        pacing = paced(said(words), spans(voice))
        assert pacing.speech_rate_wpm is pacing.articulation_rate_sps is None
        assert pacing.band == ""
    assert paced([], []) == Pacing()


@pytest.mark.parametrize(
    ("before", "after", "inside"),
    [
        ("Well, we moved", "data", True),
        ("Well, we moved,", "data", False),
        ("Well, we moved.", "Then", False),
        ("so we moved the", "data", False),
    ],
)
def test_punctuation_tells_where_a_clause_ends(before: str, after: str, inside: bool) -> None:
    words = [*said(before), *said(after, start_s=3.0)]
    assert paced(words, []).pauses[-1].inside_clause is inside


def test_total_pools_words_seconds_and_pauses() -> None:
    one = paced(NURSES, spans((0.0, 4.0), (5.0, 10.0)))
    two = paced(said(" ".join(["go"] * 40), 20.0), spans((20.0, 30.0)))
    total = total_pacing([two, one])
    assert (total.words, total.duration_s, total.phonation_s) == (60, 20.0, 19.0)
    assert total.speech_rate_wpm == 180.0
    assert total.articulation_rate_sps == pytest.approx(80 / 19, abs=0.001)
    assert total.pauses == one.pauses
    assert total_pacing([]) == Pacing()


def test_a_slow_and_a_fast_half_show_in_the_windows() -> None:
    words = [*said(" ".join(["go"] * 30), 0.0, 1.0), *said(" ".join(["go"] * 120), 30.0, 0.25)]
    windows = paced(words, spans((0.0, 60.0))).windows
    assert [window.start_s for window in windows] == [5.0 * at for at in range(9)]
    assert (windows[0].speech_rate_wpm, windows[-1].speech_rate_wpm) == (60.0, 240.0)
    assert [window.band for window in windows if window.start_s in (0.0, 40.0)] == ["slow", "fast"]


_times = st.floats(min_value=0, max_value=100, allow_nan=False)
_spans = st.lists(st.tuples(_times, _times).map(lambda pair: (min(pair), max(pair))), max_size=12)


@given(_spans, _spans)
def test_what_holds_for_any_answer(
    voice: list[tuple[float, float]], words: list[tuple[float, float]]
) -> None:
    spoken = [SpokenWord(text="word", start_s=a, end_s=b) for a, b in sorted(words)]
    pacing = paced(spoken, spans(*voice), Span(start_s=10.0, end_s=90.0))
    assert 0 <= pacing.phonation_s <= pacing.duration_s + 1e-9 <= 80.0 + 1e-6
    assert all(pause.end_s - pause.start_s >= PAUSE_S - 0.002 for pause in pacing.pauses)
    assert all(a.end_s <= b.start_s for a, b in itertools.pairwise(pacing.pauses))
    silence = sum(pause.end_s - pause.start_s for pause in pacing.pauses)
    assert pacing.phonation_s + silence == pytest.approx(pacing.duration_s, abs=0.02)
    for window in pacing.windows:
        assert window.end_s - window.start_s == pytest.approx(WINDOW_S, abs=0.002)
        assert window.band == band_of(window.speech_rate_wpm)


def test_bands_and_advised_lengths() -> None:
    rates = (None, 119.9, 120.0, 190.0, 190.1)
    assert [band_of(rate) for rate in rates] == ["", "slow", "fine", "fine", "fast"]
    assert advised_s("question", "Behavioral") == ADVISED_S
    assert advised_s("question", "System design") == ADVISED_DESIGN_S
    assert advised_s("follow_up", "System design") == ADVISED_FOLLOW_UP_S
    assert advised_s("recording", "") is None
