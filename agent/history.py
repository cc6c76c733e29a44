"""The earlier sessions of a brief: the one before this one, and what all of them leave to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import ValidationError

from agent.analysis import Analysis
from agent.brief import Brief, Question
from agent.coverage.fit import invited
from agent.errors import SessionError
from agent.question_kind import area_name
from agent.session import ANALYSIS, SessionMeta, read_meta, session_folders
from agent.weakness import UNANSWERED, weakness

RECENT = 3
"""So many of the last whole sessions tell which talking points are owed and which areas are weak:
enough that a point left out once is no news, few enough that what was learnt since counts."""


@dataclass(frozen=True)
class Past:
    """One question in the earlier sessions."""

    key: str
    """Its words as `plain` writes them; a brief edited in between still finds it."""
    last: date
    """The day on which it was asked last."""
    lacked: str
    """What its last answer lacked, as agent.weakness says it; "" where it went well."""
    well: int
    """How many times in a row it went well, the last time included."""

    @property
    def answered(self) -> bool:
        """Whether it was answered the last time."""
        return self.lacked != UNANSWERED


@dataclass(frozen=True)
class PastArea:
    """One area of questions in the last whole sessions."""

    area: str
    """Its name as question_kind.area_name writes it."""
    weak: int
    """Answers with something to work on."""
    answers: int
    """All answers, follow-ups included, one at least."""


@dataclass(frozen=True)
class Owed:
    """A talking point that none of the last whole sessions made."""

    name: str
    invited_by: int | None
    """The question of the brief that invites it best, from 0; None where none does."""


@dataclass(frozen=True)
class History:
    """The earlier sessions of a brief, as far as the next one is planned from them."""

    today: date
    interview: date | None
    """The day of the interview, None where it is unknown or past."""
    sessions: int
    """Whole sessions; a retry of one question is none."""
    questions: tuple[Past, ...]
    """Every question that was asked, sorted by its words."""
    areas: tuple[PastArea, ...]
    """The areas of the answers, sorted by name."""
    owed: tuple[Owed, ...]
    """Talking points that are still to be made; none without sessions."""

    @property
    def days_left(self) -> int | None:
        """Days to the interview, 0 on its day; None where the day is unknown."""
        return None if self.interview is None else (self.interview - self.today).days

    def of(self, question: Question) -> Past | None:
        """Return what became of a question, None where it was never asked."""
        key = plain(question.text)
        return next((past for past in self.questions if past.key == key), None)


@dataclass(frozen=True)
class Held:
    """One earlier session with an answer at least."""

    at: datetime
    """When it started, with its offset."""
    name: str
    """Its folder's name; it orders sessions of one second."""
    analysis: Analysis
    retry: bool = False
    """Whether it asked one question again and nothing else."""


def same_brief(one: Brief, other: Brief) -> bool:
    """Return whether two briefs are of the same interview: edited in between, they still are.

    They are when company and role are the same but for case and punctuation. Briefs without
    company and role are the same when they share a question or a talking point.
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


def earlier_session(folder: Path) -> Analysis | None:
    """Return the last complete session of the same brief before this one; None for a retry."""
    meta = _meta(folder)
    found = None if meta is None or meta.retry_of else session_before(folder)
    return found[0] if found else None


def session_before(folder: Path) -> tuple[Analysis, Path] | None:
    """Return analysis and folder of the session whose answers are to be heard beside this one's.

    That is the last complete session of the same brief before it, or, for a retry, the session
    whose question it asks again. Sessions that cannot be read are passed over.
    """
    meta, parent = _meta(folder), folder.absolute().parent
    if meta is None:
        return None
    now, before = _started_at(meta), []
    for other in session_folders(parent):
        found = _meta(other)
        at = _whole(found, meta.brief, demo=meta.demo) if found and not found.retry_of else None
        if now and at and at < now:
            before.append((at, other))
    first = parent / Path(meta.retry_of).name
    others = [first] if meta.retry_of else [other for _, other in sorted(before, reverse=True)]
    read = ((_answered(other), other) for other in others)
    return next(((analysis, other) for analysis, other in read if analysis), None)


def _meta(folder: Path) -> SessionMeta | None:
    try:
        return read_meta(folder)
    except SessionError:
        return None


def _whole(meta: SessionMeta, brief: Brief, *, demo: bool = False) -> datetime | None:
    """Return when a complete session of the brief started, None for any other."""
    if meta.state != "complete" or meta.demo != demo or not same_brief(brief, meta.brief):
        return None
    return _started_at(meta)


def _started_at(meta: SessionMeta) -> datetime | None:
    try:
        return datetime.fromisoformat(meta.started).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def _answered(folder: Path) -> Analysis | None:
    """Return a session's analysis, None where it cannot be read or holds no answers."""
    try:
        analysis = Analysis.model_validate_json((folder / ANALYSIS).read_bytes())
    except (OSError, ValidationError):
        return None
    return analysis if analysis.answers else None


def history_of(parent: Path, brief: Brief, now: datetime) -> History:
    """Read the earlier complete sessions of a brief below `parent`.

    The demo's are nobody's; those that cannot be read are passed over, and so are those that
    began after `now`.
    """
    found = []
    for folder in session_folders(parent):
        meta = _meta(folder)
        at = meta and _whole(meta, brief)
        analysis = _answered(folder) if at else None
        if meta and at and analysis:
            found.append(Held(at, folder.name, analysis, bool(meta.retry_of)))
    return history_from(found, brief, now)


def history_from(sessions: Iterable[Held], brief: Brief, now: datetime) -> History:
    """Put together what the sessions leave to do; their order does not matter."""
    now = now if now.tzinfo else now.astimezone()
    earlier = sorted((s for s in sessions if s.at <= now), key=lambda s: (s.at, s.name))
    whole = [session for session in earlier if not session.retry]
    recent = [session.analysis for session in whole[-RECENT:]]
    return History(
        today=now.date(),
        interview=_interview(brief, now.date()),
        sessions=len(whole),
        questions=_questions(earlier, now),
        areas=_areas(recent),
        owed=_owed(recent, brief),
    )


def _interview(brief: Brief, today: date) -> date | None:
    try:
        day = date.fromisoformat(brief.interview_date)
    except ValueError:
        return None
    return day if day >= today else None


def _questions(sessions: Sequence[Held], now: datetime) -> tuple[Past, ...]:
    """Return what became of each question, from the oldest session to the last."""
    found: dict[str, Past] = {}
    for session in sessions:
        day = session.at.astimezone(now.tzinfo).date()
        for key, lacked in _lacked(session.analysis).items():
            before = found.get(key)
            well = 1 + (before.well if before else 0)
            found[key] = Past(key, day, lacked, 0 if lacked else well)
    return tuple(sorted(found.values(), key=lambda past: past.key))


def _lacked(analysis: Analysis) -> dict[str, str]:
    """Return what the answer to each question lacked; one that came to nothing was unanswered."""
    asked = [
        line.text
        for line in analysis.interviewer
        if line.kind == "question" and line.stopped_by != "resumed_answer"
    ]
    lacked = {plain(text): UNANSWERED for text in asked}
    for answer in analysis.answers:
        if answer.kind == "question" and answer.question:
            lacked[plain(answer.question)] = weakness(answer, typed=analysis.typed)
    return {key: what for key, what in lacked.items() if key}


def _areas(recent: Sequence[Analysis]) -> tuple[PastArea, ...]:
    every: Counter[str] = Counter()
    weak: Counter[str] = Counter()
    for analysis in recent:
        for answer in analysis.answers:
            if name := area_name(answer.area):
                every[name] += 1
                weak[name] += bool(weakness(answer, typed=analysis.typed))
    return tuple(PastArea(name, weak[name], every[name]) for name in sorted(every))


def _owed(recent: Sequence[Analysis], brief: Brief) -> tuple[Owed, ...]:
    """Return the brief's talking points that no recent session covered."""
    if not recent:
        return ()
    points = [point for analysis in recent for point in analysis.coverage.points]
    made = {plain(point.name) for point in points if point.status == "covered"}
    return tuple(
        Owed(point.name, _invited_by(index, brief))
        for index, point in enumerate(brief.talking_points)
        if plain(point.name) not in made
    )


def _invited_by(point: int, brief: Brief) -> int | None:
    """Return the question that invites a point best, the first of those that do equally."""
    fits = [dict(invited(q, brief.talking_points)).get(point, 0.0) for q in brief.questions]
    best = max(fits, default=0.0)
    return fits.index(best) if best > 0 else None
