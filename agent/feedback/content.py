"""Remarks on how answers are built: not answered, a slow start, no result, all "we"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.analysis import Analysis, Answer, Finding
from agent.coverage.numbers import find_numbers
from agent.feedback.exercise import again, answer_of, name_of
from agent.feedback.weighed import Weighed, about_answer
from agent.feedback.wording import shortened

LITTLE_OWN = 0.2
"""A smaller share of "I" among "I" and "we" leaves the own part open."""
ENOUGH_WE = 4
"""Fewer "we" say nothing."""
FEWEST_PHASES = 2
"""Kinds of phases that must have been found before one is said to be missing."""
ENOUGH_WORDS = 60
"""A shorter answer has no room for a structure; its length is remarked instead."""
_WE = re.compile(r"\b(?:we|we've|we'd|we're|our|us)\b", re.IGNORECASE)
_I = re.compile(r"\b(?:I|I've|I'd|I'm|my|me)\b", re.IGNORECASE)
_DESIGN = {"estimate": "an estimate of the load", "trade_offs": "what speaks against it"}
"""What a design answer should not lack, and how to call it."""
_SENTENCE_END = re.compile(r"(?<=[.?!])\s")


def content_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on what cues show of the structure; cues, never a grade."""
    yield from _unanswered(analysis)
    yield from _indirect(analysis)
    yield from _story(analysis)
    yield from _design(analysis)


def _unanswered(analysis: Analysis) -> Iterator[Weighed]:
    open_ = [
        place
        for place, answer in enumerate(analysis.answers)
        if answer.answered is False and answer.kind == "question"
    ]
    if not open_:
        return
    place = open_[0]
    text = f"What you said leaves question {name_of(analysis, place)} without an answer"
    text += f", “{shortened(analysis.answers[place].question)}”"
    others = ", ".join(name_of(analysis, other) for other in open_[1:])
    text += f"; so it is with {others}." if others else "."
    how = "even if your first sentence says what you do not know"
    yield Weighed(82, _of("unanswered", text, analysis, place, again(analysis, place, how)))


def _indirect(analysis: Analysis) -> Iterator[Weighed]:
    slow = [
        place
        for place, answer in enumerate(analysis.answers)
        if answer.structure.direct is False and answer.answered is not False
    ]
    if not slow:
        return
    place = slow[0]
    answer = analysis.answers[place]
    first = shortened(_SENTENCE_END.split(answer.text, 1)[0], 70)
    text = f"Answer {name_of(analysis, place)} begins beside its question: “{first}”"
    text += f" ({len(slow)} answers do so)" if len(slow) > 1 else ""
    exercise = again(analysis, place, "with the answer itself as the first sentence")
    found = _of("direct", f"{text}.", analysis, place, exercise)
    until_s = min(answer.end_s, answer.start_s + 12)
    found = found.model_copy(update={"end_s": until_s})
    yield Weighed(30 + 4 * min(len(slow), 4), found)


def _story(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on the story that leaves most open: its result, then the own part, then learning."""
    stories = [
        (place, answer)
        for place, answer in enumerate(analysis.answers)
        if answer.structure.kind == "story"
        and answer.kind != "follow_up"
        and len(answer.words) >= ENOUGH_WORDS
    ]
    for place, answer in stories:
        name = answer_of(analysis, place)
        if _no_figure(answer):
            text = f"The story in {name} ends without a result that has a number."
            exercise = again(analysis, place, "the result and its number first")
            yield Weighed(44, _of("result", text, analysis, place, exercise))
        own = answer.structure.own_share
        team = len(_WE.findall(answer.text))
        if own is not None and own < LITTLE_OWN and team >= ENOUGH_WE:
            own_count = len(_I.findall(answer.text))
            text = (
                f"In {name} “we” or “our” comes {team} times and “I” or “my” {own_count},"
                " so your own part stays open."
            )
            exercise = again(analysis, place, "and begin every sentence about your part with “I”")
            yield Weighed(
                42 + min(6, team - ENOUGH_WE), _of("own", text, analysis, place, exercise)
            )
        # Words for it are overlooked now and then: only where the rest of the story was found.
        told = {phase.name for phase in answer.structure.phases}
        if "learning" in answer.structure.lacks and len(told) >= FEWEST_PHASES:
            text = f"In the story of {name} no words were found for what you learned from it."
            exercise = again(analysis, place, "and end with what you do differently since")
            yield Weighed(24, _of("learning", text, analysis, place, exercise))


def _no_figure(answer: Answer) -> bool:
    """Tell whether no number comes after the first third, where the situation is told."""
    late = answer.words[len(answer.words) // 3 :]
    return not find_numbers(" ".join(word.text for word in late))


def _design(analysis: Analysis) -> Iterator[Weighed]:
    for place, answer in enumerate(analysis.answers):
        lacks = [_DESIGN[name] for name in answer.structure.lacks if name in _DESIGN]
        if answer.structure.kind != "design" or not lacks or len(answer.words) < ENOUGH_WORDS:
            continue
        text = (
            f"In the design of {answer_of(analysis, place)} no words were found for"
            f" {' and '.join(lacks)}."
        )
        how = "with the load in one number" if "estimate" in answer.structure.lacks else ""
        how = how or "and end with what your design costs"
        found = _of("design", text, analysis, place, again(analysis, place, how))
        yield Weighed(34 + 5 * len(lacks), found)


def _of(kind: str, text: str, analysis: Analysis, place: int, exercise: str) -> Finding:
    return about_answer(kind, text, analysis, place, ("rule", exercise))
