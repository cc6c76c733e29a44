"""Remarks on what was said: questions left open, a story told twice."""

from __future__ import annotations

from collections.abc import Iterator

from agent.analysis import Analysis, Finding
from agent.feedback.exercise import again, name_of
from agent.feedback.weighed import Weighed, about_answer
from agent.feedback.wording import shortened


def content_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on questions without an answer and on a story told twice."""
    yield from _unanswered(analysis)
    yield from _told_twice(analysis)


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


def _told_twice(analysis: Analysis) -> Iterator[Weighed]:
    for one in analysis.repeated:
        again_at, first_at = one.again.answer, one.first.answer
        if again_at is None or first_at is None:
            continue
        text = (
            f"You told the same story in answers {name_of(analysis, first_at)} and"
            f" {name_of(analysis, again_at)}: “{shortened(one.again.quote)}”."
        )
        found = _of("repeated", text, analysis, again_at, "").model_copy(
            update={
                "start_s": one.again.start_s,
                "end_s": one.again.end_s,
                "exercise": again(analysis, again_at, "with another example"),
            }
        )
        yield Weighed(52, found)
        return


def _of(kind: str, text: str, analysis: Analysis, place: int, exercise: str) -> Finding:
    return about_answer(kind, text, analysis, place, ("rule", exercise))
