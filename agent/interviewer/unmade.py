"""Talking points that a question invites and that nobody has made yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.analysis import Status
from agent.brief import Brief, Question, TalkingPoint
from agent.coverage.words import stem
from agent.interviewer.words import COMMON, words_of


@dataclass(frozen=True)
class Unmade:
    """One talking point that could be made now."""

    index: int
    """Its place in the brief, from 0."""
    status: Status
    """missing, or partial: raised, but without its claim or its figures."""


def unmade_points(
    brief: Brief, question: Question, answers: Sequence[str], earlier: Sequence[str]
) -> list[Unmade]:
    """Return the points that the question invites and that are not made, the most fitting first.

    Args:
        brief: holds the points.
        question: what was asked.
        answers: what was said to this question.
        earlier: what was said to other questions; a point made there is made.
    """
    found = []
    for index, _ in invited(question, brief.talking_points):
        point = brief.talking_points[index]
        if any(_status(point, said, "") in ("covered", "contradicted") for said in earlier):
            continue
        status = _status(point, " ".join(answers), question.text)
        if status in ("missing", "partial"):
            found.append(Unmade(index, status))
    return found


@lru_cache(maxsize=2048)
def _status(point: TalkingPoint, text: str, question: str) -> Status:
    return judge_text(point, text, question)


def invited(question: Question, points: Sequence[TalkingPoint]) -> list[tuple[int, float]]:
    """Return the points that share telling words with a question, with how many tenths."""
    asked = _telling(f"{question.text} {question.why}")
    shares = [(i, len(asked & _telling(f"{p.name} {p.text}")) / 10) for i, p in enumerate(points)]
    return sorted([s for s in shares if s[1] >= 0.2], key=lambda s: -s[1])


def judge_text(point: TalkingPoint, text: str, question: str = "") -> Status:
    """Return a point's status by its share of telling words that the question did not say."""
    own = _telling(f"{point.name} {point.text}")
    share = len(own & (_telling(text) - _telling(question))) / max(1, len(own))
    return "covered" if share > 0.4 else "partial" if share > 0.15 else "missing"


def _telling(text: str) -> set[str]:
    return {stem(w) for w in words_of(text) if w not in COMMON}
