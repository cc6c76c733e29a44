"""`rehearse sessions`: what was recorded."""

from __future__ import annotations

import argparse
import json

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
    from agent.text.display import clean

    parent = output_parent(args.out)
    rows = [_row(folder) for folder in session_folders(parent)]
    if args.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    if not rows:
        print(f"No sessions in {parent} yet; begin with `rehearse demo`.")
    for row in rows:
        when, title = row["started"][:16].replace("T", " "), clean(row["title"])
        print(f"{when:16}  {row['state']:11}  {title}"[:80])
        print(f"    {row['folder']}")
    return 0


def _row(folder: object) -> dict[str, str]:
    from pathlib import Path

    from agent.session import read_meta

    path = Path(str(folder))
    try:
        meta = read_meta(path)
    except SessionError as error:
        return {"folder": str(path), "started": "", "state": "unreadable", "title": str(error)}
    return {
        "folder": str(path),
        "started": meta.started,
        "state": meta.state,
        "title": meta.title,
    }
