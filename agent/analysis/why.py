"""What an interviewer planned, what came of it, and why it said each thing: from the journal."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from agent.console import shortened, wrapped
from agent.session import StoredSession
from agent.session.events import SaidEvent
from agent.session.settings import KeptItem
from agent.text.display import clock, plural
from agent.text.words import key_of

_STOPPED = {
    "resumed_answer": "it came in too early, and you went on",
    "interruption": "you interrupted it",
    "key": "a key stopped it",
}
_INDENT = " " * 7


def lines_of(stored: StoredSession) -> list[SaidEvent]:
    """Return all that the interviewer said, each with its reason."""
    return [event for event in stored.events if isinstance(event, SaidEvent)]


def planned(stored: StoredSession) -> list[tuple[KeptItem, SaidEvent | None]]:
    """Return the planned questions, each with the line that asked it, None for one never asked."""
    left = [line for line in lines_of(stored) if line.made and line.kind == "question"]
    plan: list[tuple[KeptItem, SaidEvent | None]] = []
    for item in stored.meta.plan.items if stored.meta.plan else ():
        asked = next((line for line in left if _asks(line, item)), None)
        left = [line for line in left if line is not asked]
        plan.append((item, asked))
    return plan


def _asks(line: SaidEvent, item: KeptItem) -> bool:
    if item.question_index is not None:
        return line.question_index == item.question_index
    return key_of(line.text) == key_of(item.text)


def document(stored: StoredSession) -> dict[str, Any]:
    """Return plan and decisions as JSON."""
    plan = [
        item.model_dump() | {"asked_s": asked and asked.start_s} for item, asked in planned(stored)
    ]
    return {"plan": plan, "decisions": [asdict(line) for line in lines_of(stored)]}


def told(stored: StoredSession) -> Iterator[str]:
    """Yield plan and decisions in lines of 80 columns."""
    plan = planned(stored)
    yield f"The plan: {plural(len(plan), 'question')}"
    for number, (item, asked) in enumerate(plan, 1):
        area = ", ".join(filter(None, (item.area.replace("_", " "), item.asked_by))) or "no area"
        yield f"{number:>3}. {clock(item.budget_s)}  {shortened(f'{area}: {item.text}', 68)}"
        came = f"asked at {clock(asked.start_s)}" if asked else "never reached"
        reason = item.reason.partition(": ")[2] or item.reason
        yield from wrapped(f"{came}; {reason}", _INDENT, f"{_INDENT}  ")
    yield from ["", "What was said"]
    for number, line in enumerate(lines_of(stored), 1):
        kind = line.kind.replace("_", "-")
        kind += f" ({line.probe.replace('_', ' ')})" if line.probe else ""
        kind += f", {line.speaker}" if line.speaker else ""
        yield f"{number:>3}. {clock(line.start_s)}  {shortened(kind, 68)}"
        yield from wrapped(line.text, _INDENT)
        stopped = _STOPPED.get(line.stopped_by, "")
        for text in (
            f"because: {line.reason}",
            f'your brief says: "{line.evidence}"' if line.evidence else "",
            f'{stopped}; heard: "{line.heard}"' if stopped else "",
        ):
            yield from wrapped(text, _INDENT, f"{_INDENT}  ")
