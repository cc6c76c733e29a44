"""`rehearse next BRIEF`: the next interview, from what the ones before it left open."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from agent.cli.language import add_language_option
from agent.cli.run import (
    add_holding_options,
    add_length_options,
    brief_of,
    hold,
    stage_of,
    wish_of,
)
from agent.console import wrapped

if TYPE_CHECKING:
    from pathlib import Path

    from agent.brief import Brief
    from agent.history import History
    from agent.interviewer.planning.plan import Plan


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "next",
        help="hold the next interview on your brief, from what was left open",
        description="Hold an interview on your brief that carries on from the earlier ones: what"
        " was left unanswered or went weakly comes back first, then what invites talking points"
        " that you have not made; what went well rests for a while. With the interview_date in"
        " the brief the rests get shorter towards it. `rehearse plan BRIEF --next` shows the plan.",
    )
    parser.add_argument("brief", metavar="BRIEF", help="your brief; - for standard input")
    add_length_options(parser)
    add_language_option(parser)
    add_holding_options(parser)
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

    from agent.history import history_of

    return history_of(parent, brief, datetime.now().astimezone())


def carried_on_lines(history: History, plan: Plan, brief: Brief) -> list[str]:
    """Return what a plan carries on from, in at most four lines of 80 columns."""
    parts = [_from_sessions(history, plan), _days(history, brief)]
    return wrapped("; ".join(part for part in parts if part) + ".")


def _from_sessions(history: History, plan: Plan) -> str:
    from agent.interviewer.planning.due import Urgency, due
    from agent.text.display import plural

    if not history.questions:
        return "No earlier session of this brief, so this is a usual one"
    of = plural(history.sessions, "session") if history.sessions else "retried questions"
    urgencies = [due(item.question, item.question_index, history).urgency for item in plan.items]
    back = sum(urgency <= Urgency.WEAK for urgency in urgencies)
    comes = f"{plural(back, 'question')} come{'s' if back == 1 else ''} back"
    owed = len(history.owed)
    unmade = f"{plural(owed, 'talking point')} {'is' if owed == 1 else 'are'} still unmade"
    return f"From {of}: {comes if back else 'no question comes back'}" + (
        f", {unmade}" if owed else ""
    )


def _days(history: History, brief: Brief) -> str:
    from agent.text.display import plural

    days = history.days_left
    if days is None:
        return "the day of the interview in the brief is past" if brief.interview_date else ""
    return f"{plural(days, 'day')} to the interview" if days else "the interview is today"
