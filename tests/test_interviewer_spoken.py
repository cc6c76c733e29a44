"""Follow-ups to ten people who talk freely: good English, one thing each, none of it twice."""

from __future__ import annotations

import re

import pytest

from agent.interviewer.answer.clauses import clauses_of
from agent.interviewer.answer.heard import asks_back
from agent.interviewer.answer.nouns import object_end
from agent.interviewer.answer.phrases import ADJECTIVES
from agent.interviewer.answer.said_back import said_back
from agent.interviewer.checks import leaks, problem_with
from agent.interviewer.takeup import taken_up
from agent.interviewer.words import words_of
from tests.interviewer_answers import Person, persons
from tests.interviewer_follow_ups import follow_ups

PEOPLE = persons()
_TAKEN = re.compile(r"^(You said [^.]+)\.|^Could you \w+ \w+ about ([^?]+)\?|stay with ([^.]+) for")


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.trade)
def test_every_follow_up_can_be_spoken(person: Person) -> None:
    plan, held = person.interview()
    asked: list[str] = []
    for each in follow_ups(plan, held):
        text = each.move.text
        assert not problem_with(text, asked, (), f"{each.said}\n{each.answers}", 25)
        assert not any(leaks(text, p, each.said) for p in person.brief.talking_points)
        asked.append(text)
    taken = [match.group() for text in asked if (match := _TAKEN.match(text))]
    assert len(taken) == len(set(taken)), "one thing is taken up once in a session"
    for text in (text for text in taken if not text.startswith("You said")):
        assert words_of(text.split(" for a moment")[0])[-1] not in ADJECTIVES


def test_most_take_up_what_was_said() -> None:
    asked = [each for person in PEOPLE for each in follow_ups(*person.interview())]
    assert len(asked) >= 50
    assert sum(bool(taken_up(e.move.text, e.answers)) for e in asked) >= 0.75 * len(asked)


def statements(answer: str) -> list[str]:
    return [piece.statement for piece in said_back([answer], {}, frozenset())]


@pytest.mark.parametrize(
    ("answer", "statement"),
    [
        ("And I made it. I'd cut the list.", "You said you would cut the list."),
        ("I was there. But I don't need a lot of process.", "You said you don't need a lot of"
         " process."),
        ("It is so. You have to let them do things.", 'You said "you have to let them do things".'),
        ("It was. So I deployed a migration on a Friday.", "You said you deployed a migration on a"
         " Friday."),
        ("I compare every account with the month.", "You said you compare every account."),
        ("i would call the customers and then", "You said you would call the customers."),
        ("It was so. I'd store the state of every delivery.", "You said you would store the state"
         " of every delivery."),
    ],
)  # fmt: skip
def test_deeds_and_views_in_the_mood_they_were_told_in(answer: str, statement: str) -> None:
    assert statements(answer)[0] == statement


@pytest.mark.parametrize(
    "answer",
    ["we put it on the wrong and then", "we made a plan room by room",
     "It is. I asked ourselves.", "It is. I took a look.",
     "It is. I used to polish things for weeks.", "It is. I told him myself that day."],
)  # fmt: skip
def test_what_would_be_cut_off_or_mean_another_is_left_alone(answer: str) -> None:
    told = [text for text in statements(answer) if "plan." not in text]
    assert told == []


def test_a_thing_named_in_passing_is_no_topic() -> None:
    passing = "so we talked outside the room and " + "then we went on and it was fine " * 6
    assert statements(passing) == []
    assert statements(passing + "and the room was too small") == ["You mentioned the room."]


def test_clauses_need_full_stops() -> None:
    assert clauses_of("i don't need a lot of process") == []


def test_of_what_has_an_owner_the_whole_is_the_object() -> None:
    words = ("the", "queue", "of", "the", "clinic", "is")
    assert object_end(words, 0, frozenset(("queue", "clinic")), is_written=False) == 5


@pytest.mark.parametrize("answer", ["if I moved the ward it was", "I'd keep the units as they are"])
def test_what_was_not_done_is_no_deed(answer: str) -> None:
    assert all(piece.mood is None for piece in said_back([answer], {}, frozenset()))


@pytest.mark.parametrize(
    ("answer", "asks"),
    [
        ("could you tell me what kind of system you mean", True),
        ("so which one of them", True),
        ("what do you think", True),
        ("I asked them what kind of data they had and then I sorted it", False),
        ("we find out what kind of help they want", False),
    ],
)
def test_a_question_back_is_told_from_an_answer_that_holds_one(answer: str, *, asks: bool) -> None:
    assert asks_back(answer) == asks
