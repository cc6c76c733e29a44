"""Exercises in words: one thing to do, within two minutes, aloud."""

from __future__ import annotations

from agent.analysis import Analysis, answer_names
from agent.bands import ADVISED_FOLLOW_UP_S, advised_s

_SPOKEN_S = 90
"""An answer in the middle of the advised one to two minutes."""


def name_of(analysis: Analysis, place: int) -> str:
    """Return an answer's name as the report shows it."""
    return answer_names(analysis.answers)[place]


def answer_of(analysis: Analysis, place: int) -> str:
    """Return what a remark calls an answer: "answer 2a", or "the recording"."""
    if analysis.answers[place].kind == "recording":
        return "the recording"
    return f"answer {name_of(analysis, place)}"


def question(analysis: Analysis, place: int) -> str:
    """Return what an exercise calls the question of an answer: "question 2", "follow-up 2a"."""
    one = analysis.answers[place]
    word = "follow-up" if one.kind == "follow_up" else "question"
    return f"{word} {name_of(analysis, place)}"


def again(analysis: Analysis, place: int | None, how: str) -> str:
    """Return an exercise: answer this question again in its time, in this way.

    Args:
        analysis: the figures.
        place: index of the answer, None for none in particular.
        how: what to mind, without a full stop.
    """
    if place is None and len(analysis.answers) == 1:
        place = 0
    if place is None or not 0 <= place < len(analysis.answers):
        return f"Answer any question again, {how}."
    one = analysis.answers[place]
    if one.kind == "recording":
        return f"Say it again in {_SPOKEN_S} seconds, {how}."
    return f"Answer {question(analysis, place)} again in {_time(one.kind, one.area)}, {how}."


def _time(kind: str, area: str) -> str:
    if kind == "follow_up":
        return f"{ADVISED_FOLLOW_UP_S[1]:.0f} seconds"
    advised = advised_s(kind, area)
    if advised is None or advised[0] <= _SPOKEN_S:
        return f"{_SPOKEN_S} seconds"
    return f"{advised[0] / 60:.0f} minutes"
