"""What a person can ask of the conversation itself, by key or by word."""

from __future__ import annotations

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


_LONGEST_REQUEST_WORDS = 14
"""A longer utterance that holds such words is part of an answer, not a request."""

# Loose on purpose: a recognizer without a language model for requests garbles some words.
_WHOLE = (
    (Control.REPEAT, r"\b(repeat|say)\b.*\b(question|that|it|again)\b|\bsay that again\b"),
    (Control.REPEAT, r"\bwhat was the question\b"),
    (
        Control.SKIP,
        r"\b(let'?s|let us|can we|could we|i'?d like to|please) skip\b|\bskip (this|that)\b",
    ),
    (Control.SKIP, r"\bnext question,? please\b"),
    (
        Control.FINISH,
        r"\b(let'?s|let us|can we|could we|i'?d like to) (stop|end|finish) (here|now|it here)\b",
    ),
    (Control.THINK, r"\blet me think\b|\bgive me (a|one) (moment|second|minute)\b|\bone moment\b"),
)
_AT_END = (
    (Control.DONE, r"\bthat'?s (my answer|all i have|it from me)[.!]?$|\bthat is my answer[.!]?$"),
)
_THINK_AT_END = r"\b(let me think( about (that|it|this))?( for a (moment|second|minute))?)[.,!]?$"


def spoken_control(text: str) -> Control | None:
    """Return the request that the words so far of a turn amount to, or None.

    "That's my answer" and "let me think" count at the end of a turn of any length;
    the others only where they are the whole of it (at most 14 words).
    """
    said = " ".join(text.lower().replace("’", "'").split())
    for control, pattern in _AT_END:
        if re.search(pattern, said):
            return control
    if len(said.split()) <= _LONGEST_REQUEST_WORDS:
        for control, pattern in _WHOLE:
            if re.search(pattern, said):
                return control
    return Control.THINK if re.search(_THINK_AT_END, said) else None
