"""The report: one HTML page that needs nothing but the sound beside it."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from functools import cache
from importlib import resources

from agent.analysis import About, Analysis
from agent.report.answers import answers_section
from agent.report.figures import figures_section
from agent.report.findings import findings_section
from agent.report.markup import SPRITE, clean, clock, esc, icon, length, seconds, sound_url
from agent.report.method import method_section
from agent.report.points import points_section
from agent.report.timeline import timeline_section

_MEDIA = "'self' file:"
"""Where sound may come from: the page's own origin, and files where the page is one itself."""
_LONG_WORDS = 3000
"""From here on answers outside the window are laid out only when they are scrolled to."""


def render(analysis: Analysis) -> str:
    """Draw the report of an analysis.

    A pure function: the sound is only named (`about.audio`, a file beside the page). Without it
    nothing on the page can be played, and the page says so.
    """
    style, script = _asset("report.css"), _asset("report.js")
    sound = bool(analysis.about.audio)
    parts = (
        _top(analysis, sound),
        findings_section(analysis, sound),
        figures_section(analysis, sound),
        "" if analysis.typed else timeline_section(analysis, sound),
        points_section(analysis, sound),
        answers_section(analysis, sound),
        method_section(analysis),
    )
    words = sum(len(answer.words) for answer in analysis.answers)
    look = ' class="long"' if words > _LONG_WORDS else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{esc(_title(analysis.about))}: rehearsal report</title>\n"
        f"<style>{style}</style>\n</head>\n<body{look}>\n"
        '<a class="skip" href="#practice">To what to practice</a>\n'
        f"{SPRITE}\n<main>\n{chr(10).join(part for part in parts if part)}\n</main>\n"
        f"{_player(analysis.about) if sound else ''}"
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


@cache
def _asset(name: str) -> str:
    return (resources.files("agent.report") / "assets" / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Return a content security policy: no network, our own style and script, local sound."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        f"media-src {_MEDIA}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _title(about: About) -> str:
    return " · ".join(part for part in (about.company, about.role) if part) or about.title


def _when(started: str) -> str:
    """Return an ISO time as a person writes it, or as it is where it is none."""
    try:
        at = datetime.fromisoformat(started)
    except ValueError:
        return clean(started)
    return f"{at:%B} {at.day}, {at.year}, {at:%H:%M}"


def _top(analysis: Analysis, sound: bool) -> str:
    about = analysis.about
    facts = [_when(about.started)] if about.started else []
    if about.duration_s > 0:
        facts.append(length(about.duration_s))
    facts.append(about.state)
    meta = "".join(f"<li>{esc(fact)}</li>" for fact in facts)
    return (
        f'<header><p class="kind">Rehearsal report</p>'
        f'<h1 dir="auto">{esc(_title(about))}</h1><ul class="meta">{meta}</ul>'
        f"{_notes(analysis, sound)}</header>"
    )


def _notes(analysis: Analysis, sound: bool) -> str:
    notes = list(analysis.notes)
    if analysis.about.state == "interrupted":
        notes.insert(0, "This session was interrupted. All that was recorded until then is here.")
    elif analysis.about.state == "running":
        notes.insert(0, "This session had not ended when the report was drawn.")
    if analysis.typed:
        notes.append("The answers were typed, so there is no sound, no pace and no pauses.")
    elif not sound:
        notes.append("There is no sound beside this report, so nothing in it can be played.")
    if not notes:
        return ""
    items = "".join(f'<li dir="auto">{esc(note)}</li>' for note in notes)
    return f'<aside class="notes" aria-label="Good to know"><ul>{items}</ul></aside>'


def _player(about: About) -> str:
    speeds = "".join(
        f'<option value="{speed}"{" selected" if speed == "1" else ""}>{speed}×</option>'
        for speed in ("0.75", "1", "1.25", "1.5")
    )
    name = esc(about.audio)
    return (
        '<div class="player" role="region" aria-label="Player">'
        f'<audio id="sound" controls preload="metadata" src="{esc(sound_url(about.audio))}"'
        f' data-name="{name}"></audio>'
        '<div class="controls" hidden>'
        f'<button type="button" id="toggle" aria-label="Play">{icon("play")}{icon("pause")}'
        "</button>"
        '<button type="button" id="back" aria-label="Back 5 seconds">−5 s</button>'
        '<span class="time"><span id="now">0:00</span>'
        f'<span class="total"> / <span id="total">{clock(about.duration_s)}</span></span></span>'
        '<input type="range" id="seek" min="0" step="0.1" value="0" aria-label="Position"'
        f' max="{seconds(max(about.duration_s, 0.1))}">'
        f'<select id="speed" aria-label="Speed">{speeds}</select></div>'
        '<p id="trouble" role="status"></p></div>\n'
    )
