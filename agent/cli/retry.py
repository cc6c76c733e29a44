"""`rehearse retry SESSION --answer 3`: answer one question again and compare."""

import argparse
from dataclasses import replace

from agent.analysis import Analysis
from agent.cli.interview import show_summary
from agent.cli.options import add_session, describe
from agent.cli.run import add_holding_options, hold, stage_of, wish_of
from agent.report.again import MINUTES, ask_again
from agent.session.find import find_session


def add_retry(parser: argparse.ArgumentParser) -> None:
    """Declare the command."""
    describe(
        parser,
        run,
        "Ask one question of a session again, follow-ups included, then show both answers side by"
        " side and what changed. The session is kept beside the first one, unless --out names"
        " another folder. `last` is the last session that is no retry itself.",
    )
    add_session(parser)
    parser.add_argument(
        "--answer",
        metavar="NAME",
        required=True,
        help="which, as in the report: 3; 3a asks its main question",
    )
    add_holding_options(parser)
    # An interview of one question; the options of `run` say how many, and how long.
    parser.set_defaults(minutes=MINUTES, questions=None, own_questions=0.0)


def run(args: argparse.Namespace) -> int:
    """Hold the interview of one question, show its results, and compare."""
    folder = find_session(args.session, whole=True)
    again = ask_again(folder, args.answer)
    args.out = args.out or str(folder.resolve().parent)
    wish = wish_of(args, again.brief)
    settings = wish.settings.model_copy(update={"retry": again.retry})
    stage = stage_of(args, replace(wish, only=(again.place,), settings=settings))

    def summary(now: Analysis) -> None:
        if answer := again.answer_in(now):
            print("\n".join(["", *again.compared(now, answer), ""]))
            return
        show_summary(now)
        print("There are not two answers to this question, so nothing is compared.\n")

    return hold(args, stage, summary)
