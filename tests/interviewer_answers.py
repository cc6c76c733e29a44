"""People of sixteen trades who answer by script, as recognizers write it, and their interviews.

bench/follow_ups_heldout.txt holds their answers, put aside before they were asked about. A block
begins with "==" and the trade. "P:" is a talking point, "Q:" a question (area, text, why, probes),
"A:" its answer, "+:" what is said to its follow-ups, "J:" a reader's verdict.
"""

from __future__ import annotations

from dataclasses import dataclass

from agent.brief import Brief, Question, TalkingPoint
from agent.interviewer.interviewer import RulesInterviewer
from agent.interviewer.plan import Plan, make_plan
from agent.turns import Move, Turn
from tests.interviewer_candidates import Held, hold
from tests.need import ROOT

PATH = ROOT / "tests" / "bench" / "follow_ups_heldout.txt"
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


def persons() -> list[Person]:
    """Return everybody."""
    return [_person(block) for block in PATH.read_text(encoding="utf-8").split("== ")[1:]]


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
