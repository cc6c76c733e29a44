"""The main path: who has the floor, what becomes one answer, what the journal keeps."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from agent.analysis.conversation import Conversation, read_conversation
from agent.brief import Brief, Question
from agent.interview.interviewer import Interviewer, RulesInterviewer
from agent.interview.plan import make_plan
from agent.interview.rehearsal import GO_ON, Rehearsal
from agent.session import Session, SessionMeta, read_session
from agent.session.events import Event, HeardEvent, MoveEvent, NoticeEvent, SaidEvent
from agent.session.turns import Move, Turn
from tests.scripted_channel import Answer, ScriptedChannel
from voice.turns.endpointing import QuestionKind
from voice.turns.talk import Heard, Listening, Said, StoppedBy

LONG = "I moved our nightly jobs to one queue and the backlog of forty hours fell to three"
REST = "and the team of nine people no longer works at night"
BRIEF = Brief(
    company="Acme",
    role="Engineer",
    questions=(
        Question(area="behavioral", text="Tell me about a change that you made.", why="drive"),
        Question(area="system design", text="How would you design a queue?", why="depth"),
    ),
)
RULES = RulesInterviewer(BRIEF, make_plan(BRIEF, 20.0))


@dataclass(frozen=True)
class Held:
    """An interview that was held."""

    channel: ScriptedChannel
    events: tuple[Event, ...]
    conversation: Conversation

    @property
    def heard(self) -> list[HeardEvent]:
        return [event for event in self.events if isinstance(event, HeardEvent)]

    @property
    def said(self) -> list[SaidEvent]:
        return [event for event in self.events if isinstance(event, SaidEvent)]


def hold(
    folder: Path,
    answers: Sequence[Answer] | ScriptedChannel,
    stops: dict[int, StoppedBy] | None = None,
    *,
    interviewer: Interviewer = RULES,
    strict: bool = False,
) -> Held:
    """Hold an interview; text 0 is the greeting, 1 the first question, 2 follows its answer."""
    scripted = isinstance(answers, ScriptedChannel)
    channel = answers if scripted else ScriptedChannel(list(answers), stops)
    with Session(folder / "s", SessionMeta(brief=BRIEF)) as session:
        Rehearsal(interviewer, session, strict=strict).hold(channel)
    stored = read_session(session.folder)
    return Held(channel, stored.events, read_conversation(stored))


def test_the_journal_holds_what_was_planned_said_and_heard(tmp_path: Path) -> None:
    held = hold(tmp_path, [(LONG, "silence")])
    moves = [event for event in held.events if isinstance(event, MoveEvent)]
    assert [(move.kind, move.text) for move in moves] == [(s.kind, s.text) for s in held.said]
    assert all(move.reason for move in moves)
    assert [event.text for event in held.heard if event.text] == [LONG]


def test_an_answer_that_goes_on_over_the_next_question_is_one_answer(tmp_path: Path) -> None:
    held = hold(tmp_path, [(LONG, "silence"), (REST, "silence")], {2: "resumed_answer"})
    (answer,) = held.conversation.answers
    assert (answer.start_s, answer.end_s) == (4.0, 26.0)
    assert [event.continues for event in held.heard[:2]] == [False, True]
    assert any(isinstance(event, NoticeEvent) and event.text == GO_ON for event in held.events)
    (cut,) = [event for event in held.said if not event.made]
    assert (cut.heard, cut.start_s) == (held.channel.said[2][0][:5], 14.0)
    assert held.channel.listened[1].kind is held.channel.listened[0].kind


def test_a_noise_over_a_question_does_not_keep_it_from_being_asked(tmp_path: Path) -> None:
    held = hold(tmp_path, [(LONG, "silence"), ("", "no_speech")], {2: "resumed_answer"})
    (cut, could_stop), (again, can_stop) = held.channel.said[2:4]
    assert cut == again
    assert could_stop
    assert not can_stop


@pytest.mark.parametrize("ended_by", ["done", "skip", "no_speech"])
def test_only_an_answer_that_a_silence_ended_can_go_on(tmp_path: Path, ended_by: str) -> None:
    answers = [(LONG if ended_by == "done" else "", ended_by), (LONG, "silence")]
    held = hold(tmp_path, answers, {2: "resumed_answer"})
    assert not any(event.continues for event in held.heard)


def test_what_is_said_over_the_greeting_answers_nothing(tmp_path: Path) -> None:
    answers = [("hello yes I can hear you", "silence"), (LONG, "silence")]
    held = hold(tmp_path, answers, {0: "interruption"})
    assert held.channel.listened[0].kind is QuestionKind.GREETING
    (answer,) = held.conversation.answers
    assert answer.asked.text == BRIEF.questions[0].text


def test_an_interrupted_question_is_answered_and_the_journal_has_what_was_heard(
    tmp_path: Path,
) -> None:
    held = hold(tmp_path, [(LONG, "silence")], {1: "interruption"})
    assert (held.said[1].stopped_by, len(held.said[1].heard)) == ("interruption", 5)
    (answer,) = held.conversation.answers
    assert answer.asked.text == BRIEF.questions[0].text


class TwoPeople:
    """An interviewer of two people: Ann asks the first question and hands over to Bo."""

    name = engine = "two"
    notes = ()
    plan = RULES.plan

    def opening(self) -> Move:
        return Move("opening", "Hello.", "it comes first", speaker="Ann")

    def next_move(self, turns: tuple[Turn, ...], now_s: float) -> Move:  # noqa: ARG002
        if not turns:
            return Move("question", "Why us?", "first", 0, speaker="Ann")
        if len(turns) == 1:
            over = "Thank you. Bo, over to you."
            return Move("question", "How big?", "second", 1, speaker="Bo", hand_over=over)
        return Move("closing", "Good-bye.", "done", speaker="Bo")

    at_once = next_move

    def chosen(self, move: Move) -> None:
        pass


@pytest.mark.parametrize("stopped", ["resumed_answer", "interruption"])
def test_an_answer_that_goes_on_over_the_hand_over_is_heard_out(
    tmp_path: Path, stopped: StoppedBy
) -> None:
    answers: list[Answer] = [(LONG, "silence"), (REST, "silence"), (LONG, "silence")]
    held = hold(tmp_path, answers, {2: stopped}, interviewer=TwoPeople())
    over = "Thank you. Bo, over to you."
    assert [text for text, _ in held.channel.said][2:5] == [over, over, "How big?"]
    asked = [answer.asked.text for answer in held.conversation.answers]
    assert asked == ["Why us?", "How big?"]


def test_an_answer_that_was_ended_by_key_is_over_when_the_next_one_takes_over(
    tmp_path: Path,
) -> None:
    answers: list[Answer] = [(LONG, "done"), (LONG, "silence")]
    held = hold(tmp_path, answers, {2: "interruption"}, interviewer=TwoPeople())
    assert held.channel.said[3][0] == "How big?"
    assert not held.channel.left


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
    interviewer = LateInterviewer(BRIEF, RULES.plan)
    answers: list[Answer] = [(LONG, "silence"), (REST, "silence")]
    channel = RealtimeChannel(answers, waits=("resumed_answer",))
    found = hold(tmp_path, channel, interviewer=interviewer).conversation
    interviewer.go.set()
    assert [(answer.start_s, answer.end_s) for answer in found.answers][:1] == [(4.0, 24.0)]
    kinds = [line.kind for line in found.lines]
    assert kinds[:4] == ["opening", "question", "acknowledgement", "question"]
    assert kinds[-1] == "closing"


class Acknowledging(ScriptedChannel):
    """A channel that says the little word whenever it is given one."""

    def listen(self, about: Listening) -> Heard:
        heard = super().listen(about)
        said = Said(heard.end_s, heard.end_s, about.acknowledge) if about.acknowledge else None
        return replace(heard, acknowledged=said)


def test_every_second_answer_is_acknowledged_and_the_next_move_says_it_no_second_time(
    tmp_path: Path,
) -> None:
    channel = Acknowledging([(LONG, "silence"), (REST, "silence")])
    lines = hold(tmp_path, channel).conversation.lines
    assert [bool(about.acknowledge) for about in channel.listened][:2] == [True, False]
    at = [line.kind for line in lines].index("acknowledgement")
    assert lines[at].heard == channel.listened[0].acknowledge
    assert lines[at + 1].lead_in == ""


def test_with_strict_a_rambler_is_cut_in_on_and_the_next_question_stands(tmp_path: Path) -> None:
    held = hold(tmp_path, [(LONG, "cut_in"), (LONG, "silence")], strict=True)
    assert held.channel.listened[0].cut_in_s is not None
    text, may_be_interrupted = held.channel.said[2]
    assert BRIEF.questions[1].text in text
    assert not may_be_interrupted


def test_with_strict_the_rest_of_an_answer_has_what_is_left_of_its_time(tmp_path: Path) -> None:
    answers: list[Answer] = [(LONG, "silence"), (LONG, "cut_in"), (LONG, "silence")]
    held = hold(tmp_path, answers, {2: "resumed_answer"}, strict=True)
    first_s, rest_s = (about.cut_in_s for about in held.channel.listened[:2])
    assert first_s is not None
    assert rest_s == first_s - 10.0
    assert not held.channel.said[3][1]
