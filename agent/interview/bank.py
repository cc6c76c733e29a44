"""Questions of our own, for a brief that brings none; none names what a talking point says."""

from functools import lru_cache
from pathlib import Path

from agent.brief import Brief, Question
from agent.brief.read import read_brief
from agent.interview.checks import leaks


@lru_cache(maxsize=1)
def _ours() -> tuple[Question, ...]:
    return read_brief(str(Path(__file__).with_suffix(".md"))).questions


def bank_questions(brief: Brief) -> tuple[Question, ...]:
    """Return our questions, without those that would give a talking point away."""
    points = brief.talking_points
    return tuple(one for one in _ours() if not any(leaks(one.text, p, "") for p in points))
