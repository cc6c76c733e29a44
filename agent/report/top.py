"""The head of the page: what the report is of, and what is good to know."""

from __future__ import annotations

from datetime import datetime

from agent.analysis import About
from agent.report.markup import clean, esc, length, prose
from agent.report.phrases import state_note
from agent.report.view import View


def title_of(about: About) -> str:
    """Return what the report is of: the company and the role, else the session's title."""
    return " · ".join(part for part in (about.company, about.role) if part) or about.title


def top(view: View, contents: list[tuple[str, str]]) -> str:
    """Return the head of the page: what it is of, what to know, where to find what.

    Args:
        view: what is drawn.
        contents: anchor and name of the sections worth a link.
    """
    about = view.analysis.about
    facts = [_when(about.started)] if about.started else []
    if about.duration_s > 0:
        facts.append(length(about.duration_s))
    facts.append(about.state)
    if view.before is not None:
        then = _when(view.before.about.started)
        facts.append(f"compared with {then}" if then else "compared with the last session")
    meta = "".join(f"<li>{esc(fact)}</li>" for fact in facts)
    links = "".join(f'<li><a href="#{anchor}">{name}</a></li>' for anchor, name in contents)
    return (
        f'<header><p class="kind">Rehearsal report</p>'
        f'<h1 dir="auto">{esc(title_of(about))}</h1><ul class="meta">{meta}</ul>'
        f"{_panel(view)}{_notes(view)}</header>"
        f'<nav class="contents" aria-label="On this page"><ul>{links}</ul></nav>'
    )


def _panel(view: View) -> str:
    """Return who of a panel spoke, in the order of their first word; "" for one interviewer."""
    names = dict.fromkeys(line.speaker for line in view.analysis.interviewer if line.speaker)
    told = ", ".join(f"<bdi>{esc(name)}</bdi>" for name in names)
    return f'<ul class="meta"><li>panel: {told}</li></ul>' if told else ""


def _when(started: str) -> str:
    """Return an ISO time as a person writes it, or as it is where it is none."""
    try:
        at = datetime.fromisoformat(started)
    except ValueError:
        return clean(started)
    return f"{at:%B} {at.day}, {at.year}, {at:%H:%M}"


def _notes(view: View) -> str:
    analysis = view.analysis
    state = state_note(analysis.about)
    notes = [*([state] if state else []), *analysis.notes]
    if analysis.typed:
        notes.append("The answers were typed, so there is no sound, no pace and no pauses.")
    elif not view.sound:
        notes.append("There is no sound beside this report, so nothing in it can be played.")
    if view.before is not None and not view.same_ears:
        notes.append("Another recognizer heard the last session, so its fillers are not compared.")
    if not notes:
        return ""
    items = "".join(f'<li dir="auto">{prose(note)}</li>' for note in notes)
    return f'<aside class="notes" aria-label="Good to know"><ul>{items}</ul></aside>'
