"""A plan that keeps as much time for the person's own questions as was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from agent.errors import RehearseError
from agent.interviewer.planning.plan import Plan


def with_own_questions(
    make: Callable[[float], Plan], minutes: float, own_min: float | None
) -> Plan:
    """Return the plan of a session, with so much of it for what the person wants to ask.

    Args:
        make: makes the plan of a session of so many minutes.
        minutes: length of the session.
        own_min: minutes for the person's own questions; None for what is usual at that length.

    Raises:
        RehearseError: no minute is left for the interviewer's questions.
    """
    if own_min is None:
        return make(minutes)
    asking_min = minutes - own_min
    if asking_min < 1:
        raise RehearseError(
            f"{own_min:g} of {minutes:g} minutes for your own questions leave no time for others;"
            " give --own-questions less or --minutes more"
        )
    plan = make(asking_min)
    if plan.own_questions_s:
        plan = make(asking_min + plan.own_questions_s / 60)
    return replace(plan, total_s=60 * minutes, own_questions_s=60 * own_min)
