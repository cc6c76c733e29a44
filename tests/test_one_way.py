"""One-way interviews: each question once, time to prepare, an answer that is cut off."""

import io
import os
from pathlib import Path

import pytest

from agent.interview.interviewer import RulesInterviewer
from agent.interview.moment import cut_in_s
from agent.interview.one_way import is_ready, one_way_plan
from agent.interview.rehearsal import Rehearsal
from agent.interview.typed import TypedChannel
from agent.session import Session, SessionMeta, read_session
from agent.session.events import HeardEvent
from tests.conftest import Rehearse
from tests.interviewer_candidates import BRIEF, CANDIDATES, hold
from tests.need import ROOT

PLAN = one_way_plan(BRIEF, None)


@pytest.mark.parametrize("candidate", ["rambler", "one word", "silent", "skips"])
def test_each_question_comes_once_and_nobody_asks_on(candidate: str) -> None:
    held = hold(RulesInterviewer(BRIEF, PLAN), CANDIDATES[candidate])
    assert [turn.move.kind for turn in held.turns] == ["question"] * 5
    assert held.questions[2].lead_in == "Question 3 of 5."
    assert cut_in_s(held.questions[0], PLAN) == 120.0


def test_it_can_be_heard_again_and_stopped() -> None:
    interviewer = RulesInterviewer(BRIEF, PLAN)
    again = hold(interviewer, CANDIDATES["repeats"]).turns[1].move
    assert (again.kind, again.text) == ("repeat", PLAN.items[0].question.text)
    stopped = hold(interviewer, lambda *_: ("let's stop here", "finish"))
    assert (len(stopped.turns), stopped.closing.kind) == (1, "closing")


@pytest.mark.parametrize(
    ("said", "ready"),
    [("I'm ready.", True), ("okay let's go", True), ("I'm ready to lead a team", False)],
)
def test_who_is_ready_says_no_more(said: str, *, ready: bool) -> None:
    assert is_ready(said) == ready


def test_ready_is_no_answer_and_a_line_ends_the_preparation(tmp_path: Path) -> None:
    session = Session(tmp_path / "one", SessionMeta(brief=BRIEF))
    with session:
        rehearsal = Rehearsal(RulesInterviewer(BRIEF, PLAN), session)
        lines = io.StringIO("I'm ready\nI began at the port.\nq\n")
        with TypedChannel(lines, rehearsal.observe) as channel:
            rehearsal.hold(channel)
    events = read_session(session.folder).events
    heard = [one for one in events if isinstance(one, HeardEvent)]
    assert [one.text for one in heard] == ["I began at the port.", ""]


def test_an_empty_pipe_is_not_read_while_something_is_waited_for() -> None:
    lines, answers = os.pipe()
    with os.fdopen(lines) as typed, os.fdopen(answers, "w") as person:
        channel = TypedChannel(typed, lambda _: None)
        ready = iter((False, True, False))
        assert channel.wait(lambda: next(ready), 60).stopped_by != "key"
        person.write("I began at the port.\n")
        person.flush()
        assert channel.wait(lambda: next(ready), 60).stopped_by == "key"


def test_from_the_command_line(rehearse: Rehearse) -> None:
    done = rehearse("plan", ROOT / "briefs" / "ward-nurse.md", "--one-way", "--questions", "4")
    assert done.out.count(" 2:50  ") == 4
