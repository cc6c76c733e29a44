"""Remarks on the talking points."""

from __future__ import annotations

from collections.abc import Iterator

from agent.analysis import Analysis, Basis, Finding, PointCoverage
from agent.feedback.exercise import again, question
from agent.feedback.weighed import Weighed
from agent.feedback.wording import clause, shortened


def points_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on every contradicted point, partial points, and missing ones."""
    points = analysis.coverage.points
    wrong = [point for point in points if point.status == "contradicted"]
    for point in wrong:
        text = f"A figure of “{point.name}” differs from your brief: {clause(point.note)}."
        at = point.evidence[0].answer if point.evidence else None
        exercise = again(analysis, at, "starting with the figure from your brief")
        finding = of_point("contradicted", point, text, exercise)
        yield Weighed(100, finding, f"point {point.index}")
    partial = [point for point in points if point.status == "partial"]
    for place, point in enumerate(partial[:2]):
        text = f"You mentioned “{point.name}” but {_not_in_full(point.note)}."
        at = point.evidence[0].answer if point.evidence else None
        exercise = again(analysis, at, f"and tell all of “{point.name}”")
        finding = of_point("partial", point, text, exercise)
        judged = finding.model_copy(update={"basis": points_basis(analysis)})
        yield Weighed(56 - 8 * place, judged, f"point {point.index}")
    missing = [point for point in points if point.status == "missing"]
    if missing and analysis.answers:
        yield _missed(analysis, missing)


def _not_in_full(note: str) -> str:
    """Return what a partial point left out, as the end of a sentence."""
    said = clause(note)
    return said if said.startswith("left out") else f"not in full: {said}"


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
    place = next(
        (at for at, one in enumerate(analysis.answers) if one.question == fitting.would_fit), None
    )
    if not fitting.would_fit:
        text += f"{': ' if count == 1 else ', among them '}“{fitting.name}”."
    else:
        good = (
            f"“{shortened(fitting.would_fit, 60)}”" if place is None else question(analysis, place)
        )
        text += f"; {good} was a good place for “{fitting.name}”."
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
