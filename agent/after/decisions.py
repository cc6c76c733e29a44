"""The interviewer's decisions, read back from the journal of a session."""

from __future__ import annotations

from dataclasses import dataclass, replace

from agent.session import StoredSession
from agent.session.events import HeardEvent, MoveEvent, SaidEvent
from voice.talk import Said


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
    """Return what the interviewer of a session said, and why."""
    decisions: list[Decision] = []
    answers_s = ended_s = 0.0
    cut_in = 0
    planned: MoveEvent | None = None
    for event in stored.events:
        if isinstance(event, HeardEvent):
            answers_s += max(0.0, event.end_s - event.start_s) if event.text else 0.0
            ended_s = max(ended_s, event.end_s)
            cut_in += event.ended_by == "cut_in"
        elif isinstance(event, MoveEvent):
            planned = event
        elif isinstance(event, SaidEvent):
            decisions.append(_decision(event, planned))
            ended_s = max(ended_s, event.end_s)
            planned = None
    if planned is not None:
        # The session ended before it was said.
        said = SaidEvent.of(planned, Said(0.0, 0.0))
        decisions.append(replace(_decision(said, planned), stopped_by="end"))
    return Decisions(tuple(decisions), answers_s, ended_s, cut_in)


def _decision(said: SaidEvent, planned: MoveEvent | None) -> Decision:
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
