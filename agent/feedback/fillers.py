"""Remarks on fillers: how many at least, and where they crowd."""

from __future__ import annotations

from collections.abc import Iterator

from agent.analysis import Analysis, Filler, Finding
from agent.bands import FEW_PER_MINUTE, MANY_PER_MINUTE
from agent.feedback.weighed import Weighed

CLUSTER_S = 10.0
"""The stretch with most fillers is this long."""


def filler_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on fillers where there are more than pass unnoticed, at their densest place."""
    fillers = analysis.fillers
    every = sorted((*fillers.filled_pauses, *fillers.filler_words), key=lambda one: one.start_s)
    if fillers.per_minute is None or fillers.per_minute <= FEW_PER_MINUTE or len(every) < 3:
        return
    first, last = _cluster(every)
    most = _most_common(every)
    text = (
        f"At least {len(every)} fillers, about {fillers.per_minute:.0f} a minute"
        f" (up to {FEW_PER_MINUTE:.0f} pass unnoticed), most often “{most}”;"
        f" this stretch has {last - first + 1}."
    )
    harmful = fillers.per_minute >= MANY_PER_MINUTE
    start_s, end_s = every[first].start_s, every[last].end_s
    finding = Finding(
        kind="filler",
        text=text,
        start_s=start_s,
        end_s=end_s,
        basis="rule",
        answer=_answer_at(analysis, start_s),
    )
    yield Weighed(85 if harmful else 48, finding)


def _cluster(every: list[Filler]) -> tuple[int, int]:
    """Return the indices of the first and last filler of the densest CLUSTER_S."""
    best, first = (0, 0), 0
    for last in range(len(every)):
        while every[last].end_s - every[first].start_s > CLUSTER_S and first < last:
            first += 1
        if last - first > best[1] - best[0]:
            best = (first, last)
    return best


def _most_common(every: list[Filler]) -> str:
    said = [one.text.lower().strip(".,") for one in every]
    return max(dict.fromkeys(said), key=said.count)


def _answer_at(analysis: Analysis, at_s: float) -> int | None:
    return next(
        (k for k, one in enumerate(analysis.answers) if one.start_s - 1 <= at_s <= one.end_s + 1),
        None,
    )
