"""`rehearse why SESSION`: the plan, the interviewer's decisions with their reasons, its audit."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.console import WIDTH, wrapped
from agent.errors import SessionError
from agent.text.display import clock, flat

if TYPE_CHECKING:
    from agent.after.decisions import Decision
    from agent.after.why import Audit, HeldReady, Why

_INDENT = " " * 7
_STOPPED = {
    "resumed_answer": "it had come in too early and gave the floor back",
    "interruption": "you interrupted it",
    "key": "a key stopped it",
    "end": "it was never said: the session ended",
}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "why",
        help="show why the interviewer said what it said",
        description="Show what was planned and what became of it, every decision of the interviewer"
        " with its reason, and its own audit.",
    )
    parser.add_argument("session", metavar="SESSION", help="a session folder")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the plan, the decisions and the audit.

    Raises:
        SessionError: no session, or one without an interviewer.
    """
    from dataclasses import asdict
    from pathlib import Path

    from agent.after.why import why_of
    from agent.session import read_session

    stored = read_session(Path(args.session).expanduser())
    why = why_of(stored)
    if not why.decisions:
        raise SessionError(
            f"{args.session} holds no interviewer's words; `rehearse sessions` lists the interviews"
        )
    if args.json:
        print(json.dumps(asdict(why), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(why, stored.meta.title)))
    return 0


def _lines(why: Why, title: str) -> Iterator[str]:
    yield from wrapped(title, "")
    yield ""
    if why.plan:
        yield from _plan(why)
        yield ""
        yield "What was said"
    for number, decision in enumerate(why.decisions, start=1):
        yield from _decision(number, decision)
    yield ""
    yield "The interviewer by its own rules"
    yield from _audit(why.audit, len(why.plan))


def _plan(why: Why) -> Iterator[str]:
    """Yield a few lines for each planned question, and why some were never reached."""
    own = f", {clock(why.own_questions_s)} for your own" if why.own_questions_s else ""
    count = len(why.plan)
    yield f"The plan: {count} question{'' if count == 1 else 's'}{own}"
    for number, item in enumerate(why.plan, start=1):
        who = f", {item.asked_by}" if item.asked_by else ""
        area = item.area.replace("_", " ") or "no area"
        yield _cut(f"{number:>3}. {clock(item.budget_s)}  ", f"{area}{who}: {item.text}")
        took = "never reached" if item.took_s is None else f"took {clock(item.took_s)}"
        told = f"{took}; {item.reason.partition(': ')[2] or item.reason}"
        yield from wrapped(told, _INDENT, _INDENT + "  ")
        if item.probes:
            yield _cut(_INDENT, f"held ready: {', '.join(map(_probe, item.probes))}")
    if why.not_reached:
        missed = [str(number) for number, one in enumerate(why.plan, 1) if one.place is None]
        told = f"never reached: {', '.join(missed)}; because: {why.not_reached}"
        yield from wrapped(told, "  ", "    ")


def _probe(probe: HeldReady) -> str:
    return probe.kind.replace("_", " ") + (" (asked)" if probe.asked else "")


def _decision(number: int, decision: Decision) -> Iterator[str]:
    kind = decision.kind.replace("_", "-")
    if decision.question_index is not None and decision.kind == "question":
        kind += f" {decision.question_index + 1}"
    kind += f" ({decision.probe.replace('_', ' ')})" if decision.probe else ""
    who = f", {decision.speaker}" if decision.speaker else ""
    yield _cut(f"{number:>3}. {clock(decision.start_s)}  ", f"{kind}{who}")
    yield from wrapped(decision.text, _INDENT)
    yield from wrapped(f"because: {decision.reason}", _INDENT, _INDENT + "  ")
    if decision.evidence:
        yield from wrapped(f'your brief says: "{decision.evidence}"', _INDENT, _INDENT + "  ")
    if decision.stopped_by:
        how = _STOPPED.get(decision.stopped_by, "it was stopped")
        heard = f'; heard: "{decision.heard}"' if decision.heard else ""
        yield from wrapped(f"{how}{heard}", _INDENT, _INDENT + "  ")
    if decision.held:
        yield f"{_INDENT}fell silent for a sound and went on: {decision.held}"


def _audit(audit: Audit, planned: int) -> Iterator[str]:
    share = audit.talk_share
    kept = f"ended at {clock(audit.ended_s)}"
    if audit.planned_s:
        over = audit.ended_s / audit.planned_s - 1
        kept += f" of {clock(audit.planned_s)} ({over:+.0%})"
    rows = [
        *([] if share is None else [("talk share", f"{share:.0%} of all speaking", "measured")]),
        *(
            (f"  {flat(who)[:18]}", clock(long_s), "measured")
            for who, long_s in audit.spoke_s.items()
        ),
        ("follow-ups", str(audit.follow_ups), "rule"),
        ("two questions in one", _places(audit.double_questions), "rule"),
        ("cut-offs, given back", _places(audit.cut_offs), "measured"),
        ("interrupted by you", str(audit.interrupted), "measured"),
        ("time", kept, "measured"),
    ]
    if audit.cut_in:
        rows.append(("cut in on you", str(audit.cut_in), "measured"))
    if planned:
        rows.append(("questions over time", _places(audit.over_budget), "measured"))
    for label, value, basis in rows:
        yield f"  {label:<22} {value:<42} {basis}"[:WIDTH].rstrip()


def _places(places: tuple[int, ...]) -> str:
    """Return how many and which, as "2 (number 4, 9)"."""
    if not places:
        return "0"
    which = ", ".join(str(place + 1) for place in places[:6])
    return f"{len(places)} (number {which}{', …' if len(places) > 6 else ''})"


def _cut(lead: str, text: str) -> str:
    """Return one line of both, the text cut to the width."""
    line = lead + flat(text)
    return line if len(line) <= WIDTH else line[: WIDTH - 1].rstrip() + "…"
