"""Ten people of ten trades who answer by script, as recognizers write it, and their interviews.

interviewer_answers.txt holds fifty answers of our own, of 60 to 120 words, one in five as
a recognizer may write: lower case, no full stops. A block begins with "==": whether its answers
were looked at while the follow-ups were worded ("known"), the trade, and a brief of this repo or
none.
"P:" is a talking point, "Q:" a question (area, text, why, probes), "A:" its answer, "+:" what is
said to its follow-ups. bench/follow_ups_heldout.txt has the same form, without the first word.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from agent.brief import Brief, Question, TalkingPoint
from agent.brief.read import read_reading
from agent.interviewer.interviewer import RulesInterviewer
from agent.interviewer.planning.plan import Plan, make_plan
from agent.turns import Move, Turn
from tests.interviewer_candidates import Held, hold
from tests.need import ROOT

_PATH = ROOT / "tests" / "interviewer_answers.txt"
_MINUTES = 40.0


@dataclass(frozen=True)
class Person:
    """One person with what they are asked and what they say."""

    trade: str
    """What they work as."""
    is_known: bool
    """Whether the answers were looked at while tuning."""
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


def persons(path: Path = _PATH) -> list[Person]:
    """Return everybody of a file."""
    return [_person(block) for block in path.read_text(encoding="utf-8").split("== ")[1:]]


def _person(block: str) -> Person:
    first, *lines = block.strip().splitlines()
    *known, trade = _cells(first)[:2]
    path = _cells(first)[2:]
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
    brief = Brief(questions=tuple(questions), talking_points=tuple(points))
    if path:
        brief = read_reading(str(ROOT / path[0])).brief
        brief, answers = _of(brief, answers)
    return Person(trade, known == ["known"], brief, answers)


def _of(brief: Brief, answers: dict[str, list[str]]) -> tuple[Brief, dict[str, list[str]]]:
    """Return a brief with only the questions that are answered, and the answers by their texts."""
    begun = {text[:40]: said for text, said in answers.items()}
    asked = tuple(question for question in brief.questions if question.text[:40] in begun)
    by_text = {question.text: begun[question.text[:40]] for question in asked}
    return brief.model_copy(update={"questions": asked}), by_text


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]
