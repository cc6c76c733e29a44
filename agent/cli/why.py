"""`rehearse why SESSION`: the plan, and the reason for everything the interviewer said."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from agent.console import wrapped
from agent.errors import SessionError


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "why",
        help="show why the interviewer said what it said",
        description="Show what was planned, what came of it, and the reason for everything that"
        " the interviewer said.",
    )
    parser.add_argument("session", metavar="SESSION", help="a session folder")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the plan and what was said."""
    from agent.analysis.why import why_of
    from agent.session import read_session

    stored = read_session(Path(args.session).expanduser())
    why = why_of(stored)
    if not why.lines:
        raise SessionError(
            f"{args.session} holds no interviewer's words; `rehearse sessions` lists the interviews"
        )
    lines = [*wrapped(stored.meta.title), "", *why.told()]
    document = json.dumps(why.document(), ensure_ascii=False, indent=1)
    print(document if args.json else "\n".join(lines))
    return 0
