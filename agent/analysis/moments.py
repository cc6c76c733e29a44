"""Which stretches of a session to play: all of it, or the moments of one kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from agent.analysis import Analysis, Answer, Span
from agent.analysis.bands import LONG_PAUSE_S, long_answer_s
from agent.analysis.phrases import answer_names, pause_length_s
from agent.errors import SessionError
from agent.text.display import clean, clock, flat

Only = Literal["", "fillers", "pauses", "missed", "long", "contradicted"]

LEAD_S = 2.0
"""How much of what came before a moment is played with it."""
TAIL_S = 1.0
"""How much of what comes after it."""


@dataclass(frozen=True)
class Moment:
    """One stretch to play, in seconds of the session clock."""

    start_s: float
    end_s: float
    label: str
    """What it is, in one line."""

    @property
    def head(self) -> str:
        """When it is and what, in one line."""
        return f"{clock(self.start_s)}-{clock(self.end_s)}  {self.label}"


def moments(analysis: Analysis, only: Only = "", index: int | None = None) -> list[Moment]:
    """Return the stretches to play, in order of time; with `index` those of one answer."""
    answer = None if index is None else analysis.answers[index]
    if not only:
        everything = Moment(0.0, analysis.about.duration_s, flat(analysis.about.title))
        return [whole(answer) if answer else everything]
    found = sorted(_found(analysis, only), key=lambda moment: moment.start_s)
    if answer is None:
        return found
    from_s, until_s = answer.start_s + TAIL_S, answer.end_s + TAIL_S + 0.5
    return [moment for moment in found if from_s < moment.end_s < until_s]


def answer_named(analysis: Analysis, name: str) -> int:
    """Return the index of the answer called "3", or "3a" for its first follow-up."""
    names = answer_names(analysis.answers)
    if (wanted := name.strip().lower()) in names:
        return names.index(wanted)
    known = ", ".join(names) or "none"
    raise SessionError(f"there is no answer {clean(name)!r} in this session; its answers: {known}")


def worth_again(analysis: Analysis) -> str:
    """Return the name of the main answer that the weightiest finding is about, "" for none."""
    if not analysis.interviewer:
        return ""
    names = answer_names(analysis.answers)
    about = (one.answer for one in analysis.to_practice if one.answer is not None)
    return next((names[at].rstrip("abcdefghijklmnopqrstuvwxyz") for at in about), "")


def whole(answer: Answer) -> Moment:
    """Return the answer as one stretch, called by its question."""
    return Moment(answer.start_s, answer.end_s, flat(answer.question) or "the recording")


def spoken_between(analysis: Analysis, start_s: float, end_s: float) -> list[tuple[float, str]]:
    """Return what was said in a stretch, each with its start: the interviewer's lines after ">"."""
    from_s = start_s - 0.05
    lines = (line for line in analysis.interviewer if from_s <= line.start_s < end_s)
    said = [(line.start_s, f"> {line.text}") for line in lines]
    for answer in analysis.answers:
        words = [word for word in answer.words if from_s <= word.start_s < end_s]
        if words:
            said.append((words[0].start_s, " ".join(word.text for word in words)))
    return sorted(said)


def _found(analysis: Analysis, only: Only) -> Iterator[Moment]:
    if only == "fillers":
        for filler in analysis.fillers.counted:
            yield _around(filler, f'the filler "{flat(filler.text)}"')
    for answer in analysis.answers if only in ("pauses", "long") else ():
        length_s = answer.end_s - answer.start_s
        if only == "long" and length_s > long_answer_s(answer.area):
            label = f"an answer of {length_s:.0f} s: {flat(answer.question)}"
            yield Moment(answer.start_s, answer.end_s, label)
        for pause in answer.pacing.pauses if only == "pauses" else ():
            if (length_s := pause_length_s(pause)) >= LONG_PAUSE_S:
                yield _around(pause, f"a pause of {length_s:.1f} s")
    yield from _of_points(analysis, only)


def _of_points(analysis: Analysis, only: Only) -> Iterator[Moment]:
    for point in analysis.coverage.points:
        for one in point.evidence if point.status == only == "contradicted" else ():
            yield _around(one, f'"{flat(one.quote)}" contradicts your point {flat(point.name)}')
        for answer in analysis.answers if (point.status, only) == ("missing", "missed") else ():
            if answer.question and answer.question == point.would_fit:
                label = f"a good place for the missing point: {flat(point.name)}"
                yield Moment(answer.start_s, answer.end_s, label)


def _around(span: Span, label: str) -> Moment:
    return Moment(max(0.0, span.start_s - LEAD_S), span.end_s + TAIL_S, label)
