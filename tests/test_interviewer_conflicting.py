"""Contradictions over the whole session: the same thing with another figure, and never another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brief import Brief, Question
from agent.interviewer.checks import MOST_WORDS, problem_with
from agent.interviewer.probing import pressing
from agent.interviewer.probing.answered import Answered
from agent.interviewer.probing.conflicting import conflicting_figures
from tests.bench.contradictions import alarms, other_answers, retold, statements

EARLIER = "The tail latency of the checkout service was 40 milliseconds."
ANSWER = "In that year the tail latency of the checkout service was 90 milliseconds."
STORY = Question(area="behavioral", text="Tell me about a time when a delivery went wrong.")


def asked(answer: str, *earlier: str, before: tuple[str, ...] = ()) -> list[str]:
    answered = Answered(Brief(), STORY, (answer,), earlier=earlier, asked=before)
    return [text for probe in pressing.contradiction(answered) for text in probe.wordings]


def test_an_earlier_answer_is_quoted_with_what_it_was_about() -> None:
    texts = asked(ANSWER, "I have two sisters.", EARLIER)
    assert texts[0] == (
        'Earlier you said "the checkout service was 40 milliseconds", and then "90 milliseconds".'
        " How do the two go together?"
    )
    said = f"{EARLIER}\n{ANSWER}"
    assert not any(problem_with(text, (), (), said, MOST_WORDS) for text in texts)


def test_it_is_asked_once_in_a_session() -> None:
    before = (asked(ANSWER, EARLIER)[0],)
    assert not asked(f"As I said. {ANSWER}", EARLIER, before=before)


def test_the_first_answer_to_the_same_question_counts_too() -> None:
    answered = Answered(Brief(), STORY, (EARLIER, ANSWER))
    assert [probe.kind for probe in pressing.contradiction(answered)] == ["contradiction"]


@pytest.mark.parametrize(
    ("earlier", "answer"),
    [
        (EARLIER, EARLIER),
        (EARLIER, ANSWER.replace("90", "about 42")),
        (EARLIER.replace("40", "15"), ANSWER.replace("90", "50")),
        (EARLIER, ANSWER.replace("90 milliseconds", "9 hours")),
        (EARLIER, ANSWER.replace("tail", "median")),
        (EARLIER, ANSWER.replace("checkout", "search")),
        (EARLIER, ANSWER.replace("checkout service", "checkout service in Japan")),
        (EARLIER, ANSWER.replace("was 90", "would be 90")),
        (EARLIER, ANSWER.replace("was 90", "fell from 90")),
        (EARLIER, f"It was 40 milliseconds. {ANSWER}"),
        ("The latency was 40 milliseconds.", "The latency was 90 milliseconds."),
        (EARLIER.replace("checkout", "B"), ANSWER.replace("checkout", "C")),
        ("One nurse had the sepsis protocol at triage.",
         "Four nurses had the sepsis protocol at triage."),
    ],
)  # fmt: skip
def test_what_may_be_another_thing_is_none(earlier: str, answer: str) -> None:
    assert not list(conflicting_figures((earlier,), answer))


def test_counts_of_the_same_things() -> None:
    earlier = "I trained fourteen nurses at triage on the sepsis protocol last winter."
    (pair,) = conflicting_figures((earlier,), earlier.replace("fourteen", "thirty"))
    assert (pair.before, pair.after) == ("fourteen nurses", "thirty nurses")
    assert pair.quote == "I trained fourteen nurses"


def test_no_alarm_where_nobody_contradicts_anybody() -> None:
    assert not alarms(other_answers())
    for name in ("coverage_cases.jsonl", "coverage_heldout.jsonl"):
        assert not alarms(retold(name)[1])


def test_pairs_of_statements() -> None:
    sets = statements()
    assert len(alarms(sets.pop("same"))) >= 10
    assert not any(map(alarms, sets.values()))


@given(st.lists(st.text(max_size=60), max_size=3), st.text(max_size=60))
def test_any_words_are_taken(earlier: list[str], answer: str) -> None:
    for pair in conflicting_figures(earlier, answer):
        assert pair.before != pair.after
