"""Start reading here: one mock interview, from the opening to the closing.

    channel.listen() -> Turn -> mind.next_move(turns) -> channel.say()

Everything said and heard goes into the session's journal as it happens, so that a session that
is killed can be analyzed up to its last second. What comes after (words -> measures -> report)
starts from the folder, in agent/analyzer.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from agent.interviewer.mind import Mind
from agent.session import Session
from agent.turns import Move, Turn
from voice.talk import Channel, ChannelEvent, Heard, Notice, WordsHeard


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

    mind: Mind
    """Chooses what to say."""
    session: Session
    """Where everything is written."""
    audience: Sequence[Audience] = ()
    """Who is told."""

    def hold(self, channel: Channel) -> None:
        """Hold the interview over an open channel, until it is closed in words."""
        turns: tuple[Turn, ...] = ()
        self._say(channel, self.mind.opening())
        while True:
            known = len(self.mind.notes)
            move = self.mind.next_move(turns, channel.now_s - channel.paused_s)
            for note in self.mind.notes[known:]:
                self.observe(Notice(channel.now_s, note))
            self._say(channel, move)
            if move.kind == "closing":
                return
            heard = channel.listen()
            self._note_heard(heard)
            turns += (Turn(move, heard.text, heard.start_s, heard.end_s, heard.ended_by),)

    def observe(self, event: ChannelEvent) -> None:
        """Pass a channel's event on to the journal and the audience."""
        if isinstance(event, WordsHeard):
            self._journal("words", words=[asdict(word) for word in event.words])
        elif isinstance(event, Notice):
            self._journal("notice", session_s=round(event.session_s, 3), text=event.text)
        for listener in self.audience:
            listener.on_event(event)

    def _say(self, channel: Channel, move: Move) -> None:
        self._journal("move", **asdict(move))
        for listener in self.audience:
            listener.on_move(move)
        said = channel.say(move.spoken)
        self._journal(
            "said",
            kind=move.kind,
            text=move.text,
            reason=move.reason,
            question_index=move.question_index,
            start_s=round(said.start_s, 3),
            end_s=round(said.end_s, 3),
            complete=said.complete,
        )

    def _note_heard(self, heard: Heard) -> None:
        self._journal(
            "heard",
            text=heard.text,
            start_s=round(heard.start_s, 3),
            end_s=round(heard.end_s, 3),
            ended_by=heard.ended_by,
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
