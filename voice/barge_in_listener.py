"""What the person says while the interviewer speaks, kept from its first syllable."""

from __future__ import annotations

from dataclasses import replace

from voice.bargein import SETTLED_S, Overlap, Reaction, react
from voice.port import Frame
from voice.transcript import text_of
from voice.turn import Turn

_EARLIER_S = 0.1
"""How much earlier than it was noticed a voice may have begun to be its first word."""


class BargeInListener:
    """Follow a voice over the interviewer's, as evidence and as the beginning of a turn."""

    def __init__(self, turn: Turn, overlap: Overlap) -> None:
        """Begin as the interviewer begins; `turn` gets all that is heard."""
        self.turn = turn
        self.overlap = overlap

    def began(self, now_s: float) -> None:
        """Take note of the moment at which the interviewer's voice can first be heard."""
        self.overlap = replace(self.overlap, began_s=now_s)

    def hear(self, frame: Frame, voiced: bool, wait: bool) -> Reaction:
        """Take in a frame and return what the interviewer's voice does.

        Args:
            frame: the frame.
            voiced: whether it holds the person's voice.
            wait: wait for the recognizer, so that the result does not depend on its speed.
        """
        self.turn.hear(frame, voiced)
        self.overlap = self.overlap.after(voiced, frame.end_s)
        if self.overlap.first_s is None and self.turn.hearing.first_voice_s is not None:
            # Too little to be noticed, or nothing came of it: it belongs to no turn.
            self.turn.restart(frame.end_s)
        reaction = react(self.overlap, self._text(wait))
        if reaction is Reaction.RESUME:
            self.overlap = self.overlap.resumed(frame.end_s)
        return reaction

    def next(self, now_s: float) -> BargeInListener:
        """Return it for what the interviewer does next, at `now_s`.

        A false interruption, over a hand-over or in a wait, may go on over what is said then.
        """
        before = self.overlap.before
        if before is None:
            self.turn.restart(now_s)
        return BargeInListener(self.turn, Overlap(now_s, now_s, before=before))

    def end(self) -> None:
        """Forget a false interruption as the interviewer gives the floor to the person."""
        if self.overlap.start_s is None:
            self.turn.restart(self.overlap.now_s)

    def _text(self, wait: bool) -> str | None:
        """Return the words, once the voice has paused and they are understood."""
        if not self.overlap.held or self.overlap.silence_s < SETTLED_S:
            return None
        self.turn.hand_over()
        self.turn.collect(wait)
        if not self.turn.settled:
            return None
        # The pre-roll may hold a word of the interviewer's.
        since_s = (self.overlap.first_s or 0.0) - _EARLIER_S
        return text_of([word for word in self.turn.words if word.end_s > since_s])
