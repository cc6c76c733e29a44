"""The plan of an interview as session.json keeps it, to be held against what became of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Seconds = Annotated[float, Field(ge=0, le=1e7, allow_inf_nan=False)]
"""A length; a file that was tampered with may hold anything."""


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class KeptProbe(_Kept):
    """A follow-up that was held ready for a question."""

    kind: str
    """As Move.probe: trade_off, number, ownership…"""
    text: str
    """How it was to be asked."""
    because: str = ""
    """The words of the question's why that called for it, or the kind of question."""


class KeptItem(_Kept):
    """One planned question."""

    question_index: int | None = None
    """Its place in the brief from 0; None for a question of our own."""
    text: str
    """The question, verbatim."""
    area: str = ""
    """What it probes, in lower case."""
    budget_s: Seconds = 0.0
    """Time for asking it, its answer and its follow-ups, in seconds."""
    reason: str = ""
    """Why it was in the plan, and where."""
    asked_by: str = ""
    """Name of the one of a panel who was to ask it, "" for one interviewer."""
    probes: tuple[KeptProbe, ...] = ()
    """The follow-ups held ready."""


class KeptPlan(_Kept):
    """A session as it was planned, before its first question."""

    total_s: Seconds = 0.0
    """Its length, greeting and good-bye included, in seconds."""
    own_questions_s: Seconds = 0.0
    """Time that was kept for what the person wants to ask, in seconds; 0 for none."""
    items: tuple[KeptItem, ...] = ()
    """The questions in the order in which they were to be asked."""
