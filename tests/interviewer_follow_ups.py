"""The follow-ups of an interview with what they were asked after, and what of a point they leak."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.brief import Brief
from agent.interviewer.moment import topics_so_far
from agent.interviewer.plan import Plan
from agent.turns import Move
from tests.interviewer_candidates import Held

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w-]{2,}|\b\w*\d\w*\b")


@dataclass(frozen=True)
class FollowedUp:
    """One follow-up with what it was asked after."""

    move: Move
    """The follow-up."""
    question: str
    """The question that it was asked to."""
    answers: str
    """What was said to the question so far."""
    said: str
    """Everything asked and said before it."""
    first: bool
    """Whether it is the first to its question; only this one's kind is looked at."""


def follow_ups(plan: Plan, held: Held) -> Iterator[FollowedUp]:
    """Yield the follow-ups of an interview."""
    said = ""
    for topic in topics_so_far(plan, held.turns):
        answers = ""
        for turn in topic.turns:
            if turn.move.kind == "follow_up":
                yield FollowedUp(
                    turn.move, topic.question.text, answers, said, turn.move is topic.follow_ups[0]
                )
            answers += f"\n{turn.answer}"
            said += f"\n{turn.move.text}\n{turn.answer}"


def leaked(text: str, brief: Brief, said: str) -> set[str]:
    """Return the names and digits of talking points in a text that were not said.

    Another rule than the interviewer's own: any digit or capitalized name.
    """
    facts = {m.lower() for p in brief.talking_points for m in _NAME.findall(f"{p.name} {p.text}")}
    words = {word.strip(".,?!\"'").lower() for word in text.split()}
    return {word for word in words & facts if word not in said.lower()}
