"""Smart Turn's opinion of the present silence, asked again and again while it lasts."""

from __future__ import annotations

from voice.smart_turn import SmartTurn
from voice.turn import Turn

ASK_EVERY_S = 0.2
"""How often it is asked in a silence, the first time after as long."""


class Ending:
    """Ask whether a turn sounds complete."""

    def __init__(self, model: SmartTurn | None) -> None:
        """Begin a turn; without a model there is no opinion."""
        self._model = model
        self._next_s = ASK_EVERY_S
        self._latest: float | None = None

    def probability(self, turn: Turn) -> float | None:
        """Return the latest probability in this silence that the turn is complete."""
        silence_s = turn.hearing.silence_s
        if turn.hearing.first_voice_s is None or silence_s < ASK_EVERY_S:
            self._next_s, self._latest = ASK_EVERY_S, None
        elif self._model is not None and silence_s >= self._next_s:
            self._next_s += ASK_EVERY_S
            self._latest = self._model.probability(turn.recent)
        return self._latest
