"""`rehearse report SESSION`: draw report.html again."""

from __future__ import annotations

import argparse
from pathlib import Path


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "report",
        help="draw a session's report again",
        description="Draw report.html again from analysis.json.",
    )
    parser.add_argument("session", metavar="SESSION", help="a session folder")
    parser.add_argument("--open", action="store_true", help="open it in the browser")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the report and print its path."""
    from agent.report.results import draw_report, read_analysis

    folder = Path(args.session).expanduser()
    path = draw_report(folder, read_analysis(folder))
    print(path)
    if args.open:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
    return 0
