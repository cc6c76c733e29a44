"""Read a journal back as the conversation it was: the interviewer's lines and the answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from agent.analysis import OwnQuestion
from agent.session import StoredSession
from agent.session.events import HeardEvent, SaidEvent, WordsEvent
from voice.speech.transcript import Word
from voice.turns.controls import spoken_control

_WAITING = ("question", "follow_up", "repeat", "nudge")
"""What waits for an answer."""
_CLOSING_QUESTION = re.compile(r"(?<=[.!?]) [^.!?]*\?$")
"""What a reply ends with: whether there is anything else."""
_INVITING = ("your_questions", "reply")
"""What waits for a question of the person's; nothing that is heard after it is an answer."""


@dataclass(frozen=True)
class AnswerSpan:
    """One answer in the journal, in seconds of the session clock."""

    asked: SaidEvent
    """The question or follow-up that it answers, as first asked."""
    start_s: float
    end_s: float | None
    """None for the answer in which the session was interrupted."""
    asked_end_s: float
    """End of the interviewer's voice before it."""

    @property
    def kind(self) -> Literal["question", "follow_up"]:
        """What it answers."""
        return "follow_up" if self.asked.kind == "follow_up" else "question"


@dataclass(frozen=True)
class Conversation:
    """What a journal tells."""

    lines: tuple[SaidEvent, ...] = ()
    """All that the interviewer said."""
    answers: tuple[AnswerSpan, ...] = ()
    """All that counts as an answer; requests to repeat or skip do not."""
    stretches: tuple[tuple[Word, ...], ...] = ()
    """The words as they were understood live, a tuple a stretch."""
    own_questions: tuple[OwnQuestion, ...] = ()
    """What the person asked when invited to, and got a reply to."""
    invited: bool = False
    """Whether the person was asked for questions of their own."""


def read_conversation(stored: StoredSession) -> Conversation:
    """Follow the journal from its first event to its last."""
    reading = _Reading()
    for event in stored.events:
        if isinstance(event, SaidEvent):
            reading.said(event)
        elif isinstance(event, WordsEvent):
            reading.stretches.append(event.words)
        elif isinstance(event, HeardEvent):
            reading.heard(event)
    return reading.conversation(stored.meta.state == "interrupted")


class _Reading:
    """What was read so far."""

    def __init__(self) -> None:
        self.stretches: list[tuple[Word, ...]] = []
        self._lines: list[SaidEvent] = []
        self._answers: list[AnswerSpan] = []
        self._own: list[OwnQuestion] = []
        self._asked: SaidEvent | None = None
        self._invited = False
        self._waiting = False

    def said(self, line: SaidEvent) -> None:
        self._lines.append(line)
        if not line.made:
            return
        if line.kind in ("question", "follow_up"):
            self._asked = line
        if line.kind == "reply" and self._own and not self._own[-1].reply:
            reply = {"reply": _CLOSING_QUESTION.sub("", line.text), "source": line.evidence}
            self._own[-1] = self._own[-1].model_copy(update=reply)
        self._invited = self._invited or line.kind in _INVITING
        self._waiting = line.kind in _WAITING

    def heard(self, heard: HeardEvent) -> None:
        self._waiting = False
        if self._invited:
            self._heard_own(heard)
        elif heard.continues and self._answers:
            end_s = max(heard.end_s, self._answers[-1].end_s or 0.0)
            self._answers[-1] = replace(self._answers[-1], end_s=end_s)
        elif self._asked is not None and _is_answer(heard):
            span = AnswerSpan(self._asked, heard.start_s, heard.end_s, self._lines[-1].end_s)
            self._answers.append(span)

    def _heard_own(self, heard: HeardEvent) -> None:
        if heard.continues and self._own:
            more = {"text": f"{self._own[-1].text} {heard.text}".strip(), "end_s": heard.end_s}
            self._own[-1] = self._own[-1].model_copy(update=more)
        elif _is_answer(heard):
            own = OwnQuestion(text=heard.text, start_s=heard.start_s, end_s=heard.end_s)
            self._own.append(own)

    def conversation(self, interrupted: bool) -> Conversation:
        answers = tuple(self._answers)
        if self._waiting and self._asked is not None and interrupted:
            last_s = self._lines[-1].end_s
            answers += (AnswerSpan(self._asked, last_s, None, last_s),)
        own = tuple(one for one in self._own if one.reply)
        return Conversation(tuple(self._lines), answers, tuple(self.stretches), own, self._invited)


def spread(texts: Sequence[str], start_s: float, end_s: float) -> list[Word]:
    """Return words whose times nobody knows: each takes as long as another."""
    each_s = max(0.0, end_s - start_s) / max(1, len(texts))
    return [Word(t, start_s + n * each_s, start_s + (n + 1) * each_s) for n, t in enumerate(texts)]


def _is_answer(heard: HeardEvent) -> bool:
    """Return whether the turn says something besides a request about the turn itself."""
    if not heard.text:
        return False
    return heard.ended_by in ("silence", "done", "ended") or spoken_control(heard.text) is None
