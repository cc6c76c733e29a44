"""Remarks on the talking points."""

from __future__ import annotations

from collections.abc import Iterator

from agent.analysis import Analysis, Basis, Finding, PointCoverage
from agent.feedback.exercise import again, name_of
from agent.feedback.weighed import Weighed
from agent.feedback.wording import clause, shortened


def points_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on every contradicted point, half-made points, and those never made."""
    points = analysis.coverage.points
    wrong = [point for point in points if point.status == "contradicted"]
    for point in wrong:
        text = f"A figure of “{point.name}” differs from your brief: {clause(point.note)}."
        at = point.evidence[0].answer if point.evidence else None
        exercise = again(analysis, at, "the figure of your brief first")
        finding = of_point("contradicted", point, text, exercise)
        yield Weighed(100, finding, f"point {point.index}")
    partial = [point for point in points if point.status == "partial"]
    for place, point in enumerate(partial[:2]):
        text = f"You half made “{point.name}”: {clause(point.note)}."
        at = point.evidence[0].answer if point.evidence else None
        exercise = again(analysis, at, f"with all that belongs to “{point.name}”")
        finding = of_point("partial", point, text, exercise)
        judged = finding.model_copy(update={"basis": points_basis(analysis)})
        yield Weighed(56 - 8 * place, judged, f"point {point.index}")
    missing = [point for point in points if point.status == "missing"]
    if missing and analysis.answers:
        yield _missed(analysis, missing)


def points_basis(analysis: Analysis) -> Basis:
    """Return "model" where sentence vectors or a language model took part in judging the points."""
    return "rule" if analysis.engines.get("coverage", "rules") == "rules" else "model"


def of_point(kind: str, point: PointCoverage, text: str, exercise: str) -> Finding:
    """Return a finding about a point, with its first quote as the moment."""
    moment = point.evidence[0] if point.evidence else None
    return Finding(
        kind=kind,
        text=text,
        start_s=moment.start_s if moment else None,
        end_s=moment.end_s if moment else None,
        answer=moment.answer if moment else None,
        basis="rule",
        exercise=exercise,
    )


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
        where = f"“{shortened(fitting.would_fit, 60)}”"
        if place is not None:
            where = f"question {name_of(analysis, place)}, {where}"
        text += f"; “{fitting.name}” would have fitted {where}."
    else:
        text += f", “{fitting.name}” among them."
    answer = analysis.answers[place] if place is not None else None
    finding = Finding(
        kind="missed",
        text=text,
        start_s=answer.start_s if answer else None,
        end_s=answer.end_s if answer else None,
        answer=place,
        basis=points_basis(analysis),
        exercise=again(analysis, place, f"and bring in “{fitting.name}”"),
    )
    return Weighed(50 + 30 * count / whole, finding)
