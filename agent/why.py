"""Why the interviewer said what it said, and how well it kept to its own rules.

Everything is read from the journal of a session. The shares are measured from its times, the
counts are made by rules (agent/interviewer/takeup.py for what was taken up).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.interviewer.takeup import taken_up
from agent.session import StoredSession

Seconds = Annotated[float, Field(ge=0, le=1e7, allow_inf_nan=False)]
"""A session time; a journal that was tampered with may hold anything."""
_Form = TypeVar("_Form", bound=BaseModel)


class _Line(BaseModel):
    """The events "move" and "said", as far as they are needed."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    kind: str
    text: str = ""
    reason: str = ""
    probe: str = ""
    lead_in: str = ""
    question_index: int | None = None
    start_s: Seconds = 0.0
    end_s: Seconds = 0.0
    heard: str = ""
    stopped_by: str = ""
    held: int = 0


class _Answer(BaseModel):
    """The event "heard"."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    text: str = ""
    start_s: Seconds = 0.0
    end_s: Seconds = 0.0


@dataclass(frozen=True)
class Decision:
    """One thing the interviewer said."""

    kind: str
    """question, follow_up, repeat, nudge, opening, closing."""
    text: str
    """What it set out to say, after the lead-in."""
    reason: str
    """Why, in its own words at that time."""
    probe: str
    """Kind of a follow-up, "" for others."""
    question_index: int | None
    """The question of the brief that it belongs to, from 0."""
    start_s: float
    """Session time of its first sample, in seconds."""
    end_s: float
    """Session time of its last sample, in seconds."""
    heard: str
    """What of it was heard where it was stopped, "" where it was heard to its end."""
    stopped_by: str
    """What stopped it; "resumed_answer" where the person had not finished."""
    held: int
    """How often it fell silent for a sound and went on."""
    took_up: str = ""
    """The person's words that a follow-up takes up."""


@dataclass(frozen=True)
class Audit:
    """The interviewer measured by its own rules."""

    talk_share: float | None
    """Its part of all the speaking, 0 to 1, measured; None where nothing has a length."""
    follow_ups: int
    """Follow-ups that were asked."""
    took_nothing_up: tuple[int, ...]
    """Places of the follow-ups among the decisions that take up no word of the answer."""
    double_questions: tuple[int, ...]
    """Places of follow-ups that ask two things at once."""
    cut_offs: tuple[int, ...]
    """Places where it came in too early and gave the floor back."""
    interrupted: int
    """How often the person interrupted it."""
    planned_s: float | None
    """Length that was planned, in seconds; None where the session does not say."""
    ended_s: float
    """When its last word was said, in seconds."""


@dataclass(frozen=True)
class Why:
    """All decisions of a session and the audit."""

    decisions: tuple[Decision, ...]
    """In order of time."""
    audit: Audit
    """The summary."""


def why_of(stored: StoredSession) -> Why:
    """Return every decision of a session's interviewer and the audit.

    Events of an unknown kind or form are passed over: a later version may have added them.
    """
    decisions: list[Decision] = []
    answers = ""
    spoken_s = 0.0
    planned: _Line | None = None
    for event in stored.events:
        if (answer := _parsed(_Answer, event, "heard")) is not None:
            answers += f" {answer.text}"
            spoken_s += max(0.0, answer.end_s - answer.start_s) if answer.text else 0.0
        elif (move := _parsed(_Line, event, "move")) is not None:
            planned = move
        elif (said := _parsed(_Line, event, "said")) is not None:
            answers = "" if said.kind == "question" and not _gave_way(said.stopped_by) else answers
            decisions.append(_decision(said, planned, answers))
            planned = None
    if planned is not None:
        # The session ended before it was said.
        decisions.append(replace(_decision(planned, planned, answers), stopped_by="end"))
    return Why(tuple(decisions), _audit(decisions, spoken_s, stored))


def _decision(said: _Line, planned: _Line | None, answers: str) -> Decision:
    probe = planned.probe if planned is not None and planned.text == said.text else ""
    return Decision(
        kind=said.kind,
        text=said.text,
        reason=said.reason,
        probe=said.probe or probe,
        question_index=said.question_index,
        start_s=said.start_s,
        end_s=said.end_s,
        heard=said.heard if said.stopped_by else "",
        stopped_by=said.stopped_by,
        held=said.held,
        took_up=taken_up(said.text, answers) if said.kind == "follow_up" else "",
    )


def _audit(decisions: Sequence[Decision], spoken_s: float, stored: StoredSession) -> Audit:
    said_s = sum(max(0.0, one.end_s - one.start_s) for one in decisions)
    asked = [
        (place, one)
        for place, one in enumerate(decisions)
        if one.kind == "follow_up" and not _gave_way(one.stopped_by)
    ]
    minutes = stored.meta.settings.get("minutes")
    known = isinstance(minutes, int | float) and not isinstance(minutes, bool)
    return Audit(
        talk_share=said_s / (said_s + spoken_s) if said_s + spoken_s > 0 else None,
        follow_ups=len(asked),
        took_nothing_up=tuple(place for place, one in asked if not one.took_up),
        double_questions=tuple(place for place, one in asked if one.text.count("?") > 1),
        cut_offs=tuple(n for n, one in enumerate(decisions) if _gave_way(one.stopped_by)),
        interrupted=sum(one.stopped_by == "interruption" for one in decisions),
        planned_s=60.0 * float(minutes) if known and minutes is not None else None,
        ended_s=max((one.end_s for one in decisions), default=0.0),
    )


def _gave_way(stopped_by: str) -> bool:
    """Return whether the person went on with the answer before, so that it was never asked."""
    return stopped_by == "resumed_answer"


def _parsed(form: type[_Form], event: dict[str, Any], name: str) -> _Form | None:
    if event.get("event") != name:
        return None
    try:
        return form.model_validate(event)
    except ValidationError:
        return None
