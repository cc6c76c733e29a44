"""Start reading here: one mock interview, from the opening to the closing.

    channel.listen() -> Turn -> interviewer.next_move(turns) -> channel.say()

Everything said and heard goes into the session's journal as it happens, so that a session that
is killed can be analyzed up to its last second. What comes after (words -> measures -> report)
starts from the folder, in agent/analysis/analyzer.py.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from agent.interview.interviewer import Interviewer
from agent.interview.moment import cut_in_s, kind_of
from agent.interview.one_way import BEGIN_NOW, PREPARE_S, TELL_AT_S, is_ready
from agent.interview.thinking_ahead import ThinkingAhead, listened
from agent.session import Session, events
from agent.session.turns import Move, Turn
from voice.turns.endpointing import QuestionKind
from voice.turns.talk import Channel, ChannelEvent, Gap, Heard, Listening, Notice, Said, WordsHeard

GO_ON = "you had not finished: please go on"


class Audience(Protocol):
    """Who follows the interview as it happens: the screen, a recorded candidate."""

    def on_move(self, move: Move) -> None:
        """Be told what the interviewer is about to say."""

    def on_heard(self, heard: Heard) -> None:
        """Be told the person's turn when it has ended."""

    def on_event(self, event: ChannelEvent) -> None:
        """Be told levels, words and notices in between."""


class Rehearsal:
    """One interview."""

    _channel: Channel
    _ahead: ThinkingAhead

    def __init__(
        self,
        interviewer: Interviewer,
        session: Session,
        audience: Sequence[Audience] = (),
        *,
        strict: bool = False,
    ) -> None:
        """Prepare it: `strict` cuts in on an answer that goes on for too long."""
        self._interviewer = interviewer
        self._session = session
        self._audience = audience
        self._strict = strict or interviewer.plan.one_way
        self._acknowledged = False
        """Whether the last answer was acknowledged in the silence that ended it."""

    def hold(self, channel: Channel) -> None:
        """Hold the interview over an open channel, until it is closed in words."""
        turns: tuple[Turn, ...] = ()
        yielding = True  # Whether the next move may be interrupted.
        with ThinkingAhead(self._interviewer, channel) as ahead:
            self._channel, self._ahead = channel, ahead
            ahead.think(turns)
            self._greet()
            while True:
                move = self._make_move(turns, yielding)
                if move is None:
                    # The move was never made: the answer before it goes on.
                    self.observe(Notice(channel.now_s, GO_ON))
                    *before, turn = turns
                elif move.kind == "closing":
                    return
                else:
                    before, turn = list(turns), Turn(move, "")
                heard = self._listen(tuple(before), turn)
                turns = (*before, _answered(turn, heard))
                # A noise, which goes on with nothing, cannot keep the move from being made.
                yielding = heard.ended_by != "cut_in" and (move is not None or bool(heard.text))

    def observe(self, event: ChannelEvent) -> None:
        """Pass a channel's event on to the journal and the audience."""
        if isinstance(event, WordsHeard):
            self._journal(events.WordsEvent(event.words))
        elif isinstance(event, Notice):
            self._journal(events.NoticeEvent(event.text, round(event.session_s, 3)))
        elif isinstance(event, Gap):
            times = round(event.start_s, 3), round(event.end_s, 3)
            self._journal(events.GapEvent(*times, event.why))
        for listener in self._audience:
            listener.on_event(event)

    def _greet(self) -> None:
        """Greet; a greeting that comes back over it is heard out and answers nothing."""
        opening = self._interviewer.opening()
        if self._say(opening).stopped_by == "interruption":
            kind = kind_of(opening, self._interviewer.plan)
            self._note_heard(self._channel.listen(Listening(kind)))

    def _make_move(self, turns: tuple[Turn, ...], yielding: bool) -> Move | None:
        """Say what comes next and return it, or None where the person goes on with the answer."""
        may_go_on = _open_ended(turns)
        move = self._ahead.awaited(turns, self._say, yielding and may_go_on, self._acknowledged)
        for note in self._ahead.untold():
            self.observe(Notice(self._channel.now_s, note))
        if move is None:
            return None
        if move.hand_over:
            # One of a panel who hands over does so first, in their own voice.
            last = turns[-1].move if turns else self._interviewer.opening()
            reason = f"{move.speaker} goes on"
            over = Move("hand_over", move.hand_over, reason, speaker=last.speaker)
            said = self._say(over, yielding)
            if may_go_on and said.stopped_by in ("interruption", "resumed_answer"):
                return None
        said = self._say(move, yielding)
        return None if may_go_on and said.stopped_by == "resumed_answer" else move

    def _listen(self, before: tuple[Turn, ...], turn: Turn) -> Heard:
        """Listen to an answer, or to the rest of one; the next move is thought of meanwhile."""

        def think(so_far: Heard) -> None:
            self._ahead.think((*before, _answered(turn, so_far)))

        plan = self._interviewer.plan
        left_s = None
        if self._strict:
            left_s = max(0.0, cut_in_s(turn.move, plan) - (turn.end_s - turn.start_s))
        if plan.one_way and turn.move.kind == "question" and not turn.answer:
            self._prepare(turn.move)
        kind, word = kind_of(turn.move, plan), ""
        if kind is not QuestionKind.GREETING and not self._acknowledged and not plan.one_way:
            word = listened((*before, turn))
            self._channel.prepare(word, turn.move.speaker)
        about = Listening(kind, think, left_s, word, turn.move.speaker)
        heard = self._channel.listen(about)
        if plan.one_way and is_ready(heard.text):
            heard = self._channel.listen(about)
        self._note_heard(heard, continues=bool(turn.answer))
        said = heard.acknowledged
        self._acknowledged = said is not None and said.start_s >= heard.end_s
        if said is not None:
            why, index = "rule two speeds: the answer was likely over", turn.move.question_index
            move = Move("acknowledgement", word, why, index, speaker=turn.move.speaker)
            self._journal(events.MoveEvent(**vars(move)))
            self._journal(events.SaidEvent.of(move, said))
        return heard

    def _prepare(self, move: Move) -> None:
        """Let the person prepare for 30 s, or until a key or a voice; tell how long is left."""
        end_s = self._channel.now_s + PREPARE_S
        untold = list(TELL_AT_S)

        def tell() -> bool:
            left_s = end_s - self._channel.now_s
            while untold and left_s <= untold[0]:
                note = f"{untold.pop(0):.0f} seconds left to prepare"
                self.observe(Notice(self._channel.now_s, note))
            return False

        waited = self._channel.wait(tell, PREPARE_S)
        if not waited.stopped_by:
            begin = Move("acknowledgement", BEGIN_NOW, "rule one_way: begin", move.question_index)
            self._say(begin, yielding=False)

    def _say(self, move: Move, yielding: bool = True) -> Said:
        self._journal(events.MoveEvent(**vars(move)))
        for listener in self._audience:
            listener.on_move(move)
        said = self._channel.say(move.spoken, yielding, move.speaker)
        self._journal(events.SaidEvent.of(move, said))
        return said

    def _note_heard(self, heard: Heard, *, continues: bool = False) -> None:
        self._journal(events.HeardEvent.of(heard, continues=continues))
        for listener in self._audience:
            listener.on_heard(heard)

    def _journal(self, event: events.Event) -> None:
        """Write an event; what the disk does is told at once, and the interview goes on."""
        if told := self._session.journal.append(event):
            for listener in self._audience:
                listener.on_event(Notice(self._channel.now_s, told))


def _open_ended(turns: tuple[Turn, ...]) -> bool:
    """Return whether the last answer may go on: only a silence ended it."""
    return bool(turns) and turns[-1].ended_by == "silence" and bool(turns[-1].answer)


def _answered(turn: Turn, heard: Heard) -> Turn:
    """Return the turn with what was heard as its answer, or behind what there was of it."""
    if turn.answer and not heard.text:
        return turn
    return replace(
        turn,
        answer=f"{turn.answer} {heard.text}".strip(),
        start_s=turn.start_s if turn.answer else heard.start_s,
        end_s=heard.end_s,
        ended_by=heard.ended_by,
    )
