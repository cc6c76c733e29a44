"""Remarks on the talking points: contradicted, half made, never made."""

from __future__ import annotations

from collections.abc import Iterator

from agent.analysis import Analysis, Finding, PointCoverage
from agent.feedback.weighed import Weighed


def points_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on every contradicted point, two half-made ones, and those never made."""
    points = analysis.coverage.points
    for point in points:
        if point.status == "contradicted":
            yield Weighed(100, of_point("contradicted", point, _contradiction(point)))
    partial = [point for point in points if point.status == "partial"]
    for place, point in enumerate(partial[:2]):
        text = f"You half made “{point.name}”: {_lower(point.note)}"
        yield Weighed(56 - 8 * place, of_point("partial", point, text))
    missing = [point for point in points if point.status == "missing"]
    if missing and analysis.answers:
        yield _missed(analysis, missing)


def of_point(kind: str, point: PointCoverage, text: str) -> Finding:
    """Return a finding about a point, with its first quote as the moment."""
    moment = point.evidence[0] if point.evidence else None
    return Finding(
        kind=kind,
        text=text,
        start_s=moment.start_s if moment else None,
        end_s=moment.end_s if moment else None,
        answer=moment.answer if moment else None,
        basis="rule",
    )


def _contradiction(point: PointCoverage) -> str:
    return f"A figure of “{point.name}” differs from your brief: {_lower(point.note)}"


def _lower(note: str) -> str:
    return note[:1].lower() + note[1:]


def _missed(analysis: Analysis, missing: list[PointCoverage]) -> Weighed:
    count, whole = len(missing), len(analysis.coverage.points)
    fitting = next((point for point in missing if point.would_fit), missing[0])
    text = (
        f"None of your {whole} talking points came up"
        if count == whole > 1
        else f"{count} of your {whole} talking points never came up"
    )
    place = None
    if fitting.would_fit:
        place = next(
            (at for at, one in enumerate(analysis.answers) if one.question == fitting.would_fit),
            None,
        )
        text += f"; “{fitting.name}” would have fitted “{_short(fitting.would_fit)}”."
    else:
        text += f", “{fitting.name}” among them."
    answer = analysis.answers[place] if place is not None else None
    finding = Finding(
        kind="missed",
        text=text,
        start_s=answer.start_s if answer else None,
        end_s=answer.end_s if answer else None,
        answer=place,
        basis="rule",
    )
    return Weighed(50 + 30 * count / whole, finding)


def _short(question: str, most: int = 60) -> str:
    if len(question) <= most:
        return question
    return question[: most - 1].rsplit(" ", 1)[0] + "…"
