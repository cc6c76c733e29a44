"""The whole session in one picture: who spoke when, pauses, fillers, points made."""

from __future__ import annotations

import math

from agent.analysis import Analysis
from agent.bands import LONG_PAUSE_S
from agent.report.markup import icon, section
from agent.report.phrases import long_pauses
from agent.report.timeline_row import Row, row_html
from agent.report.view import View

ROW_S = 720.0
"""A row holds at most 12 minutes, so that a second is still about a pixel on a screen."""


def timeline_section(view: View) -> str:
    """Return the timeline, "" when nothing has a time."""
    analysis = view.analysis
    total_s = _total_s(analysis)
    if analysis.typed or total_s <= 0 or not (analysis.answers or analysis.interviewer):
        return ""
    rows = "".join(row_html(view, row) for row in rows_of(total_s))
    lead = ""
    if view.sound:
        track = " You hear your own track." if analysis.interviewer else ""
        lead = f"Click anywhere to play from there.{track}"
    body = f'<div class="timeline">{rows}</div>{_key(analysis)}'
    return section("timeline", "The whole session", body, lead)


def rows_of(total_s: float) -> list[Row]:
    """Return rows of equal length, none longer than ROW_S."""
    count = max(1, math.ceil(total_s / ROW_S))
    each = total_s / count
    return [Row(index * each, (index + 1) * each + 1e-6) for index in range(count)]


def _total_s(analysis: Analysis) -> float:
    ends = [analysis.about.duration_s]
    ends += [span.end_s for span in (*analysis.answers, *analysis.interviewer)]
    return max(end for end in (*ends, 0.0) if math.isfinite(end))


def _key(analysis: Analysis) -> str:
    """Return what the marks mean, without those that this session has none of."""
    silence = f"pause over {LONG_PAUSE_S:g} s in mid-sentence"
    stops = {line.stopped_by for line in analysis.interviewer}
    marks = (
        ("asked", "interviewer", bool(analysis.interviewer)),
        ("wedge", "you took the floor", "interruption" in stops),
        ("unmade", "gave the floor back", "resumed_answer" in stops),
        ("said", "you", True),
        ("long", silence, bool(long_pauses(analysis.pacing))),
        ("filler", "filler", bool(analysis.fillers.counted)),
    )
    items = "".join(f'<li><i class="{look}"></i>{name}</li>' for look, name, any_ in marks if any_)
    raised = {point.status for point in analysis.coverage.points}
    points = "".join(
        f'<li class="{status}">{icon(status)}point {status}</li>'
        for status in ("covered", "partial", "contradicted")
        if status in raised
    )
    return f'<ul class="key">{items}{points}</ul>'
