"""Figures that beg a question: from where, and how measured; what was not there is not taken up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brief import Brief, Question, TalkingPoint
from agent.interviewer.answer.nouns import trusted_nouns
from agent.interviewer.answer.phrases import phrases_of, spellings
from agent.interviewer.answer.said_back import said_back
from agent.interviewer.checks import MOST_WORDS, problem_with
from agent.interviewer.probing.answered import Answered
from agent.interviewer.probing.asking import beginning_of
from agent.interviewer.probing.baselines import changes, unmeasured
from agent.interviewer.probing.probes import probes
from tests.interviewer_people import STORIES


def statements(answer: str) -> list[str]:
    return [change.statement for change in changes(answer, trusted_nouns(answer))]


@pytest.mark.parametrize(
    ("answer", "statement"),
    [
        ("and the tail latency fell to 22 milliseconds", "You said the latency fell to 22"
         " milliseconds."),
        ("our errors went down to two percent", "You said your errors went down to two percent."),
        ("it dropped to about 40 hours", "You said it dropped to about 40 hours."),
        ("we cut the waiting time to four minutes", "You said you cut it to four minutes."),
        ("I brought the latency down to 22 milliseconds", "You said you brought it down to 22"
         " milliseconds."),
    ],
)  # fmt: skip
def test_a_change_without_its_beginning_is_asked_for_it(answer: str, statement: str) -> None:
    assert statements(answer) == [statement]
    asked = beginning_of(next(iter(changes(answer, trusted_nouns(answer)))))[0]
    assert asked == f"{statement} What had it been before?"
    assert not problem_with(asked, (), (), answer, MOST_WORDS)


@pytest.mark.parametrize(
    "answer",
    ["the latency fell from 90 to 22 milliseconds", "it took 90 milliseconds and fell to 22"
     " milliseconds", "it went from bad to worse", "we grew to 2010", "I talked to 5 people",
     "it used to be an hour and fell to 22 milliseconds", "between 6 and 50 dropped"],
)  # fmt: skip
def test_a_change_whose_beginning_may_have_been_told_is_left_alone(answer: str) -> None:
    assert statements(answer) == []


@given(st.lists(st.sampled_from([*" ".join(STORIES).split(), "fell to", "40"]), max_size=50))
def test_every_change_was_said(words: list[str]) -> None:
    answer = " ".join(words)
    for change in changes(answer, trusted_nouns(answer)):
        assert change.words.split()[-1] in answer
        assert change.words in change.statement


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        ("it agreed in ninety one percent", "ninety one percent"),
        ("a canary with one percent of the traffic", ""),
        ("we measured ninety percent", ""),
        ("about forty people", ""),
    ],
)
def test_a_share_is_asked_how_it_was_measured(answer: str, share: str) -> None:
    assert unmeasured(answer) == share


def test_the_beginning_comes_before_all_that_is_less_certain() -> None:
    brief = Brief(talking_points=(TalkingPoint(name="Queue", text="I halved the queue."),))
    told = "I moved the jobs to another queue and the latency fell to 22 milliseconds"
    answered = Answered(brief, Question(text="What did you do?"), (told,))
    first = next(probes(answered))
    assert (first.kind, first.point_index) == ("number", None)
    assert first.wordings[0] == (
        "You said the latency fell to 22 milliseconds. What had it been before?"
    )


@pytest.mark.parametrize("answer", ["it went without an incident", "there was not the budget"])
def test_what_was_not_there_is_not_taken_up(answer: str) -> None:
    assert said_back([answer], {}, frozenset()) == []


def test_that_before_a_name_points_at_nothing() -> None:
    known = spellings(Brief(stack="The team runs Kafka and a Kafka cluster."))
    found = phrases_of("I was surprised that kafka was slow", known, frozenset())
    assert [phrase.spoken for phrase in found] == ["Kafka"]
