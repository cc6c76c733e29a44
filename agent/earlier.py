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
    names = plain(one.company, one.role), plain(other.company, other.role)
    if any(names):
        return names[0] == names[1]
    return bool(_contents(one) & _contents(other))


def plain(*texts: str) -> str:
    """Return texts as they are compared: in lower case, words only, one space between them."""
    return re.sub(r"[\W_]+", " ", " ".join(texts).casefold()).strip()


def _contents(brief: Brief) -> set[str]:
    found = {plain(question.text) for question in brief.questions}
    return (found | {plain(point.name, point.text) for point in brief.talking_points}) - {""}


def started_at(meta: SessionMeta) -> datetime | None:
    """Return when a session started, None where session.json does not tell."""
    try:
        return datetime.fromisoformat(meta.started).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def earlier_session(folder: Path) -> Analysis | None:
    """Return the analysis of the last complete session of the same brief before this one.

    A retry holds one question; its figures are compared with those of no session.
    """
    try:
        meta = read_meta(folder)
    except SessionError:
        return None
    found = None if meta.retry_of else _last_before(folder, meta)
    return found[1] if found else None


def session_before(folder: Path) -> tuple[Path, Analysis] | None:
    """Return folder and analysis of the session whose answers are to be heard beside this one's.

    That is the last complete session of the same brief before it, or, for a retry, the session
    whose question it asks again. Only sessions beside it that have answers count, whatever older
    format their analysis has. Sessions that cannot be read are passed over: a comparison is never
    worth an error.
    """
    try:
        meta = read_meta(folder)
    except SessionError:
        return None
    if meta.retry_of:
        first = folder.absolute().parent / Path(meta.retry_of).name
        analysis = _readable(first)
        return (first, analysis) if analysis is not None and analysis.answers else None
    return _last_before(folder, meta)


def _last_before(folder: Path, meta: SessionMeta) -> tuple[Path, Analysis] | None:
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
    """Return when that session started; None for an unfinished one, a retry, another brief."""
    try:
        found = read_meta(other)
    except SessionError:
        return None
    if found.state != "complete" or not same_brief(meta.brief, found.brief):
        return None
    if found.demo != meta.demo or found.retry_of:
        return None
    return started_at(found)


def _readable(folder: Path) -> Analysis | None:
    try:
        return Analysis.model_validate_json((folder / ANALYSIS).read_bytes())
    except (OSError, ValidationError):
        return None
