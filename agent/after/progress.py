"""The figures of session after session, and what they say to practice next."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import ValidationError

from agent.analysis import Analysis
from agent.brief import Brief
from agent.console import shortened
from agent.earlier import same_brief
from agent.errors import SessionError
from agent.report import phrases
from agent.session import ANALYSIS, SessionMeta, read_meta, session_folders
from agent.weakness import weakness

RECENT = 3
"""So many of the last sessions say what to practice: enough that a point left out once is no news,
few enough that what was learnt since does not count."""
_NAMED_POINTS = 3
"""So many points are named; more are a list, not a plan."""
_NAME_LENGTH = 60
"""Characters of a point's name; a brief may have a sentence there."""
UNREADABLE = "Not readable"
"""What sessions stand under whose brief nobody can tell."""
NO_BRIEF = "Recordings without a brief"
"""What recordings stand under that were analyzed without one."""


@dataclass(frozen=True)
class Row:
    """One session in figures; None where a figure was not measured or not scored."""

    folder: str
    """The session's folder."""
    group: str
    """The brief it stands under: sessions of the same brief share it."""
    started: str
    """ISO 8601 local time, "" when unknown."""
    state: str
    """complete, interrupted, running or unreadable."""
    why: str = ""
    """Why there are no figures, or why they are not held against others; "" for a whole session."""
    minutes: float | None = None
    """Length in minutes."""
    words_per_minute: float | None = None
    """Words a minute, pauses included."""
    fillers_per_minute: float | None = None
    """Filled pauses and filler words per minute of speech and pauses."""
    points_made: int | None = None
    """Talking points covered."""
    points_total: int | None = None
    """Talking points of the brief."""
    pacing_score: int | None = None
    """From 0 to 100."""
    fillers_score: int | None = None
    """From 0 to 100."""
    coverage_score: int | None = None
    """From 0 to 100."""
    unmade: tuple[str, ...] = ()
    """Names of the talking points that were not covered."""
    made: tuple[str, ...] = ()
    """Names of those that were."""
    areas: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By area of the questions: answers with something to work on, and all answers."""

    @property
    def when(self) -> str:
        """Date and time to the minute, as far as session.json or the folder's name tells."""
        named = Path(self.folder).name[:16].replace("_", " ")
        return self.started[:16].replace("T", " ") or named

    @property
    def whole(self) -> bool:
        """Whether the figures can be held against those of other sessions."""
        return not self.why

    @property
    def points_share(self) -> float | None:
        """Share of the talking points that were made, 0 to 1."""
        if self.points_made is None or not self.points_total:
            return None
        return self.points_made / self.points_total


def read_rows(parent: Path, brief: Brief | None = None) -> list[Row]:
    """Return the sessions below `parent`, oldest first, or only those of a brief.

    One that cannot be read has its reason instead of figures; which brief it was of is then told
    by the name of its folder. The demo's sessions are nobody's progress.
    """
    rows: list[Row] = []
    groups: list[tuple[Brief, str]] = [] if brief is None else [(brief, brief.title)]
    for folder in session_folders(parent):
        try:
            meta = read_meta(folder)
        except SessionError as error:
            if brief is None or folder.name.endswith(f"_{brief.slug}"):
                group = UNREADABLE if brief is None else brief.title
                why = str(error).replace(str(folder), folder.name)
                rows.append(Row(str(folder), group, "", "unreadable", why))
            continue
        if not meta.demo and (brief is None or same_brief(brief, meta.brief)):
            rows.append(_row(folder, meta, _group(meta, groups)))
    return sorted(rows, key=lambda row: (row.when, row.folder))


def _group(meta: SessionMeta, groups: list[tuple[Brief, str]]) -> str:
    """Return what the session's brief is called, the same for the same brief."""
    if meta.brief == Brief():
        return NO_BRIEF
    known = next((name for other, name in groups if same_brief(other, meta.brief)), None)
    if known is not None:
        return known
    name, taken = meta.title, [name for _, name in groups]
    if name in taken:
        name = f"{name} ({len(taken) + 1})"
    groups.append((meta.brief, name))
    return name


def _row(folder: Path, meta: SessionMeta, group: str) -> Row:
    row = Row(str(folder), group, meta.started, meta.state)
    try:
        analysis = Analysis.model_validate_json((folder / ANALYSIS).read_bytes())
    except FileNotFoundError:
        return replace(row, why="not analyzed yet: rehearse analyze SESSION")
    except (OSError, ValidationError):
        return replace(row, why=f"its {ANALYSIS} is damaged: rehearse analyze SESSION")
    reasons = {"running": "still running", "interrupted": "interrupted: not all of the brief"}
    retry = "a retry of one question" if meta.retry_of else ""
    return _measured(row, analysis, reasons.get(meta.state, retry))


def _measured(row: Row, analysis: Analysis, why: str) -> Row:
    pacing, fillers, scores = analysis.pacing, analysis.fillers, analysis.scores
    made, total = phrases.points_made(analysis.coverage)
    return replace(
        row,
        why=why or ("" if analysis.answers else "no answers in it"),
        minutes=round((_finite(analysis.about.duration_s) or 0.0) / 60, 1),
        words_per_minute=_finite(pacing.speech_rate_wpm),
        fillers_per_minute=_finite(fillers.per_minute),
        points_made=made if total else None,
        points_total=total or None,
        pacing_score=scores.pacing.value,
        fillers_score=scores.fillers.value,
        coverage_score=scores.coverage.value,
        unmade=tuple(p.name for p in analysis.coverage.points if p.status != "covered"),
        made=tuple(p.name for p in analysis.coverage.points if p.status == "covered"),
        areas=_areas(analysis),
    )


def _finite(value: float | None) -> float | None:
    """Return the value, None for the NaN and Infinity that a damaged file may hold."""
    return value if value is not None and math.isfinite(value) else None


def _areas(analysis: Analysis) -> dict[str, tuple[int, int]]:
    answers = [answer for answer in analysis.answers if answer.area]
    every = Counter(answer.area for answer in answers)
    weak = Counter(a.area for a in answers if weakness(a, typed=analysis.typed))
    return {area: (weak[area], count) for area, count in every.items()}


def practice(rows: list[Row]) -> list[str]:
    """Return what to practice next, in at most three lines, from the last sessions of one brief.

    The brief is that of the last whole session: points that none of its RECENT sessions made, the
    area whose answers most often need work, and the lowest score.
    """
    whole = [row for row in rows if row.whole]
    recent = [row for row in whole if row.group == whole[-1].group][-RECENT:] if whole else []
    return [line for line in (_unmade(recent), _weakest(recent), _lowest(recent)) if line]


def _unmade(recent: list[Row]) -> str:
    """Return the points of the last session that no recent one made."""
    if not recent or not recent[-1].points_total:
        return ""
    made = {name for row in recent for name in row.made}
    never = [name for name in recent[-1].unmade if name not in made]
    when = "the last session" if len(recent) == 1 else f"the last {len(recent)} sessions"
    if not never:
        return f"Every talking point was made in {when}; make them in fewer words."
    more = f" and {len(never) - _NAMED_POINTS} more" if len(never) > _NAMED_POINTS else ""
    named = [shortened(name, _NAME_LENGTH) for name in never]
    return f"Not made in {when}: {'; '.join(named[:_NAMED_POINTS])}{more}."


def _weakest(recent: list[Row]) -> str:
    weak: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for row in recent:
        for area, (some, count) in row.areas.items():
            weak[area] += some
            every[area] += count
    # One answer more is taken for fine, so that one of one does not outweigh five of six.
    worst = max(weak, key=lambda area: weak[area] / (every[area] + 1), default="")
    if not worst or not weak[worst]:
        return ""
    return (
        f"Weakest area: {worst.replace('_', ' ')}; {weak[worst]} of {every[worst]} answers need"
        " work."
    )


def _lowest(recent: list[Row]) -> str:
    if not recent:
        return ""
    last, before = recent[-1], recent[-2] if len(recent) > 1 else None
    scored = [
        (value, name)
        for name in ("pacing", "fillers", "coverage")
        if (value := getattr(last, f"{name}_score")) is not None
    ]
    if not scored:
        return ""
    value, name = min(scored)
    then = getattr(before, f"{name}_score") if before else None
    return f"Lowest score: {name}, {value} of 100" + (
        f" ({then} the time before)." if then is not None else "."
    )
