"""The talking points: what became of each, with the quotes that show it."""

from __future__ import annotations

from agent.analysis import Evidence, PointCoverage
from agent.report.markup import basis_chip, esc, icon, play, section
from agent.report.view import View

_LEAD = "What became of each, with the words that show it. {}"
_MEANINGS = {
    "covered": "the claim and its key facts were said",
    "partial": "raised, but the claim or its key number is absent",
    "contradicted": "said with a wrong number or fact",
    "missing": "not raised",
}


def points_section(view: View) -> str:
    """Return the talking points."""
    analysis = view.analysis
    points = "".join(_point(point, view) for point in analysis.coverage.points)
    lead = _LEAD.format(basis_chip(judge_basis(view)))
    body = f'<ol class="points">{points}</ol>'
    return section("points", "Talking points", body, lead) if points else ""


def judge_basis(view: View) -> str:
    """Return how talking points were judged: by a model where one took part, else by rules."""
    return "rule" if view.analysis.engines.get("coverage", "rules") == "rules" else "model"


def _point(point: PointCoverage, view: View) -> str:
    quotes = "".join(_quote(evidence, view) for evidence in point.evidence)
    note = f'<p class="note" dir="auto">{esc(point.note)}</p>' if point.note else ""
    claim = ""
    if point.text:
        claim = (
            f"<details><summary>As in your brief</summary>"
            f'<p dir="auto">{esc(point.text)}</p></details>'
        )
    return (
        f'<li class="point {point.status}" id="point-{point.index + 1}">'
        f'<div class="status"><span class="badge">{icon(point.status)}{point.status}</span>'
        f'<span class="meaning">{_MEANINGS[point.status]}</span>{_since(point, view)}</div>'
        f'<div class="matter"><h3 dir="auto">{esc(point.name)}</h3>'
        f"{quotes}{note}{_would_fit(point, view)}{claim}</div></li>"
    )


def _since(point: PointCoverage, view: View) -> str:
    """Return what became of the point last time, louder where that has changed."""
    before = view.point_before(point)
    if before is None:
        return '<span class="since">not in the last session</span>' if view.before else ""
    if before.status == point.status:
        return '<span class="since">as last time</span>'
    return (
        f'<span class="since changed">since last time: <b class="{before.status}">'
        f"{icon(before.status)}{before.status}</b> "
        f'<span aria-hidden="true">→</span><span class="sr">, now </span> {point.status}</span>'
    )


def _quote(evidence: Evidence, view: View) -> str:
    return (
        f'<blockquote><p dir="auto">{esc(evidence.quote)}</p><footer>'
        f"{play(evidence.start_s, evidence.end_s, 'this quote', view.sound)}"
        f"{view.link(evidence.answer)}</footer></blockquote>"
    )


def _would_fit(point: PointCoverage, view: View) -> str:
    if not point.would_fit:
        return ""
    question = f'<q dir="auto">{esc(point.would_fit)}</q>'
    name = view.questions.get(point.would_fit)
    if name is None:
        return f'<p class="fit">Would have fitted at {question}</p>'
    link = f'<a href="#answer-{name}">question {name}</a>'
    return f'<p class="fit">Would have fitted at {link}: {question}</p>'
