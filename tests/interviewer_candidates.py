"""Candidates that answer by a script, and an interview with one on a simulated clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent.brief import Brief, Question, TalkingPoint
from agent.interviewer.interviewer import Interviewer
from agent.interviewer.moment import say_s
from agent.turns import Move, Turn

BRIEF = Brief(
    company="Harbor Freight Lines",
    role="Operations Engineer",
    snapshot="A shipping company that moves containers between twelve ports.",
    stack="Python, Kafka, and a scheduler for cranes.",
    questions=(
        Question(
            area="system_design",
            text="How would you design a scheduler for the cranes of a port?",
            why="Looks for trade-offs between waiting time and cost.",
        ),
        Question(
            area="domain",
            text="Which container data would you trust, and how would you check its quality?",
            why="The team lives on data quality and throughput.",
        ),
        Question(
            area="behavioral",
            text="Tell me about a time when a delivery went wrong. What did you do?",
            why="Own action and what came of it.",
        ),
        Question(area="coding", text="How do you find out why a nightly job became slow?"),
        Question(area="culture", text="How do you like to work with people on the quay?"),
        Question(area="domain", text="What do you know about the throughput of a terminal?"),
        Question(area="warm_up", text="What brings you here?"),
        Question(area="logistics", text="Walk me through a day of yours."),
    ),
    talking_points=(
        TalkingPoint(
            name="Throughput of the Rotterdam terminal",
            text="At Maersk I raised the throughput of the terminal from 310 to 475 containers an"
            " hour with a new crane scheduler called PortMind.",
        ),
        TalkingPoint(
            name="Data quality with Kafka",
            text="I wrote a checker of container data on Kafka that found 93% of wrong weights.",
        ),
        TalkingPoint(
            name="The lost delivery",
            text="When a delivery of vaccines was lost I traced it in 40 minutes with Ms. Okafor.",
        ),
    ),
)
"""A brief of eight questions over seven areas."""

Candidate = Callable[[Move, tuple[Turn, ...]], tuple[str, str]]
"""Given what is asked and all turns before: the answer, and how the turn ended."""

_STORY = (
    "so at that time we had a terminal with many cranes and we moved the containers by hand and"
    " we changed the schedule every night and our cranes were much faster after that and we"
    " improved the container data too because it was hard to see what went wrong "
)


def _says(*answers: str) -> Candidate:
    def candidate(move: Move, turns: tuple[Turn, ...]) -> tuple[str, str]:
        text = answers[len(turns) % len(answers)]
        return text, "silence" if text else "no_speech"

    return candidate


CANDIDATES: dict[str, Candidate] = {
    "rambler": _says(_STORY * 11),
    "brief": _says(_STORY),
    "one word": _says("fine", "yes", "maybe", "cranes"),
    "silent": _says(""),
    "half silent": _says("", _STORY, ""),
    "repeats": lambda move, _: (
        ("could you repeat that", "repeat") if move.kind != "repeat" else (_STORY, "silence")
    ),
    "skips": lambda *_: ("let's skip this one", "skip"),
}


@dataclass(frozen=True)
class Held:
    """An interview that was held."""

    turns: tuple[Turn, ...]
    """What was asked and answered."""
    closing: Move
    """The good-bye."""
    end_s: float
    """When the good-bye had been said, in seconds of session time."""

    @property
    def follow_ups(self) -> list[Move]:
        """All follow-ups."""
        return [turn.move for turn in self.turns if turn.move.kind == "follow_up"]

    @property
    def questions(self) -> list[Move]:
        """All questions."""
        return [turn.move for turn in self.turns if turn.move.kind == "question"]


def hold(interviewer: Interviewer, candidate: Candidate) -> Held:
    """Hold an interview as rehearsal.py does, at 2.5 words a second and 2 s between turns."""
    now_s = say_s(interviewer.opening().spoken)
    turns: tuple[Turn, ...] = ()
    for _ in range(400):
        move = interviewer.next_move(turns, now_s)
        now_s += say_s(move.spoken) + (say_s(move.hand_over) if move.hand_over else 0.0)
        if move.kind == "closing":
            return Held(turns, move, now_s)
        answer, ended_by = candidate(move, turns)
        start_s = now_s + 1.0
        now_s = start_s + (len(answer.split()) / 2.5 if answer else 10.0)
        turns += (Turn(move, answer, start_s, now_s, ended_by),)
        now_s += 2.0
    raise AssertionError("the interview does not end")
