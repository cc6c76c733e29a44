"""`--strict`: who rambles past twice the advised time is led on, and not asked more about it."""

from __future__ import annotations

import pytest

from agent.interviewer.interviewer import RulesInterviewer
from agent.interviewer.listening import cut_in_s, kind_of
from agent.interviewer.planning.plan import make_plan
from agent.turns import Move, Turn
from tests.interviewer_candidates import BRIEF, hold
from tests.interviewer_people import STORIES
from voice.endpointing import QuestionKind

PLAN = make_plan(BRIEF, 20)
INTERVIEWER = RulesInterviewer(BRIEF, PLAN)
RAMBLING = " ".join(STORIES)


def turn(move: Move, start_s: float, length_s: float, ended_by: str = "cut_in") -> Turn:
    return Turn(move, RAMBLING, start_s, start_s + length_s, ended_by)


@pytest.mark.parametrize(
    ("move", "after_s"),
    [
        (Move("question", BRIEF.questions[0].text, "", 0), 600.0),
        (Move("question", BRIEF.questions[2].text, "", 2), 240.0),
        (Move("repeat", "Anything", "", 0), 600.0),
        (Move("question", "Not in the plan?", ""), 240.0),
        (Move("follow_up", "And then?", "", 0), 120.0),
        (Move("your_questions", "What would you like to ask us?", ""), 60.0),
        (Move("reply", "I don't have that.", ""), 60.0),
    ],
)
def test_twice_the_advised_time_by_kind_and_area(move: Move, after_s: float) -> None:
    assert cut_in_s(move, PLAN) == after_s


def test_a_design_in_reserve_is_given_its_pauses_too() -> None:
    brief = BRIEF.model_copy(update={"questions": (BRIEF.questions[6], BRIEF.questions[0])})
    plan = make_plan(brief, 2)
    assert [item.question_index for item in plan.reserve] == [1]
    assert kind_of(Move("question", brief.questions[1].text, "", 1), plan) is QuestionKind.DESIGN
    assert kind_of(Move("question", brief.questions[0].text, "", 0), plan) is QuestionKind.OPEN


def test_an_answer_that_was_cut_into_leads_on_politely() -> None:
    first = INTERVIEWER.next_move((), 20.0)
    move = INTERVIEWER.next_move((turn(first, 25.0, 243.0),), 270.0)
    assert (move.kind, move.text) == ("question", PLAN.items[1].question.text)
    assert move.lead_in.startswith(("Let me", "I have to stop you"))
    assert move.reason.startswith("rule cut_in: 243 s, twice the advised 120 s; ")


def test_the_same_answer_that_ended_by_itself_is_asked_about() -> None:
    first = INTERVIEWER.next_move((), 20.0)
    assert INTERVIEWER.next_move((turn(first, 25.0, 60.0, "silence"),), 90.0).kind == "follow_up"
    assert INTERVIEWER.next_move((turn(first, 25.0, 60.0),), 90.0).kind == "question"


def test_a_follow_up_that_was_cut_into_leads_on_as_well() -> None:
    first = turn(INTERVIEWER.next_move((), 20.0), 25.0, 40.0, "silence")
    asked = INTERVIEWER.next_move((first,), 70.0)
    move = INTERVIEWER.next_move((first, turn(asked, 80.0, 121.0)), 205.0)
    assert move.kind == "question"
    assert "121 s, twice the advised 60 s" in move.reason


def test_the_last_question_that_was_cut_into_ends_it() -> None:
    interviewer = RulesInterviewer(BRIEF, make_plan(BRIEF, 20, only=(2,)))
    move = interviewer.next_move((turn(interviewer.next_move((), 20.0), 25.0, 240.0),), 270.0)
    assert (move.kind, move.lead_in) == ("closing", "Let me stop you there.")


def test_three_ways_of_cutting_in_and_no_follow_up_in_a_whole_interview() -> None:
    held = hold(INTERVIEWER, lambda *_: (RAMBLING, "cut_in"))
    assert not held.follow_ups
    assert len({t.move.lead_in for t in held.turns[1:]}) == 3
    assert held.end_s <= 1.05 * 1200
