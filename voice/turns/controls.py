"""What a person can ask of the conversation itself, by key or by word."""

import re
from enum import StrEnum


class Control(StrEnum):
    """A request about the turn, not an answer."""

    DONE = "done"
    REPEAT = "repeat"
    SKIP = "skip"
    PAUSE = "pause"
    FINISH = "finish"
    THINK = "think"


_ASK = r"\b(let'?s|let us|can we|could we|i'?d like to)"
# Whole requests: the pattern and the longest utterance in words that can be one. Loose, since a
# recognizer garbles some words, but "I would say that it scaled" is no request.
_WHOLE = (
    (Control.REPEAT, 12, r"\b(could|can|would|will) (you|i)\b.*\brepeat\b"),
    (Control.REPEAT, 12, r"\brepeat (that|it|please|(the|that|this|your) question)\b"),
    (Control.REPEAT, 12, r"\bsay (that|it|the question) again\b|\bwhat was the question\b"),
    (Control.SKIP, 8, rf"({_ASK}|\bplease) skip\b"),
    (Control.SKIP, 8, r"\bskip (this|that|the) (one|question)\b|^next question\b"),
    (Control.FINISH, 8, rf"{_ASK} (stop|end|finish)\b"),
    (Control.THINK, 8, r"\blet me think\b|\bgive me (a|one) (moment|second|minute)\b"),
)
_DONE_AT_END = r"\b(that'?s|that is|this is) (my answer|all i have)[.!]?$"
_THINK_AT_END = r"\blet me think( about (that|it|this))?( for a (moment|second|minute))?[.,!]?$"


def spoken_control(text: str) -> Control | None:
    """Return the request that the words so far of a turn amount to, or None.

    "That's my answer" and "let me think" count at the end of a turn, the others as the whole of it.
    """
    said = " ".join(text.lower().replace("’", "'").split())
    if re.search(_DONE_AT_END, said):
        return Control.DONE
    words = len(said.split())
    for control, longest, pattern in _WHOLE:
        if words <= longest and re.search(pattern, said):
            return control
    return Control.THINK if re.search(_THINK_AT_END, said) else None
