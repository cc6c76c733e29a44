"""The session before this one: which sessions are of the same brief, and the last of them."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from agent.analysis import Analysis
from agent.brief import Brief
from agent.errors import SessionError
from agent.session import ANALYSIS, SessionMeta, read_meta, session_folders


def same_brief(one: Brief, other: Brief) -> bool:
    """Return whether two briefs are of the same interview: edited in between, they still are.

    They are when company and role are the same but for case and punctuation. (The slug in the
    folder's name will not do: it is cut, and empty for names outside the Latin alphabet.) Briefs
    without company and role are the same when they share a question or a talking point.
    """
    names = _plain(one.company, one.role), _plain(other.company, other.role)
    if any(names):
        return names[0] == names[1]
    return bool(_contents(one) & _contents(other))


def _plain(*texts: str) -> str:
    return re.sub(r"[\W_]+", " ", " ".join(texts).casefold()).strip()


def _contents(brief: Brief) -> set[str]:
    found = {_plain(question.text) for question in brief.questions}
    return (found | {_plain(point.name, point.text) for point in brief.talking_points}) - {""}


def started_at(meta: SessionMeta) -> datetime | None:
    """Return when a session started, None where session.json does not tell."""
    try:
        return datetime.fromisoformat(meta.started).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def earlier_session(folder: Path) -> Analysis | None:
    """Return the analysis of the last complete session of the same brief before this one."""
    found = session_before(folder)
    return found[1] if found else None


def session_before(folder: Path) -> tuple[Path, Analysis] | None:
    """Return folder and analysis of the last complete session of the same brief before this one.

    Only sessions beside it that have answers count, whatever older format their analysis has.
    Sessions that cannot be read are passed over: a comparison is never worth an error.
    """
    try:
        meta = read_meta(folder)
    except SessionError:
        return None
    now = started_at(meta)
    if now is None:
        return None
    before = [
        (at, other)
        for other in session_folders(folder.absolute().parent)
        if (at := _comparable(meta, other)) is not None and at < now
    ]
    for _, other in sorted(before, reverse=True):
        analysis = _readable(other)
        if analysis is not None and analysis.answers:
            return other, analysis
    return None


def _comparable(meta: SessionMeta, other: Path) -> datetime | None:
    """Return when that session started, None where it is unfinished or of another brief."""
    try:
        found = read_meta(other)
    except SessionError:
        return None
    if found.state != "complete" or not same_brief(meta.brief, found.brief):
        return None
    if found.demo != meta.demo:
        return None
    return started_at(found)


def _readable(folder: Path) -> Analysis | None:
    try:
        return Analysis.model_validate_json((folder / ANALYSIS).read_bytes())
    except (OSError, ValidationError):
        return None
