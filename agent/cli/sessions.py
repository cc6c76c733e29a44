"""`rehearse sessions`: what was recorded."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from agent.console import shortened, wrapped
from agent.errors import SessionError
from agent.text.display import flat


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "sessions", help="list what was recorded", description="List what was recorded."
    )
    parser.add_argument("--out", metavar="DIR", help="folder of the sessions")
    parser.add_argument(
        "--check", action="store_true", help="hold sound and journal against their checksums"
    )
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print one entry per session, the newest last."""
    from agent.cli.interview import output_parent
    from agent.session import session_folders

    parent = output_parent(args.out)
    rows = [_row(folder) for folder in session_folders(parent)]
    for row in rows if args.check else []:
        row["state"], row["check"] = _checked(Path(row["folder"]), row["state"])
    lines = [] if rows else [f"No sessions in {parent} yet; begin with `rehearse demo`."]
    for row in rows:
        when = row["started"][:16].replace("T", " ")
        lines += [
            f"{when:16}  {row['state']:11}  {shortened(row['title'], 49)}",
            f"    {flat(row['folder'])}",
            *wrapped(row.get("check", ""), "    "),
        ]
    print(json.dumps(rows, ensure_ascii=False, indent=1) if args.json else "\n".join(lines))
    return int(any(row["state"] == "damaged" for row in rows))


def _checked(folder: Path, state: str) -> tuple[str, str]:
    """Return the state of a session and what its checksums say."""
    from agent.session import checksums, read_meta

    if state in ("unreadable", "running"):
        return state, ""
    was, now = read_meta(folder).sha256, checksums(folder)
    if not was:
        return state, "has no checksums: it was cut off, or is from before they were kept"
    changed = [
        f"{name} {'changed' if name in now else 'is gone'}"
        for name in sorted(was)
        if now.get(name) != was[name]
    ]
    return ("damaged", f"{', '.join(changed)} since it ended") if changed else (state, "as it was")


def _row(folder: Path) -> dict[str, str]:
    from agent.session import read_meta

    try:
        meta = read_meta(folder)
    except SessionError as error:
        return {"folder": str(folder), "started": "", "state": "unreadable", "title": str(error)}
    row = {"started": meta.started, "state": meta.state, "title": meta.title}
    return {"folder": str(folder)} | row
