"""Progress in a terminal: a table for each brief, a sparkline for each figure, 80 columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.after.progress import NO_BRIEF, UNREADABLE, Row, practice
from agent.bands import EASY_WPM, FEW_PER_MINUTE
from agent.console import wrapped
from agent.text.display import clean, flat

WIDTH = 80
BLOCKS = "▁▂▃▄▅▆▇█"
PLAIN = "_.-~=+*#"
"""What takes the place of BLOCKS where the output has no Unicode, from low to high."""
_SPARKS = 24
"""So many of the last sessions are in a sparkline; more do not fit beside its numbers."""
_HEAD = (
    "                       words fillers  points          scores",
    "date              min   /min    /min    made  pacing fillers coverage",
)


@dataclass(frozen=True)
class Figure:
    """One figure of a session that is followed over time."""

    name: str
    """What it is called, its unit included."""
    of: Callable[[Row], float | None]
    """How to get it."""
    band: tuple[float, float] | None = None
    """From where to where it is fine; None where more is simply better."""
    top: float | None = None
    """The highest value that it can have; None where there is none."""
    digits: int = 0
    """Digits after the point."""


FIGURES = (
    Figure("words a minute", lambda row: row.words_per_minute, EASY_WPM),
    Figure("fillers a minute", lambda row: row.fillers_per_minute, (0, FEW_PER_MINUTE), digits=1),
    Figure(
        "% of points made",
        lambda row: None if row.points_share is None else 100 * row.points_share,
        top=100,
    ),
    Figure("score: pacing", lambda row: row.pacing_score, top=100),
    Figure("score: fillers", lambda row: row.fillers_score, top=100),
    Figure("score: coverage", lambda row: row.coverage_score, top=100),
)


def by_group(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Return the sessions by brief, the one that was practiced last at the end.

    Those of which no brief is known stand before all others.
    """
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups[row.group] = [*groups.pop(row.group, []), row]
    aside = {name: groups.pop(name) for name in (UNREADABLE, NO_BRIEF) if name in groups}
    return aside | groups


def progress_lines(rows: Sequence[Row], levels: str = BLOCKS) -> list[str]:
    """Return a table for each brief, trends over each and over all, and what to practice.

    Args:
        rows: the sessions, oldest first.
        levels: the characters of a sparkline from low to high.
    """
    groups = by_group(rows)
    lines: list[str] = []
    for name, some in groups.items():
        lines += [_cut(name), *_HEAD, *(line for row in some for line in _row_lines(row)), ""]
        lines += _trends(some, levels)
    if len(groups) > 1:
        lines += [*(["All briefs"] if (trends := _trends(rows, levels)) else []), *trends]
    todo = practice(list(rows))
    if todo:
        lines.append("Practice next")
        lines += [part for line in todo for part in _wrapped(line, "- ")]
    return lines


def sparkline(
    values: Sequence[float | None], levels: str, low: float | None, high: float | None
) -> str:
    """Return one character a value, a space for None.

    The lowest and the highest character stand for `low` and `high`, or, for None, for the least
    and the greatest value; where all are the same, each is in the middle.
    """
    known = [value for value in values if value is not None]
    floor = min(known, default=0.0) if low is None else low
    ceiling = max(known, default=0.0) if high is None else high
    if ceiling <= floor:
        middle = levels[len(levels) // 2]
        return "".join(" " if value is None else middle for value in values)
    top = len(levels) - 1
    return "".join(
        " "
        if value is None
        else levels[max(0, min(top, round((value - floor) / (ceiling - floor) * top)))]
        for value in values
    )


def _trends(rows: Sequence[Row], levels: str) -> list[str]:
    """Return a line for each figure that two whole sessions have."""
    lines = []
    for figure in FIGURES:
        values = [figure.of(row) for row in rows if row.whole][-_SPARKS:]
        known = [value for value in values if value is not None]
        if len(known) < 2:
            continue
        low = None if figure.top is None else 0.0
        drawn = sparkline(values, levels, low, figure.top)
        fine = f"  (fine: {figure.band[0]:.0f} to {figure.band[1]:.0f})" if figure.band else ""
        ends = f"{known[0]:.{figure.digits}f} to {known[-1]:.{figure.digits}f}"
        lines.append(f"  {figure.name:<18}{drawn:<{len(values)}}  {ends}{fine}")
    return [*lines, ""] if lines else []


def _row_lines(row: Row) -> list[str]:
    when = clean(row.when)
    if row.minutes is None:
        return _wrapped(row.why, f"{when:<16}  ")
    points = "-" if row.points_total is None else f"{row.points_made}/{row.points_total}"
    line = (
        f"{when:<16} {row.minutes:>4.0f} {_n(row.words_per_minute):>6}"
        f" {_n(row.fillers_per_minute, 1):>7} {points:>7} {_n(row.pacing_score):>7}"
        f"{_n(row.fillers_score):>8}{_n(row.coverage_score):>9}"
    )
    return [line, *(_wrapped(row.why, " " * 18) if row.why else [])]


def _n(value: float | None, digits: int = 0) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _wrapped(text: str, lead: str) -> list[str]:
    return wrapped(text, lead, " " * len(lead))


def _cut(text: str) -> str:
    line = flat(text)
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 3].rstrip()}..."
