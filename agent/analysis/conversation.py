"""Read a journal back as the conversation it was: the interviewer's lines and the answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from agent.analysis import OwnQuestion
from agent.session import StoredSession
from agent.session.events import HeardEvent, SaidEvent, WordsEvent
from voice.speech.transcript import Word
from voice.turns.controls import spoken_control

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
    answers: tuple[AnswerSpan, ...] = ()
    """All that counts as an answer; requests to repeat or skip do not."""
    stretches: tuple[tuple[Word, ...], ...] = ()
    """The words as they were understood live, a tuple a stretch."""
    own_questions: tuple[OwnQuestion, ...] = ()
    """What the person asked when invited to, and got a reply to."""


def read_conversation(stored: StoredSession) -> Conversation:
    """Follow the journal from its first event to its last."""
    lines: list[SaidEvent] = []
    answers: list[AnswerSpan] = []
    own: list[OwnQuestion] = []
    asked: SaidEvent | None = None
    invited = waiting = False
    for event in stored.events:
        if isinstance(event, SaidEvent):
            lines.append(event)
            if not event.made:
                continue
            asked = event if event.kind in ("question", "follow_up") else asked
            if event.kind == "reply" and own and not own[-1].reply:
                reply = {"reply": _CLOSING_QUESTION.sub("", event.text), "source": event.evidence}
                own[-1] = own[-1].model_copy(update=reply)
            invited = invited or event.kind in _INVITING
            waiting = event.kind in ("question", "follow_up", "repeat", "nudge")
        elif isinstance(event, HeardEvent):
            waiting = False
            if invited:
                _hear_own(own, event)
            elif event.continues and answers:
                end_s = max(event.end_s, answers[-1].end_s or 0.0)
                answers[-1] = replace(answers[-1], end_s=end_s)
            elif asked is not None and _is_answer(event):
                answers.append(AnswerSpan(asked, event.start_s, event.end_s, lines[-1].end_s))
    if waiting and asked is not None and stored.meta.state == "interrupted":
        answers.append(AnswerSpan(asked, lines[-1].end_s, None, lines[-1].end_s))
    words = tuple(event.words for event in stored.events if isinstance(event, WordsEvent))
    return Conversation(tuple(lines), tuple(answers), words, tuple(o for o in own if o.reply))


def _hear_own(own: list[OwnQuestion], heard: HeardEvent) -> None:
    if heard.continues and own:
        more = {"text": f"{own[-1].text} {heard.text}".strip(), "end_s": heard.end_s}
        own[-1] = own[-1].model_copy(update=more)
    elif _is_answer(heard):
        own.append(OwnQuestion(text=heard.text, start_s=heard.start_s, end_s=heard.end_s))


def spread(texts: Sequence[str], start_s: float, end_s: float) -> list[Word]:
    """Return words whose times nobody knows: each takes as long as another."""
    each_s = max(0.0, end_s - start_s) / max(1, len(texts))
    return [Word(t, start_s + n * each_s, start_s + (n + 1) * each_s) for n, t in enumerate(texts)]


def _is_answer(heard: HeardEvent) -> bool:
    """Return whether the turn says something besides a request about the turn itself."""
    if not heard.text:
        return False
    return heard.ended_by in ("silence", "done", "ended") or spoken_control(heard.text) is None
