"""A text taken apart: its sentences, and which of them tell what the speaker did."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MOST_WORDS = 30
"""A sentence of more words is cut: a recognizer may write no punctuation."""
LEAST_WORDS = 9
"""Words of a part of a sentence at least."""

_JOINT = re.compile(r"(?<=, )(?:and|but|so)\b")
_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…](?=\d)[^.!?…\n]+)*[.!?…]*")
_WORD = re.compile(r"\S+\s*")
_PLAN = re.compile(
    r"\b(?:would|could|will|might|should|going to|plan(?:s|ning)?(?: is)? to|hop(?:e|ing)|want to"
    r"|goal|expect|if (?:we|i|you)|next year)\b|'ll\b|'d (?!had|been)",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:i|we|it|that|which|they|team) (?:\w+ly |then |just )?(?:had|got|went|took|built|cut"
    r"|brought|ran|led|made|saw|did|hit|was|were|came|fell|\w{3,}ed)\b"
    r"|\b\d+ \w+ (?:came|went|fell|rose|\w{3,}ed)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\bi (?:have |only |have only )?(?:read|heard)\b|\baccording to\b"
    r"|\b(?:i|we)(?:'ve| have) never\b|^\W*(?:and |so |but )?if (?:i|we|you)\b"
    r"|\banother (?:company|team|hospital|school)\b"
    r"|\b(?:a|my) (?:\w+ )?(?:friend|colleague|brother|sister|son|daughter|wife|husband|cousin)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """One sentence, or one clause where a recognizer gave no punctuation."""

    start: int
    end: int
    stands: bool
    """Whether it tells what the speaker did: no plan, no deed of others."""


@lru_cache(maxsize=256)
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order, MOST_WORDS at once."""
    spans = []
    for start, end in _clauses(text):
        words = list(_WORD.finditer(text, start, end))
        for at in range(0, len(words), MOST_WORDS):
            spans.append((words[at].start(), words[at : at + MOST_WORDS][-1].end()))
    return tuple(Sentence(start, end, stands(text[start:end])) for start, end in spans)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield sentences; long ones are cut before ", and", as recognizers run sentences together."""
    for match in _SENTENCE.finditer(text):
        start = match.start()
        for joint in _JOINT.finditer(text, *match.span()):
            if (
                min(
                    text.count(" ", start, joint.start()),
                    text.count(" ", joint.start(), match.end()),
                )
                >= LEAST_WORDS
            ):
                yield start, joint.start()
                start = joint.start()
        yield start, match.end()


def stands(sentence: str) -> bool:
    """Return whether a sentence tells what the speaker did: no plan, no deed of others."""
    if _OTHERS.search(sentence):
        return False
    return not _PLAN.search(sentence) or bool(_DONE.search(sentence))


def place_of(sentences: tuple[Sentence, ...], at: int) -> int:
    """Return the index of the sentence in which an offset lies, 0 without any."""
    return max(0, bisect_right(sentences, at, key=lambda one: one.start) - 1)
