"""What an interviewer planned, what came of it, and why it said each thing: from the journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from agent.analysis.conversation import read_conversation
from agent.console import shortened, wrapped
from agent.session import StoredSession
from agent.session.events import SaidEvent
from agent.session.plan import KeptItem
from agent.text.display import clock, plural

_PARTS = ("question", "your_questions", "closing")
"""What ends the time of the question before."""
_STOPPED = {
    "resumed_answer": "it came in too early, and you went on",
    "interruption": "you interrupted it",
    "key": "a key stopped it",
}
_INDENT = " " * 7


@dataclass(frozen=True)
class Why:
    """The plan of a session, and all that was said in it."""

    plan: tuple[tuple[KeptItem, float | None], ...]
    """The planned questions with the seconds that each took, None where it was never asked."""
    lines: tuple[SaidEvent, ...]
    """What the interviewer said, each with its reason."""

    def document(self) -> dict[str, Any]:
        """Return it as JSON."""
        plan = [item.model_dump() | {"took_s": took_s} for item, took_s in self.plan]
        return {"plan": plan, "decisions": [asdict(line) for line in self.lines]}

    def told(self) -> Iterator[str]:
        """Yield it in lines of 80 columns."""
        yield f"The plan: {plural(len(self.plan), 'question')}"
        for number, (item, took_s) in enumerate(self.plan, 1):
            who = f", {item.asked_by}" if item.asked_by else ""
            area = item.area.replace("_", " ") or "no area"
            asks = shortened(f"{area}{who}: {item.text}", 68)
            yield f"{number:>3}. {clock(item.budget_s)}  {asks}"
            took = "never reached" if took_s is None else f"took {clock(took_s)}"
            reason = item.reason.partition(": ")[2] or item.reason
            yield from wrapped(f"{took}; {reason}", _INDENT, f"{_INDENT}  ")
        yield from ["", "What was said"]
        for number, line in enumerate(self.lines, 1):
            yield from _line_told(number, line)


def why_of(stored: StoredSession) -> Why:
    """Return a session's plan with what became of it, and what the interviewer said."""
    told = read_conversation(stored)
    parts = [line for line in told.lines if line.made and line.kind in _PARTS]
    last_s = max([line.end_s for line in told.lines] + [a.end_s or 0.0 for a in told.answers] + [0])
    ends_s = [*(line.start_s for line in parts[1:]), last_s]
    took = [
        (line, max(0.0, end_s - line.start_s)) for line, end_s in zip(parts, ends_s, strict=False)
    ]
    plan = []
    for item in stored.meta.plan.items if stored.meta.plan else ():
        found = next((one for one in took if _asks(one[0], item)), None)
        if found:
            took.remove(found)
        plan.append((item, found and found[1]))
    return Why(tuple(plan), told.lines)


def _asks(line: SaidEvent, item: KeptItem) -> bool:
    if line.kind != "question" or item.question_index is not None:
        return line.kind == "question" and line.question_index == item.question_index
    return line.text.casefold() == item.text.casefold()


def _line_told(number: int, line: SaidEvent) -> Iterator[str]:
    kind = line.kind.replace("_", "-")
    if line.kind == "question" and line.question_index is not None:
        kind += f" {line.question_index + 1}"
    kind += f" ({line.probe.replace('_', ' ')})" if line.probe else ""
    who = f", {line.speaker}" if line.speaker else ""
    yield f"{number:>3}. {clock(line.start_s)}  {shortened(f'{kind}{who}', 68)}"
    yield from wrapped(line.text, _INDENT)
    stopped = _STOPPED.get(line.stopped_by, "")
    for text in (
        f"because: {line.reason}",
        f'your brief says: "{line.evidence}"' if line.evidence else "",
        f'{stopped}; heard: "{line.heard}"' if stopped else "",
    ):
        yield from wrapped(text, _INDENT, f"{_INDENT}  ") if text else ()
