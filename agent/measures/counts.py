"""Counts of an answer's words: "I", "we", and the figures given. They are shown, not judged."""

from __future__ import annotations

from collections.abc import Sequence

from agent.analysis import SpokenWord
from agent.coverage.numbers import find_numbers

_I = frozenset({"i", "i'm", "i've", "i'd", "i'll"})
_WE = frozenset({"we", "we're", "we've", "we'd", "we'll"})


def i_and_we(words: Sequence[SpokenWord]) -> tuple[int, int]:
    """Return how often "I" and "we" were said, contractions included.

    "I mean" and "I think" are marked as fillers and hedges: they tell of no action and do not
    count.
    """
    said = [
        word.text.lower().replace("’", "'").strip('.,;:!?"()…') for word in words if not word.mark
    ]
    return sum(word in _I for word in said), sum(word in _WE for word in said)


def figures_in(text: str) -> int:
    """Return how many figures a text has, in digits or in words; a range is one."""
    return len(find_numbers(text))
