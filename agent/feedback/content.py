"""Remarks on what was said: talking points, questions left open, the person's own questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from agent.analysis import Analysis, Basis, Finding, PointCoverage
from agent.feedback.shared import Weighed, again, clause, moment, question, shortened

_LONGEST_SOURCE = 160
"""Characters of the brief that are quoted in a remark."""


def point_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on every contradicted point, two partial ones, the missing ones and those made."""
    points = analysis.coverage.points
    for point in _of_status(analysis, "contradicted"):
        text = f"A figure of “{point.name}” differs from your brief: {clause(point.note)}."
        how = "starting with the figure from your brief"
        finding = _of_point("contradicted", analysis, point, text, how)
        yield Weighed(100, finding.model_copy(update={"basis": "rule"}), f"point {point.index}")
    for place, point in enumerate(_of_status(analysis, "partial")[:2]):
        note = clause(point.note)
        lost = note if note.startswith("left out") else f"not in full: {note}"
        text = f"You mentioned “{point.name}” but {lost}."
        finding = _of_point("partial", analysis, point, text, f"and tell all of “{point.name}”")
        yield Weighed(56 - 8 * place, finding, f"point {point.index}")
    missing = _of_status(analysis, "missing")
    if missing and analysis.answers:
        yield _missed(analysis, missing)
    made = [point for point in _of_status(analysis, "covered") if point.evidence]
    if made:
        best = max(made, key=lambda point: len(point.note))
        text = f"You made {len(made)} of {len(points)} talking points in full"
        text += f"{': ' if len(made) == 1 else ', among them '}“{best.name}”."
        verb = "Read" if analysis.typed else "Listen to"
        exercise = f"{verb} it once, then tell another point the same way."
        finding = _of_point("strength", analysis, best, text, "")
        finding = finding.model_copy(update={"exercise": exercise})
        yield Weighed(40 + 25 * len(made) / len(points), finding, "points made")


def _of_status(analysis: Analysis, status: str) -> list[PointCoverage]:
    return [point for point in analysis.coverage.points if point.status == status]


def _basis(analysis: Analysis) -> Basis:
    """Return "model" where sentence vectors or a language model took part in judging the points."""
    return "rule" if analysis.engines.get("coverage", "rules") == "rules" else "model"


def _of_point(kind: str, analysis: Analysis, point: PointCoverage, text: str, how: str) -> Finding:
    """Return a finding about a point, with its first quote as the moment."""
    quote = point.evidence[0] if point.evidence else None
    place = quote.answer if quote else None
    at: dict[str, Any] = (
        {"start_s": quote.start_s, "end_s": quote.end_s, "answer": place} if quote else {}
    )
    exercise = again(analysis, place, how)
    return Finding(kind=kind, text=text, basis=_basis(analysis), exercise=exercise, **at)


def _missed(analysis: Analysis, missing: list[PointCoverage]) -> Weighed:
    count, whole = len(missing), len(analysis.coverage.points)
    fitting = next((point for point in missing if point.would_fit), missing[0])
    text = f"{count} of your {whole} talking points never came up"
    if count == whole > 1:
        text = f"None of your {whole} talking points came up"
    places = (at for at, one in enumerate(analysis.answers) if one.question == fitting.would_fit)
    place = next(places, None) if fitting.would_fit else None
    if place is None:
        text += f"{': ' if count == 1 else ', among them '}“{fitting.name}”."
    else:
        text += f"; {question(analysis, place)} was a good place for “{fitting.name}”."
    finding = Finding(
        kind="missed",
        text=text,
        basis=_basis(analysis),
        exercise=again(analysis, place, f"and bring in “{fitting.name}”"),
        **moment(analysis, place),
    )
    return Weighed(50 + 30 * count / whole, finding)


def unanswered_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on main questions that were left open."""
    open_ = [
        place
        for place, answer in enumerate(analysis.answers)
        if answer.answered is False and answer.kind == "question"
    ]
    if not open_:
        return
    place = open_[0]
    asked = shortened(analysis.answers[place].question)
    others = ", ".join(question(analysis, other).removeprefix("question ") for other in open_[1:])
    text = f"You did not answer {question(analysis, place)}, “{asked}”"
    text += f", nor {others}." if others else "."
    how = "even if your first sentence says what you do not know"
    finding = Finding(
        kind="unanswered",
        text=text,
        exercise=again(analysis, place, how),
        **moment(analysis, place),
    )
    yield Weighed(82, finding)


def own_question_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on a question that the brief answers, or on none where they were invited to.

    That an applicant should have questions, and none whose answer was sent to them before, is
    common advice of career services; the weights are ours.
    """
    answered = [own for own in analysis.own_questions if own.source]
    if answered:
        first, others = answered[0], len(answered) - 1
        text = (
            f"You asked “{shortened(first.text)}”, but your brief already says"
            f" “{shortened(first.source, _LONGEST_SOURCE)}”"
        )
        text += f"; it answers {others} more of your questions" if others else ""
        found = Finding(
            kind="own_question",
            text=f"{text}. Ask what it does not say.",
            start_s=first.start_s,
            end_s=first.end_s,
            exercise="Ask one step further aloud: what does that mean for the team, or for your"
            " work there?",
        )
        yield Weighed(50, found)
    invited = analysis.invitation
    if invited is not None and not analysis.own_questions and analysis.about.state == "complete":
        found = Finding(
            kind="own_question",
            text="You were invited to ask questions and asked none. This is the one part of an"
            " interview that you can prepare in full.",
            start_s=invited.start_s,
            end_s=invited.end_s,
            exercise="Write down three questions that your brief does not answer, and ask them"
            " aloud.",
        )
        yield Weighed(54, found)
