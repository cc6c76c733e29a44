"""Print every built-in follow-up to 33 people of 33 trades, each with a reader's verdict.

follow_ups_heldout.txt holds 44 answers, follow_ups_fresh.txt 85 that were put aside before the
wordings were made: 60 from twelve trades, and 25 from five more before the kinds that had failed
were mended ("mended, first look"). A line "J:" under a question is what a reader made of a
follow-up: "good" (a good interviewer would ask it), "passable" or "wrong"; "before" are the rules
until then, "first look" the new ones as first read, "now" after the changes that the reading led
to. One that nobody judged yet is shown as "not judged": read it, and add a line. A line "K:" says
what the answer was meant to be.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent.brief import Brief, Question, TalkingPoint  # noqa: E402
from agent.interview.interviewer import RulesInterviewer  # noqa: E402
from agent.interview.plan import Plan, make_plan  # noqa: E402
from agent.session.turns import Move, Turn  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from tests.interviewer_candidates import Held, hold  # noqa: E402

PATHS = tuple(ROOT / "tests" / "bench" / f"follow_ups_{name}.txt" for name in ("heldout", "fresh"))
_MINUTES = 40.0


@dataclass(frozen=True)
class Person:
    """One person with what they are asked and what they say."""

    trade: str
    """What they work as."""
    brief: Brief
    """What they are interviewed about."""
    answers: dict[str, list[str]]
    """By the question: the answer, and what is said to its follow-ups."""

    def interview(self) -> tuple[Plan, Held]:
        """Hold an interview by rules."""
        asked = {"now": ""}

        def candidate(move: Move, turns: tuple[Turn, ...]) -> tuple[str, str]:
            if move.kind == "question":
                asked["now"] = move.text
            said = self.answers.get(asked["now"], ["No, thank you."])
            told = sum(turn.move.question_index == move.question_index for turn in turns)
            return said[min(told, len(said) - 1)], "silence"

        plan = make_plan(self.brief, _MINUTES)
        return plan, hold(RulesInterviewer(self.brief, plan), candidate)


def persons(path: Path = PATHS[0]) -> list[Person]:
    """Return everybody in a file."""
    return [_person(block) for block in path.read_text(encoding="utf-8").split("== ")[1:]]


def _person(block: str) -> Person:
    trade, *lines = block.strip().splitlines()
    questions: list[Question] = []
    points: list[TalkingPoint] = []
    answers: dict[str, list[str]] = {}
    for line in lines:
        mark, _, rest = line.partition(": ")
        if mark == "P":
            name, text = _cells(rest)
            points.append(TalkingPoint(name=name, text=text))
        elif mark == "Q":
            area, text, *more = _cells(rest)
            why, probes = "".join(more[:1]), tuple(more[1:])
            questions.append(Question(area=area, text=text, why=why, probes=probes))
            answers[text] = []
        elif mark in ("A", "+"):
            answers[questions[-1].text].append(rest)
    return Person(trade, Brief(questions=tuple(questions), talking_points=tuple(points)), answers)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


_MOST_WRONG = "at most 5 % wrong, 60 % good"


def verdicts(path: Path) -> dict[tuple[str, str], str]:
    """Return what the reader judged: by when it was asked and its text."""
    found = {}
    question = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition(": ")
        cells = [cell.strip() for cell in rest.split(" | ")]
        if mark == "Q":
            question = cells[1]
        elif mark == "J":
            found[cells[0], f"{question} {cells[2]}"] = cells[1]
    return found


def asked_of(person: Person) -> list[tuple[str, Move]]:
    """Return the follow-ups to a person, and the questions put in other words, by question."""
    _, held = person.interview()
    asked, question = [], ""
    for move in (turn.move for turn in held.turns):
        question = move.text if move.kind == "question" else question
        if move.kind == "follow_up" or move.reason.startswith("rule in_other_words"):
            asked.append((question, move))
    return asked


def table(path: Path) -> list[dict[str, str]]:
    """Return a row for each follow-up, and how many were judged in which way."""
    judged = verdicts(path)
    rows = []
    now: Counter[str] = Counter()
    for person in persons(path):
        for question, move in asked_of(person):
            verdict = judged.get(("now", f"{question} {move.text}"), "not judged")
            now[verdict] += 1
            figure = f"{person.trade}, {move.probe or 'in other words'}, {verdict}"
            rows.append({"figure": figure, "value": move.text, "goal": ""})
    for name in dict.fromkeys(name for name, _ in judged if name != "now"):
        counts = Counter(verdict for (when, _), verdict in judged.items() if when == name)
        rows.append({"figure": f"{path.stem}: {name}", "value": _told(counts), "goal": ""})
    return [*rows, {"figure": f"{path.stem}: now", "value": _told(now), "goal": _MOST_WRONG}]


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()))


def main() -> None:
    """Print."""
    args = arguments(__doc__ or "").parse_args()
    show([row for path in PATHS for row in table(path)], args.json)


if __name__ == "__main__":
    main()
