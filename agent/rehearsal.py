"""Start reading here: one mock interview, from the opening to the closing.

    channel.listen() -> Turn -> interviewer.next_move(turns) -> channel.say()

Everything said and heard goes into the session's journal as it happens, so that a session that
is killed can be analyzed up to its last second. What comes after (words -> measures -> report)
starts from the folder, in agent/after/analyzer.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any, Protocol

from agent.interviewer.interviewer import Interviewer
from agent.interviewer.moment import cut_in_s, kind_of
from agent.session import Session
from agent.thinking_ahead import ThinkingAhead
from agent.turns import Move, Turn
from voice.talk import Channel, ChannelEvent, Heard, Listening, Notice, Said, WordsHeard

GO_ON = "you had not finished: please go on"


class Audience(Protocol):
    """Who follows the interview as it happens: the screen, a recorded candidate."""

    def on_move(self, move: Move) -> None:
        """Be told what the interviewer is about to say."""

    def on_heard(self, heard: Heard) -> None:
        """Be told the person's turn when it has ended."""

    def on_event(self, event: ChannelEvent) -> None:
        """Be told levels, words and notices in between."""


@dataclass(frozen=True)
class Rehearsal:
    """One interview about to be held."""

    interviewer: Interviewer
    """Chooses what to say."""
    session: Session
    """Where everything is written."""
    audience: Sequence[Audience] = ()
    """Who is told."""
    strict: bool = False
    """Whether an answer that goes on for too long is cut in on."""

    def hold(self, channel: Channel) -> None:
        """Hold the interview over an open channel, until it is closed in words."""
        turns: tuple[Turn, ...] = ()
        yielding = True
        with ThinkingAhead(self.interviewer, channel) as ahead:
            ahead.think(turns)
            self._open(channel)
            while True:
                move = self._make_move(channel, ahead, turns, yielding)
                if move is None:
                    turns, yielding = self._go_on(channel, ahead, turns)
                    continue
                if move.kind == "closing":
                    return
                turn = Turn(move, "")
                heard = self._listen(channel, ahead, turns, turn)
                turns, yielding = (*turns, _answered(turn, heard)), heard.ended_by != "cut_in"

    def observe(self, event: ChannelEvent) -> None:
        """Pass a channel's event on to the journal and the audience."""
        if isinstance(event, WordsHeard):
            self._journal("words", words=[asdict(word) for word in event.words])
        elif isinstance(event, Notice):
            self._journal("notice", session_s=round(event.session_s, 3), text=event.text)
        for listener in self.audience:
            listener.on_event(event)

    def _open(self, channel: Channel) -> None:
        """Greet; a greeting that comes back over it is heard out and answers nothing."""
        opening = self.interviewer.opening()
        if self._line(channel, opening).stopped_by == "interruption":
            self._note_heard(
                channel.listen(Listening(kind_of(opening, self.interviewer.plan))), False
            )

    def _make_move(
        self, channel: Channel, ahead: ThinkingAhead, turns: tuple[Turn, ...], yielding: bool
    ) -> Move | None:
        """Say what comes next and return it, or None where the person goes on with the answer."""
        say = partial(self._line, channel)
        move = ahead.awaited(turns, say, yielding and _open_ended(turns))
        for note in ahead.untold():
            self.observe(Notice(channel.now_s, note))
        if move is None:
            return None
        said = self._say(channel, turns, move, yielding)
        return None if said.stopped_by == "resumed_answer" and _open_ended(turns) else move

    def _go_on(
        self, channel: Channel, ahead: ThinkingAhead, turns: tuple[Turn, ...]
    ) -> tuple[tuple[Turn, ...], bool]:
        """Hear the rest of an answer that was cut into; the move that cut in was never made.

        Returns:
            The turns with the whole answer, and whether the next move may be interrupted: not
            where the voice was none, so that a noise cannot keep it from being made.
        """
        self.observe(Notice(channel.now_s, GO_ON))
        heard = self._listen(channel, ahead, turns[:-1], turns[-1])
        yielding = bool(heard.text) and heard.ended_by != "cut_in"
        return (*turns[:-1], _answered(turns[-1], heard)), yielding

    def _listen(
        self, channel: Channel, ahead: ThinkingAhead, before: tuple[Turn, ...], turn: Turn
    ) -> Heard:
        """Listen to an answer, or to the rest of one, with the next move thought of meanwhile."""

        def think(so_far: Heard) -> None:
            ahead.think((*before, _answered(turn, so_far)))

        kind = kind_of(turn.move, self.interviewer.plan)
        heard = channel.listen(Listening(kind, think, self._cut_in_s(turn)))
        self._note_heard(heard, continues=bool(turn.answer))
        return heard

    def _cut_in_s(self, turn: Turn) -> float | None:
        """Return how long an answer, or the rest of one, may last; None for as long as it takes."""
        if not self.strict:
            return None
        return max(0.0, cut_in_s(turn.move, self.interviewer.plan) - (turn.end_s - turn.start_s))

    def _say(self, channel: Channel, turns: tuple[Turn, ...], move: Move, yielding: bool) -> Said:
        """Say a move; one of a panel who hands over does so first, in their own voice."""
        if move.hand_over:
            speaker = turns[-1].move.speaker if turns else self.interviewer.opening().speaker
            handing = Move("hand_over", move.hand_over, f"{move.speaker} goes on", speaker=speaker)
            said = self._line(channel, handing, yielding)
            if said.stopped_by in ("interruption", "resumed_answer") and _open_ended(turns):
                return replace(said, stopped_by="resumed_answer")
        return self._line(channel, move, yielding)

    def _line(self, channel: Channel, move: Move, yielding: bool = True) -> Said:
        self._journal("move", **asdict(move))
        for listener in self.audience:
            listener.on_move(move)
        said = channel.say(move.spoken, yielding, move.speaker)
        self._journal(
            "said",
            kind=move.kind,
            text=move.text,
            reason=move.reason,
            question_index=move.question_index,
            speaker=move.speaker,
            evidence=move.evidence,
            start_s=round(said.start_s, 3),
            end_s=round(said.end_s, 3),
            heard=said.text,
            stopped_by=said.stopped_by,
            held=said.held,
        )
        return said

    def _note_heard(self, heard: Heard, continues: bool) -> None:
        self._journal(
            "heard",
            text=heard.text,
            start_s=round(heard.start_s, 3),
            end_s=round(heard.end_s, 3),
            ended_by=heard.ended_by,
            continues=continues,
        )
        for listener in self.audience:
            listener.on_heard(heard)

    def _journal(self, event: str, **fields: Any) -> None:
        """Write an event; a disk that refuses is told once, and the interview goes on."""
        journal = self.session.journal
        failed_before = journal.failed
        journal.append(event, **fields)
        if journal.failed and not failed_before:
            for listener in self.audience:
                listener.on_event(Notice(0.0, journal.failed))


def _open_ended(turns: tuple[Turn, ...]) -> bool:
    """Return whether the last answer may go on: only a silence ended it."""
    return bool(turns) and turns[-1].ended_by == "silence" and bool(turns[-1].answer)


def _answered(turn: Turn, heard: Heard) -> Turn:
    """Return the turn with what was heard as its answer, or behind what there was of it."""
    if not turn.answer:
        return replace(
            turn,
            answer=heard.text,
            start_s=heard.start_s,
            end_s=heard.end_s,
            ended_by=heard.ended_by,
        )
    if not heard.text:
        return turn
    answer = f"{turn.answer} {heard.text}"
    return replace(turn, answer=answer, end_s=heard.end_s, ended_by=heard.ended_by)
