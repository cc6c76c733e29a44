"""Which stretches of a session to play: all of it, or the moments of one kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from agent.analysis import Analysis, Answer, answer_names
from agent.bands import LONG_PAUSE_S, long_answer_s
from agent.errors import SessionError
from agent.text.display import clean, flat

Only = Literal["", "fillers", "pauses", "missed", "long", "contradicted"]

LEAD_S = 2.0
"""How much of what came before a moment is played with it."""
TAIL_S = 1.0
"""How much of what comes after it."""


@dataclass(frozen=True)
class Moment:
    """One stretch to play."""

    start_s: float
    """Start on the session clock, in seconds."""
    end_s: float
    """End on the session clock, in seconds."""
    label: str
    """What it is, in one line."""


def moments(analysis: Analysis, only: Only = "") -> list[Moment]:
    """Return the stretches to play, in order of time."""
    chosen = {
        "": _everything,
        "fillers": _fillers,
        "pauses": _pauses,
        "missed": _missed,
        "long": _long,
        "contradicted": _contradicted,
    }[only](analysis)
    return sorted(chosen, key=lambda moment: moment.start_s)


def answer_named(analysis: Analysis, name: str) -> int:
    """Return the index of the answer of that short name: "3", or "3a" for its first follow-up.

    Raises:
        SessionError: there is no such answer; the message names those that there are.
    """
    names = answer_names(analysis.answers)
    wanted = name.strip().lower()
    if wanted in names:
        return names.index(wanted)
    known = ", ".join(names) or "none"
    raise SessionError(f"there is no answer {clean(name)!r} in this session; its answers: {known}")


def answer_alone(analysis: Analysis, index: int) -> Analysis:
    """Return the analysis with one answer and what was found in it."""
    answer = analysis.answers[index]
    points = (
        point.model_copy(
            update={"evidence": tuple(one for one in point.evidence if one.answer == index)}
        )
        for point in analysis.coverage.points
    )
    return analysis.model_copy(
        update={
            "answers": (answer,),
            "fillers": answer.fillers,
            "coverage": analysis.coverage.model_copy(update={"points": tuple(points)}),
        }
    )


def whole(answer: Answer) -> Moment:
    """Return the answer as one stretch, called by its question."""
    return Moment(answer.start_s, answer.end_s, flat(answer.question) or "the recording")


def spoken_between(analysis: Analysis, start_s: float, end_s: float) -> list[tuple[float, str]]:
    """Return what was said in a stretch as (start_s, word or interviewer's line)."""
    said = [(line.start_s, f"\n> {flat(line.text)}\n") for line in analysis.interviewer]
    said += [
        (word.start_s, flat(word.text)) for answer in analysis.answers for word in answer.words
    ]
    return sorted((at, text) for at, text in said if start_s - 0.05 <= at < end_s)


def _everything(analysis: Analysis) -> list[Moment]:
    return [Moment(0.0, analysis.about.duration_s, flat(analysis.about.title))]


def _fillers(analysis: Analysis) -> list[Moment]:
    return [
        _around(one.start_s, one.end_s, f'the filler "{flat(one.text)}"')
        for one in analysis.fillers.counted
    ]


def _pauses(analysis: Analysis) -> list[Moment]:
    return [
        _around(pause.start_s, pause.end_s, f"a pause of {pause.end_s - pause.start_s:.1f} s")
        for answer in analysis.answers
        for pause in answer.pacing.pauses
        if pause.end_s - pause.start_s >= LONG_PAUSE_S
    ]


def _missed(analysis: Analysis) -> list[Moment]:
    return [
        Moment(
            answer.start_s, answer.end_s, f"a good place for the missing point: {flat(point.name)}"
        )
        for point in analysis.coverage.points
        if point.status == "missing"
        for answer in analysis.answers
        if point.would_fit and answer.question == point.would_fit
    ]


def _long(analysis: Analysis) -> list[Moment]:
    return [
        Moment(answer.start_s, answer.end_s, _long_label(answer))
        for answer in analysis.answers
        if answer.end_s - answer.start_s > long_answer_s(answer.area)
    ]


def _contradicted(analysis: Analysis) -> list[Moment]:
    return [
        _around(
            quote.start_s,
            quote.end_s,
            f'"{flat(quote.quote)}" contradicts your point {flat(point.name)}',
        )
        for point in analysis.coverage.points
        if point.status == "contradicted"
        for quote in point.evidence
    ]


def _long_label(answer: Answer) -> str:
    return f"an answer of {answer.end_s - answer.start_s:.0f} s: {flat(answer.question)}"


def _around(start_s: float, end_s: float, label: str) -> Moment:
    return Moment(max(0.0, start_s - LEAD_S), end_s + TAIL_S, label)
