"""The conversation as values: what the interviewer does and what it is told."""

from dataclasses import dataclass
from typing import Literal

MoveKind = Literal[
    "opening", "question", "follow_up", "repeat", "nudge", "acknowledgement", "hand_over",
    "your_questions", "reply", "closing",
]  # fmt: skip


@dataclass(frozen=True)
class Move:
    """One thing the interviewer says, and why."""

    kind: MoveKind
    """question, follow_up, repeat and nudge want an answer; your_questions and reply want a
    question of the person's."""
    text: str
    reason: str = ""
    question_index: int | None = None
    """The question in the brief that it belongs to."""
    probe: str = ""
    """Kind of a follow-up: own (one of the brief's), depth, number, ownership…"""
    lead_in: str = ""
    """A short acknowledgement said just before the text, which itself stays verbatim."""
    invites: str = ""
    """What is said after a reply, so that the person asks on."""
    evidence: str = ""
    """The words of the brief that a reply is made of, "" where it does not say."""
    speaker: str = ""
    """Name of the one of the panel who says it, "" where there is one interviewer."""
    hand_over: str = ""
    """What the one who spoke before says first, in their own voice."""

    @property
    def spoken(self) -> str:
        """All that is to be said: the lead-in, the text, what invites to ask on."""
        return " ".join(part for part in (self.lead_in, self.text, self.invites) if part)


@dataclass(frozen=True)
class Turn:
    """One move that asked something, and what came back."""

    move: Move
    answer: str
    """What the person said, "" for nothing."""
    start_s: float = 0.0
    end_s: float = 0.0
    ended_by: str = "silence"
    """silence, done, skip, no_speech, finish, ended, cut_in… (voice.turns.talk.EndedBy)."""
