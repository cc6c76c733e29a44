"""Think of the interviewer's next move while the person falls silent, and have it ready."""

from __future__ import annotations

from concurrent.futures import Future

from agent.interviewer.mind import Mind
from agent.turns import Move, Turn
from voice.one_thread import OneThread
from voice.talk import Channel


class Foresight(OneThread):
    """Ask the mind ahead, on one thread of its own; a context manager.

    A thought is taken only where the person has said nothing since; otherwise the mind is asked
    anew with all that was said.
    """

    def __init__(self, mind: Mind, channel: Channel) -> None:
        """Begin; what is thought of is prepared for speaking on `channel`."""
        super().__init__("mind")
        self._mind = mind
        self._channel = channel
        self._thought: tuple[object, Future[Move]] | None = None

    def think(self, turns: tuple[Turn, ...]) -> None:
        """Choose the move after `turns` in the background, and prepare it.

        Where sample time runs freely it is waited for, so that nothing depends on how fast this
        machine is.
        """
        self._drop()
        thought = self._pool.submit(self._choose, turns, self._now_s())
        self._thought = (_said(turns), thought)
        if not self._channel.realtime:
            thought.result()

    def next_move(self, turns: tuple[Turn, ...]) -> Move:
        """Return the move after `turns`: the one that was thought of, or a fresh one."""
        if self._thought is not None and self._thought[0] == _said(turns):
            return self._thought[1].result()
        self._drop()
        return self._pool.submit(self._mind.next_move, turns, self._now_s()).result()

    def _choose(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        move = self._mind.next_move(turns, now_s)
        self._channel.prepare(move.spoken)
        return move

    def _drop(self) -> None:
        if self._thought is not None:
            self._thought[1].cancel()
            self._thought = None

    def _now_s(self) -> float:
        return self._channel.now_s - self._channel.paused_s


def _said(turns: tuple[Turn, ...]) -> object:
    """Return what of the turns a thought depends on; Enter only ends what a silence would end."""
    return [
        (turn.move, turn.answer, "silence" if turn.ended_by == "done" else turn.ended_by)
        for turn in turns
    ]
