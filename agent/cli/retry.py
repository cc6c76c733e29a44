"""`rehearse retry SESSION --answer 3`: answer one question again and compare."""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING

from agent.cli.interview import show_summary
from agent.cli.options import Commands, add_session, declare
from agent.cli.run import add_holding_options, hold, minutes, stage_of, wish_of
from agent.errors import RehearseError

if TYPE_CHECKING:
    from agent.analysis import Analysis, Answer
    from agent.analysis.side_by_side import Session
    from agent.brief import Brief

_MINUTES = 5.0
"""Time for one question with its follow-ups, a design included."""


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = declare(
        commands,
        "retry",
        run,
        "answer one question of a session again, and compare",
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
    parser.add_argument(
        "--minutes", type=minutes, default=_MINUTES, help=f"length (default {_MINUTES:g})"
    )
    add_holding_options(parser)
    # An interview of one question; the options of `run` say how many.
    parser.set_defaults(questions=None, own_questions=0.0)


def run(args: argparse.Namespace) -> int:
    """Hold the interview of one question, show its results, and compare."""
    from dataclasses import replace

    from agent.analysis.moments import answer_named
    from agent.report.results import read_analysis
    from agent.session import read_meta
    from agent.session.find import find_session
    from agent.session.settings import Retry

    folder = find_session(args.session, whole=True)
    meta, before = read_meta(folder), read_analysis(folder)
    if not before.interviewer:
        raise RehearseError(
            f"{folder} holds a recording without an interview, so nothing can be asked again;"
            " choose a session of `rehearse run`"
        )
    main = _main(before, answer_named(before, args.answer))
    brief, place = _asking(meta.brief, main)
    args.out = args.out or str(folder.resolve().parent)
    wish = wish_of(args, brief)
    retry = Retry(of=folder.resolve().name, answer=args.answer.strip().lower())
    settings = wish.settings.model_copy(update={"retry": retry})
    stage = stage_of(args, replace(wish, only=(place,), settings=settings))

    def summary(again: Analysis) -> None:
        if lines := _compared(main, (before, folder), (again, stage.folder), brief):
            print("\n".join(lines))
            return
        show_summary(again)
        print("There are not two answers to this question, so nothing is compared.\n")

    return hold(args, stage, summary)


def _main(analysis: Analysis, index: int) -> Answer:
    """Return the answer to the main question; the follow-up's where that had none."""
    answers = analysis.answers
    asked = answers[index]
    for answer in reversed(answers[: index + 1]):
        if answer.kind != "follow_up" and answer.question_index == asked.question_index:
            return answer
    return asked


def _asking(brief: Brief, main: Answer) -> tuple[Brief, int]:
    """Return the brief and which question of it to ask; one of our own takes the place of all."""
    from agent.brief import Question

    place = main.question_index
    if place is not None and 0 <= place < len(brief.questions):
        return brief, place
    own = Question(area=main.area, text=main.question)
    return brief.model_copy(update={"questions": (own,)}), 0


def _compared(main: Answer, before: Session, after: Session, brief: Brief) -> list[str]:
    """Return both answers, what changed, and how to hear both; nothing without a second answer."""
    from agent.analysis.coverage.meaning import find_meaning
    from agent.analysis.side_by_side import compared, pairs
    from agent.session.find import short_name

    found = [pair for pair in pairs(after[0], before[0]) if pair.before.question == main.question]
    if not found:
        return []
    lines = compared(found[0], (before, after), brief.talking_points, find_meaning())
    heard = "Hear" if before[0].about.audio and after[0].about.audio else "Read"
    again, first = (shlex.quote(short_name(folder)) for folder in (after[1], before[1]))
    # Broken where a shell goes on, for it is to be pasted.
    command = [
        f"{heard} both:",
        f"  rehearse replay --answer {found[0].name} \\",
        f"    {again} \\",
        f"    --with {first}",
    ]
    return ["", *lines, "", *command, ""]
