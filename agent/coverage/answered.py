"""Whether a question was answered at all; None where that cannot be told."""

from __future__ import annotations

from agent.no_answer import asks_back, gives_up
from agent.text.words import content_words
from voice.controls import Control, spoken_control

ENOUGH_WORDS = 20
"""An answer of so many words that takes up the question has answered it."""
TAKEN_UP = 2
"""Words of the question that take it up."""


def is_answered(question: str, text: str) -> bool | None:
    """Return whether a text answers its question.

    False for short answers that give up, skip or ask back, True for those of ENOUGH_WORDS that
    take up the question's words. A wrong "not answered" hurts, so anything else is None.
    """
    words = len(text.split())
    if not question.strip() or not words:
        return None
    control = spoken_control(text)
    if gives_up(text) or asks_back(text) or control in (Control.REPEAT, Control.SKIP):
        return False
    asked, said = ({word.stem for word in content_words(one)} for one in (question, text))
    return True if words >= ENOUGH_WORDS and len(asked & said) >= TAKEN_UP else None
