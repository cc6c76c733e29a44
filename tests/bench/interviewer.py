"""The interviewer by rules against ten scripted candidates, on every brief that is there.

A follow-up takes up the answer where it quotes it, says one of its numbers, or uses a telling word
of it (agent/interviewer/takeup.py). Leaks are looked for by another rule than the interviewer's
own: any digit or capitalized name of a talking point in a follow-up that nobody has said.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent.brief import Brief  # noqa: E402
from agent.brief.read import read_reading  # noqa: E402
from agent.interviewer.mind import RulesMind  # noqa: E402
from agent.interviewer.plan import make_plan  # noqa: E402
from agent.interviewer.takeup import taken_up  # noqa: E402
from agent.interviewer.topic import topics_so_far  # noqa: E402
from agent.turns import Move, Turn  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from tests.interviewer_candidates import BRIEF, Held, hold  # noqa: E402
from tests.interviewer_people import STORIES, others, people  # noqa: E402

MINUTES = 20
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w-]{2,}|\b\w*\d\w*\b")
_ROUNDS = 40


@dataclass(frozen=True)
class FollowedUp:
    """One follow-up with what it was asked after."""

    move: Move
    """The follow-up."""
    answers: str
    """What was said to the question so far."""
    said: str
    """Everything asked and said before it."""
    first: bool
    """Whether it is the first to its question; only this one's kind is looked at."""


def follow_ups(mind: RulesMind, held: Held) -> Iterator[FollowedUp]:
    """Yield the follow-ups of an interview."""
    said = ""
    for topic in topics_so_far(mind.plan, held.turns):
        answers = ""
        for turn in topic.turns:
            if turn.move.kind == "follow_up":
                yield FollowedUp(turn.move, answers, said, turn.move is topic.follow_ups[0])
            answers += f"\n{turn.answer}"
            said += f"\n{turn.move.text}\n{turn.answer}"


def leaked(text: str, brief: Brief, said: str) -> set[str]:
    """Return the names and digits of talking points in a text that were not said."""
    facts = {m.lower() for p in brief.talking_points for m in _NAME.findall(f"{p.name} {p.text}")}
    words = {word.strip(".,?!\"'").lower() for word in text.split()}
    return {word for word in words & facts if word not in said.lower()}


def measured(names: dict[str, Any], brief: Brief, found: dict[str, dict[str, Any]]) -> None:
    """Hold an interview with each candidate and add its figures up by name."""
    for name, (candidate, right) in names.items():
        mind = RulesMind(brief, make_plan(brief, MINUTES))
        held = hold(mind, candidate)
        row = found.setdefault(name, {"count": 0, "taken": 0, "right": 0, "leaks": 0, "bad": 0,
                                      "over": 0.0, "longest": 0})  # fmt: skip
        texts = [t.move.text for t in held.turns if t.move.kind in ("question", "follow_up")]
        row["bad"] += len(texts) - len(set(texts))
        row["over"] = max(row["over"], held.end_s / (60 * MINUTES) - 1)
        for each in follow_ups(mind, held):
            row["count"] += 1
            row["taken"] += bool(taken_up(each.move.text, each.answers))
            row["right"] += not each.first or each.move.probe in right
            row["leaks"] += bool(leaked(each.move.spoken, brief, each.said))
            row["bad"] += each.move.text.count("?") != 1
            row["longest"] = max(row["longest"], len(each.move.text.split()))


def decision_ms(brief: Brief) -> list[float]:
    """Return the processor time of each decision after a 3-minute answer, in milliseconds."""
    # So few questions that there is time for a follow-up, which is what takes the longest.
    mind = RulesMind(brief, make_plan(brief, 3 * MINUTES, questions=2))
    # Without a claim in one half of them, so that every kind of follow-up is looked for.
    plain = " ".join((*STORIES[:3], STORIES[4]) * 3)
    times = []
    for number in range(_ROUNDS):
        story = plain if number % 2 else " ".join(STORIES * 2)
        # Another word each time, so that no answer was met before.
        answer = f"{story} and that was the case number w{number}"
        turn = Turn(mind.next_move((), 20.0), answer, 30.0, 210.0)
        before_s = time.thread_time()
        mind.next_move((turn,), 212.0)
        times.append(1000 * (time.thread_time() - before_s))
    return times


def briefs() -> list[Brief]:
    """Return the briefs of the repo, of ../shared where it is there, and the tests' own."""
    paths = [*sorted((ROOT / "briefs").glob("*.md")), ROOT / "tests" / "plant_engineer.md",
             *sorted((ROOT.parent / "shared" / "briefs").glob("*.txt"))]  # fmt: skip
    return [BRIEF, *(read_reading(str(path)).brief for path in paths)]


def table() -> list[dict[str, str]]:
    """Return the figures as rows."""
    known = briefs()
    found: dict[str, dict[str, Any]] = {}
    fresh: dict[str, dict[str, Any]] = {}
    for brief in known:
        measured(people(brief), brief, found)
        measured(others(), brief, fresh)
    rows = [
        {
            "figure": f"{name}: taken up / right kind / follow-ups",
            "value": f"{row['taken']}/{row['right']}/{row['count']}",
            "goal": "",
        }
        for name, row in found.items()
    ]
    rows += [
        {"figure": f"{name} (held out): taken up / follow-ups",
         "value": f"{row['taken']}/{row['count']}", "goal": ""}
        for name, row in fresh.items()
    ]  # fmt: skip
    total = {key: sum(row[key] for row in found.values()) for key in ("count", "taken", "right")}
    held_out = [sum(row[key] for row in fresh.values()) for key in ("taken", "count")]
    every = [*found.values(), *fresh.values()]
    times = sorted(ms for brief in known for ms in decision_ms(brief))
    figures = (
        ("follow-ups that take up the answer", f"{total['taken'] / total['count']:.0%}", "80 %"),
        ("the same, held-out candidates", f"{held_out[0] / held_out[1]:.0%}", "80 %"),
        (
            "of the right kind (the first to a question)",
            f"{total['right'] / total['count']:.0%}",
            "",
        ),
        ("leaks", str(sum(row["leaks"] for row in every)), "0"),
        ("asked twice, or two questions in one", str(sum(row["bad"] for row in every)), "0"),
        ("words of the longest follow-up", str(max(row["longest"] for row in every)), "25"),
        ("time over, at most", f"{max(row['over'] for row in every):+.1%}", "5 %"),
        ("decision after 3 minutes, CPU p95", f"{times[int(0.95 * len(times))]:.1f} ms", "20 ms"),
    )
    heading = f"{len(known)} briefs, {len(found)} candidates, {MINUTES} minutes"
    rows += [{"figure": f, "value": v, "goal": g} for f, v, g in figures]
    return [{"figure": heading, "value": str(total["count"]), "goal": ""}, *rows]


def main() -> None:
    """Measure and print."""
    args = arguments(__doc__ or "").parse_args()
    show(table(), args.json)


if __name__ == "__main__":
    main()
