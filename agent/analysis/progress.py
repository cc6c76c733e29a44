"""The figures of session after session, and what they say to practice next."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from agent.analysis import Analysis
from agent.analysis.bands import EASY_WPM, FEW_PER_MINUTE
from agent.analysis.history import RECENT, same_brief
from agent.analysis.phrases import points_made
from agent.analysis.ratings import gap
from agent.analysis.weakness import weakness
from agent.brief import Brief
from agent.console import WIDTH, shortened, wrapped
from agent.errors import SessionError
from agent.session import ANALYSIS, MOST_BYTES, REPORT, SessionMeta, read_meta, session_folders
from agent.text.display import clean, plural
from voice import files

_NAMED_POINTS = 3
"""So many points are named; more are a list, not a plan."""
_NAME_LENGTH = 60
"""Characters of a point's name; a brief may have a sentence there."""
UNREADABLE = "Not readable"
"""What sessions stand under whose brief nobody can tell."""
NO_BRIEF = "Recordings without a brief"


@dataclass(frozen=True)
class Figure:
    """One figure of a session that is followed over time."""

    key: str
    """Its name in the JSON."""
    name: str
    """What it is called, its unit included."""
    of: Callable[[Analysis], float | None]
    band: tuple[float, float] | None = None
    """From where to where it is fine; None where more is simply better."""
    digits: int = 0
    """Digits after the point."""

    def shown(self, value: float | None) -> str:
        """Return a value as it is shown, "-" for one that was not measured or not scored."""
        return "-" if value is None else f"{value:.{self.digits}f}"


def _percent_made(analysis: Analysis) -> float | None:
    made, total = points_made(analysis.coverage)
    return 100 * made / total if total else None


FIGURES = (
    Figure("words_per_minute", "words/min", lambda a: a.pacing.speech_rate_wpm, EASY_WPM),
    Figure("fillers_per_minute", "fillers/min", lambda a: a.fillers.per_minute,
           (0, FEW_PER_MINUTE), digits=1),
    Figure("points_percent", "points, %", _percent_made),
    Figure("pacing_score", "pacing", lambda a: a.scores.pacing.value),
    Figure("fillers_score", "fillers", lambda a: a.scores.fillers.value),
    Figure("coverage_score", "coverage", lambda a: a.scores.coverage.value),
)  # fmt: skip
"""Those without a band are from 0 to 100."""
GAP = Figure("rating_gap", "own ratings off by", gap, (0, 1), digits=1)
"""How far the person's own ratings lie from the remarks; not in the table, which is full."""


@dataclass(frozen=True)
class Row:
    """One session."""

    folder: Path
    group: str
    """The brief it stands under: sessions of the same brief share it."""
    started: str
    """ISO 8601 local time, "" when unknown."""
    why: str = ""
    """Why there are no figures, or why they are not held against others; "" for a whole session."""
    analysis: Analysis | None = None

    @property
    def when(self) -> str:
        """Date and time to the minute, as far as session.json or the folder's name tells."""
        named = self.folder.name[:16].replace("_", " ")
        return clean(self.started[:16].replace("T", " ") or named)

    @property
    def report(self) -> str:
        """URL of its report, "" where there is none."""
        path = self.folder.absolute() / REPORT
        return path.as_uri() if path.exists() else ""

    def value(self, figure: Figure) -> float | None:
        """Return a figure, None where it was not measured, or a damaged file holds NaN."""
        value = figure.of(self.analysis) if self.analysis else None
        return value if value is not None and math.isfinite(value) else None

    def document(self) -> dict[str, Any]:
        """Return it as JSON."""
        told = {"folder": str(self.folder), "brief": self.group, "started": self.started}
        return told | {"why": self.why} | {one.key: self.value(one) for one in (*FIGURES, GAP)}


def read_rows(parent: Path, brief: Brief | None = None) -> list[Row]:
    """Return the sessions below `parent`, oldest first, or only those of a brief; not the demo's.

    One that cannot be read has its reason instead of figures; the name of its folder tells of which
    brief it was.
    """
    rows: list[Row] = []
    known: list[tuple[Brief, str]] = [(brief, brief.title)] if brief else []
    for folder in session_folders(parent):
        try:
            meta = read_meta(folder)
        except SessionError as error:
            if brief is None or folder.name.endswith(f"_{brief.slug}"):
                group = UNREADABLE if brief is None else brief.title
                rows.append(Row(folder, group, "", str(error).replace(str(folder), folder.name)))
            continue
        if meta.demo or (brief and not same_brief(brief, meta.brief)):
            continue
        label = next((name for one, name in known if same_brief(one, meta.brief)), "")
        if not label:
            label = _label(meta)
            known.append((meta.brief, label))
        rows.append(_row(folder, meta, label))
    return sorted(rows, key=lambda row: (row.when, row.folder))


def left_out(parent: Path, brief: Brief | None = None) -> str:
    """Return which sessions read_rows leaves out and why, "" for none."""
    demos, others = 0, Counter[str]()
    for folder in session_folders(parent):
        with suppress(SessionError):
            meta = read_meta(folder)
            demos += meta.demo
            if brief and not meta.demo and not same_brief(brief, meta.brief):
                others[_label(meta)] += 1
    told = [f"{plural(demos, 'session')} of the demo, whose answers are not yours"] if demos else []
    told += [f"{plural(n, 'session')} of {shortened(name, 60)}" for name, n in others.items()]
    return "; ".join(told)


def _label(meta: SessionMeta) -> str:
    """Return what a brief is called: by its first question where it names nothing."""
    if meta.brief == Brief():
        return NO_BRIEF
    if meta.brief.company or meta.brief.role or not meta.brief.questions:
        return meta.title
    return f"{meta.title}: {meta.brief.questions[0].text}"


def _row(folder: Path, meta: SessionMeta, group: str) -> Row:
    analysis, why = None, ""
    try:
        analysis = Analysis.model_validate_json(files.read(folder / ANALYSIS, MOST_BYTES))
    except FileNotFoundError:
        why = "not analyzed yet: rehearse analyze SESSION"
    except (OSError, ValidationError):
        why = f"its {ANALYSIS} is damaged: rehearse analyze SESSION"
    if analysis and meta.state != "complete":
        why = f"{meta.state}: not all of the brief"
    elif analysis and meta.retry_of:
        why = "a retry of one question"
    elif analysis and not analysis.answers:
        why = "no answers in it"
    return Row(folder, group, meta.started, why, analysis)


def by_group(rows: list[Row]) -> dict[str, list[Row]]:
    """Return the sessions by brief, the one that was practiced last at the end."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups[row.group] = [*groups.pop(row.group, []), row]
    return groups


def known_values(figure: Figure, rows: list[Row]) -> list[float]:
    """Return the values of whole sessions that have the figure."""
    values = [row.value(figure) for row in rows if not row.why]
    return [value for value in values if value is not None]


def progress_lines(rows: list[Row]) -> list[str]:
    """Return a table for each brief, oldest first, and what to practice."""
    lines: list[str] = []
    for name, some in by_group(rows).items():
        lines += [shortened(name, WIDTH), f"{'date':<16}  {'  '.join(f.name for f in FIGURES)}"]
        for row in some:
            values = (f"  {one.shown(row.value(one)):>{len(one.name)}}" for one in FIGURES)
            lines += [f"{row.when:<16}{''.join(values)}"] if row.analysis else []
            lines += wrapped(row.why, f"{'' if row.analysis else row.when:<18}", " " * 18)
        if off := [GAP.shown(value) for value in known_values(GAP, some)]:
            told = f"Your own ratings were {', then '.join(off[-RECENT:])} of 5 off the remarks."
            lines += wrapped(told)
        lines.append("")
    todo = practice(rows)
    lines += ["Practice next"] if todo else []
    return lines + [part for line in todo for part in wrapped(line, "- ", "  ")]


def practice(rows: list[Row]) -> list[str]:
    """Return in two lines what the last RECENT whole sessions of the last brief lacked."""
    whole = [row for row in rows if not row.why]
    recent = [one.analysis for one in whole if one.group == whole[-1].group and one.analysis]
    lines = [_unmade(recent[-RECENT:]), _weakest(recent[-RECENT:])] if recent else []
    return [line for line in lines if line]


def _unmade(recent: list[Analysis]) -> str:
    points = [point for one in recent for point in one.coverage.points]
    made = {point.name for point in points if point.status == "covered"}
    last = [point.name for point in recent[-1].coverage.points]
    never = [shortened(name, _NAME_LENGTH) for name in last if name not in made]
    when = "the last session" if len(recent) == 1 else f"the last {len(recent)} sessions"
    if not never:
        told = f"Every talking point was made in {when}; make them in fewer words."
        return told if last else ""
    more = f" and {len(never) - _NAMED_POINTS} more" if len(never) > _NAMED_POINTS else ""
    return f"Not made in {when}: {'; '.join(never[:_NAMED_POINTS])}{more}."


def _weakest(recent: list[Analysis]) -> str:
    asked = [(a.area, bool(weakness(a, typed=one.typed))) for one in recent for a in one.answers]
    every = Counter(area for area, _ in asked if area)
    weak = Counter(area for area, is_weak in asked if area and is_weak)
    # One answer more is taken for fine, so that one of one does not outweigh five of six.
    worst = max(weak, key=lambda area: weak[area] / (every[area] + 1), default="")
    area = worst.replace("_", " ")
    told = f"Weakest area: {area}; {weak[worst]} of {every[worst]} answers need work."
    return told if worst else ""
