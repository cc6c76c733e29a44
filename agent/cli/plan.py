"""`rehearse plan BRIEF` and `rehearse next BRIEF`: what will be asked, and the next interview."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from agent.analysis.history import History, history_of
from agent.brief import Brief
from agent.brief.read import read_brief
from agent.brief.write import write_brief
from agent.cli.options import add_flags, add_json, add_out, describe, output_parent, show
from agent.cli.run import (
    ONE_WAY,
    add_interview_options,
    add_length_options,
    add_panel_option,
    brief_of,
    hold,
    stage_of,
    wish_of,
)
from agent.console import WIDTH, wrapped
from agent.errors import RehearseError
from agent.interview.calendar import calendar, practice_days
from agent.interview.due import Urgency, due
from agent.interview.panel import panel_lines
from agent.interview.plan import CLOSING_S, OPENING_S, Plan, PlanItem
from agent.interview.probes import with_probes
from agent.interview.start import Wish, kept_plan, plan_of
from agent.session import write_private
from agent.session.settings import KeptProbe, Settings
from agent.text.display import clock, flat, plural

_SHOWN_CUES = 3
_CUES = {"#": "a figure", "@": "a case"}


def add_next(parser: argparse.ArgumentParser) -> None:
    """Declare `rehearse next`."""
    describe(
        parser,
        _next,
        "Hold an interview that carries on from the earlier ones: what was left unanswered or went"
        " weakly comes back first, then what invites talking points that you have not made; what"
        " went well rests, the longer the more days are left to the interview_date. `rehearse plan"
        " BRIEF --next` shows the plan.",
    )
    add_interview_options(parser)


def add_plan(parser: argparse.ArgumentParser) -> None:
    """Declare `rehearse plan`."""
    describe(parser, _plan, "Show the questions of a session, their time, and why each was chosen.")
    parser.add_argument("brief", metavar="BRIEF", help="the brief; - for standard input")
    add_length_options(parser)
    upcoming = "the plan of `rehearse next`: from what the earlier sessions left open"
    add_flags(parser, next=upcoming, one_way=ONE_WAY)
    parser.add_argument(
        "--ics",
        metavar="FILE",
        help="write the days to practice on until the interview into FILE, for a calendar",
    )
    add_out(parser, "folder of the sessions, for --next")
    add_panel_option(parser)
    parser.add_argument(
        "--probes", metavar="FILE", help="write the brief with all follow-ups to FILE, to edit them"
    )
    add_json(parser)


def _next(args: argparse.Namespace) -> int:
    brief = brief_of(args)
    history = history_of(output_parent(args.out), brief, datetime.now().astimezone())
    wish = replace(wish_of(args, brief), history=history)
    stage = stage_of(args, wish)
    print("\n".join(_carried_on(history, stage.interviewer.plan, brief)))
    return hold(args, stage)


def _carried_on(history: History, plan: Plan, brief: Brief) -> list[str]:
    """Return what a plan carries on from, in at most four lines of 80 columns."""
    told = "No earlier session of this brief, so this is a usual one"
    if history.questions:
        places = [due(item.question, item.question_index, history) for item in plan.items]
        back = sum(one.urgency <= Urgency.WEAK for one in places)
        of = plural(history.sessions, "session") if history.sessions else "single questions"
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


def _plan(args: argparse.Namespace) -> int:
    brief = read_brief(args.brief)
    now = datetime.now().astimezone()
    history = history_of(output_parent(args.out), brief, now) if args.next else None
    settings = Settings(
        minutes=args.minutes,
        questions=args.questions,
        one_way=args.one_way,
        own_questions_min=args.own_questions,
    )
    parent = output_parent(args.out)
    plan = plan_of(Wish(brief, parent, settings, panel=args.panel, history=history))
    if args.probes:
        path = Path(args.probes).expanduser()
        if path.exists():
            raise RehearseError(f"{path} is there already; give another name")
        write_private(path, write_brief(with_probes(brief)))
    told = _write_days(args, brief) if args.ics else []
    carried = [*_carried_on(history, plan, brief), ""] if history else []
    return show(args, _document(plan, brief, history), [*carried, *_lines(plan, brief), *told])


def _write_days(args: argparse.Namespace, brief: Brief) -> list[str]:
    now = datetime.now().astimezone()
    days = practice_days(brief, now.date())
    path = Path(args.ics).expanduser()
    write_private(path, calendar(brief, args.brief, days, now))
    when = ", ".join(f"{day.day} {day:%b}" for day in days)
    return ["", *wrapped(f"Days to practice on, in {path}: {when}.")]


def _document(plan: Plan, brief: Brief, history: History | None) -> dict[str, Any]:
    document: dict[str, Any] = {
        "title": brief.title,
        "minutes": plan.total_s / 60,
        "own_questions_s": plan.own_questions_s,
        "panel": [persona.model_dump() for persona in plan.panel],
        "questions": kept_plan(plan).model_dump()["items"],
        "reserve": kept_plan(replace(plan, items=plan.reserve)).model_dump()["items"],
    }
    if history:
        unmade = [owed.name for owed in history.owed]
        past = {"sessions": history.sessions, "days_left": history.days_left, "unmade": unmade}
        document["history"] = past
    return document


def _lines(plan: Plan, brief: Brief) -> Iterator[str]:
    for line in (f"{brief.title}: {plan.total_s / 60:g} minutes", *panel_lines(plan, brief)):
        yield from wrapped(line)
    yield from ["", _timed("", OPENING_S, "greeting")]
    for number, item in enumerate(plan.items, start=1):
        yield from _question(item, f"{number}.")
    if plan.own_questions_s:
        yield _timed("", plan.own_questions_s, "for your own questions")
    yield _timed("", CLOSING_S, "good-bye")
    used_s = OPENING_S + CLOSING_S + plan.own_questions_s
    left_s = plan.total_s - used_s - sum(item.budget_s for item in plan.items)
    if left_s >= 60:
        rest = "for the questions in reserve" if plan.reserve else "as there are no more questions"
        yield _timed("", left_s, f"left over, {rest}")
    if plan.reserve:
        yield from ["", f"In reserve, where your answers are short: {len(plan.reserve)}"]
    for item in plan.reserve:
        area = item.question.area or "no area"
        yield from wrapped(f"[{area}] {item.question.text}", " " * 4, " " * 6)


def _question(item: PlanItem, number: str) -> Iterator[str]:
    asked_by = f", asked by {item.asked_by}" if item.asked_by else ""
    yield _timed(number, item.budget_s, f"{item.question.area or 'no area'}{asked_by}")
    yield from wrapped(item.question.text, " " * 4)
    why = [f"why it is asked: {item.question.why}"] if item.question.why else []
    chosen = f"chosen: {item.reason.partition(': ')[2]}"
    for line in (chosen, *why, *map(_probe, item.probes)):
        yield from wrapped(line, " " * 4, " " * 6)
    yield ""


def _probe(probe: KeptProbe) -> str:
    """Return a follow-up with why it is held ready, and what makes it superfluous."""
    cues = ", ".join(_CUES.get(cue, cue) for cue in probe.unless[:_SHOWN_CUES])
    more = " …" if len(probe.unless) > _SHOWN_CUES else ""
    return f"> {probe.text} ({probe.because}{f'; unless: {cues}{more}' if cues else ''})"


def _timed(number: str, seconds: float, what: str) -> str:
    return f"{number:<3} {clock(seconds)}  {flat(what)}"[:WIDTH]
