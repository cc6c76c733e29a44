"""A text taken apart: its sentences, and which of them tell what the speaker did."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

LONG_SENTENCE_WORDS = 30
"""A sentence of more words is cut at conjunctions: a recognizer may write no punctuation."""
LEAST_CUT = 60
"""Characters of each part at least."""

_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…](?=\d)[^.!?…\n]+)*[.!?…]*")
_BREAK = re.compile(
    r"\s(?=(?:but|so|then|because|when|next time|and (?:i|we|it|then|that|the|so|now)|i|we|they|it)"
    r"\s)",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"\b(?:i(?:'d| would|'ll| will| can| could)(?: like to)?|i want to|let me|would|could) "
    r"(?:say|tell|talk|describe|mention|add|call)\b|\b(?:that|it|this)(?:'d| would) be\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:would|could|will|might|should|going to|plan(?:s|ning)?(?: is)? to|hop(?:e|ing)|want to"
    r"|goal|expect|if (?:we|i|you)|next year)\b|'ll\b|'d (?!had|been)",
    re.IGNORECASE,
)
_IF = re.compile(r"^\W*(?:and |so |but )?if (?:i|we|you)\b", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:i|we|it|that|which|they|team) (?:\w+ly |then |just )?(?:had|got|went|took|built|cut"
    r"|brought|ran|led|made|saw|did|hit|was|were|came|fell|\w{3,}ed)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\bi (?:have |only |have only )?(?:read|heard)\b|\baccording to\b"
    r"|\banother (?:company|team|hospital|school)\b"
    r"|\b(?:a|my) (?:\w+ )?(?:friend|colleague|brother|sister|son|daughter|wife|husband|cousin)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:i|we)(?:'ve| have)? (?:never|haven't|have not|didn't|did not|don't|do not)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """One sentence, or one clause where a recognizer gave no punctuation."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    stands: bool
    """Whether it tells what the speaker did: no plan, no denial, not about others."""


@lru_cache(maxsize=256)
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order; long ones are cut at conjunctions."""
    spans: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while len(text[start:end].split()) > LONG_SENTENCE_WORDS:
            cut = _BREAK.search(text, start + LEAST_CUT, end)
            if cut is None:
                break
            spans.append((start, cut.start()))
            start = cut.start()
        if text[start:end].strip():
            spans.append((start, end))
    return tuple(Sentence(start, end, stands(text[start:end])) for start, end in spans)


def stands(sentence: str) -> bool:
    """Return whether a sentence tells what the speaker did: no plan, no denial, not of others."""
    plain = _POLITE.sub(" ", sentence)
    if _OTHERS.search(plain) or (_DENIED.search(plain) and not _DONE.search(plain)):
        return False
    if _IF.search(plain):
        return False
    return not _PLAN.search(plain) or bool(_DONE.search(plain))


def place_of(sentences: tuple[Sentence, ...], at: int) -> int:
    """Return the index of the sentence in which an offset lies, 0 without any."""
    return max(0, bisect_right([one.start for one in sentences], at) - 1)
