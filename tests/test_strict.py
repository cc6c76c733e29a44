"""`--strict`: who rambles past twice the advised time is led on, and not asked more about it."""

from __future__ import annotations

import pytest

from agent.interviewer.interviewer import RulesInterviewer
from agent.interviewer.moment import cut_in_s, kind_of
from agent.interviewer.plan import make_plan
from agent.turns import Move, Turn
from tests.interviewer_candidates import BRIEF, hold
from tests.interviewer_people import STORIES
from voice.endpointing import QuestionKind

PLAN = make_plan(BRIEF, 20)
INTERVIEWER = RulesInterviewer(BRIEF, PLAN)
RAMBLING = " ".join(STORIES)


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


def test_a_design_is_given_its_pauses() -> None:
    assert kind_of(Move("question", BRIEF.questions[0].text, "", 0), PLAN) is QuestionKind.DESIGN
    assert kind_of(Move("question", BRIEF.questions[6].text, "", 6), PLAN) is QuestionKind.OPEN


def test_an_answer_that_was_cut_into_leads_on_politely() -> None:
    first = INTERVIEWER.next_move((), 20.0)
    move = INTERVIEWER.next_move((Turn(first, RAMBLING, 25.0, 268.0, "cut_in"),), 270.0)
    assert (move.kind, move.text) == ("question", PLAN.items[1].question.text)
    assert move.lead_in.startswith("Let me ")
    assert move.reason.startswith("rule cut_in: 243 s, twice the advised 120 s; ")


def test_no_follow_up_in_a_whole_interview_and_a_polite_end() -> None:
    held = hold(INTERVIEWER, lambda *_: (RAMBLING, "cut_in"))
    assert not held.follow_ups
    assert held.closing.lead_in == "Let me stop you there."
    assert held.end_s <= 20 * 60 * 1.05
