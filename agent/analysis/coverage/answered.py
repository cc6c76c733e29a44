"""Whether a question was left without an answer."""

from __future__ import annotations

from agent.text.no_answer import asks_back, gives_up
from voice.turns.controls import Control, spoken_control


def is_answered(question: str, text: str) -> bool | None:
    """Return False where a text gives up, skips its question or asks back, None anywhere else.

    That a longer text does answer cannot be told by its words.
    """
    if not question.strip() or not text.strip():
        return None
    left = spoken_control(text) in (Control.REPEAT, Control.SKIP)
    return False if left or gives_up(text) or asks_back(text) else None
