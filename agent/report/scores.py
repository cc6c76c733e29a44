"""The three scores, each with its formula or the reason why there is none; no total."""

from __future__ import annotations

from agent.analysis import Score
from agent.report.markup import prose, section
from agent.report.since import since
from agent.report.view import View

_NAMES = ("pacing", "fillers", "coverage")


def scores_section(view: View) -> str:
    """Return the scores side by side, "" for an analysis that never looked for any."""
    scores = {name: getattr(view.analysis.scores, name) for name in _NAMES}
    if all(score == Score() for score in scores.values()):
        return ""
    cards = "".join(_card(name, score, view) for name, score in scores.items())
    lead = "From 0 to 100, each for itself and with its formula. There is no total."
    return section("scores", "Scores", f'<div class="scores">{cards}</div>', lead)


def _card(name: str, score: Score, view: View) -> str:
    title = f"<h3>{name.capitalize()}</h3>"
    if score.value is None:
        why = f'<p dir="auto">{prose(score.not_scored)}</p>' if score.not_scored else ""
        return f'<div class="score none">{title}<p class="big">not scored</p>{why}</div>'
    before: Score | None = getattr(view.before.scores, name) if view.before else None
    formula = f'<p class="formula" dir="auto">{prose(score.formula)}</p>' if score.formula else ""
    return (
        f'<div class="score">{title}'
        f'<p class="big"><strong>{score.value}</strong> <span>of 100</span></p>'
        f"{_meter(score.value)}{since(score.value, before.value if before else None)}"
        f"{formula}</div>"
    )


def _meter(value: int) -> str:
    return (
        '<svg class="meter" width="100%" height="4" aria-hidden="true">'
        '<rect class="track" width="100%" height="4" rx="2"/>'
        f'<rect class="value" width="{value}%" height="4" rx="2"/></svg>'
    )
