"""Remarks on what went well."""

from __future__ import annotations

from collections.abc import Iterator

from agent.analysis import Analysis, Finding
from agent.bands import FEW_PER_MINUTE
from agent.feedback.points import of_point
from agent.feedback.weighed import Weighed


def strength_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on points made, few fillers and an easy pace."""
    points = analysis.coverage.points
    made = [point for point in points if point.status == "covered" and point.evidence]
    if made:
        best = max(made, key=lambda point: len(point.note))
        text = f"You made {len(made)} of {len(points)} talking points in full"
        text += f"; listen to “{best.name}”."
        yield Weighed(40 + 25 * len(made) / len(points), of_point("strength", best, text))
    fillers, pacing = analysis.fillers, analysis.pacing
    if (
        fillers.per_minute is not None
        and fillers.per_minute <= FEW_PER_MINUTE
        and pacing.words >= 100
    ):
        count = len(fillers.filled_pauses) + len(fillers.filler_words)
        text = f"Hardly a filler was heard: at least {count} in {pacing.words} words."
        yield Weighed(30, _calm(analysis, text, "rule"))
    if pacing.band == "fine" and all(one.pacing.band in ("", "fine") for one in analysis.answers):
        text = f"An easy pace throughout: {pacing.speech_rate_wpm:.0f} words a minute over all."
        yield Weighed(28, _calm(analysis, text, "measured"))


def _calm(analysis: Analysis, text: str, basis: str) -> Finding:
    """Return a strength with the longest answer as its moment."""
    place = max(
        range(len(analysis.answers)),
        key=lambda at: analysis.answers[at].pacing.words,
        default=None,
    )
    answer = analysis.answers[place] if place is not None else None
    return Finding(
        kind="strength",
        text=text,
        start_s=answer.start_s if answer else None,
        end_s=answer.end_s if answer else None,
        answer=place,
        basis="measured" if basis == "measured" else "rule",
    )
