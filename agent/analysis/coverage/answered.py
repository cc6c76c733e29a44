"""Whether a question was left without an answer."""

from agent.text.no_answer import asks_back, gives_up, only_no
from voice.turns.controls import Control, spoken_control


def is_answered(question: str, text: str) -> bool | None:
    """Return False where a text is a bare no, gives up, skips its question or asks back, else None.

    That a longer text does answer cannot be told by its words.
    """
    if not question.strip() or not text.strip():
        return None
    left = spoken_control(text) in (Control.REPEAT, Control.SKIP)
    none = only_no(question, text) or gives_up(text) or asks_back(text)
    return False if left or none else None
