"""`rehearse sessions`: what was recorded."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from agent.console import shortened
from agent.errors import SessionError


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "sessions", help="list what was recorded", description="List what was recorded."
    )
    parser.add_argument("--out", metavar="DIR", help="folder of the sessions")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print one entry per session, the newest last."""
    from agent.cli.interview import output_parent
    from agent.session import session_folders

    parent = output_parent(args.out)
    rows = [_row(folder) for folder in session_folders(parent)]
    lines = [] if rows else [f"No sessions in {parent} yet; begin with `rehearse demo`."]
    for row in rows:
        when = row["started"][:16].replace("T", " ")
        lines += [
            f"{when:16}  {row['state']:11}  {shortened(row['title'], 49)}",
            f"    {row['folder']}",
        ]
    print(json.dumps(rows, ensure_ascii=False, indent=1) if args.json else "\n".join(lines))
    return 0


def _row(folder: Path) -> dict[str, str]:
    from agent.session import read_meta

    try:
        meta = read_meta(folder)
    except SessionError as error:
        return {"folder": str(folder), "started": "", "state": "unreadable", "title": str(error)}
    row = {"started": meta.started, "state": meta.state, "title": meta.title}
    return {"folder": str(folder)} | row
