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
    """Sentences of the answer with a figure in them, verbatim and in order."""


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
    quoted = (
        [one.quote for p in points for one in p.evidence if p.status != "contradicted"]
        if not find_numbers(answer.text)
        else []
    )
    return Outline(points, tuple(quoted or _with_figures(answer.text))[:MOST_SENTENCES])


def _with_figures(text: str) -> list[str]:
    said = [text[one.start : one.end].strip() for one in sentences_of(text)]
    return [sentence for sentence in said if find_numbers(sentence)]
