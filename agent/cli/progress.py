"""`rehearse progress [BRIEF]`: how the figures move from session to session."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import RehearseError

if TYPE_CHECKING:
    from agent.after.progress import Row

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
    from agent.after.progress import read_rows
    from agent.brief.read import read_brief
    from agent.cli.interview import output_parent

    parent = output_parent(args.out)
    brief = read_brief(args.brief) if args.brief else None
    rows = read_rows(parent, brief)
    if args.html is not None and rows:
        page = _page(args.html) if args.html else parent / _PAGE
        _draw(page, rows)
    if args.json:
        _print_json(rows)
        return 0
    if not rows:
        of = f" of {brief.title}" if brief else ""
        print(f"No sessions{of} in {parent} yet; begin with `rehearse run BRIEF`.")
        return 0
    _print_table(rows)
    if args.html is not None:
        print(f"Page: {page}")
    return 0


def _page(name: str) -> Path:
    """Return where the page goes; `--html BRIEF` must not overwrite the brief."""
    page = Path(name).expanduser()
    if page.suffix.lower() not in (".html", ".htm"):
        raise RehearseError(
            f"{page} is no name for a page: end it in .html, or put the brief before --html"
        )
    return page


def _print_json(rows: list[Row]) -> None:
    from dataclasses import asdict

    from agent.after.progress import practice

    document = {"sessions": [asdict(row) for row in rows], "practice": practice(rows)}
    print(json.dumps(document, ensure_ascii=True, indent=1))


def _print_table(rows: list[Row]) -> None:
    """Print the lines in what the output can show."""
    from agent.after.progress_table import BLOCKS, PLAIN, progress_lines

    encoding = sys.stdout.encoding or "ascii"
    try:
        BLOCKS.encode(encoding)
        levels = BLOCKS
    except UnicodeEncodeError:
        levels = PLAIN
    for line in progress_lines(rows, levels):
        print(line.encode(encoding, "replace").decode(encoding))


def _draw(page: Path, rows: list[Row]) -> None:
    """Write the page, readable to its owner alone."""
    from agent.after.progress_page import render_progress
    from agent.session import write_private

    try:
        write_private(page, render_progress(rows, _reports(page, rows)))
    except OSError as error:
        raise RehearseError(
            f"cannot write {page}: {error.strerror}; choose another place: --html FILE"
        ) from error


def _reports(page: Path, rows: list[Row]) -> dict[str, str]:
    """Return the reports that there are, as the page can link to them."""
    import os
    from urllib.parse import quote

    from agent.session import REPORT

    beside = page.absolute().parent
    return {
        row.folder: quote(Path(os.path.relpath(report, beside)).as_posix())
        for row in rows
        if (report := Path(row.folder).absolute() / REPORT).exists()
    }
