"""`rehearse plan BRIEF`: what will be asked, in which order, for how long, and why."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.cli.run import add_length_options, add_panel_option
from agent.console import WIDTH, wrapped
from agent.errors import RehearseError
from agent.text.display import clock, flat

if TYPE_CHECKING:
    from agent.analysis.history import History
    from agent.brief import Brief
    from agent.interview.plan import Plan, PlanItem
    from agent.session.plan import KeptProbe

_SHOWN_CUES = 3
_CUES = {"#": "a figure", "@": "a case"}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "plan",
        help="show what will be asked, for how long, and why",
        description="Show the questions of a session, their time, and why each was chosen.",
    )
    parser.add_argument("brief", metavar="BRIEF", help="the brief; - for standard input")
    add_length_options(parser)
    parser.add_argument(
        "--next",
        action="store_true",
        help="the plan of `rehearse next`: from what the earlier sessions left open",
    )
    parser.add_argument("--out", metavar="DIR", help="folder of the sessions, for --next")
    add_panel_option(parser)
    parser.add_argument(
        "--probes", metavar="FILE", help="write the brief with all follow-ups to FILE, to edit them"
    )
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the plan of an interview on the brief."""
    from agent.brief.read import read_reading
    from agent.cli.interview import output_parent
    from agent.cli.next import carried_on_lines, history_now
    from agent.interview.one_way import one_way_plan
    from agent.interview.panel import seated
    from agent.interview.plan import make_plan, with_own_questions

    brief = read_reading(args.brief).brief
    history = history_now(output_parent(args.out), brief) if args.next else None

    def make(minutes: float) -> Plan:
        return make_plan(brief, minutes, args.questions, history=history)

    if args.one_way:
        plan = one_way_plan(brief, args.questions)
    else:
        timed = with_own_questions(make, args.minutes, args.own_questions)
        plan = seated(timed, brief, args.panel)
    if args.probes:
        _write_probes(brief, Path(args.probes).expanduser())
    document = json.dumps(_document(plan, brief, history), ensure_ascii=False, indent=1)
    carried = [*carried_on_lines(history, plan, brief), ""] if history else []
    print(document if args.json else "\n".join([*carried, *_lines(plan, brief)]))
    return 0


def _document(plan: Plan, brief: Brief, history: History | None) -> dict[str, Any]:
    from dataclasses import replace

    from agent.interview.start import kept_plan

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
    from agent.interview.panel import panel_lines
    from agent.interview.plan import CLOSING_S, OPENING_S

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


def _write_probes(brief: Brief, path: Path) -> None:
    """Write the brief with the follow-ups of every question."""
    from agent.brief.write import write_brief
    from agent.interview.probes import with_probes

    try:
        with path.open("x", encoding="utf-8") as file:
            path.chmod(0o600)
            file.write(write_brief(with_probes(brief)))
    except FileExistsError:
        raise RehearseError(f"{path} is there already; give another name") from None
    except OSError as error:
        told = f"cannot write {path} ({error.strerror}); give a place that can be written to"
        raise RehearseError(told) from error


def _timed(number: str, seconds: float, what: str) -> str:
    return f"{number:<3} {clock(seconds)}  {flat(what)}"[:WIDTH]
