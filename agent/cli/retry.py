"""`rehearse retry SESSION --answer 3`: answer one question again and compare."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.run import add_holding_options, hold, minutes, stage_of, wish_of
from agent.console import say
from agent.errors import RehearseError

if TYPE_CHECKING:
    from agent.analysis import Analysis, Answer
    from agent.brief import Brief
    from agent.session import SessionMeta

_MINUTES = 5.0
"""Time for one question with its follow-ups, a design included."""


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

    from agent.after.moments import answer_named
    from agent.after.results import read_analysis
    from agent.session import read_meta
    from agent.start import Retry

    folder = Path(args.session).expanduser()
    meta, before = read_meta(folder), read_analysis(folder)
    if meta.recording or not before.interviewer:
        raise RehearseError(
            f"{folder} holds a recording without an interview, so nothing can be asked again;"
            " choose a session of `rehearse run`"
        )
    main = _main(before, answer_named(before, args.answer))
    brief, place = _asking(meta, main)
    args.out = args.out or str(folder.resolve().parent)
    retry = Retry(folder.resolve().name, args.answer.strip().lower())
    stage = stage_of(args, replace(wish_of(args, brief), only=(place,), retry=retry))

    def summary(again: Analysis) -> None:
        _show(_Again(main, (before, folder), (again, stage.folder)))

    return hold(args, stage, summary)


def _main(analysis: Analysis, index: int) -> Answer:
    """Return the answer to the main question; the follow-up's where that had none."""
    answers = analysis.answers
    asked = answers[index]
    for answer in reversed(answers[: index + 1]):
        if answer.kind != "follow_up" and answer.question_index == asked.question_index:
            return answer
    return asked


def _asking(meta: SessionMeta, main: Answer) -> tuple[Brief, int]:
    """Return the session's brief and which question of it to ask.

    A question of our own stands in no brief; there it takes the place of the questions.
    """
    from agent.brief import Question

    brief, place = meta.brief, main.question_index
    if place is not None and 0 <= place < len(brief.questions):
        return brief, place
    own = Question(area=main.area, text=main.question)
    return brief.model_copy(update={"questions": (own,)}), 0


@dataclass(frozen=True)
class _Again:
    """A question that was asked again."""

    main: Answer
    """The first answer to it."""
    before: tuple[Analysis, Path]
    """The session of that answer, and its folder."""
    after: tuple[Analysis, Path]
    """The retry, and its folder."""


def _show(again: _Again) -> None:
    """Print both answers side by side, what changed, and how to hear both.

    Without a second answer the usual summary tells what there is.
    """
    from agent.after.side_by_side import changes, columns, heading, pairs, title_of
    from agent.cli.interview import show_summary
    from agent.coverage.meaning import find_meaning
    from agent.session import read_meta

    then, now = again.before[0], again.after[0]
    found = [pair for pair in pairs(now, then) if pair.before.question == again.main.question]
    if not found:
        show_summary(now)
        print("There are not two answers to this question, so nothing is compared.\n")
        return
    pair = found[0]
    titles = (title_of(*again.before), title_of(*again.after))
    print("\n".join(["", heading(pair), "", *columns(pair, titles), ""]))
    for line in changes(pair, read_meta(again.after[1]).brief.talking_points, find_meaning()):
        say(line)
    print("\n".join(["", *_replay(again, pair.name), ""]))


def _replay(again: _Again, name: str) -> list[str]:
    """Return the command that plays both; broken where a shell goes on, for it is to be pasted."""
    import shlex

    (then, before), (now, after) = again.before, again.after
    heard = "Hear" if then.about.audio and now.about.audio else "Read"
    return [
        f"{heard} both:",
        f"  rehearse replay --answer {name} \\",
        f"    {shlex.quote(str(after))} \\",
        f"    --with {shlex.quote(str(before))}",
    ]
