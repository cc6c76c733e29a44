"""The reverse round: when the person is invited to ask, what follows, and how it ends."""

from dataclasses import replace
from pathlib import Path

import pytest

from agent.analysis.conversation import read_conversation
from agent.brief import Brief
from agent.interview.interviewer import RulesInterviewer
from agent.interview.plan import make_plan
from agent.interview.rehearsal import Rehearsal
from agent.interview.wording import GO_AHEAD, NO_QUESTION, TIME_TO_ASK
from agent.session import Session, SessionMeta, StoredSession, read_session
from agent.session.events import event_of
from agent.session.turns import Move, Turn
from tests.conftest import Rehearse
from tests.interviewer_candidates import BRIEF, STORIES, Candidate, Held, hold, people
from tests.need import ROOT
from tests.scripted_channel import ScriptedChannel

MINUTES = 30
ROUND = ("your_questions", "reply")
ASKED = "How many ports do you move containers to?"
ANSWER = BRIEF.snapshot


def interviewer_of(brief: Brief = BRIEF, minutes: float = MINUTES) -> RulesInterviewer:
    return RulesInterviewer(brief, make_plan(brief, minutes))


def asking(*questions: str, last: str = "no that's all") -> Candidate:
    """Answer every question with a story, and ask these in the round."""

    def candidate(move: Move, turns: tuple[Turn, ...]) -> tuple[str, str]:
        if move.kind not in ROUND:
            return STORIES[len(turns) % len(STORIES)], "silence"
        asked = sum(turn.move.kind in ROUND for turn in turns)
        text = questions[asked] if asked < len(questions) else last
        return text, "silence" if text else "no_speech"

    return candidate


def in_round(held: Held) -> list[Turn]:
    begun = [t.move.kind for t in held.turns].index("your_questions")
    return list(held.turns[begun:])


def after(*turns: tuple[str, str], brief: Brief = BRIEF, now_s: float = 1500.0) -> Move:
    """Return the move after these turns of a round that begins at 1400 s."""
    interviewer = interviewer_of(brief)
    first = Turn(interviewer.next_move((), 20.0), STORIES[0], 30.0, 1398.0)
    held = (first,)
    for number, (said, ended_by) in enumerate(turns):
        move = interviewer.next_move(held, 1495.0 if number == 0 else now_s)
        assert move.kind in ROUND
        held = (*held, Turn(move, said, now_s, now_s + 5.0, ended_by))
    return interviewer.next_move(held, now_s)


def test_the_round_is_answered_from_the_brief() -> None:
    held = hold(interviewer_of(), asking(ASKED, "What is the salary?"))
    turns = in_round(held)
    assert [turn.move.kind for turn in turns] == ["your_questions", "reply", "reply"]
    assert turns[1].move.text == turns[1].move.evidence == ANSWER
    assert turns[1].move.spoken == (
        f"What I can tell you is this: {ANSWER} {turns[1].move.invites}"
    )
    assert not turns[2].move.evidence
    assert held.closing.reason.startswith("rule closing: the person has no more questions")


def test_questions_are_answered_as_long_as_there_is_time() -> None:
    endless = hold(interviewer_of(), asking(last="What about the quay?"))
    assert "Our time is up" in endless.closing.text
    assert 0.97 * 60 * MINUTES <= endless.end_s <= 1.05 * 60 * MINUTES
    assert any("one more" in turn.move.invites for turn in in_round(endless)[-4:])


def test_the_time_of_the_round_is_kept_from_a_rambler() -> None:
    held = hold(interviewer_of(), people(BRIEF)["rambler"])
    assert 1200 < in_round(held)[0].start_s < 1740
    short = hold(interviewer_of(minutes=20), asking())
    assert not {*ROUND} & {turn.move.kind for turn in short.turns}


GARBLED = ("now his success measured", "silence")


@pytest.mark.parametrize(
    ("turns", "kind", "text"),
    [
        ([("", "no_speech")], "your_questions", TIME_TO_ASK),
        ([("", "no_speech"), ("", "no_speech")], "closing", ""),
        ([(ASKED, "silence"), ("", "no_speech")], "your_questions", TIME_TO_ASK),
        ([("", "done")], "closing", ""),
        ([("let's skip this one", "skip")], "closing", ""),
        ([("let's stop here", "finish")], "closing", ""),
        ([("", "ended")], "closing", ""),
        ([("nothing", "silence")], "closing", ""),
        ([("I have two more questions.", "silence")], "your_questions", GO_AHEAD),
        ([GARBLED], "your_questions", NO_QUESTION[0]),
        ([GARBLED] * 2, "your_questions", NO_QUESTION[1]),
        ([GARBLED] * 3, "closing", ""),
        ([("how big is the team", "cut_in")], "reply", ""),
    ],
)
def test_what_follows_in_the_round(turns: list[tuple[str, str]], kind: str, text: str) -> None:
    move = after(*turns)
    assert move.kind == kind
    assert not text or move.text == text


def test_a_reply_is_said_again_with_its_evidence() -> None:
    reply, again = after((ASKED, "silence")), after((ASKED, "silence"), ("again", "repeat"))
    assert (again.kind, again.text, again.evidence) == ("reply", reply.text, reply.evidence)
    assert again.lead_in


def test_time_that_is_up_ends_it_and_no_time_makes_none() -> None:
    assert "time is up" in after((ASKED, "silence"), now_s=1780.0).text
    interviewer = interviewer_of()
    late = Turn(interviewer.next_move((), 20.0), STORIES[0], 30.0, 1770.0)
    assert interviewer.next_move((late,), 1770.0).kind == "closing"
    assert "a minute left" in interviewer.next_move((replace(late, end_s=1715.0),), 1715.0).text


def test_the_journal_tells_the_questions_apart_from_the_answers(tmp_path: Path) -> None:
    plan = replace(make_plan(BRIEF, 20, only=(2,)), own_questions_s=300.0)
    answers = [(STORIES[0], "silence"), (ASKED, "silence"), ("that's all", "silence")]
    with Session(tmp_path / "s", SessionMeta(brief=BRIEF)) as session:
        Rehearsal(RulesInterviewer(BRIEF, plan), session).hold(ScriptedChannel(answers))
    told = read_conversation(read_session(tmp_path / "s"))
    assert [(own.text, own.source, own.reply) for own in told.own_questions] == [
        (ASKED, ANSWER, ANSWER)
    ]
    assert len(told.answers) == 1


def test_the_rest_of_a_question_of_ones_own_belongs_to_it() -> None:
    events = (
        event_of("said", kind="your_questions", text="What would you like to ask us?"),
        event_of("heard", text="what do you build with", start_s=3.0, end_s=5.0),
        event_of("said", kind="reply", text="Python.", stopped_by="resumed_answer"),
        event_of("heard", text="and since when", continues=True, start_s=9.0, end_s=11.0),
        event_of("said", kind="reply", text="I don't have that."),
    )
    found = read_conversation(StoredSession(Path(), SessionMeta(), events))
    (own,) = found.own_questions
    assert (own.text, own.end_s) == ("what do you build with and since when", 11.0)
    assert found.answers == ()


def test_more_time_for_own_questions_than_there_is(rehearse: Rehearse) -> None:
    brief = ROOT / "briefs" / "ward-nurse.md"
    done = rehearse("run", brief, "--text", "--minutes", "10", "--own-questions", "10")
    assert done.code == 1
    assert "--own-questions less" in done.err
    for none in ("nan", "0.3", "300"):
        assert rehearse("plan", brief, "--own-questions", none).code == 2
    shown = rehearse("plan", brief, "--minutes", "20", "--own-questions", "6")
    assert "6:00  for your own questions" in shown.out
