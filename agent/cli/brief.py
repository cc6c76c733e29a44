"""`rehearse brief check`, `import` and `write`: what a brief says, its own form, one written."""

from __future__ import annotations

import argparse
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from agent.cli import brief_write
from agent.console import wrapped

if TYPE_CHECKING:
    from agent.brief import Brief
    from agent.brief.read import Reading

_WIDTH = 80
"""The widest output, in columns."""
_NARROWEST = 40
_SHOWN = 50
"""How many questions, points or warnings are listed at most."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare `brief` with its parts."""
    parser = commands.add_parser(
        "brief",
        help="check a brief, turn a page into one, or write one from a posting",
        description="Check a brief, turn a pasted page, Markdown, YAML or JSON into one, or write"
        " one from a job posting and a resume.",
    )
    parts = parser.add_subparsers(dest="part", metavar="check|import|write", required=True)
    check = parts.add_parser(
        "check",
        help="list what was understood, and warn",
        description="List what was understood of a brief, and what it lacks.",
    )
    check.add_argument("file", metavar="FILE", help="the brief; - for standard input")
    check.add_argument("--json", action="store_true", help="print JSON and nothing else")
    check.set_defaults(run=run_check)
    imported = parts.add_parser(
        "import",
        help="write a brief in the project's own Markdown form",
        description="Write a brief in the project's own Markdown form.",
    )
    imported.add_argument("file", metavar="FILE", help="the brief; - for standard input")
    brief_write.add_out(imported)
    imported.set_defaults(run=run_import)
    brief_write.add(parts)


def run(args: argparse.Namespace) -> int:
    """Run the chosen part; the exit status is 0."""
    parts = {"check": run_check, "import": run_import, "write": brief_write.run}
    return parts[args.part](args)


def run_check(args: argparse.Namespace) -> int:
    """Print what the brief says and lacks; warnings are no failure."""
    from agent.brief.read import read_reading
    from agent.text.display import clean

    reading = read_reading(args.file)
    today = date.today()
    if args.json:
        print(as_json(reading, today))
    else:
        print("\n".join(map(clean, report(reading, today, _columns()))))
    return 0


def run_import(args: argparse.Namespace) -> int:
    """Write the own Markdown form to --out or standard output.

    Raises:
        BriefError: the brief cannot be read, or --out exists or cannot be written.
    """
    from agent.brief.read import read_reading

    brief_write.check_free(args)
    reading = read_reading(args.file)
    brief_write.put_out(reading.brief, args)
    brief_write.tell(_lost(reading))
    return 0


def _columns() -> int:
    return max(_NARROWEST, min(_WIDTH, shutil.get_terminal_size((_WIDTH, 24)).columns))


def as_json(reading: Reading, today: date) -> str:
    """Return what was understood and what is lacking as JSON, seen from `today`."""
    from agent.brief.check import facts_of
    from agent.brief.dates import days_left

    brief = reading.brief
    document = {
        "title": brief.title,
        **brief.model_dump(mode="json"),
        "facts": [list(facts_of(point)) for point in brief.talking_points],
        "days_left": days_left(brief.interview_date, today),
        "unused": list(reading.unused),
        "left_out": list(reading.left_out),
        "warnings": _warnings(brief, today),
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def report(reading: Reading, today: date, width: int) -> Iterator[str]:
    """Yield the lines of the report, seen from `today` and at most `width` columns wide."""
    brief = reading.brief
    counts = brief_write.counts(brief)
    yield f"{_shortened(brief.title, width - len(counts) - 2)}: {counts}"
    yield ""
    yield from _head(brief, today, width)
    if brief.questions:
        yield from ("", "Questions")
        yield from _cut(_question_lines(brief, width), len(brief.questions))
    if brief.talking_points:
        yield from ("", "Talking points")
        yield from _cut(_point_lines(brief, width), len(brief.talking_points))
    if brief.panel:
        yield from ("", "Panel", *_panel_lines(brief, width))
    warnings = [*_warnings(brief, today), *_lost(reading)]
    yield ""
    if not warnings:
        yield "Nothing is missing."
        return
    yield f"{len(warnings)} warning{'s' * (len(warnings) != 1)}"
    listed = ("\n".join(wrapped(warning, "  ! ", "    ", width)) for warning in warnings)
    yield from _cut(listed, len(warnings))


def _warnings(brief: Brief, today: date) -> list[str]:
    from agent.brief.check import check_brief
    from agent.interviewer.follow_ups.prepared import unasked
    from agent.interviewer.people.panel import panel_of

    busy = panel_of(brief)
    idle = (
        f"{one.name} of the panel has nothing to ask: no question is in {', '.join(one.areas)}"
        for one in brief.panel
        if one not in busy and one.areas
    )
    return [*check_brief(brief, today), *idle, *unasked(brief)]


def _head(brief: Brief, today: date, width: int) -> Iterator[str]:
    areas = Counter(asked.area or "no area" for asked in brief.questions).most_common(_SHOWN)
    fields = (
        ("company", brief.company),
        ("role", brief.role),
        ("date", _day(brief.interview_date, today)),
        ("snapshot", _words(brief.snapshot)),
        ("stack", _words(brief.stack)),
        ("areas", ", ".join(f"{area} {count}" for area, count in areas)),
    )
    for label, value in fields:
        yield from wrapped(value or "-", f"{label:<9} ", " " * 10, width)


def _day(interview_date: str, today: date) -> str:
    """Return the date with the days left: "2026-12-03, 11 days from today"."""
    from agent.brief.dates import days_left

    left = days_left(interview_date, today)
    if left is None:
        return ""
    days = f"{abs(left)} day{'s' * (abs(left) != 1)}"
    return f"{interview_date}, " + (
        "today" if not left else f"{days} from today" if left > 0 else f"{days} ago"
    )


def _words(text: str) -> str:
    return f"{len(text.split())} words" if text else ""


def _question_lines(brief: Brief, width: int) -> Iterator[str]:
    for number, asked in enumerate(brief.questions, start=1):
        line = f"{number:>3}. " + (f"[{asked.area}] " if asked.area else "") + asked.text
        probes = (f"     > {probe}" for probe in asked.probes)
        yield "\n".join(_shortened(text, width) for text in (line, *probes))


def _panel_lines(brief: Brief, width: int) -> Iterator[str]:
    for number, one in enumerate(brief.panel, start=1):
        line = f"{number:>3}. {one.name}" + (f", {one.role}" if one.role else "")
        yield _shortened(line, width)
        voice = f"voice {one.voice}" if one.voice else ""
        what = "; ".join(filter(None, (", ".join(one.areas), one.manner, voice)))
        yield from wrapped(what, " " * 5, width=width)


def _point_lines(brief: Brief, width: int) -> Iterator[str]:
    from agent.brief.check import facts_of

    for number, point in enumerate(brief.talking_points, start=1):
        facts = ", ".join(facts_of(point)) or "no fact"
        lines = (
            _shortened(f"{number:>3}. {point.name}", width),
            *wrapped(facts, " " * 5, width=width),
        )
        yield "\n".join(lines)


def _shortened(line: str, width: int) -> str:
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def _cut(items: Iterator[str], count: int) -> Iterator[str]:
    for _, item in zip(range(_SHOWN), items, strict=False):
        yield item
    if count > _SHOWN:
        yield f"     … and {count - _SHOWN} more"


def _lost(reading: Reading) -> list[str]:
    """Return what of the text is not in the brief, each in a sentence."""
    unused = (f'the part "{heading}" was not used' for heading in reading.unused)
    return [*unused, *reading.left_out]
