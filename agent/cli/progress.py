"""`rehearse progress [BRIEF]`: how the figures move from session to session."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import RehearseError

if TYPE_CHECKING:
    from agent.analysis.progress import Row

_PAGE = "progress.html"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "progress",
        help="your figures from session to session",
        description="The figures of all sessions, or of those of one brief, and what to practice"
        " next. Sessions are of the same brief when company and role are the same.",
    )
    parser.add_argument("brief", metavar="BRIEF", nargs="?", help="only the sessions of this brief")
    parser.add_argument("--out", metavar="DIR", help="folder of the sessions")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    parser.add_argument(
        "--html",
        metavar="FILE",
        nargs="?",
        const="",
        help=f"draw the charts into FILE, or {_PAGE} beside the sessions",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the table or the JSON, and draw the page."""
    from agent.analysis.progress import practice, progress_lines, read_rows
    from agent.brief.read import read_brief
    from agent.cli.interview import output_parent

    parent = output_parent(args.out)
    brief = read_brief(args.brief) if args.brief else None
    rows = read_rows(parent, brief)
    lines = progress_lines(rows)
    if args.html is not None and rows:
        page = _draw(Path(args.html).expanduser() if args.html else parent / _PAGE, rows)
        lines.append(f"Page: {page}")
    if not rows:
        of = f" of {brief.title}" if brief else ""
        lines = [f"No sessions{of} in {parent} yet; begin with `rehearse run BRIEF`."]
    document = {"sessions": [row.document() for row in rows], "practice": practice(rows)}
    print(json.dumps(document, indent=1) if args.json else "\n".join(lines))
    return 0


def _draw(page: Path, rows: list[Row]) -> Path:
    """Write the page, readable to its owner alone, and return its path."""
    from agent.report.progress_page import render_progress
    from agent.session import write_private

    if page.suffix.lower() not in (".html", ".htm"):
        raise RehearseError(
            f"{page} is no name for a page: end it in .html, or put the brief before --html"
        )
    try:
        write_private(page, render_progress(rows))
    except OSError as error:
        raise RehearseError(
            f"cannot write {page}: {error.strerror}; choose another place: --html FILE"
        ) from error
    return page
