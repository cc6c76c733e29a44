"""`rehearse brief check`, `import`, `prompt`, `write`: what one says, its own form, a new one."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from agent.brief import Brief, Persona
from agent.brief.check import check_brief, facts_of
from agent.brief.dates import days_left
from agent.brief.page import Reading
from agent.brief.prompt import ABOUT, prompt
from agent.brief.read import read_reading
from agent.brief.write import write_brief
from agent.brief.writing.documents import Document, read_document
from agent.brief.writing.draft import Draft, draft
from agent.brief.writing.model import draft_with_model
from agent.brief.writing.posting import read_posting
from agent.brief.writing.resume import read_resume
from agent.brief.writing.sources import unverified
from agent.cli.options import add_flags, add_json, describe, local_model
from agent.console import WIDTH, progress, say, shortened, wrapped
from agent.errors import BriefError
from agent.interview.panel import panel_of
from agent.interview.probes import unasked
from agent.session import write_private
from agent.text.display import clean, flat, plural


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
    _add_sources(imported)
    _add_out(imported)
    what = "print a prompt by which an assistant of yours writes a brief"
    asking = parts.add_parser("prompt", help=what)
    describe(
        asking,
        run_prompt,
        "Print a prompt to be pasted into any assistant, which then answers with a brief for"
        " `brief import`. Nothing is sent from here; what you paste goes to whoever runs that"
        " assistant.",
    )
    _add_sources(asking)
    what = "write a brief from a job posting and a resume"
    _add_write(parts.add_parser("write", help=what))


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
    _check_free(args)
    posting, resume = _sources(args)
    reading = read_reading(args.file)
    doubts = [*unverified(reading.brief, posting, resume)]
    _put_out(reading.brief, args, doubts)
    _tell([*(f"check: {doubt}" for doubt in doubts), *reading.left_out])
    return 0


def run_prompt(args: argparse.Namespace) -> int:
    """Print the prompt, and to standard error whose data goes where."""
    print(prompt(*_sources(args)), end="")
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
        "left_out": list(reading.left_out),
        "warnings": _warnings(brief, today),
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def report(reading: Reading, today: date) -> Iterator[str]:
    """Yield the lines of the report, seen from `today`."""
    brief = reading.brief
    held = counts(brief)
    yield f"{shortened(brief.title, WIDTH - len(held) - 2)}: {held}"
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
    warnings = [*_warnings(brief, today), *reading.left_out]
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


def _add_write(parser: argparse.ArgumentParser) -> None:
    describe(
        parser,
        run_write,
        "Write a brief from a job posting and a resume (PDF, DOCX, Markdown or text), in which"
        " every number and name stands in one of them.",
    )
    _add_sources(parser, required=True)
    _add_out(parser)
    parser.add_argument(
        "--model",
        metavar="rules|ollama:NAME",
        type=lambda name: "" if name == "rules" else local_model(name),
        help="who words it: rules (default), or a model of the Ollama on this machine",
    )


def _add_sources(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    for name in ("posting", "resume"):
        what = f"the {name}; - for standard input"
        parser.add_argument(f"--{name}", metavar="FILE", required=required, help=what)


def _sources(args: argparse.Namespace) -> tuple[Document | None, Document | None]:
    """Read the posting and the resume, None where one is not given; or raise BriefError."""
    if [args.posting, args.resume, getattr(args, "file", "")].count("-") > 1:
        raise BriefError("only one file can come from standard input; give the others by name")
    posting, resume = (
        read_document(path) if path else None for path in (args.posting, args.resume)
    )
    return posting, resume


def _add_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", metavar="FILE", help="where to (default: standard output)")
    add_flags(parser, force="replace the file of --out")


def run_write(args: argparse.Namespace) -> int:
    """Write the brief to --out or standard output, what was dropped to standard error."""
    _check_free(args)
    made = _made(args)
    _put_out(made.brief, args, made.doubts)
    _tell([*(f"check: {line}" for line in made.notes), *(f"dropped: {x}" for x in made.dropped)])
    return 0


def _check_free(args: argparse.Namespace) -> None:
    if not args.out or args.out == "-":
        return
    try:
        path = Path(args.out).expanduser()
        if path.is_dir():
            raise BriefError(f"{args.out} is a folder; name a file in it")
        if path.exists() and not args.force:
            raise BriefError(f"{args.out} exists; choose another name or add --force")
    except (OSError, RuntimeError, ValueError) as error:
        raise BriefError(f"cannot write {args.out} ({error}); choose another place") from error


def _put_out(brief: Brief, args: argparse.Namespace, doubts: Sequence[str] = ()) -> None:
    """Write a brief and what is to be checked of it to --out, whole, or to standard output."""
    text = write_brief(brief, doubts)
    if not args.out or args.out == "-":
        sys.stdout.write(text)
        return
    _check_free(args)
    try:
        write_private(Path(args.out).expanduser(), text)
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BriefError(f"cannot write {args.out} ({reason}); choose another place") from error
    print(f"{args.out}: {counts(brief)}")


def counts(brief: Brief) -> str:
    """Return how much a brief holds: "10 questions, 5 talking points"."""
    questions, points = len(brief.questions), len(brief.talking_points)
    return f"{plural(questions, 'question')}, {plural(points, 'talking point')}"


def _tell(lines: list[str]) -> None:
    for line in lines:
        print(flat(line), file=sys.stderr)


def _made(args: argparse.Namespace) -> Draft:
    texts = _sources(args)
    if not (texts[0] and texts[1]):
        raise BriefError("a posting and a resume are needed; give --posting and --resume")
    posting, resume = read_posting(texts[0]), read_resume(texts[1])
    if not args.model:
        return draft(posting, resume)
    with progress("writing the brief") as told:
        return draft_with_model(args.model, posting, resume, told)
