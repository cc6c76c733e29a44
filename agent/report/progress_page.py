"""progress.html: the figures from session to session, one page that needs nothing beside it."""

from agent.analysis.listing import FIGURES, GAP, Figure
from agent.analysis.progress import Row, by_group, known_values, practice
from agent.report.drawing import draw_page
from agent.text.display import plural


def render_progress(rows: list[Row], served: bool = False) -> str:
    """Draw the page: what to practice, then charts and a table for each brief.

    `served` is whether the local server shows it.
    """
    groups = by_group(rows)
    drawn = []
    for name, some in reversed(groups.items()):
        whole = [row for row in some if not row.why]
        lines = [_line(figure, whole) for figure in (*FIGURES, GAP)]
        drawn.append((name, some, [line for line in lines if line]))
    facts = f"{plural(len(rows), 'session')} of {plural(len(groups), 'brief')}"
    values = {"facts": facts, "practice": practice(rows), "figures": FIGURES, "groups": drawn}
    return draw_page("progress", values | {"served": served})


def _line(figure: Figure, whole: list[Row]) -> dict[str, object]:
    """Return a figure as a line in a field of 100 by 100, {} where there are not two values."""
    known = known_values(figure, whole)
    if len(known) < 2:
        return {}
    shown = (*known, *(figure.band or (0.0, 100.0)))
    low, high = min(shown), max(shown)
    room = max(high - low, 1e-9)
    step = 100 / (len(known) - 1)
    points = [f"{step * at:.1f},{100 * (high - one) / room:.1f}" for at, one in enumerate(known)]
    ends = f"{figure.shown(known[0])} to {figure.shown(known[-1])}"
    return {
        "name": figure.name,
        "now": figure.shown(known[-1]),
        "fine": " fine: {:.0f} to {:.0f}".format(*figure.band) if figure.band else "",
        "told": f"{figure.name}: {ends} over {len(known)} sessions",
        "points": " ".join(points),
    }
