"""The sessions of a folder in short: each is read once, then an index beside them tells it.

The index serves for listing alone; whoever needs more of a session reads the session's own files.
"""

import hashlib
import json
import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from agent.analysis import Analysis, read_analysis
from agent.analysis.bands import EASY_WPM, FEW_PER_MINUTE
from agent.analysis.phrases import points_made
from agent.analysis.ratings import gap
from agent.brief import Brief
from agent.errors import SessionError
from agent.session import ANALYSIS, META, SessionMeta, read_meta, session_folders, write_private
from agent.text.words import key_of
from voice import files

INDEX = "sessions.index.jsonl"
WORTH = 20
"""So many sessions that the index does not know, or knows otherwise, have it written anew."""
NO_BRIEF = "Recordings without a brief"
_VERSION = 1
_MOST_BYTES = 100_000_000


@dataclass(frozen=True)
class Figure:
    """One figure of a session that is followed over time."""

    key: str
    name: str
    """What it is called, its unit included."""
    of: Callable[[Analysis], float | None]
    band: tuple[float, float] | None = None
    """From where to where it is fine; None where more is simply better, from 0 to 100."""
    digits: int = 0

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
GAP = Figure("rating_gap", "own ratings off by", gap, (0, 1), digits=1)
"""How far the person's own ratings lie from the remarks; not in the table, which is full."""


@dataclass(frozen=True)
class Listed:
    """One session, as far as lists need it."""

    name: str
    stamp: tuple[int, ...] = ()
    """Times and sizes of the folder and its files when it was read."""
    error: str = ""
    """Why its session.json cannot be read; then nothing else is known."""
    started: str = ""
    state: str = "unreadable"
    title: str = ""
    label: str = ""
    """What its brief is called where sessions are listed by brief."""
    brief: frozenset[str] = frozenset()
    demo: bool = False
    retry_of: str = ""
    answers: int = 0
    why: str = ""
    """Why it is no whole session to be held against others; "" for one that is."""
    figures: dict[str, float] = field(default_factory=dict)
    """By the key of Figure; without what was not measured."""


_FORM = TypeAdapter(Listed)


def identity(brief: Brief) -> frozenset[str]:
    """Return what a brief is told by: company and role, else what it asks and wants said."""
    if named := key_of(brief.company, brief.role):
        return frozenset({f"= {named}"})
    texts = {key_of(question.text) for question in brief.questions}
    texts |= {key_of(point.name, point.text) for point in brief.talking_points}
    return frozenset(
        hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16] for text in texts - {""}
    )


def same_brief(one: Brief, other: Brief) -> bool:
    """Return whether two briefs are of the same interview: edited in between, they still are."""
    return bool(identity(one) & identity(other))


def listing(parent: Path) -> list[Listed]:
    """Return the sessions below `parent`, oldest first; what did not change is not read again."""
    known, rows, read = _known(parent / INDEX), [], 0
    for folder in session_folders(parent):
        stamp, row = _stamp(folder), known.pop(folder.name, None)
        if row is None or row.stamp != stamp:
            row, read = _listed(folder, stamp), read + 1
        rows.append(row)
    # What is left was deleted, and nothing of it is to stay here.
    if read >= WORTH or known:
        lines = (json.dumps(asdict(row) | {"brief": sorted(row.brief)}) for row in rows)
        with suppress(OSError):
            write_private(parent / INDEX, "".join(f"{line}\n" for line in lines))
    return rows


def _known(path: Path) -> dict[str, Listed]:
    """Return what the index tells; nothing of a line, or of a file, that is damaged."""
    found: dict[str, Listed] = {}
    with suppress(OSError):
        for line in files.read(path, _MOST_BYTES).splitlines():
            with suppress(ValidationError):
                row = _FORM.validate_json(line)
                found[row.name] = row
    return found


def _stamp(folder: Path) -> tuple[int, ...]:
    stamp = [_VERSION]
    for path in (folder, folder / META, folder / ANALYSIS):
        try:
            about = path.lstat()
            stamp += [about.st_mtime_ns, about.st_size]
        except OSError:
            stamp += [0, 0]
    return tuple(stamp)


def _listed(folder: Path, stamp: tuple[int, ...]) -> Listed:
    try:
        meta = read_meta(folder)
    except SessionError as error:
        return Listed(folder.name, stamp, str(error).replace(str(folder), folder.name))
    analysis, why = None, ""
    try:
        analysis = read_analysis(folder)
    except SessionError:
        there = (folder / ANALYSIS).exists()
        why = f"its {ANALYSIS} is damaged" if there else "not analyzed yet"
        why += ": rehearse analyze SESSION"
    if analysis and meta.state != "complete":
        why = f"{meta.state}: not all of the brief"
    elif analysis and meta.retry_of:
        why = "a retry of one question"
    elif analysis and not analysis.answers:
        why = "no answers in it"
    values = ((one.key, one.of(analysis)) for one in (*FIGURES, GAP) if analysis)
    return Listed(
        name=folder.name,
        # Whether it still runs is to be seen each time.
        stamp=stamp if meta.state != "running" else (),
        started=meta.started,
        state=meta.state,
        title=meta.title,
        label=_label(meta),
        brief=identity(meta.brief),
        demo=meta.demo,
        retry_of=meta.retry_of,
        answers=len(analysis.answers) if analysis else 0,
        why=why,
        figures={key: value for key, value in values if value is not None and math.isfinite(value)},
    )


def _label(meta: SessionMeta) -> str:
    """Return what a brief is called: by its first question where it names nothing."""
    if meta.brief == Brief():
        return NO_BRIEF
    if meta.brief.company or meta.brief.role or not meta.brief.questions:
        return meta.title
    return f"{meta.title}: {meta.brief.questions[0].text}"
