"""The earlier sessions of a brief: the one before this one, and what all of them leave to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from agent.analysis import Analysis
from agent.analysis.coverage.fit import invited
from agent.analysis.real import RealInterview, real_interviews
from agent.analysis.weakness import UNANSWERED, weakness
from agent.brief import Brief, Question
from agent.errors import SessionError
from agent.session import ANALYSIS, MOST_BYTES, read_meta, session_folders
from agent.text.question_kind import area_name
from voice import files

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
    """What its last answer lacked, as agent.analysis.weakness says it; "" where it went well."""
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
    folder: Path
    analysis: Analysis
    retry_of: str = ""
    """Name of the folder of which it asks one question again and nothing else, "" for none."""


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


def sessions_of(parent: Path, brief: Brief, *, demo: bool = False) -> list[Held]:
    """Return the complete sessions of a brief that have answers and can be read, oldest first."""
    found = []
    for folder in session_folders(parent):
        try:
            meta = read_meta(folder)
            if meta.state != "complete" or meta.demo != demo or not same_brief(brief, meta.brief):
                continue
            at = datetime.fromisoformat(meta.started).astimezone()
            analysis = Analysis.model_validate_json(files.read(folder / ANALYSIS, MOST_BYTES))
        except (SessionError, ValueError, OverflowError, OSError):
            continue
        if analysis.answers:
            found.append(Held(at, folder, analysis, meta.retry_of))
    return sorted(found, key=lambda one: (one.at, one.folder.name))


def session_before(folder: Path) -> Held | None:
    """Return the session whose answers are to be heard beside this one's.

    That is the last one of the same brief before it, or, for a retry, the one that it asks again.
    """
    try:
        meta = read_meta(folder)
        now = datetime.fromisoformat(meta.started).astimezone()
    except (SessionError, ValueError, OverflowError, OSError):
        return None
    held = sessions_of(folder.absolute().parent, meta.brief, demo=meta.demo)
    if meta.retry_of:
        wanted = Path(meta.retry_of).name
        return next((one for one in held if one.folder.name == wanted), None)
    before = [one for one in held if one.at < now and not one.retry_of]
    return before[-1] if before else None


def earlier_session(folder: Path) -> Analysis | None:
    """Return the session before this one, to compare its report with; None for a retry."""
    found = session_before(folder)
    return found.analysis if found and not read_meta(folder).retry_of else None


def history_of(parent: Path, brief: Brief, now: datetime) -> History:
    """Read the earlier complete sessions of a brief below `parent`, but the demo's."""
    real = [one for one in real_interviews(parent) if same_brief(brief, one.brief)]
    return history_from(sessions_of(parent, brief), brief, now, real)


def history_from(
    sessions: Iterable[Held], brief: Brief, now: datetime, real: Sequence[RealInterview] = ()
) -> History:
    """Put together what sessions and real interviews leave to do; their order does not matter."""
    now = now if now.tzinfo else now.astimezone()
    earlier = sorted((s for s in sessions if s.at <= now), key=lambda s: (s.at, s.folder))
    whole = [session for session in earlier if not session.retry_of]
    recent = [session.analysis for session in whole[-RECENT:]]
    return History(
        today=now.date(),
        interview=_interview(brief, now.date()),
        sessions=len(whole),
        questions=_questions(earlier, now, real),
        areas=_areas(recent),
        owed=_owed(recent, brief),
    )


def _interview(brief: Brief, today: date) -> date | None:
    try:
        day = date.fromisoformat(brief.interview_date)
    except ValueError:
        return None
    return day if day >= today else None


def _questions(
    sessions: Sequence[Held], now: datetime, real: Sequence[RealInterview]
) -> tuple[Past, ...]:
    found: dict[str, Past] = {}
    told = [(one.at.astimezone(now.tzinfo).date(), _lacked(one.analysis)) for one in sessions]
    told += [
        (one.day, {plain(came.question): came.lacked for came in one.came})
        for one in real
        if one.day <= now.date()
    ]
    # Of one day the real interview came last.
    for day, lacks in sorted(told, key=lambda one: one[0]):
        for key, lacked in lacks.items():
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
    fits = [dict(invited(q, brief.talking_points)).get(point, 0.0) for q in brief.questions]
    best = max(fits, default=0.0)
    return fits.index(best) if best > 0 else None
