"""What was recorded: `sessions`, `report`, `why` and `progress`."""

import argparse
import webbrowser
from pathlib import Path

from agent.analysis import read_analysis
from agent.analysis.listing import listing
from agent.analysis.progress import practice, progress_lines, read_rows
from agent.analysis.why import document, lines_of, told
from agent.brief.read import read_brief
from agent.cli.options import (
    add_flags,
    add_json,
    add_out,
    add_session,
    describe,
    output_parent,
    show,
)
from agent.console import shortened, wrapped
from agent.errors import SessionError
from agent.report.progress_page import render_progress
from agent.report.results import SINGLE, draw_report, draw_single
from agent.session import checksums, read_meta, read_session, write_private
from agent.session.find import find_session

_PAGE = "progress.html"


def add_report(parser: argparse.ArgumentParser) -> None:
    """Declare `rehearse report`."""
    describe(
        parser,
        _report,
        "Draw report.html again from analysis.json; with --single as one file that holds the sound"
        " of both voices, to be sent or kept.",
    )
    add_session(parser)
    single = f"one page with the sound inside, {SINGLE}, beside the report"
    add_flags(parser, open="open it in the browser", single=single)


def add_progress(parser: argparse.ArgumentParser) -> None:
    """Declare `rehearse progress`."""
    describe(
        parser,
        _progress,
        "The figures of all sessions, or of those of one brief, and what to practice next. Sessions"
        " are of the same brief when company and role are the same.",
    )
    parser.add_argument("brief", metavar="BRIEF", nargs="?", help="only sessions of this brief")
    add_flags(parser, html=f"draw the charts into {_PAGE} beside the sessions")
    add_out(parser)
    add_json(parser)


def add_why(parser: argparse.ArgumentParser) -> None:
    """Declare `rehearse why`."""
    what = "Show what was planned, what came of it, and why the interviewer said what it said."
    describe(parser, _why, what)
    add_session(parser)
    add_json(parser)


def add_sessions(parser: argparse.ArgumentParser) -> None:
    """Declare `rehearse sessions`."""
    describe(parser, _sessions, "List what was recorded.")
    add_flags(parser, check="hold sound and journal against their checksums")
    add_out(parser)
    add_json(parser)


def _report(args: argparse.Namespace) -> int:
    folder = find_session(args.session)
    analysis = read_analysis(folder)
    path = draw_report(folder, analysis)
    if args.single:
        path = draw_single(folder, analysis)
    print(path)
    if args.open:
        webbrowser.open(path.resolve().as_uri())
    return 0


def _why(args: argparse.Namespace) -> int:
    stored = read_session(find_session(args.session))
    if not lines_of(stored):
        raise SessionError(
            f"{args.session} holds no interviewer's words; `rehearse sessions` lists the interviews"
        )
    return show(args, document(stored), [*wrapped(stored.meta.title), "", *told(stored)])


def _sessions(args: argparse.Namespace) -> int:
    parent = output_parent(args.out)
    rows = [
        {"number": number, "folder": str(parent / one.name), "started": one.started,
         "state": one.state, "title": one.error or one.title}
        for number, one in enumerate(listing(parent), 1)
    ]  # fmt: skip
    for row in rows if args.check else []:
        row["state"], row["check"] = _checked(Path(str(row["folder"])), str(row["state"]))
    lines = [] if rows else [f"No sessions in {parent} yet; begin with `rehearse demo`."]
    for row in rows:
        when = str(row["started"])[:16].replace("T", " ")
        number = "" if args.out else f"{row['number']}."
        lines += [
            f"{number:<4}{when:16}  {row['state']:11}  {shortened(str(row['title']), 45)}",
            f"    {row['folder']}",
            *wrapped(str(row.get("check", "")), "    "),
        ]
    show(args, rows, lines)
    return int(any(row["state"] == "damaged" for row in rows))


def _checked(folder: Path, state: str) -> tuple[str, str]:
    """Return the state of a session and what its checksums say."""
    if state in ("unreadable", "running"):
        return state, ""
    was, now = read_meta(folder).sha256, checksums(folder)
    if not was:
        return state, "has no checksums: it was cut off, or is from before they were kept"
    gone = [
        f"{one} {'changed' if one in now else 'is gone'}" for one in was if now.get(one) != was[one]
    ]
    return ("damaged", f"{', '.join(gone)} since it ended") if gone else (state, "as it was")


def _progress(args: argparse.Namespace) -> int:
    parent = output_parent(args.out)
    brief = read_brief(args.brief) if args.brief else None
    rows, left = read_rows(parent, brief)
    lines = progress_lines(rows)
    if not rows:
        of = f" of {brief.title}" if brief else ""
        lines = wrapped(f"No sessions{of} in {parent} yet; begin with `rehearse run BRIEF`.")
    lines += wrapped(f"Not in it: {left}.") if left else []
    if args.html and rows:
        write_private(parent / _PAGE, render_progress(rows))
        lines.append(f"Page: {parent / _PAGE}")
    document = {"sessions": [row.document() for row in rows], "practice": practice(rows)}
    return show(args, document | {"left_out": left}, lines)
