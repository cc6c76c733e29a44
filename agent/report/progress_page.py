"""progress.html: the figures from session to session, one page that needs nothing beside it."""

from __future__ import annotations

from itertools import groupby

from agent.analysis.progress import FIGURES, GAP, Figure, Row, by_group, known_values, practice
from agent.report.page import draw_progress
from agent.text.display import plural

_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 294, 8, 108
"""Where the plot lies in its template; left of it stand the values, below it the dates."""


def render_progress(rows: list[Row], served: bool = False) -> str:
    """Draw the page: what to practice, then charts and a table for each brief.

    `served` is whether the local server shows it.
    """
    groups = by_group(rows)
    drawn = []
    for name, some in reversed(groups.items()):
        whole = [row for row in some if not row.why]
        shown = [figure for figure in (*FIGURES, GAP) if len(known_values(figure, whole)) > 1]
        drawn.append((name, some, [_chart(figure, whole) for figure in shown]))
    return draw_progress(
        facts=f"{plural(len(rows), 'session')} of {plural(len(groups), 'brief')}",
        practice=practice(rows),
        figures=FIGURES,
        groups=drawn,
        served=served,
    )


def _chart(figure: Figure, whole: list[Row]) -> dict[str, object]:
    known = known_values(figure, whole)
    low, high, band = 0.0, 100.0, figure.band
    if band:
        room = 0.08 * (max(*known, *band) - min(*known, *band))
        low, high = max(0.0, min(*known, *band) - room), max(*known, *band) + room

    def y(value: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * (min(max(value, low), high) - low) / (high - low)

    values = [(row, row.value(figure)) for row in whole]
    step = (_RIGHT - _LEFT) / (len(whole) - 1)
    dots = [
        None
        if value is None
        else (_LEFT + step * at, y(value), f"{row.started[:10]}: {figure.shown(value)}")
        for at, (row, value) in enumerate(values)
    ]
    ends = f"{figure.shown(known[0])} to {figure.shown(known[-1])}"
    return {
        "name": figure.name,
        "now": figure.shown(known[-1]),
        "fine": " fine: {:.0f} to {:.0f}".format(*band) if band else "",
        "told": f"{figure.name}: {ends} over {len(known)} sessions",
        "band": band and (y(band[1]), y(band[0])),
        "runs": [
            " ".join(f"{one[0]:.1f},{one[1]:.1f}" for one in run if one)
            for there, run in groupby(dots, key=bool)
            if there
        ],
        "dots": [one for one in dots if one],
        "high": figure.shown(high),
        "low": figure.shown(low),
        "first": whole[0].started[5:10],
        "last": whole[-1].started[5:10],
    }
