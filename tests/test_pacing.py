"""Rates and pauses: known answers, and what must hold for any."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import Pacing, Span, SpokenWord
from agent.bands import band_of
from agent.measures.pacing import PAUSE_S, pacing_of, total_pacing

WHOLE = Span(start_s=0.0, end_s=1e6)


def said(text: str, start_s: float = 0.0, step_s: float = 0.4) -> list[SpokenWord]:
    return [
        SpokenWord(text=word, start_s=start_s + at * step_s, end_s=start_s + (at + 1) * step_s)
        for at, word in enumerate(text.split())
    ]


def spans(*pairs: tuple[float, float]) -> list[Span]:
    return [Span(start_s=start, end_s=end) for start, end in pairs]


def test_rates_of_a_known_answer() -> None:
    words = said(" ".join(["nurses"] * 20))
    pacing = pacing_of(words, spans((0.0, 4.0), (5.0, 10.0)), WHOLE)
    assert pacing.words == 20
    assert pacing.duration_s == 10.0
    assert pacing.phonation_s == 9.0
    assert pacing.speech_rate_wpm == 120.0
    assert pacing.articulation_rate_sps == pytest.approx(40 / 9, abs=0.001)
    assert pacing.band == "fine"
    assert [(one.start_s, one.end_s) for one in pacing.pauses] == [(4.0, 5.0)]


def test_filled_pauses_are_no_words_of_the_rate() -> None:
    words = said(" ".join(["nurses"] * 20))
    words[3] = words[3].model_copy(update={"text": "um", "mark": "filled_pause"})
    words[4] = words[4].model_copy(update={"text": "like", "mark": "filler_word"})
    assert pacing_of(words, spans((0.0, 10.0)), WHOLE).words == 19


def test_gaps_shorter_than_a_pause_are_voice() -> None:
    pacing = pacing_of(said("one two"), spans((0.0, 1.0), (1.24, 2.0), (2.25, 3.0)), WHOLE)
    assert [(one.start_s, one.end_s) for one in pacing.pauses] == [(2.0, 2.25)]
    assert pacing.phonation_s == 2.75


def test_only_voice_inside_the_answer_counts() -> None:
    inside = Span(start_s=10.0, end_s=20.0)
    pacing = pacing_of([], spans((0.0, 4.0), (9.0, 12.0), (14.0, 25.0), (30.0, 31.0)), inside)
    assert pacing.duration_s == 10.0
    assert [(one.start_s, one.end_s) for one in pacing.pauses] == [(12.0, 14.0)]


def test_without_voice_the_gaps_between_words_are_the_pauses() -> None:
    words = [*said("so we moved"), *said("to the new one", start_s=3.0)]
    pacing = pacing_of(words, [], WHOLE)
    assert [(one.start_s, one.end_s) for one in pacing.pauses] == [(1.2, 3.0)]


def test_too_little_speech_is_not_scored() -> None:
    for words, voice in (("one two three", (0.0, 20.0)), ("a b c d e f g h i j", (0.0, 4.9))):
        pacing = pacing_of(said(words), spans(voice), WHOLE)
        assert pacing.speech_rate_wpm is None
        assert pacing.articulation_rate_sps is None
        assert pacing.band == ""
    assert pacing_of([], [], WHOLE) == Pacing()


@pytest.mark.parametrize(
    ("before", "after", "inside"),
    [("moved", "data", True), ("moved,", "data", False), ("moved.", "Then", False)],
)
def test_punctuation_tells_where_a_clause_ends(before: str, after: str, inside: bool) -> None:
    words = [*said(f"Well, we {before}"), *said(after, start_s=2.0)]
    assert pacing_of(words, [], WHOLE).pauses[-1].inside_clause is inside


@pytest.mark.parametrize(("after", "inside"), [("and", False), ("because", False), ("new", True)])
def test_without_punctuation_the_next_word_tells(after: str, inside: bool) -> None:
    words = [*said("so we moved the"), *said(f"{after} one", start_s=3.0)]
    assert pacing_of(words, [], WHOLE).pauses[-1].inside_clause is inside


def test_pauses_of_ten_milliseconds_more_or_less() -> None:
    on = pacing_of([], spans((0.0, 1.0), (1.0 + PAUSE_S, 2.0)), WHOLE)
    off = pacing_of([], spans((0.0, 1.0), (0.99 + PAUSE_S, 2.0)), WHOLE)
    assert (len(on.pauses), len(off.pauses)) == (1, 0)


def test_total_pools_words_seconds_and_pauses() -> None:
    one = pacing_of(said(" ".join(["nurses"] * 20)), spans((0.0, 4.0), (5.0, 10.0)), WHOLE)
    two = pacing_of(said(" ".join(["go"] * 40), 20.0), spans((20.0, 30.0)), WHOLE)
    total = total_pacing([two, one])
    assert (total.words, total.duration_s, total.phonation_s) == (60, 20.0, 19.0)
    assert total.speech_rate_wpm == 180.0
    assert total.articulation_rate_sps == pytest.approx(80 / 19, abs=0.001)
    assert total.pauses == one.pauses
    assert total_pacing([]) == Pacing()


def test_bands() -> None:
    rates = (None, 109.9, 110.0, 185.0, 185.1)
    assert [band_of(rate) for rate in rates] == ["", "slow", "fine", "fine", "fast"]


_times = st.floats(min_value=0, max_value=100, allow_nan=False)
_spans = st.lists(st.tuples(_times, _times).map(lambda pair: (min(pair), max(pair))), max_size=12)


@given(_spans, _spans)
def test_what_holds_for_any_answer(
    voice: list[tuple[float, float]], words: list[tuple[float, float]]
) -> None:
    spoken = [SpokenWord(text="word", start_s=a, end_s=b) for a, b in sorted(words)]
    pacing = pacing_of(spoken, spans(*voice), Span(start_s=10.0, end_s=90.0))
    assert 0 <= pacing.phonation_s <= pacing.duration_s + 1e-9
    assert pacing.duration_s <= 80.0 + 1e-6
    for pause in pacing.pauses:
        assert pause.end_s - pause.start_s >= PAUSE_S - 0.002
    for one, two in itertools.pairwise(pacing.pauses):
        assert one.end_s <= two.start_s
    silence = sum(pause.end_s - pause.start_s for pause in pacing.pauses)
    assert pacing.phonation_s + silence == pytest.approx(pacing.duration_s, abs=0.02)
