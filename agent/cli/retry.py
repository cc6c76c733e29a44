"""`rehearse retry SESSION --answer 3`: answer one question again and compare."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.run import add_holding_options, hold, minutes, stage_of, wish_of
from agent.console import say

if TYPE_CHECKING:
    from agent.after.again import Again
    from agent.analysis import Analysis

_MINUTES = 5.0
"""As long as agent.after.again.MINUTES, which is not imported for a parser."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "retry",
        help="answer one question of a session again, and compare",
        description="Ask one question of a session again, follow-ups included, then show both"
        " answers side by side and what changed. The session is kept beside the first one, unless"
        " --out names another folder.",
    )
    parser.add_argument("session", metavar="SESSION", help="a session folder")
    parser.add_argument(
        "--answer",
        metavar="NAME",
        required=True,
        help="which, as in the report: 3; 3a asks its main question",
    )
    parser.add_argument(
        "--minutes", type=minutes, default=_MINUTES, help=f"length (default {_MINUTES:g})"
    )
    add_holding_options(parser)
    # An interview of one question; the options of `run` say how many.
    parser.set_defaults(run=run, questions=None, own_questions=0.0)


def run(args: argparse.Namespace) -> int:
    """Hold the interview of one question, show its results, and compare.

    Raises:
        SessionError: there is no such session or answer, or its files are damaged.
    """
    from dataclasses import replace

    from agent.after.again import ask_again
    from agent.start import Retry

    folder = Path(args.session).expanduser()
    again = ask_again(folder, args.answer)
    args.out = args.out or str(folder.resolve().parent)
    retry = Retry(folder.resolve().name, args.answer.strip().lower())
    stage = stage_of(args, replace(wish_of(args, again.brief), only=(again.place,), retry=retry))

    def summary(now: Analysis) -> None:
        _show(again, now, stage.folder)

    return hold(args, stage, summary)


def _show(again: Again, now: Analysis, after: Path) -> None:
    """Print both answers side by side, what changed, and how to hear both.

    Without a second answer the usual summary tells what there is.
    """
    from agent.after.side_by_side import columns, heading, title_of
    from agent.cli.interview import show_summary

    pair = again.pair_in(now)
    if pair is None:
        show_summary(now)
        print("There are not two answers to this question, so nothing is compared.\n")
        return
    titles = (title_of(again.before, again.folder), title_of(now, after))
    print("\n".join(["", heading(pair), "", *columns(pair, titles), ""]))
    for line in again.changes_in(pair):
        say(line)
    heard = "Hear" if again.before.about.audio and now.about.audio else "Read"
    print("\n".join(["", f"{heard} both:", *_replay(again.folder, after, pair.name), ""]))


def _replay(before: Path, after: Path, name: str) -> list[str]:
    """Return the command that plays both; broken where a shell goes on, for it is to be pasted."""
    import shlex

    return [
        f"  rehearse replay --answer {name} \\",
        f"    {shlex.quote(str(after))} \\",
        f"    --with {shlex.quote(str(before))}",
    ]
