"""The main path: who has the floor, what becomes one answer, what the journal keeps."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from agent.after.conversation import read_conversation
from agent.brief import Brief, Question
from agent.interviewer.interviewer import RulesInterviewer
from agent.interviewer.moment import kind_of
from agent.interviewer.plan import make_plan
from agent.rehearsal import GO_ON, Rehearsal
from agent.session import Session, SessionMeta, read_session
from agent.thinking_ahead import ThinkingAhead
from agent.turns import Move, Turn
from tests.scripted_channel import Answer, ScriptedChannel
from voice.endpointing import QuestionKind
from voice.talk import StoppedBy

LONG = "I moved our nightly jobs to one queue and the backlog of forty hours fell to three"
BRIEF = Brief(
    company="Acme",
    role="Engineer",
    questions=(
        Question(area="behavioral", text="Tell me about a change that you made.", why="drive"),
        Question(area="system design", text="How would you design a queue?", why="depth"),
    ),
)


def hold(
    folder: Path, answers: Sequence[Answer], stops: dict[int, StoppedBy] | None = None
) -> tuple[ScriptedChannel, list[dict[str, Any]]]:
    interviewer = RulesInterviewer(BRIEF, make_plan(BRIEF, 20.0, None, None))
    channel = ScriptedChannel(list(answers), stops)
    with Session(folder, SessionMeta(brief=BRIEF)) as session:
        Rehearsal(interviewer, session).hold(channel)
    return channel, list(read_session(folder).events)


def test_an_answer_that_goes_on_over_the_next_question_is_one_answer(tmp_path: Path) -> None:
    # Text 0 is the greeting, 1 the first question, 2 cuts into the answer to it.
    rest = "and the team of nine people no longer works at night"
    channel, events = hold(
        tmp_path / "s", [(LONG, "silence"), (rest, "silence")], {2: "resumed_answer"}
    )
    answers = read_conversation(read_session(tmp_path / "s")).answers
    assert len(answers) == 1
    assert (answers[0].start_s, answers[0].end_s) == (4.0, 26.0)
    heard = [event for event in events if event["event"] == "heard"]
    assert [event["continues"] for event in heard[:2]] == [False, True]
    assert any(event.get("text") == GO_ON for event in events)
    cut = [event for event in events if event.get("stopped_by") == "resumed_answer"]
    assert [(event["heard"], event["start_s"]) for event in cut] == [(channel.said[2][0][:5], 14.0)]
    assert channel.listened[1].kind is channel.listened[0].kind


def test_a_noise_over_a_question_does_not_keep_it_from_being_asked(tmp_path: Path) -> None:
    channel, _ = hold(tmp_path / "s", [(LONG, "silence"), ("", "no_speech")], {2: "resumed_answer"})
    (cut, could_stop), (again, can_stop) = channel.said[2:4]
    assert cut == again
    assert could_stop
    assert not can_stop


@pytest.mark.parametrize("ended_by", ["done", "skip", "no_speech"])
def test_only_an_answer_that_a_silence_ended_can_go_on(tmp_path: Path, ended_by: str) -> None:
    answers = [(LONG if ended_by == "done" else "", ended_by), (LONG, "silence")]
    _, events = hold(tmp_path / "s", answers, {2: "resumed_answer"})
    heard = [event for event in events if event["event"] == "heard"]
    assert not any(event["continues"] for event in heard)


def test_what_is_said_over_the_greeting_answers_nothing(tmp_path: Path) -> None:
    answers = [("hello yes I can hear you", "silence"), (LONG, "silence")]
    channel, _ = hold(tmp_path / "s", answers, {0: "interruption"})
    assert channel.listened[0].kind is QuestionKind.GREETING
    spans = read_conversation(read_session(tmp_path / "s")).answers
    assert [span.asked.text for span in spans] == [BRIEF.questions[0].text]


def test_an_interrupted_question_is_answered_and_the_journal_has_what_was_heard(
    tmp_path: Path,
) -> None:
    _, events = hold(tmp_path / "s", [(LONG, "silence")], {1: "interruption"})
    said = [event for event in events if event["event"] == "said"][1]
    assert (said["stopped_by"], len(said["heard"])) == ("interruption", 5)
    (answer,) = read_conversation(read_session(tmp_path / "s")).answers
    assert answer.asked.text == BRIEF.questions[0].text


class Counting(RulesInterviewer):
    """Rules that count how often they were asked."""

    asked: list[tuple[Turn, ...]]

    def next_move(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        self.asked.append(turns)
        return super().next_move(turns, now_s)


def counting() -> Counting:
    interviewer = Counting(BRIEF, make_plan(BRIEF, 20.0, None, None))
    object.__setattr__(interviewer, "asked", [])
    return interviewer


def test_a_thought_is_taken_where_nothing_was_said_since() -> None:
    interviewer, channel = counting(), ScriptedChannel([])
    with ThinkingAhead(interviewer, channel) as ahead:
        ahead.think(())
        move = ahead.next_move(())
    assert len(interviewer.asked) == 1
    assert channel.prepared == [move.spoken]


@pytest.mark.parametrize(("later", "asks"), [("and so", 2), ("", 1)])
def test_a_thought_is_dropped_where_the_person_went_on(later: str, asks: int) -> None:
    interviewer, channel = counting(), ScriptedChannel([])
    first = Move("question", BRIEF.questions[0].text, "", 0)
    with ThinkingAhead(interviewer, channel) as ahead:
        ahead.think((Turn(first, LONG),))
        turns = (Turn(first, f"{LONG} {later}".strip(), ended_by="done"),)
        assert ahead.next_move(turns) == RulesInterviewer(BRIEF, interviewer.plan).next_move(
            turns, 0.0
        )
    assert len(interviewer.asked) == asks


def test_a_design_question_gets_longer_pauses_than_a_number() -> None:
    plan = make_plan(BRIEF, 20.0, None, None)
    assert kind_of(Move("question", "x", "", 1), plan) is QuestionKind.DESIGN
    assert kind_of(Move("question", "x", "", 0), plan) is QuestionKind.OPEN
    assert kind_of(Move("follow_up", "x", "", 1, probe="number"), plan) is QuestionKind.FACT


class TwoPeople:
    """An interviewer of two people: Ann asks the first question and hands over to Bo."""

    name = "two"
    notes = ()
    plan = make_plan(BRIEF, 20.0)

    def opening(self) -> Move:
        return Move("opening", "Hello.", "it comes first", speaker="Ann")

    def next_move(self, turns: tuple[Turn, ...], now_s: float) -> Move:  # noqa: ARG002
        if not turns:
            return Move("question", "Why us?", "first", 0, speaker="Ann")
        if len(turns) == 1:
            over = "Thank you. Bo, over to you."
            return Move("question", "How big?", "second", 1, speaker="Bo", hand_over=over)
        return Move("closing", "Good-bye.", "done", speaker="Bo")

    def at_once(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        return self.next_move(turns, now_s)


def held_by_two(
    folder: Path, answers: list[Answer], stops: dict[int, StoppedBy]
) -> ScriptedChannel:
    channel = ScriptedChannel(answers, stops)
    with Session(folder, SessionMeta(brief=BRIEF)) as session:
        Rehearsal(TwoPeople(), session).hold(channel)
    return channel


def test_who_hands_over_says_so_in_their_own_voice(tmp_path: Path) -> None:
    channel = held_by_two(tmp_path / "s", [(LONG, "silence"), (LONG, "silence")], {})
    assert list(zip(channel.voices, (text for text, _ in channel.said), strict=True)) == [
        ("Ann", "Hello."),
        ("Ann", "Why us?"),
        ("Ann", "Thank you. Bo, over to you."),
        ("Bo", "How big?"),
        ("Bo", "Good-bye."),
    ]
    lines = read_conversation(read_session(tmp_path / "s")).lines
    assert [(line.kind, line.speaker) for line in lines[2:4]] == [
        ("hand_over", "Ann"),
        ("question", "Bo"),
    ]


@pytest.mark.parametrize("stopped", ["resumed_answer", "interruption"])
def test_an_answer_that_goes_on_over_the_hand_over_is_heard_out(
    tmp_path: Path, stopped: StoppedBy
) -> None:
    answers: list[Answer] = [(LONG, "silence"), ("and more", "silence"), (LONG, "silence")]
    channel = held_by_two(tmp_path / "s", answers, {2: stopped})
    assert [text for text, _ in channel.said][2:5] == [
        "Thank you. Bo, over to you.",
        "Thank you. Bo, over to you.",
        "How big?",
    ]
    found = read_conversation(read_session(tmp_path / "s")).answers
    assert [answer.asked.text for answer in found] == ["Why us?", "How big?"]


def test_an_answer_that_was_ended_by_key_is_over_when_the_next_one_takes_over(
    tmp_path: Path,
) -> None:
    answers: list[Answer] = [(LONG, "done"), (LONG, "silence")]
    channel = held_by_two(tmp_path / "s", answers, {2: "interruption"})
    assert [text for text, _ in channel.said][3] == "How big?"
    assert not channel.left


@dataclass(frozen=True)
class LateInterviewer(RulesInterviewer):
    """Rules that think until they are let go; at once they are quick."""

    go: threading.Event = field(default_factory=threading.Event)

    def next_move(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        if turns:
            self.go.wait(20)
        return super().next_move(turns, now_s)

    def at_once(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        return super().next_move(turns, now_s)


class RealtimeChannel(ScriptedChannel):
    """The same in real time."""

    realtime = True


def test_who_goes_on_while_the_interviewer_thinks_has_not_finished(tmp_path: Path) -> None:
    interviewer = LateInterviewer(BRIEF, make_plan(BRIEF, 20.0))
    rest = "and the team of nine people no longer works at night"
    answers: list[Answer] = [(LONG, "silence"), (rest, "silence")]
    channel = RealtimeChannel(answers, waits=("resumed_answer",))
    with Session(tmp_path / "s", SessionMeta(brief=BRIEF)) as session:
        Rehearsal(interviewer, session).hold(channel)
    interviewer.go.set()
    found = read_conversation(read_session(tmp_path / "s"))
    assert [(answer.start_s, answer.end_s) for answer in found.answers][:1] == [(4.0, 24.0)]
    kinds = [line.kind for line in found.lines]
    assert kinds[:4] == ["opening", "question", "acknowledgement", "follow_up"]
    assert kinds[-1] == "closing"


def test_with_strict_a_rambler_is_cut_in_on_and_the_next_question_stands(tmp_path: Path) -> None:
    interviewer = RulesInterviewer(BRIEF, make_plan(BRIEF, 20.0))
    channel = ScriptedChannel([(LONG, "cut_in"), (LONG, "silence")])
    with Session(tmp_path / "s", SessionMeta(brief=BRIEF)) as session:
        Rehearsal(interviewer, session, strict=True).hold(channel)
    assert channel.listened[0].cut_in_s is not None
    text, may_be_interrupted = channel.said[2]
    assert BRIEF.questions[1].text in text
    assert not may_be_interrupted


def test_with_strict_the_rest_of_an_answer_has_what_is_left_of_its_time(tmp_path: Path) -> None:
    interviewer = RulesInterviewer(BRIEF, make_plan(BRIEF, 20.0))
    answers: list[Answer] = [(LONG, "silence"), (LONG, "cut_in"), (LONG, "silence")]
    channel = ScriptedChannel(answers, {2: "resumed_answer"})
    with Session(tmp_path / "s", SessionMeta(brief=BRIEF)) as session:
        Rehearsal(interviewer, session, strict=True).hold(channel)
    first_s, rest_s = (about.cut_in_s for about in channel.listened[:2])
    assert first_s is not None
    assert rest_s == first_s - 10.0
    _, may_be_interrupted = channel.said[3]
    assert not may_be_interrupted


def test_without_strict_nobody_is_cut_in_on(tmp_path: Path) -> None:
    channel, _ = hold(tmp_path / "s", [(LONG, "silence")])
    assert {about.cut_in_s for about in channel.listened} == {None}
