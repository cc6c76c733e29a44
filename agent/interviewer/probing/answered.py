"""A question with its answers so far, and a follow-up that they may give rise to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from agent.brief import Brief, Question
from agent.coverage.words import stem
from agent.interviewer.answer.phrases import spellings
from agent.interviewer.answer.said_back import SaidBack, said_back
from agent.interviewer.words import words_of


@dataclass(frozen=True)
class Probe:
    """One possible follow-up."""

    kind: str
    """depth, number, ownership, unmade_point, trade_off, outcome."""
    evidence: str
    """What in the answer gave rise to it, for the journal."""
    wordings: tuple[str, ...]
    """Ways to ask, from the one that takes up the person's words to the most general."""
    point_index: int | None = None
    """The talking point that it is after."""


@dataclass(frozen=True)
class Answered:
    """A question with all that was said to it so far."""

    brief: Brief
    """What the interview is about."""
    question: Question
    """The question."""
    answers: tuple[str, ...]
    """The answers to it and to its follow-ups, one at least."""
    earlier: tuple[str, ...] = ()
    """Answers to other questions."""
    later: tuple[Question, ...] = ()
    """Planned questions still to come."""
    asked: tuple[str, ...] = ()
    """The follow-ups asked so far in the interview; what they took up is taken up last."""
    asked_here: tuple[str, ...] = ()
    """Those asked to this question; what they took up is not taken up again."""
    sought: frozenset[int] = frozenset()
    """Talking points that were asked for before; none is asked for twice."""

    @property
    def text(self) -> str:
        """All that was said to the question, in one line."""
        return " ".join(self.answers)

    @property
    def words(self) -> int:
        """How many words that is."""
        return len(words_of(self.text))

    @property
    def nth(self) -> int:
        """How many follow-ups there were; it varies the wording."""
        return len(self.asked)

    @property
    def known(self) -> Mapping[str, str]:
        """Words of the brief: where a recognizer writes one, it was most likely said."""
        return spellings(self.brief)

    @cached_property
    def taken(self) -> list[SaidBack]:
        """What can be said back of the answers, what was not taken up before first, and of that
        the last answer's; what was taken up in this question is left out.
        """
        dull = frozenset(stem(word) for word in words_of(self.question.text))
        here, before = (" ".join(words_of(" ".join(a))) for a in (self.asked_here, self.asked))
        left = [p for p in said_back(self.answers, self.known, dull) if p.words not in here]
        asked = {*before.split()}
        return sorted(left, key=lambda piece: piece.head in asked or piece.words in before)
