"""What the earlier sessions of a brief leave to do: questions, areas and talking points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import ValidationError

from agent.analysis import Analysis, Answer
from agent.brief import Brief, Question
from agent.coverage.fit import invited
from agent.earlier import plain, same_brief, started_at
from agent.errors import SessionError
from agent.question_kind import area_name
from agent.session import ANALYSIS, read_meta, session_folders
from agent.weakness import UNANSWERED, weakness

RECENT = 3
"""So many of the last whole sessions tell which talking points are owed and which areas are weak:
enough that a point left out once is no news, few enough that what was learnt since counts."""


@dataclass(frozen=True)
class Past:
    """One question in the earlier sessions."""

    key: str
    """Its words in lower case without punctuation; a brief edited in between still finds it."""
    times: int
    """How often it was asked, once at least."""
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

    point: int
    """Its place in the brief, from 0."""
    name: str
    """What it is called in the brief."""
    invited_by: int | None
    """The question of the brief that invites it best, from 0; None where none does."""


@dataclass(frozen=True)
class History:
    """The earlier sessions of a brief, as far as the next one is planned from them."""

    today: date
    """The day for which it holds."""
    interview: date | None
    """The day of the interview, None where it is unknown or past."""
    sessions: int
    """Whole sessions; a retry of one question is none."""
    questions: tuple[Past, ...]
    """Every question that was asked, sorted by its words."""
    never_asked: tuple[int, ...]
    """Questions of the brief that were not, from 0."""
    areas: tuple[PastArea, ...]
    """The areas of the answers, sorted by name."""
    owed: tuple[Owed, ...]
    """Talking points that are still to be made, in the order of the brief; none without sessions,
    for then nothing was left out."""

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
    """One earlier session, read."""

    at: datetime
    """When it started, with its offset."""
    name: str
    """Its folder's name; it orders sessions of one second."""
    analysis: Analysis
    """What came of it, one answer at least."""
    retry: bool = False
    """Whether it asked one question again and nothing else."""


def history_of(parent: Path, brief: Brief, now: datetime) -> History:
    """Read the earlier complete sessions of a brief below `parent`.

    The demo's are nobody's; those that cannot be read are passed over, and so are those that
    began after `now`.
    """
    found = (_held(folder, brief) for folder in session_folders(parent))
    return history_from([held for held in found if held is not None], brief, now)


def history_from(sessions: Iterable[Held], brief: Brief, now: datetime) -> History:
    """Put together what the sessions leave to do; their order does not matter."""
    now = now if now.tzinfo else now.astimezone()
    earlier = sorted((s for s in sessions if s.at <= now), key=lambda s: (s.at, s.name))
    whole = [session for session in earlier if not session.retry]
    recent = [session.analysis for session in whole[-RECENT:]]
    questions = _questions(earlier, now)
    asked = {past.key for past in questions}
    return History(
        today=now.date(),
        interview=_interview(brief, now.date()),
        sessions=len(whole),
        questions=questions,
        never_asked=tuple(
            index
            for index, question in enumerate(brief.questions)
            if plain(question.text) not in asked
        ),
        areas=_areas(recent),
        owed=_owed(recent, brief),
    )


def _held(folder: Path, brief: Brief) -> Held | None:
    """Return the session where it is whole and of the brief; None also where it is damaged."""
    try:
        meta = read_meta(folder)
        if meta.state != "complete" or meta.demo or not same_brief(brief, meta.brief):
            return None
        analysis = Analysis.model_validate_json((folder / ANALYSIS).read_bytes())
    except (SessionError, OSError, ValidationError):
        return None
    at = started_at(meta)
    if at is None or not analysis.answers:
        return None
    return Held(at, folder.name, analysis, bool(meta.retry_of))


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
            times, well = (before.times, before.well) if before else (0, 0)
            found[key] = Past(key, times + 1, day, lacked, 0 if lacked else well + 1)
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
            name = area_name(answer.area)
            if name:
                every[name] += 1
                weak[name] += _is_weak(answer, analysis)
    return tuple(PastArea(name, weak[name], every[name]) for name in sorted(every))


def _is_weak(answer: Answer, analysis: Analysis) -> bool:
    return bool(weakness(answer, typed=analysis.typed))


def _owed(recent: Sequence[Analysis], brief: Brief) -> tuple[Owed, ...]:
    """Return the brief's talking points that no recent session covered: the coverage debt."""
    if not recent:
        return ()
    made = {
        plain(point.name)
        for analysis in recent
        for point in analysis.coverage.points
        if point.status == "covered"
    }
    return tuple(
        Owed(index, point.name, _invited_by(index, brief))
        for index, point in enumerate(brief.talking_points)
        if plain(point.name) not in made
    )


def _invited_by(point: int, brief: Brief) -> int | None:
    """Return the question that invites a point best, the first of those that do equally."""
    fits = [dict(invited(q, brief.talking_points)).get(point, 0.0) for q in brief.questions]
    best = max(fits, default=0.0)
    return fits.index(best) if best > 0 else None
