"""An answer in a stronger order, made of the person's own words and brief alone; no model."""

from __future__ import annotations

from dataclasses import dataclass

from agent.analysis import Analysis, Answer, PointCoverage
from agent.analysis.coverage.sentences import sentences_of
from agent.text.numbers import find_numbers

MOST_SENTENCES = 6
"""So many sentences with figures are a minute of speech; more are no outline."""


@dataclass(frozen=True)
class Outline:
    """What to begin with, and what to say then."""

    points: tuple[PointCoverage, ...]
    """Talking points of the brief that belong to the answer: to be said first."""
    sentences: tuple[str, ...]
    """Sentences of the answer with a figure, else those that raise a point: verbatim, in order."""


def outlines(analysis: Analysis) -> list[Outline | None]:
    """Return an outline for each answer, None where no talking point belongs to it."""
    return [_outline(analysis, index, answer) for index, answer in enumerate(analysis.answers)]


def _outline(analysis: Analysis, index: int, answer: Answer) -> Outline | None:
    points = tuple(
        point
        for point in analysis.coverage.points
        if any(one.answer == index for one in point.evidence)
        or (point.would_fit and point.would_fit == answer.question)
    )
    if not points:
        return None
    wrong = [one.quote for p in points for one in p.evidence if p.status == "contradicted"]
    said = [answer.text[one.start : one.end].strip() for one in sentences_of(answer.text)]
    # What the brief contradicts is to be said as the brief says it.
    carried = [s for s in said if find_numbers(s) and not any(w in s or s in w for w in wrong)]
    quotes = [one.quote for p in points for one in p.evidence if one.answer == index]
    kept = carried or [quote for quote in quotes if quote not in wrong]
    return Outline(points, tuple(kept[:MOST_SENTENCES]))
