"""`rehearse next BRIEF`: the next interview, from what the ones before it left open."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from agent.cli.run import add_interview_options, brief_of, hold, stage_of, wish_of
from agent.console import wrapped
from agent.text.display import plural

if TYPE_CHECKING:
    from pathlib import Path

    from agent.analysis.history import History
    from agent.brief import Brief
    from agent.interview.plan import Plan


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "next",
        help="hold the next interview on your brief, from what was left open",
        description="Hold an interview that carries on from the earlier ones: what was left"
        " unanswered or went weakly comes back first, then what invites talking points that you"
        " have not made; what went well rests, the longer the more days are left to the"
        " interview_date. `rehearse plan BRIEF --next` shows the plan.",
    )
    add_interview_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Say what it carries on from, then hold the interview and show its results."""
    from dataclasses import replace

    from agent.cli.interview import output_parent

    brief = brief_of(args)
    history = history_now(output_parent(args.out), brief)
    wish = replace(wish_of(args, brief), history=history)
    stage = stage_of(args, wish)
    print("\n".join(carried_on_lines(history, stage.interviewer.plan, brief)))
    return hold(args, stage)


def history_now(parent: Path, brief: Brief) -> History:
    """Return what the sessions below `parent` leave to do today."""
    from datetime import datetime

    from agent.analysis.history import history_of

    return history_of(parent, brief, datetime.now().astimezone())


def carried_on_lines(history: History, plan: Plan, brief: Brief) -> list[str]:
    """Return what a plan carries on from, in at most four lines of 80 columns."""
    from agent.interview.due import Urgency, due

    told = "No earlier session of this brief, so this is a usual one"
    if history.questions:
        places = [due(item.question, item.question_index, history) for item in plan.items]
        back = sum(one.urgency <= Urgency.WEAK for one in places)
        of = plural(history.sessions, "session") if history.sessions else "retried questions"
        comes = plural(back, "question comes", "questions come") if back else "no question comes"
        told = f"From {of}: {comes} back"
        if owed := len(history.owed):
            told += f", {plural(owed, 'talking point is', 'talking points are')} still unmade"
    days = history.days_left
    if days is not None:
        told += f"; {plural(days, 'day')} to the interview" if days else "; the interview is today"
    elif brief.interview_date:
        told += "; the day of the interview in the brief is past"
    return wrapped(f"{told}.")
