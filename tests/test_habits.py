"""One crutch word and pet phrases: what counts as a habit and what is a topic."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import Answer, Habit, Pacing, SpokenWord
from agent.measures.fillers import fillers_of
from agent.measures.habits import CRUTCH_LEAST, MOST_PHRASES, habits_of

HONEST = (
    "To be honest, the first migration broke.",
    "We learned a lot there, to be honest.",
    "It was hard and to be honest I was late.",
    "To be honest, nobody tested the backups.",
)


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


def told(habits: Sequence[Habit]) -> list[tuple[str, int, str]]:
    return [(habit.text, habit.count, habit.kind) for habit in habits]


def test_a_word_that_makes_up_half_of_all_fillers_is_the_crutch() -> None:
    answers = answered(
        ["Um, we left. Umm, it broke. Uhm, I ran.", "um yes you know um it was uh on"]
    )
    (habit,) = habits_of(answers, "")
    assert (habit.text, habit.count, habit.kind) == ("um", 5, "crutch")
    assert [moment.start_s for moment in habit.moments][-1] == 100 + 4 * 0.4


def test_few_rare_or_mixed_fillers_are_no_crutch() -> None:
    few = ["um we left um it um broke um"]
    assert few[0].count("um") == CRUTCH_LEAST - 1
    assert habits_of(answered(few), "") == ()
    assert habits_of(answered([few[0] + " um yes"], seconds=600.0), "") == ()
    mixed = ["um a uh b um c uh d, you know, e um f uh g, you know, h um i uh j, you know, k, um"]
    assert habits_of(answered(mixed), "") == ()


def test_a_phrase_in_many_answers_is_a_pet_phrase_with_its_moments() -> None:
    (habit,) = habits_of(answered(HONEST), "Why did the migration break?")
    assert told([habit]) == [("to be honest", 4, "pet_phrase")]
    assert [moment.start_s for moment in habit.moments] == [0.0, 102.0, 201.6, 300.0]


def test_the_longest_form_is_told_once() -> None:
    ends = ("the queue held", "we shipped it", "people were glad", "that was luck")
    habits = habits_of(answered([f"At the end of the day {end}." for end in ends]), "")
    assert told(habits) == [("at the end of the day", 4, "pet_phrase")]


def test_topics_grammar_stories_and_one_answer_are_no_habits() -> None:
    queue = [f"the retry queue {verb} twice" for verb in ("filled", "broke", "grew", "held")]
    assert habits_of(answered(queue), "Tell me about the Retry queue.") == ()
    assert told(habits_of(answered(queue), "")) == [("the retry queue", 4, "pet_phrase")]
    assert habits_of(answered(["and then we were in it too"] * 4), "") == ()
    story = "we cut the bill of the whole cluster by moving every nightly report to spot machines"
    assert habits_of(answered([story] * 4), "") == ()
    once = " ".join(HONEST)
    assert habits_of(answered([once, "Yes, it was.", "No.", "We left."]), "") == ()


def test_nothing_said_has_no_habits() -> None:
    assert habits_of((), "") == ()
    assert habits_of(answered([""]), "") == ()


@given(
    st.lists(
        st.lists(
            st.sampled_from("um like honest you know queue the to be fast. end day".split()),
            max_size=60,
        ),
        max_size=5,
    )
)
def test_moments_are_as_many_as_counted_and_rise(parts: list[list[str]]) -> None:
    habits = habits_of(answered([" ".join(part) for part in parts]), "the fast queue")
    assert sum(habit.kind == "crutch" for habit in habits) <= 1
    assert sum(habit.kind == "pet_phrase" for habit in habits) <= MOST_PHRASES
    for habit in habits:
        starts = [moment.start_s for moment in habit.moments]
        assert len(starts) == habit.count
        assert starts == sorted(starts)
