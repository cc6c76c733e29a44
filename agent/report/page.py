"""The report: one HTML page that needs nothing but the sound beside it."""

from __future__ import annotations

from agent.analysis import Analysis
from agent.report.answers import answers_section
from agent.report.figures import figures_section
from agent.report.fillers import fillers_section
from agent.report.findings import findings_section
from agent.report.inlined import joined, source_hash
from agent.report.markup import SPRITE, esc
from agent.report.method import method_section
from agent.report.own_questions import own_questions_section
from agent.report.player import player
from agent.report.points import points_section
from agent.report.scores import scores_section
from agent.report.timeline import timeline_section
from agent.report.top import title_of, top
from agent.report.view import View

_SECTIONS = (
    ("practice", "", findings_section),
    ("scores", "", scores_section),
    ("figures", "", figures_section),
    ("timeline", "Session", timeline_section),
    ("points", "Talking points", points_section),
    ("fillers", "Fillers", fillers_section),
    ("answers", "Answers", answers_section),
    ("own", "Your questions", own_questions_section),
    ("method", "Method", method_section),
)
"""Anchor, name in the contents ("" for what is seen without them) and drawing of each section."""
_STYLES = ("base.css", "top.css", "session.css", "answers.css", "player.css", "print.css")
_SCRIPTS = ("player.js", "words.js", "start.js")
"""They share one function around them, so that they see each other and nothing else does."""

_MEDIA = "'self' file:"
"""Where sound may come from: the page's own origin, and files where the page is one itself."""
_LONG_WORDS = 3000
"""From here on answers outside the window are laid out only when they are scrolled to."""


def render(analysis: Analysis, before: Analysis | None = None) -> str:
    """Draw the report of an analysis, compared with an earlier one of the same brief.

    A pure function: the sound is only named (`about.audio`, a file beside the page). Without it
    nothing on the page can be played, and the page says so.
    """
    view = View(analysis, before)
    style, script = joined(_STYLES), f"(() => {{\n{joined(_SCRIPTS)}}})();\n"
    drawn = [(anchor, name, draw(view)) for anchor, name, draw in _SECTIONS]
    contents = [(anchor, name) for anchor, name, part in drawn if name and part]
    words = sum(len(answer.words) for answer in analysis.answers)
    look = ' class="long"' if words > _LONG_WORDS else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{esc(title_of(analysis.about))}: rehearsal report</title>\n"
        f"<style>{style}</style>\n</head>\n<body{look}>\n"
        '<a class="skip" href="#practice">To what to practice</a>\n'
        f"{SPRITE}\n<main>\n{top(view, contents)}\n"
        f"{chr(10).join(part for *_, part in drawn if part)}\n</main>\n"
        f"{player(analysis.about) if view.sound else ''}"
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _policy(style: str, script: str) -> str:
    """Return a content security policy: no network, our own style and script, local sound."""
    return (
        f"default-src 'none'; style-src {source_hash(style)}; script-src {source_hash(script)}; "
        f"media-src {_MEDIA}; base-uri 'none'; form-action 'none'"
    )
