"""The report: one HTML page that needs nothing but the sound beside it."""

from __future__ import annotations

from agent.analysis import Analysis
from agent.report.drawing import draw_page, draw_part
from agent.report.timeline import pace_line, pieces, rows_of, scaled, voiced
from agent.report.view import View, moved

_SECTIONS = (
    ("practice", ""),
    ("figures", ""),
    ("timeline", "Session"),
    ("points", "Talking points"),
    ("fillers", "Fillers"),
    ("answers", "Answers"),
    ("own", "Your questions"),
    ("method", "Method"),
)
"""Anchor and template of each section, and its name in the contents ("" for what is seen without
them)."""


def render(analysis: Analysis, before: Analysis | None = None) -> str:
    """Draw the report of an analysis, compared with an earlier one of the same brief.

    A pure function: the sound is only named (`about.audio`, a file beside the page). Without it
    nothing on the page can be played, and the page says so.
    """
    values = {
        "analysis": analysis,
        "view": View(analysis, before),
        "moved": moved,
        "rows_of": rows_of,
        "scaled": scaled,
        "voiced": voiced,
        "pace_line": pace_line,
        "pieces": pieces,
    }
    drawn = [(anchor, name, draw_part(f"{anchor}.html.j2", values)) for anchor, name in _SECTIONS]
    sections = [(anchor, name, part) for anchor, name, part in drawn if part.strip()]
    return draw_page("report", values | {"sections": sections})


def draw_progress(**values: object) -> str:
    """Draw the page of many sessions; `values` are what templates/progress.html.j2 names."""
    return draw_page("progress", values)
