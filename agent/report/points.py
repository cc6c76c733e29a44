"""The talking points: what became of each, with the quotes that show it."""

from __future__ import annotations

from agent.analysis import Analysis, Evidence, PointCoverage, answer_names
from agent.report.markup import esc, icon, play, section

_MEANINGS = {
    "covered": "the claim and its key facts were said",
    "partial": "raised, but the claim or its key number is absent",
    "contradicted": "said with a wrong number or fact",
    "missing": "not raised",
}


def points_section(analysis: Analysis, sound: bool) -> str:
    """Return the list of talking points, "" for a brief without any."""
    points = analysis.coverage.points
    if not points:
        return ""
    names = answer_names(analysis.answers)
    asked = {answer.question: name for answer, name in zip(analysis.answers, names, strict=True)}
    rows = "".join(_point(point, names, asked, sound) for point in points)
    return section("points", "Talking points", f'<ol class="points">{rows}</ol>')


def _point(point: PointCoverage, names: list[str], asked: dict[str, str], sound: bool) -> str:
    quotes = "".join(_quote(evidence, names, sound) for evidence in point.evidence)
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
        f'<span class="meaning">{_MEANINGS[point.status]}</span></div>'
        f'<div class="matter"><h3 dir="auto">{esc(point.name)}</h3>'
        f"{quotes}{note}{_would_fit(point, asked)}{claim}</div></li>"
    )


def _quote(evidence: Evidence, names: list[str], sound: bool) -> str:
    where = ""
    if evidence.answer is not None and 0 <= evidence.answer < len(names):
        name = names[evidence.answer]
        where = f'<a class="where" href="#answer-{name}">answer {name}</a>'
    return (
        f'<blockquote><p dir="auto">{esc(evidence.quote)}</p><footer>'
        f"{play(evidence.start_s, evidence.end_s, 'this quote', sound)}{where}"
        "</footer></blockquote>"
    )


def _would_fit(point: PointCoverage, asked: dict[str, str]) -> str:
    if not point.would_fit:
        return ""
    question = f'<q dir="auto">{esc(point.would_fit)}</q>'
    name = asked.get(point.would_fit)
    if name:
        question = f'<a href="#answer-{name}">{question}</a>'
    return f'<p class="fit">Would have fitted at: {question}</p>'
