"""Think of the interviewer's next move while the person falls silent, and have it ready."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Self

from agent.interview.interviewer import Interviewer
from agent.interview.wording import LISTENED, nth
from agent.session.turns import Move, Turn
from voice.turns.talk import Channel, Said

_SOUNDING_S = 0.2
"""From saying to the first sample out; 0.14 s through PulseAudio."""
ACKNOWLEDGE_S = 1.5 - _SOUNDING_S
"""Then the acknowledgement is said: after an answer nobody waits longer than 1.5 s for a sound."""
DEADLINE_S = 4.0 - _SOUNDING_S
"""After an answer a move is waited for so long; a silence of more than 4 s feels broken."""


@dataclass
class _Thought:
    """One moment that is thought about, on a thread of its own."""

    turns: tuple[Turn, ...]
    move: Future[Move] = field(default_factory=Future)
    acknowledged: bool = False
    """Whether an acknowledgement was said meanwhile."""


class ThinkingAhead:
    """Ask the interviewer ahead; a context manager.

    A thought is taken only where the person has said nothing since. Each has a thread of its own,
    so that a model that is late holds up no other. In a realtime channel an acknowledgement is
    heard within 1.5 s after the answer, and within 4 s the rules' move, and the late one is
    dropped; where sample time runs freely the interviewer is simply waited for.
    """

    def __init__(self, interviewer: Interviewer, channel: Channel) -> None:
        """Begin; what is thought of is prepared for speaking on `channel`."""
        self._interviewer = interviewer
        self._channel = channel
        self._thought: _Thought | None = None
        self._told = len(interviewer.notes)
        self._paused_s: dict[int, tuple[float, float]] = {}
        """By the number of turns: the pauses before the first and the last thought about them."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._thought = None

    def think(self, turns: tuple[Turn, ...]) -> None:
        """Choose the move after `turns` in the background, and prepare it."""
        thought = self._begin(turns)
        if not self._channel.realtime:
            # Nothing may depend on how fast this machine is.
            thought.move.result()

    def ready(self, turns: tuple[Turn, ...]) -> bool:
        """Return whether the move after `turns` is there; it is thought of where it was not yet."""
        return self._about(turns).move.done()

    def acknowledgement(self, turns: tuple[Turn, ...]) -> Move:
        """Return the little word that is said meanwhile; the move then comes without one."""
        thought = self._about(turns)
        thought.acknowledged = True
        why, last = f"rule waiting: {self._interviewer.name} is still thinking", turns[-1].move
        text, index = listened(turns), last.question_index
        return Move("acknowledgement", text, why, index, speaker=last.speaker)

    def next_move(self, turns: tuple[Turn, ...], waits: bool = True) -> Move:
        """Return the move after `turns`; where it is not waited for, the rules' one if need be."""
        thought = self._about(turns)
        if waits or thought.move.done():
            move = thought.move.result()
        else:
            self._thought = None
            move = self._interviewer.at_once(self._without_pauses(turns), self._now_s())
        self._interviewer.chosen(move)
        return _after_acknowledgement(move) if thought.acknowledged else move

    def awaited(
        self,
        turns: tuple[Turn, ...],
        say: Callable[[Move], Said],
        may_go_on: bool,
        acknowledged: bool = False,
    ) -> Move | None:
        """Return the move after `turns` in time, or None where the person goes on instead.

        `say` says the acknowledgement, unless the answer was `acknowledged` in its own silence;
        unless it `may_go_on` a voice meanwhile is none.
        """
        if acknowledged:
            self._about(turns).acknowledged = True
        if not (self._channel.realtime and turns):
            return self.next_move(turns)
        by_s = self._now_s() + DEADLINE_S
        acknowledge_s = self._now_s() + ACKNOWLEDGE_S
        if not self.ready(turns):
            self._channel.prepare(listened(turns), turns[-1].move.speaker)
        goes_on = self._waits(turns, acknowledge_s, may_go_on)
        if not goes_on and not self.ready(turns) and acknowledged:
            goes_on = self._waits(turns, by_s, may_go_on)
        elif not goes_on and not self.ready(turns):
            spoken = say(self.acknowledgement(turns))
            goes_on = (may_go_on and _takes_floor(spoken)) or self._waits(turns, by_s, may_go_on)
        return None if goes_on else self.next_move(turns, waits=False)

    def untold(self) -> tuple[str, ...]:
        """Return the interviewer's notes that were not returned before."""
        notes = self._interviewer.notes[self._told :]
        self._told += len(notes)
        return notes

    def _waits(self, turns: tuple[Turn, ...], until_s: float, may_go_on: bool) -> bool:
        """Wait for the move until a session time; return whether the person goes on instead."""
        ready = partial(self.ready, turns)
        while True:
            said = self._channel.wait(ready, max(0.0, until_s - self._now_s()))
            if may_go_on and _takes_floor(said):
                return True
            # Neither a key nor a voice that cannot go on ends a wait; time that stands still does.
            if ready() or self._now_s() >= until_s or said.end_s <= said.start_s:
                return False

    def _begin(self, turns: tuple[Turn, ...]) -> _Thought:
        """Think about a moment in the background; what was thought of before is dropped."""
        paused_s = self._channel.paused_s
        first_s, _ = self._paused_s.get(len(turns), (paused_s, paused_s))
        self._paused_s[len(turns)] = (first_s, paused_s)
        thought = self._thought = _Thought(turns)
        choose = partial(self._choose, thought, self._without_pauses(turns), self._now_s())
        threading.Thread(target=choose, name="interviewer", daemon=True).start()
        return thought

    def _about(self, turns: tuple[Turn, ...]) -> _Thought:
        """Return the thought about a moment; a new one where there is none."""
        if self._thought is None or _said(self._thought.turns) != _said(turns):
            return self._begin(turns)
        return self._thought

    def _choose(self, thought: _Thought, turns: tuple[Turn, ...], now_s: float) -> None:
        try:
            move = self._interviewer.next_move(turns, now_s)
            if self._thought is thought:
                spoken = _after_acknowledgement(move) if thought.acknowledged else move
                self._channel.prepare(spoken.spoken, move.speaker)
                if move.hand_over:
                    # What is asked for last is made first.
                    self._channel.prepare(move.hand_over, thought.turns[-1].move.speaker)
        except BaseException as error:
            thought.move.set_exception(error)
        else:
            thought.move.set_result(move)

    def _now_s(self) -> float:
        return self._channel.now_s - self._channel.paused_s

    def _without_pauses(self, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
        """Return the turns on the clock of `_now_s`: what was paused falls into the answers."""
        paused_s = [self._paused_s.get(number, (0.0, 0.0)) for number in range(1, len(turns) + 1)]
        return tuple(
            replace(turn, start_s=turn.start_s - first_s, end_s=turn.end_s - last_s)
            for turn, (first_s, last_s) in zip(turns, paused_s, strict=True)
        )


def listened(turns: tuple[Turn, ...]) -> str:
    """Return the little word that is said after `turns`."""
    before, number = turns[-1].move.lead_in, len(turns)
    return nth(LISTENED, number, before) or nth(LISTENED, number + 1, before)


def _takes_floor(said: Said) -> bool:
    return said.stopped_by in ("resumed_answer", "interruption")


def _after_acknowledgement(move: Move) -> Move:
    """Return the move without its first sentence, which acknowledges: who hands over says that."""
    if move.hand_over:
        _, _, over = move.hand_over.partition(". ")
        return replace(move, hand_over=over or move.hand_over)
    _, _, rest = move.lead_in.partition(". ")
    return replace(move, lead_in=rest.strip())


def _said(turns: tuple[Turn, ...]) -> object:
    """Return what of the turns a thought depends on; Enter only ends what a silence would end."""
    return [(t.move, t.answer, t.ended_by.replace("done", "silence")) for t in turns]
