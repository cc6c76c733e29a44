"""Asking one question of a session again: which question it is, and both answers afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from agent.analysis import Analysis, Answer, read_analysis
from agent.analysis.coverage.meaning import find_meaning
from agent.analysis.moments import answer_named
from agent.analysis.side_by_side import Pair, changes, pairs
from agent.brief import Brief, Question
from agent.errors import RehearseError
from agent.session import SessionMeta, read_meta

MINUTES = 5.0
"""Time for one question with its follow-ups, a design included."""


@dataclass(frozen=True)
class Again:
    """A question that is to be asked again."""

    main: Answer
    """The first answer to it."""
    before: Analysis
    """The session of that answer."""
    folder: Path
    """The folder of that session."""
    brief: Brief
    """A brief that holds the question."""
    place: int
    """Which of the brief's questions it is."""

    def pair_in(self, after: Analysis) -> Pair | None:
        """Return both answers, None where the retry has none."""
        found = (pair for pair in pairs(after, self.before))
        return next((pair for pair in found if pair.before.question == self.main.question), None)

    def changes_in(self, pair: Pair) -> list[str]:
        """Return what changed from one answer to the other, a sentence each."""
        return changes(pair, self.brief.talking_points, find_meaning())


def ask_again(folder: Path, name: str) -> Again:
    """Return what to ask for an answer that is to be given again.

    Args:
        folder: the session's.
        name: the answer's as the report shows it: "3"; "3a" asks its main question.

    Raises:
        SessionError: there is no such session or answer, or its files are damaged.
        RehearseError: it was no interview.
    """
    meta, before = read_meta(folder), read_analysis(folder)
    if not before.interviewer:
        raise RehearseError(
            f"{folder} holds a recording without an interview, so nothing can be asked again;"
            " choose a session of `rehearse run`"
        )
    main = _main(before, answer_named(before, name))
    return Again(main, before, folder, *_asking(meta, main))


def _main(analysis: Analysis, index: int) -> Answer:
    """Return the answer to the main question; the follow-up's where that had none."""
    answers = analysis.answers
    asked = answers[index]
    for answer in reversed(answers[: index + 1]):
        if answer.kind != "follow_up" and answer.question_index == asked.question_index:
            return answer
    return asked


def _asking(meta: SessionMeta, main: Answer) -> tuple[Brief, int]:
    """Return the session's brief and which question of it to ask.

    A question of our own stands in no brief; there it takes the place of the questions.
    """
    brief, place = meta.brief, main.question_index
    if place is not None and 0 <= place < len(brief.questions):
        return brief, place
    own = Question(area=main.area, text=main.question)
    return brief.model_copy(update={"questions": (own,)}), 0
