"""`rehearse brief check`, `import`, `prompt`, `write`: what one says, its own form, a new one."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date

from agent.brief import Brief, Persona
from agent.brief.check import check_brief, facts_of
from agent.brief.dates import days_left
from agent.brief.prompt import ABOUT, prompt
from agent.brief.read import Reading, read_reading
from agent.brief.writing.sources import unverified
from agent.cli import brief_write
from agent.cli.options import add_json, describe
from agent.console import WIDTH, say, shortened, wrapped
from agent.interview.panel import panel_of
from agent.interview.probes import unasked
from agent.text.display import clean, plural


def add_brief(parser: argparse.ArgumentParser) -> None:
    """Declare `brief` with its parts."""
    parser.description = (
        "Check a brief, turn a pasted page, Markdown, YAML or JSON into one, or write one from a"
        " job posting and a resume."
    )
    several = "check|import|prompt|write"
    parts = parser.add_subparsers(dest="part", metavar=several, required=True)
    check = parts.add_parser("check", help="list what was understood, and warn")
    describe(check, run_check, "List what was understood of a brief, and what it lacks.")
    add_json(check)
    imported = parts.add_parser("import", help="write a brief in the project's own Markdown form")
    describe(
        imported,
        run_import,
        "Write a brief in the project's own Markdown form: one of yours, or what an assistant"
        " answered. With --posting and --resume, say what does not stand in them.",
    )
    for part in (check, imported):
        part.add_argument("file", metavar="FILE", help="the brief; - for standard input")
    brief_write.add_sources(imported)
    brief_write.add_out(imported)
    what = "print a prompt by which an assistant of yours writes a brief"
    asking = parts.add_parser("prompt", help=what)
    describe(
        asking,
        run_prompt,
        "Print a prompt to be pasted into any assistant, which then answers with a brief for"
        " `brief import`. Nothing is sent from here; what you paste goes to whoever runs that"
        " assistant.",
    )
    brief_write.add_sources(asking)
    what = "write a brief from a job posting and a resume"
    brief_write.add_write(parts.add_parser("write", help=what))


def run_check(args: argparse.Namespace) -> int:
    """Print what the brief says and lacks; warnings are no failure."""
    reading = read_reading(args.file)
    today = date.today()
    if args.json:
        print(as_json(reading, today))
    else:
        print("\n".join(map(clean, report(reading, today))))
    return 0


def run_import(args: argparse.Namespace) -> int:
    """Write the own Markdown form to --out or standard output."""
    brief_write.check_free(args)
    posting, resume = brief_write.sources(args)
    reading = read_reading(args.file)
    doubts = [*unverified(reading.brief, posting, resume)]
    brief_write.put_out(reading.brief, args, doubts)
    brief_write.tell([*(f"check: {doubt}" for doubt in doubts), *_lost(reading)])
    return 0


def run_prompt(args: argparse.Namespace) -> int:
    """Print the prompt, and to standard error whose data goes where."""
    print(prompt(*brief_write.sources(args)), end="")
    say(ABOUT, file=sys.stderr)
    return 0


def as_json(reading: Reading, today: date) -> str:
    """Return what was understood and what is lacking as JSON, seen from `today`."""
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


def report(reading: Reading, today: date) -> Iterator[str]:
    """Yield the lines of the report, seen from `today`."""
    brief = reading.brief
    counts = brief_write.counts(brief)
    yield f"{shortened(brief.title, WIDTH - len(counts) - 2)}: {counts}"
    yield ""
    for label, value in _head(brief, today):
        yield from wrapped(value or "-", f"{label:<9} ", " " * 10)
    questions = [
        (f"[{asked.area}] " * bool(asked.area) + asked.text, [f"> {one}" for one in asked.probes])
        for asked in brief.questions
    ]
    points = [
        (point.name, wrapped(", ".join(facts_of(point)) or "no fact", width=WIDTH - 5))
        for point in brief.talking_points
    ]
    for title, entries in (
        ("Questions", questions),
        ("Talking points", points),
        ("Panel", [*map(_person, brief.panel)]),
    ):
        yield from _listed(title, entries)
    warnings = [*_warnings(brief, today), *_lost(reading)]
    yield ""
    yield plural(len(warnings), "warning") if warnings else "Nothing is missing."
    for warning in warnings:
        yield from wrapped(warning, "  ! ", "    ")


def _listed(title: str, entries: list[tuple[str, list[str]]]) -> Iterator[str]:
    """Yield numbered entries with what stands below each, none for an empty list."""
    if entries:
        yield from ("", title)
    for number, (text, below) in enumerate(entries, start=1):
        yield f"{number:>3}. {shortened(text, WIDTH - 5)}"
        yield from (f"     {shortened(line, WIDTH - 5)}" for line in below)


def _person(one: Persona) -> tuple[str, list[str]]:
    name = f"{one.name}, {one.role}" if one.role else one.name
    voice = f"voice {one.voice}" if one.voice else ""
    told = "; ".join(filter(None, (", ".join(one.areas), one.manner, voice)))
    return name, wrapped(told, width=WIDTH - 5)


def _warnings(brief: Brief, today: date) -> list[str]:
    busy = panel_of(brief)
    idle = (
        f"{one.name} of the panel has nothing to ask: no question is in {', '.join(one.areas)}"
        for one in brief.panel
        if one not in busy and one.areas
    )
    return [*check_brief(brief, today), *idle, *unasked(brief)]


def _head(brief: Brief, today: date) -> Iterator[tuple[str, str]]:
    areas = Counter(asked.area or "no area" for asked in brief.questions).most_common()
    left = days_left(brief.interview_date, today)
    yield "company", brief.company
    yield "role", brief.role
    days = f"{plural(abs(left or 0), 'day')} {'ago' if left and left < 0 else 'from today'}"
    day = days if left else "today"
    yield "date", "" if left is None else f"{brief.interview_date}, {day}"
    yield "snapshot", plural(len(brief.snapshot.split()), "word")
    yield "stack", plural(len(brief.stack.split()), "word")
    yield "areas", ", ".join(f"{area} {count}" for area, count in areas)


def _lost(reading: Reading) -> list[str]:
    """Return what of the text is not in the brief, each in a sentence."""
    unused = (f'the part "{heading}" was not used' for heading in reading.unused)
    return [*unused, *reading.left_out]
