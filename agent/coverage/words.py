"""The old place of agent.text.words, and the weight of a word, for the candidate's questions."""

from __future__ import annotations

from agent.text.words import SaidWord, content_words, stem, word_set

_COMMON = word_set(
    "work worked working system project team people person time day week month year company "
    "problem solution result thing data model user product process service platform tool software "
    "code build built building make made making run running ran help helped change start started "
    "end lead led manage large small big high low good great better best hard easy important main "
    "scale scaled production real full deep level type part set kind end-to-end habit depth modern "
    "experience example question answer case job role goal idea plan need area support provide "
    "show demonstrate learn understand improve increase reduce develop create design write test "
    "performance quality research engineering engineer technical approach method number report "
    "group manager customer business market existing relevant direct custom rare discipline record "
    "every over under each long short year measure track call called keep kept staff rate cover "
    "implement apply care open standard mindset original train training teach taught"
)
COMMON_WEIGHT = 0.35
"""What a general word says, against 1 for a special one."""

_COMMON_STEMS = frozenset(map(stem, _COMMON))


def meaning(word: str) -> str:
    """Return the stem by which a word is compared."""
    return stem(word.lower().replace("’", "'"))


def weight_of(root: str) -> float:
    """Return how much a shared stem says by itself: 1 for a special word, less for a common one."""
    return COMMON_WEIGHT if root in _COMMON_STEMS else 1.0


__all__ = ["COMMON_WEIGHT", "SaidWord", "content_words", "meaning", "stem", "weight_of"]
