"""Smart Turn's opinion of the present silence, asked again and again while it lasts."""

from __future__ import annotations

from concurrent.futures import Future

from voice.one_thread import OneThread
from voice.smart_turn import SmartTurn
from voice.turn import Turn

ASK_EVERY_S = 0.2
"""How often it is asked in a silence, the first time after as long. It is not asked again before
it has answered."""


class Ending(OneThread):
    """Ask on a thread of its own whether a turn sounds complete; a context manager."""

    def __init__(self, model: SmartTurn | None, realtime: bool) -> None:
        """Begin.

        Args:
            model: None for no opinion.
            realtime: take the answer when it is there; else wait for it, so that nothing depends
                on how fast this machine is.
        """
        super().__init__("ending")
        self._model = model
        self._realtime = realtime
        self._asked: Future[float] | None = None
        self._next_s = ASK_EVERY_S
        self._latest: float | None = None

    def probability(self, turn: Turn) -> float | None:
        """Return the latest probability in this silence that the turn is complete.

        Raises:
            ModelError: the file is another model.
        """
        silence_s = turn.hearing.silence_s
        if turn.hearing.first_voice_s is None or silence_s < ASK_EVERY_S:
            self._next_s, self._latest, self._asked = ASK_EVERY_S, None, None
            return None
        if self._model is not None and self._asked is None and silence_s >= self._next_s:
            self._asked = self._pool.submit(self._model.probability, turn.recent)
            self._next_s += ASK_EVERY_S
        if self._asked is not None and (self._asked.done() or not self._realtime):
            self._latest, self._asked = self._asked.result(), None
        return self._latest
