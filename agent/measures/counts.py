"""Counts of "I" and "we". They are shown, not judged."""

from __future__ import annotations

from collections.abc import Sequence

from agent.analysis import SpokenWord

_I = frozenset({"i", "i'm", "i've", "i'd", "i'll"})
_WE = frozenset({"we", "we're", "we've", "we'd", "we'll"})


def i_and_we(words: Sequence[SpokenWord]) -> tuple[int, int]:
    """Return how often "I" and "we" were said, contractions included.

    "I mean" and "I think" are marked as fillers and hedges: they tell of no action.
    """
    plain = [
        one.text.lower().replace("’", "'").strip('.,;:!?"()…') for one in words if not one.mark
    ]
    return sum(word in _I for word in plain), sum(word in _WE for word in plain)
