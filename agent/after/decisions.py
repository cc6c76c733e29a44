"""The interviewer's decisions, read back from the journal of a session."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict

from agent.kept_plan import Seconds
from agent.session import StoredSession, event_as


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
    speaker: str = ""
    evidence: str = ""


class _Answer(BaseModel):
    """The event "heard"."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    text: str = ""
    start_s: Seconds = 0.0
    end_s: Seconds = 0.0
    ended_by: str = ""


@dataclass(frozen=True)
class Decision:
    """One thing the interviewer said."""

    kind: str
    """As Move.kind: question, follow_up, repeat, nudge, hand_over, reply, opening, closing…"""
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
    speaker: str = ""
    """Name of the one of a panel who said it, "" for one interviewer."""
    evidence: str = ""
    """The words of the brief that a reply is made of."""

    @property
    def was_made(self) -> bool:
        """Whether it was said, and not given up for an answer that went on."""
        return self.stopped_by not in ("resumed_answer", "end")


@dataclass(frozen=True)
class Decisions:
    """All that the interviewer said, and how long the person did."""

    said: tuple[Decision, ...]
    """In order of time."""
    answers_s: float
    """Length of all the person's turns with words, in seconds."""
    ended_s: float
    """When the last word of either was said, in seconds."""
    cut_in: int
    """How often it cut in on an answer that ran on."""


def read_decisions(stored: StoredSession) -> Decisions:
    """Return what the interviewer of a session said, and why.

    Events of an unknown kind or form are passed over: a later version may have added them.
    """
    decisions: list[Decision] = []
    answers_s = ended_s = 0.0
    cut_in = 0
    planned: _Line | None = None
    for event in stored.events:
        if (answer := event_as(_Answer, event, "heard")) is not None:
            answers_s += max(0.0, answer.end_s - answer.start_s) if answer.text else 0.0
            ended_s = max(ended_s, answer.end_s)
            cut_in += answer.ended_by == "cut_in"
        elif (move := event_as(_Line, event, "move")) is not None:
            planned = move
        elif (said := event_as(_Line, event, "said")) is not None:
            one = _decision(said, planned)
            decisions.append(one)
            ended_s = max(ended_s, one.end_s)
            planned = None
    if planned is not None:
        # The session ended before it was said.
        decisions.append(replace(_decision(planned, planned), stopped_by="end"))
    return Decisions(tuple(decisions), answers_s, ended_s, cut_in)


def _decision(said: _Line, planned: _Line | None) -> Decision:
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
        speaker=said.speaker,
        evidence=said.evidence,
    )
