"""The earlier sessions of a brief and its real interviews, and what all of them leave to do."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import Field, ValidationError

from agent.analysis import Analysis, Part, read_analysis
from agent.analysis.coverage.fit import invited
from agent.analysis.listing import identity, listing, same_brief
from agent.analysis.ratings import UNANSWERED, weakness
from agent.brief import Brief, Question
from agent.brief.dates import days_left
from agent.errors import SessionError
from agent.session import json_of, read_meta, write_private
from agent.text.question_kind import area_name
from agent.text.words import key_of
from voice import files

RECENT = 3
"""So many of the last whole sessions tell which talking points are owed and which areas are weak:
enough that a point left out once is no news, few enough that what was learnt since counts."""
MOST_READ = 40
"""So many of the last sessions tell what became of each question; older ones are only counted."""
_REAL = ".debrief.json"


@dataclass(frozen=True)
class Past:
    """One question in the earlier sessions."""

    last: date
    lacked: str
    """What its last answer lacked, as `weakness` says it; "" where it went well."""
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
    days_left: int | None
    """Days to the interview, 0 on its day; None where the day is unknown or past."""
    sessions: int
    """Whole sessions; a retry of one question is none."""
    questions: Mapping[str, Past]
    """Every question that was asked by its words (key_of): an edited brief still finds it."""
    areas: tuple[PastArea, ...]
    owed: tuple[Owed, ...]
    """Talking points that are still to be made; none without sessions."""

    def of(self, question: Question) -> Past | None:
        """Return what became of a question, None where it was never asked."""
        return self.questions.get(key_of(question.text))


@dataclass(frozen=True)
class Held:
    """One earlier session with an answer at least."""

    at: datetime
    folder: Path
    analysis: Analysis
    retry_of: str = ""
    """Name of the folder of which it asks one question again and nothing else, "" for none."""


class Came(Part):
    """One question that really came."""

    question: str
    went: int | None = Field(default=None, ge=1, le=5)
    """How it went, 1 (badly) to 5 (well); None where the person did not say."""

    @property
    def lacked(self) -> str:
        """What the answer lacked; it completes "your answer …", "" for nothing."""
        went = "went badly" if (self.went or 5) <= 2 else "could have gone better"
        return "" if (self.went or 5) > 3 else f"{went} in the real interview"


class RealInterview(Part):
    """One real interview, as its candidate remembers it; kept beside the sessions."""

    brief: Brief
    """The brief as it was before."""
    day: date
    came: tuple[Came, ...]


def keep_real(parent: Path, real: RealInterview) -> Path:
    """Write it into the folder of the sessions, readable to its owner alone; return where."""
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = f"{real.day}_{real.brief.slug}"
    path, number = parent / f"{stem}{_REAL}", 1
    while path.exists():
        number += 1
        path = parent / f"{stem}-{number}{_REAL}"
    write_private(path, json_of(real))
    return path


def _real_interviews(parent: Path, brief: Brief) -> list[RealInterview]:
    found = []
    for path in sorted(parent.glob(f"*{_REAL}")):
        with suppress(OSError, ValidationError):
            real = RealInterview.model_validate_json(files.read(path, 1_000_000))
            found += [real] if same_brief(brief, real.brief) else []
    return found


def _earlier(
    parent: Path, brief: Brief, now: datetime, *, demo: bool = False
) -> list[tuple[datetime, Path, str]]:
    """Return time, folder and retry_of of the complete sessions of a brief until now, by time."""
    found, wanted, now = [], identity(brief), now.astimezone()
    for one in listing(parent):
        if one.state == "complete" and one.answers and one.demo == demo and one.brief & wanted:
            with suppress(ValueError, OverflowError, OSError):
                at = datetime.fromisoformat(one.started).astimezone()
                found += [(at, parent / one.name, one.retry_of)] if at <= now else []
    return sorted(found)


def earlier_session(folder: Path) -> Analysis | None:
    """Return the last session of the brief before this one, to compare with; None for a retry."""
    with suppress(SessionError, ValueError, OverflowError, OSError):
        meta = read_meta(folder)
        now = datetime.fromisoformat(meta.started).astimezone()
        before = _earlier(folder.absolute().parent, meta.brief, now, demo=meta.demo)
        for at, other, retry_of in () if meta.retry_of else reversed(before):
            if at < now and not retry_of:
                return read_analysis(other)
    return None


def history_of(parent: Path, brief: Brief, now: datetime) -> History:
    """Read the earlier complete sessions of a brief below `parent`, but the demo's."""
    real = _real_interviews(parent, brief)
    every, held = _earlier(parent, brief, now), []
    for at, folder, retry_of in every[-MOST_READ:]:
        with suppress(SessionError):
            held.append(Held(at, folder, read_analysis(folder), retry_of))
    only_counted = sum(not retry_of for _, _, retry_of in every[:-MOST_READ])
    return history_from(held, brief, now, real, only_counted)


def history_from(
    sessions: Iterable[Held],
    brief: Brief,
    now: datetime,
    real: Sequence[RealInterview] = (),
    only_counted: int = 0,
) -> History:
    """Put together what sessions and real interviews leave to do; their order does not matter."""
    now = now if now.tzinfo else now.astimezone()
    earlier = sorted((s for s in sessions if s.at <= now), key=lambda s: (s.at, s.folder))
    whole = [session.analysis for session in earlier if not session.retry_of]
    left = days_left(brief.interview_date, now.date())
    return History(
        today=now.date(),
        days_left=left if left is not None and left >= 0 else None,
        sessions=len(whole) + only_counted,
        questions=_questions(earlier, now, real),
        areas=areas_of(whole[-RECENT:]),
        owed=_owed(whole[-RECENT:], brief),
    )


def _questions(
    sessions: Sequence[Held], now: datetime, real: Sequence[RealInterview]
) -> dict[str, Past]:
    found: dict[str, Past] = {}
    told = [(one.at.astimezone(now.tzinfo).date(), _lacked(one.analysis)) for one in sessions]
    told += [
        (one.day, {key_of(came.question): came.lacked for came in one.came})
        for one in real
        if one.day <= now.date()
    ]
    # Of one day the real interview came last.
    for day, lacks in sorted(told, key=lambda one: one[0]):
        for key, lacked in lacks.items():
            before = found[key].well if key in found else 0
            found[key] = Past(day, lacked, 0 if lacked else before + 1)
    return found


def _lacked(analysis: Analysis) -> dict[str, str]:
    """Return what the answer to each question lacked; one that came to nothing was unanswered."""
    lacked = {
        key_of(line.text): UNANSWERED
        for line in analysis.interviewer
        if line.kind == "question" and line.stopped_by != "resumed_answer"
    }
    for answer in analysis.answers:
        if answer.kind == "question" and answer.question:
            lacked[key_of(answer.question)] = weakness(answer, typed=analysis.typed)
    return {key: what for key, what in lacked.items() if key}


def areas_of(recent: Sequence[Analysis]) -> tuple[PastArea, ...]:
    """Return the areas of all answers, sorted by name, with how many were weak."""
    asked = [
        (area_name(answer.area), bool(weakness(answer, typed=one.typed)))
        for one in recent
        for answer in one.answers
    ]
    every = Counter(area for area, _ in asked if area)
    weak = Counter(area for area, is_weak in asked if is_weak)
    return tuple(PastArea(name, weak[name], every[name]) for name in sorted(every))


def _owed(recent: Sequence[Analysis], brief: Brief) -> tuple[Owed, ...]:
    points = [point for analysis in recent for point in analysis.coverage.points]
    made = {key_of(point.name) for point in points if point.status == "covered"}
    return tuple(
        Owed(point.name, _invited_by(index, brief))
        for index, point in enumerate(brief.talking_points if recent else ())
        if key_of(point.name) not in made
    )


def _invited_by(point: int, brief: Brief) -> int | None:
    fits = [dict(invited(q, brief.talking_points)).get(point, 0.0) for q in brief.questions]
    best = max(fits, default=0.0)
    return fits.index(best) if best > 0 else None
