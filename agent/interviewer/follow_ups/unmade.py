"""Talking points that a question invites and that nobody has made yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.analysis import Status
from agent.brief import Brief, Question, TalkingPoint
from agent.coverage.fit import invited
from agent.coverage.points import judge_text

LEAST_FIT = 0.1
"""A point that fits a question less is not asked for there (agent.coverage.fit: 0 to 1)."""
_MUCH_BETTER = 1.5
"""A later question that fits a point so many times better gets to ask for it."""
_MADE: tuple[Status, ...] = ("covered", "contradicted")


@dataclass(frozen=True)
class Unmade:
    """One talking point that could be made now."""

    index: int
    """Its place in the brief, from 0."""
    status: Status
    """missing, or partial: raised, but without its claim or its figures."""


def unmade_points(
    brief: Brief,
    question: Question,
    answers: Sequence[str],
    earlier: Sequence[str],
    later: Sequence[Question] = (),
) -> list[Unmade]:
    """Return the points that the question invites and that are not made, the most fitting first.

    Args:
        brief: holds the points.
        question: what was asked.
        answers: what was said to this question.
        earlier: what was said to other questions; a point made there is made.
        later: questions still to come; a missing point that fits one much better is left to it.
    """
    points = brief.talking_points
    found = []
    for index, fit in _invited(question, points):
        best_later = max((dict(_invited(q, points)).get(index, 0.0) for q in later), default=0.0)
        if fit < LEAST_FIT or any(_status(points[index], a, "") in _MADE for a in earlier):
            continue
        status = _status(points[index], " ".join(answers), question.text)
        waits = status == "missing" and best_later > _MUCH_BETTER * fit
        if status not in _MADE and not waits:
            found.append(Unmade(index, status))
    return found


@lru_cache(maxsize=512)
def _invited(question: Question, points: tuple[TalkingPoint, ...]) -> tuple[tuple[int, float], ...]:
    return tuple(invited(question, points))


@lru_cache(maxsize=2048)
def _status(point: TalkingPoint, text: str, question: str) -> Status:
    return judge_text(point, text, question).status
