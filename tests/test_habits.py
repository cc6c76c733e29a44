"""The one filler that makes up most of all."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import Answer, Pacing, SpokenWord
from agent.measures.fillers import fillers_of
from agent.measures.habits import CRUTCH_LEAST, CRUTCH_SHARE, habits_of


def answered(texts: Sequence[str], seconds: float = 30.0) -> list[Answer]:
    """Return an answer of `seconds` for every text."""
    answers = []
    for number, text in enumerate(texts):
        words = [
            SpokenWord(
                text=word, start_s=number * 100 + at * 0.4, end_s=number * 100 + at * 0.4 + 0.3
            )
            for at, word in enumerate(text.split())
        ]
        fillers, marked = fillers_of(words, seconds)
        answers.append(
            Answer(
                start_s=number * 100,
                end_s=number * 100 + seconds,
                question="Why?",
                words=marked,
                fillers=fillers,
                pacing=Pacing(duration_s=seconds),
            )
        )
    return answers


def test_a_word_that_makes_up_half_of_all_fillers_is_the_crutch() -> None:
    answers = answered(
        ["Um, we left. Umm, it broke. Uhm, I ran.", "um yes you know um it was uh on"]
    )
    (habit,) = habits_of(answers)
    assert (habit.text, habit.count, habit.kind) == ("um", 5, "crutch")
    assert [moment.start_s for moment in habit.moments][-1] == 100 + 4 * 0.4


def test_few_rare_or_mixed_fillers_are_no_crutch() -> None:
    few = ["um we left um it um broke um"]
    assert few[0].count("um") == CRUTCH_LEAST - 1
    assert habits_of(answered(few)) == ()
    assert habits_of(answered([few[0] + " um yes"], seconds=600.0)) == ()
    mixed = ["um a uh b um c uh d, you know, e um f uh g, you know, h um i uh j, you know, k, um"]
    assert habits_of(answered(mixed)) == ()


def test_nothing_said_has_no_habits() -> None:
    assert habits_of(()) == ()
    assert habits_of(answered([""])) == ()


@given(st.lists(st.lists(st.sampled_from("um uh like honest you know the".split())), max_size=5))
def test_moments_are_as_many_as_counted_and_rise(parts: list[list[str]]) -> None:
    answers = answered([" ".join(part) for part in parts])
    habits = habits_of(answers)
    assert len(habits) <= 1
    for habit in habits:
        starts = [moment.start_s for moment in habit.moments]
        assert len(starts) == habit.count >= CRUTCH_LEAST
        assert starts == sorted(starts)
        assert habit.count >= CRUTCH_SHARE * sum(len(a.fillers.counted) for a in answers)
