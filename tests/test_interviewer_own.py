"""Probes of one's own: before all others, verbatim, once each; a citation calls for none."""

from __future__ import annotations

import pytest

from agent.brief import Brief, Question, TalkingPoint
from agent.brief_write.items import Item
from agent.brief_write.sources import cite
from agent.interviewer.follow_ups.choose import Answered, follow_ups
from agent.interviewer.follow_ups.prepared import Prepared, prepared_probes, unasked
from agent.interviewer.local_model.ollama_interviewer import OllamaInterviewer
from agent.interviewer.local_model.prompt import messages
from agent.interviewer.moment import Moment
from agent.interviewer.planning.plan import make_plan
from agent.interviewer.rules import next_move
from agent.turns import Move, Turn
from tests.fake_ollama import fake_ollama

OWN = ("What would the night shift say?", "Which crane stood still?", "What did the port learn?")
STORY = Question(
    area="behavioral", text="Tell me about a delivery that went wrong.", why="Own part.", probes=OWN
)
SAID = (
    "We moved the containers at night and everything was much faster after that. I called the"
    " harbor master and I wrote the new list myself, and in the end the whole quay used it."
)


def asked_after(brief: Brief, *answers: str) -> list[Move]:
    """Return the follow-ups that the rules ask when the answers come one after the other."""
    plan = make_plan(brief, 20)
    turns: tuple[Turn, ...] = ()
    moves = []
    now_s = 20.0
    for answer in answers:
        move = next_move(plan, brief, turns, now_s)
        moves.append(move)
        turns += (Turn(move, answer, now_s + 2, now_s + 20),)
        now_s += 22
    moves.append(next_move(plan, brief, turns, now_s))
    return [move for move in moves if move.kind == "follow_up"]


def with_probes(*texts: str) -> Question:
    """Return the question with other probes."""
    return STORY.model_copy(update={"probes": texts})


def test_they_take_the_place_of_the_prepared_ones() -> None:
    because = "it stands in your brief"
    assert prepared_probes(STORY) == tuple(Prepared("own", text, because) for text in OWN)
    assert make_plan(Brief(questions=(STORY,)), 20).items[0].probes == prepared_probes(STORY)


def test_they_come_first_verbatim_and_once_each() -> None:
    moves = asked_after(Brief(questions=(STORY,)), SAID, SAID, SAID)
    assert [move.text for move in moves] == list(OWN[:2])
    assert {(move.probe, move.reason) for move in moves} == {
        ("own", "rule own: it stands in your brief")
    }


def test_they_are_asked_after_a_short_answer_too() -> None:
    (follow_up,) = asked_after(Brief(questions=(STORY,)), "It was a long night on the quay.")
    assert follow_up.text == OWN[0]


def test_nothing_comes_before_them() -> None:
    answered = Answered(Brief(), STORY, ("We ran it and we built it and we left it at night.",))
    assert [one.kind for one in follow_ups(answered)][:4] == ["own", "own", "own", "depth"]


@pytest.mark.parametrize(
    "probe", ["Tell me more.", "Why? And how?", "Was it PortMind?", " ".join(["so"] * 26) + "?"]
)
def test_what_no_follow_up_may_do_none_of_them_does(probe: str) -> None:
    points = (TalkingPoint(name="Cranes", text="I built the scheduler PortMind."),)
    asked = with_probes(probe, OWN[1])
    brief = Brief(questions=(asked,), talking_points=points)
    assert [move.text for move in asked_after(brief, SAID)] == [OWN[1]]
    (told,) = unasked(brief)
    assert told.startswith('your probe "') and "of question 1 " in told


def test_a_model_does_not_reword_them(monkeypatch: pytest.MonkeyPatch) -> None:
    brief = Brief(questions=(STORY,))
    plan = make_plan(brief, 20)
    with fake_ollama() as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        interviewer = OllamaInterviewer("llama3.2", brief, plan)
        assert interviewer.wait_until_loaded(10)
        turns = (Turn(next_move(plan, brief, (), 20.0), SAID, 25.0, 60.0),)
        move = interviewer.next_move(turns, 61.0)
        assert move == next_move(plan, brief, turns, 61.0)
        assert move.text == OWN[0]


@pytest.mark.parametrize("source", ["Posting", "Resume"])
def test_the_words_of_a_cited_line_call_for_no_probe(source: str) -> None:
    text = "Lead the growth of production at scale, learn from mistakes and metrics"
    line = Item(12, text, text)
    asked = Question(area="domain", text="What do you know?", why="Tests depth.")
    cited = asked.model_copy(update={"why": f"{asked.why} {cite(source, line)}"})
    assert prepared_probes(cited) == prepared_probes(asked)
    assert prepared_probes(cited)[0].because == 'the why says "depth"'


def test_what_may_hold_a_talking_point_s_words_is_not_shown_to_a_model() -> None:
    why = f"Tests depth. {cite('Resume', Item(3, text := 'I built PortMind', text))} Own part."
    asked = with_probes("Was it PortMind that stood still?").model_copy(update={"why": why})
    brief = Brief(questions=(asked,))
    plan = make_plan(brief, 20)
    turn = Turn(next_move(plan, brief, (), 20.0), SAID, 25.0, 60.0)
    (_, case) = messages(Moment(plan, brief, (turn,), 61.0), None)
    assert "PortMind" not in case["content"]
    assert '"why": "Tests depth. Own part."' in case["content"]
