"""Remarks on what was said: questions left open."""

from __future__ import annotations

from collections.abc import Iterator

from agent.analysis import Analysis, Finding
from agent.feedback.exercise import again, name_of
from agent.feedback.weighed import Weighed, about_answer
from agent.feedback.wording import shortened


def content_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on questions without an answer."""
    yield from _unanswered(analysis)


def _unanswered(analysis: Analysis) -> Iterator[Weighed]:
    open_ = [
        place
        for place, answer in enumerate(analysis.answers)
        if answer.answered is False and answer.kind == "question"
    ]
    if not open_:
        return
    place = open_[0]
    text = f"You did not answer question {name_of(analysis, place)}"
    text += f", “{shortened(analysis.answers[place].question)}”"
    others = ", ".join(name_of(analysis, other) for other in open_[1:])
    text += f", nor {others}." if others else "."
    how = "even if your first sentence says what you do not know"
    yield Weighed(82, _of("unanswered", text, analysis, place, again(analysis, place, how)))


def _of(kind: str, text: str, analysis: Analysis, place: int, exercise: str) -> Finding:
    return about_answer(kind, text, analysis, place, ("rule", exercise))
