"""The report: one HTML page that needs nothing but the sound beside it."""

from __future__ import annotations

from agent.analysis import Analysis, Scores
from agent.report.drawing import draw_page, draw_part, script, styles
from agent.report.lanes import pace_lane, voiced
from agent.report.view import View, gauge, moved
from agent.report.words import pieces

_SECTIONS = (
    ("practice", ""),
    ("scores", ""),
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
_STYLES = ("base.css", "top.css", "session.css", "answers.css", "player.css", "print.css")
_SCRIPTS = ("player.js", "words.js", "start.js")


def render(analysis: Analysis, before: Analysis | None = None) -> str:
    """Draw the report of an analysis, compared with an earlier one of the same brief.

    A pure function: the sound is only named (`about.audio`, a file beside the page). Without it
    nothing on the page can be played, and the page says so.
    """
    values = {
        "analysis": analysis,
        "view": View(analysis, before),
        "no_scores": Scores(),
        "moved": moved,
        "gauge": gauge,
        "voiced": voiced,
        "pace_lane": pace_lane,
        "pieces": pieces,
    }
    drawn = [(anchor, name, draw_part(f"{anchor}.html.j2", **values)) for anchor, name in _SECTIONS]
    parts = [(anchor, name, part) for anchor, name, part in drawn if part.strip()]
    return draw_page(
        "report.html.j2",
        **values,
        style=styles(_STYLES),
        script=script(_SCRIPTS),
        contents=[(anchor, name) for anchor, name, _ in parts if name],
        sections=[part for *_, part in parts],
    )
