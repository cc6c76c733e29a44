"""Read a journal back as the conversation it was: the interviewer's lines and the answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from agent.session import StoredSession
from agent.turns import MoveKind
from voice.controls import spoken_control
from voice.talk import EndedBy, StoppedBy
from voice.transcript import Word

_Form = TypeVar("_Form", bound=BaseModel)


class SaidLine(BaseModel):
    """The journal's event "said"."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    kind: MoveKind
    text: str
    reason: str = ""
    question_index: int | None = None
    start_s: float
    end_s: float
    heard: str = ""
    """What of it was heard, lead-in included."""
    stopped_by: StoppedBy = ""

    @property
    def made(self) -> bool:
        """Whether it counts: not where the person only went on with the answer before."""
        return self.stopped_by != "resumed_answer"


class _HeardLine(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")
    text: str = ""
    start_s: float
    end_s: float
    ended_by: EndedBy = "silence"
    continues: bool = False
    """Whether it is the rest of the answer before."""


class _WordsLine(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", arbitrary_types_allowed=True)
    words: tuple[Word, ...]


@dataclass(frozen=True)
class AnswerSpan:
    """One answer in the journal."""

    asked: SaidLine
    """The question or follow-up that it answers, as first asked."""
    kind: Literal["question", "follow_up"]
    """What it answers."""
    start_s: float
    """Start of the first voice on the session clock."""
    end_s: float | None
    """End of the last voice; None for the answer in which the session was interrupted."""
    asked_end_s: float
    """End of the interviewer's voice before it."""


@dataclass(frozen=True)
class Conversation:
    """What a journal tells."""

    lines: tuple[SaidLine, ...]
    """All that the interviewer said."""
    answers: tuple[AnswerSpan, ...]
    """All that counts as an answer; requests to repeat or skip do not."""
    stretches: tuple[tuple[Word, ...], ...]
    """The words as they were understood live, a tuple a stretch."""


def read_conversation(stored: StoredSession) -> Conversation:
    """Follow the journal from its first event to its last.

    Events of an unknown kind or form are passed over: a later version may have added them.
    """
    lines: list[SaidLine] = []
    answers: list[AnswerSpan] = []
    stretches: list[tuple[Word, ...]] = []
    asked: SaidLine | None = None
    waiting = False
    for event in stored.events:
        if (line := _parsed(SaidLine, event, "said")) is not None:
            lines.append(line)
            if line.made:
                asked = line if line.kind in ("question", "follow_up") else asked
                waiting = line.kind not in ("opening", "acknowledgement", "closing")
        elif (words := _parsed(_WordsLine, event, "words")) is not None:
            stretches.append(words.words)
        elif (heard := _parsed(_HeardLine, event, "heard")) is not None:
            waiting = False
            if heard.continues and answers:
                answers[-1] = replace(answers[-1], end_s=max(heard.end_s, answers[-1].end_s or 0.0))
            elif asked is not None and _is_answer(heard):
                answers.append(_span(asked, heard.start_s, heard.end_s, lines[-1].end_s))
    if waiting and asked is not None and stored.meta.state == "interrupted":
        answers.append(_span(asked, lines[-1].end_s, None, lines[-1].end_s))
    return Conversation(tuple(lines), tuple(answers), tuple(stretches))


def _span(asked: SaidLine, start_s: float, end_s: float | None, asked_end_s: float) -> AnswerSpan:
    kind: Literal["question", "follow_up"] = (
        "follow_up" if asked.kind == "follow_up" else "question"
    )
    return AnswerSpan(asked, kind, start_s, end_s, asked_end_s)


def _is_answer(heard: _HeardLine) -> bool:
    """Return whether the turn says something besides a request about the turn itself."""
    if not heard.text:
        return False
    return heard.ended_by in ("silence", "done", "ended") or spoken_control(heard.text) is None


def _parsed(form: type[_Form], event: dict[str, Any], name: str) -> _Form | None:
    if event["event"] != name:
        return None
    try:
        return form.model_validate(event)
    except ValidationError:
        return None
