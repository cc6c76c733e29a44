"""The plan of an interview as session.json keeps it, to be held against what became of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Seconds = Annotated[float, Field(ge=0, le=1e7, allow_inf_nan=False)]
"""A length; a file that was tampered with may hold anything."""


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class KeptProbe(_Kept):
    """A follow-up that is held ready for a question."""

    kind: str
    """As Move.probe: trade_off, number, ownership…; "own" for one of the brief's."""
    text: str
    """How it is to be asked."""
    unless: tuple[str, ...] = ()
    """What in an answer makes it superfluous."""
    because: str = ""
    """The words of the question's why that call for it, or the kind of question."""


class KeptItem(_Kept):
    """One planned question; its fields are those of agent.interview.plan.PlanItem."""

    question_index: int | None = None
    text: str
    area: str = ""
    budget_s: Seconds = 0.0
    reason: str = ""
    asked_by: str = ""
    probes: tuple[KeptProbe, ...] = ()


class KeptPlan(_Kept):
    """A session as it was planned, before its first question; see agent.interview.plan.Plan."""

    total_s: Seconds = 0.0
    own_questions_s: Seconds = 0.0
    items: tuple[KeptItem, ...] = ()
