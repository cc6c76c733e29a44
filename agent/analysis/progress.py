"""The figures of session after session, and what they say to practice next."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.analysis import Analysis, read_analysis
from agent.analysis.history import RECENT, areas_of
from agent.analysis.listing import FIGURES, GAP, Figure, Listed, identity, listing
from agent.brief import Brief
from agent.console import WIDTH, shortened, wrapped
from agent.errors import SessionError
from agent.session import REPORT
from agent.text.display import clean, plural

_NAMED_POINTS = 3
"""So many points are named; more are a list, not a plan."""
_NAME_LENGTH = 60
"""Characters of a point's name; a brief may have a sentence there."""
UNREADABLE = "Not readable"
"""What sessions stand under whose brief nobody can tell."""


@dataclass(frozen=True)
class Row:
    """One session."""

    folder: Path
    group: str
    """The brief it stands under: sessions of the same brief share it."""
    listed: Listed

    @property
    def why(self) -> str:
        """Why there are no figures, or why they are not held against others; "" for whole ones."""
        return self.listed.error or self.listed.why

    @property
    def when(self) -> str:
        """Date and time to the minute, as far as session.json or the folder's name tells."""
        named = self.folder.name[:16].replace("_", " ")
        return clean(self.listed.started[:16].replace("T", " ") or named)

    @property
    def report(self) -> str:
        """URL of its report, "" where there is none."""
        path = self.folder.absolute() / REPORT
        return path.as_uri() if path.exists() else ""

    @property
    def measured(self) -> bool:
        """Whether it has figures at all."""
        return bool(self.listed.figures)

    def value(self, figure: Figure) -> float | None:
        """Return a figure, None where it was not measured."""
        return self.listed.figures.get(figure.key)

    def document(self) -> dict[str, Any]:
        """Return it as JSON."""
        told = {"folder": str(self.folder), "brief": self.group, "started": self.listed.started}
        return told | {"why": self.why} | {one.key: self.value(one) for one in (*FIGURES, GAP)}


def read_rows(parent: Path, brief: Brief | None = None) -> tuple[list[Row], str]:
    """Return the sessions below `parent`, oldest first; which are left out and why, "" for none.

    The demo's are left out, and with `brief` those of others. One that cannot be read has its
    reason instead of figures; the name of its folder tells of which brief it was.
    """
    rows: list[Row] = []
    demos, others = 0, Counter[str]()
    wanted = identity(brief) if brief else frozenset()
    groups = dict.fromkeys(wanted, brief.title) if brief else {}
    for one in listing(parent):
        if one.error:
            if brief is None or one.name.endswith(f"_{brief.slug}"):
                rows.append(Row(parent / one.name, brief.title if brief else UNREADABLE, one))
        elif one.demo:
            demos += 1
        elif brief and not one.brief & wanted:
            others[one.label] += 1
        else:
            known = (groups[part] for part in one.brief if part in groups)
            group = next(known, one.label)
            groups |= dict.fromkeys(one.brief, group)
            rows.append(Row(parent / one.name, group, one))
    told = [f"{plural(demos, 'session')} of the demo, whose answers are not yours"] if demos else []
    told += [f"{plural(n, 'session')} of {shortened(name, 60)}" for name, n in others.items()]
    return sorted(rows, key=lambda row: (row.when, row.folder)), "; ".join(told)


def by_group(rows: list[Row]) -> dict[str, list[Row]]:
    """Return the sessions by brief, the one that was practiced last at the end."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        some = groups.pop(row.group, [])
        some.append(row)
        groups[row.group] = some
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
            lines += [f"{row.when:<16}{''.join(values)}"] if row.measured else []
            lines += wrapped(row.why, f"{'' if row.measured else row.when:<18}", " " * 18)
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
    recent: list[Analysis] = []
    for row in [one for one in whole if one.group == whole[-1].group][-RECENT:]:
        with suppress(SessionError):
            recent.append(read_analysis(row.folder))
    return [line for line in (_unmade(recent), _weakest(recent)) if line] if recent else []


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
    return f"Not heard in full in {when}: {'; '.join(never[:_NAMED_POINTS])}{more}."


def _weakest(recent: list[Analysis]) -> str:
    # One answer more is taken for fine, so that one of one does not outweigh five of six.
    weak = (area for area in areas_of(recent) if area.weak)
    worst = max(weak, key=lambda area: area.weak / (area.answers + 1), default=None)
    if worst is None:
        return ""
    name = worst.area.replace("_", " ")
    return f"Weakest area: {name}; {worst.weak} of {worst.answers} answers need work."
