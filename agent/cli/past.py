"""What was recorded: `sessions`, `report`, `why` and `progress`."""

from __future__ import annotations

import argparse
from pathlib import Path

from agent.cli.options import Commands, add_json, add_out, add_session, declare, show
from agent.console import shortened, wrapped
from agent.errors import RehearseError, SessionError

_PAGE = "progress.html"


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the four commands."""
    report = declare(
        commands,
        "report",
        _report,
        "draw a session's report again",
        "Draw report.html again from analysis.json; with --single as one file that holds the sound"
        " of both voices, to be sent or kept.",
    )
    add_session(report)
    report.add_argument("--open", action="store_true", help="open it in the browser")
    report.add_argument(
        "--single",
        metavar="FILE",
        nargs="?",
        const="",
        help="one page with the sound inside: FILE, or report-single.html in the session's folder",
    )
    progress = declare(
        commands,
        "progress",
        _progress,
        "your figures from session to session",
        "The figures of all sessions, or of those of one brief, and what to practice next. Sessions"
        " are of the same brief when company and role are the same.",
    )
    progress.add_argument("brief", metavar="BRIEF", nargs="?", help="only sessions of this brief")
    progress.add_argument(
        "--html",
        metavar="FILE",
        nargs="?",
        const="",
        help=f"draw the charts into FILE, or {_PAGE} beside the sessions",
    )
    why = declare(
        commands,
        "why",
        _why,
        "show why the interviewer said what it said",
        "Show what was planned, what came of it, and why the interviewer said what it said.",
    )
    add_session(why)
    sessions = declare(commands, "sessions", _sessions, "list what was recorded")
    what = "hold sound and journal against their checksums"
    sessions.add_argument("--check", action="store_true", help=what)
    for parser in (progress, sessions):
        add_out(parser)
    for parser in (progress, why, sessions):
        add_json(parser)


def _report(args: argparse.Namespace) -> int:
    from agent.analysis import read_analysis
    from agent.report.results import draw_report, draw_single
    from agent.session.find import find_session

    folder = find_session(args.session)
    analysis = read_analysis(folder)
    path = draw_report(folder, analysis)
    if args.single is not None:
        named = _page_name(args.single, "--single") if args.single else None
        path = draw_single(folder, analysis, named)
    print(path)
    if args.open:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
    return 0


def _page_name(given: str, option: str) -> Path:
    page = Path(given).expanduser()
    if page.suffix.lower() not in (".html", ".htm"):
        raise RehearseError(
            f"{page} is no name for a page: end it in .html, or put it before {option}"
        )
    return page


def _why(args: argparse.Namespace) -> int:
    from agent.analysis.why import document, lines_of, told
    from agent.session import read_session
    from agent.session.find import find_session

    stored = read_session(find_session(args.session))
    if not lines_of(stored):
        raise SessionError(
            f"{args.session} holds no interviewer's words; `rehearse sessions` lists the interviews"
        )
    return show(args, document(stored), [*wrapped(stored.meta.title), "", *told(stored)])


def _sessions(args: argparse.Namespace) -> int:
    from agent.analysis.listing import listing
    from agent.cli.interview import output_parent

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
    from agent.session import checksums, read_meta

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
    from agent.analysis.progress import practice, progress_lines, read_rows
    from agent.brief.read import read_brief
    from agent.cli.interview import output_parent
    from agent.report.progress_page import render_progress
    from agent.session import write_private

    parent = output_parent(args.out)
    brief = read_brief(args.brief) if args.brief else None
    rows, left = read_rows(parent, brief)
    lines = progress_lines(rows)
    if not rows:
        of = f" of {brief.title}" if brief else ""
        lines = wrapped(f"No sessions{of} in {parent} yet; begin with `rehearse run BRIEF`.")
    lines += wrapped(f"Not in it: {left}.") if left else []
    if args.html is not None and rows:
        page = _page_name(args.html, "--html") if args.html else parent / _PAGE
        write_private(page, render_progress(rows))
        lines.append(f"Page: {page}")
    document = {"sessions": [row.document() for row in rows], "practice": practice(rows)}
    return show(args, document | {"left_out": left}, lines)
