"""What was said: talking points with quotes, repetitions, conflicts, own questions."""

from __future__ import annotations

from typing import Literal

from agent.analysis.delivery import Part, Span

Status = Literal["covered", "partial", "contradicted", "missing"]


class Evidence(Span):
    """A verbatim quote from the transcript and its time."""

    quote: str
    answer: int | None = None
    """Index into Analysis.answers."""


class PointCoverage(Part):
    """What became of one talking point."""

    index: int
    """From 0, in the order of the brief."""
    name: str
    text: str = ""
    status: Status
    evidence: tuple[Evidence, ...] = ()
    """Empty exactly when the status is missing."""
    note: str = ""
    """Why this status, in a sentence: which figure was missing or wrong."""
    would_fit: str = ""
    """For a missing point: the question that was a good place for it."""


class Coverage(Part):
    """All talking points of the brief."""

    points: tuple[PointCoverage, ...] = ()


class Repeated(Part):
    """A story that was told twice."""

    first: Evidence
    again: Evidence


class Conflict(Evidence):
    """A statement that contradicts the brief's own snapshot or stack."""

    brief: str
    """What the brief says, verbatim."""


class OwnQuestion(Span):
    """A question that the person asked at the end, when invited to."""

    text: str
    """As it was understood during the interview."""
    reply: str = ""
    """What the interviewer said to it."""
    source: str = ""
    """The words of the brief that the reply is made of, "" where the brief does not say."""
