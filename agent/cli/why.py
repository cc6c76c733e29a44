"""`rehearse why SESSION`: every decision of the interviewer with its reason, and its own audit."""

from __future__ import annotations

import argparse
import json
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.errors import SessionError

if TYPE_CHECKING:
    from agent.why import Audit, Decision, Why

_WIDTH = 80
"""The widest output, in columns."""
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
        description="Show every decision of the interviewer with its reason, and its own audit.",
    )
    parser.add_argument("session", metavar="SESSION", help="a session folder")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the decisions and the audit.

    Raises:
        SessionError: no session, or one without an interviewer.
    """
    from dataclasses import asdict
    from pathlib import Path

    from agent.session import read_session
    from agent.why import why_of

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
    yield from _wrapped(title, "")
    yield ""
    for number, decision in enumerate(why.decisions, start=1):
        yield from _decision(number, decision)
    yield ""
    yield "The interviewer by its own rules"
    yield from _audit(why.audit)


def _decision(number: int, decision: Decision) -> Iterator[str]:
    kind = decision.kind.replace("_", "-")
    if decision.question_index is not None and decision.kind == "question":
        kind += f" {decision.question_index + 1}"
    kind += f" ({decision.probe.replace('_', ' ')})" if decision.probe else ""
    yield f"{number:>3}. {_clock(decision.start_s)}  {kind}"
    yield from _wrapped(decision.text, _INDENT)
    yield from _wrapped(f"because: {decision.reason}", _INDENT, _INDENT + "  ")
    if decision.kind == "follow_up":
        taken = f'"{decision.took_up}"' if decision.took_up else "nothing of the answer"
        yield from _wrapped(f"takes up: {taken}", _INDENT, _INDENT + "  ")
    if decision.stopped_by:
        how = _STOPPED.get(decision.stopped_by, "it was stopped")
        heard = f'; heard: "{decision.heard}"' if decision.heard else ""
        yield from _wrapped(f"{how}{heard}", _INDENT, _INDENT + "  ")
    if decision.held:
        yield f"{_INDENT}fell silent for a sound and went on: {decision.held}"


def _audit(audit: Audit) -> Iterator[str]:
    share = "-" if audit.talk_share is None else f"{audit.talk_share:.0%} of all speaking"
    kept = f"ended at {_clock(audit.ended_s)}"
    if audit.planned_s:
        over = audit.ended_s / audit.planned_s - 1
        kept += f" of {_clock(audit.planned_s)} ({over:+.0%})"
    rows = (
        ("talk share", share, "measured"),
        ("follow-ups", str(audit.follow_ups), "rule"),
        ("took nothing up", _places(audit.took_nothing_up), "rule"),
        ("two questions in one", _places(audit.double_questions), "rule"),
        ("cut-offs, given back", _places(audit.cut_offs), "measured"),
        ("interrupted by you", str(audit.interrupted), "measured"),
        ("time", kept, "measured"),
    )
    for label, value, basis in rows:
        yield f"  {label:<22} {value:<42} {basis}"[:_WIDTH].rstrip()


def _places(places: tuple[int, ...]) -> str:
    """Return how many and which, as "2 (number 4, 9)"."""
    if not places:
        return "0"
    which = ", ".join(str(place + 1) for place in places[:6])
    return f"{len(places)} (number {which}{', …' if len(places) > 6 else ''})"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def _wrapped(text: str, first: str, later: str | None = None) -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=first if later is None else later,
        break_on_hyphens=False,
    )
