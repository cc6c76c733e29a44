"""Remarks on silences: inside clauses, and just before a number."""

from __future__ import annotations

from collections.abc import Iterator

from agent.analysis import Analysis, Finding, Pause
from agent.bands import REMARKABLE_PAUSE_S
from agent.feedback.exercise import again, answer_of
from agent.feedback.weighed import Weighed

LOOK_UP_S = 1.0
"""A pause of this length before a number sounds like looking it up; the median is 0.44 s."""
LONG_LOOK_UP_S = 1.5
"""A single one is remarked from here on, where it is long by any measure."""
_LEAD_S = 2.0
"""So much is played around a silence."""

_Placed = tuple[float, Pause, int]


def pause_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on long silences inside clauses, and on numbers that were not at hand."""
    every = [
        (pause.end_s - pause.start_s, pause, place)
        for place, answer in enumerate(analysis.answers)
        for pause in answer.pacing.pauses
    ]
    sought = [one for one in every if one[1].before_number and one[0] >= LOOK_UP_S]
    if len(sought) > 1 or (sought and sought[0][0] >= LONG_LOOK_UP_S):
        yield _number(analysis, sought)
    else:
        sought = []
    long = [
        one
        for one in every
        if one[1].inside_clause and one[0] >= REMARKABLE_PAUSE_S and one not in sought
    ]
    if long:
        yield _long(analysis, long)


def _number(analysis: Analysis, sought: list[_Placed]) -> Weighed:
    length_s, pause, place = max(sought, key=lambda one: one[0])
    if len(sought) > 1:
        text = f"{len(sought)} times you stopped for {LOOK_UP_S:.0f} s or more just before a number"
        text += f", the longest {length_s:.1f} s{_before(analysis, pause, place)}"
    else:
        text = f"You stopped for {length_s:.1f} s just before a number"
        text += _before(analysis, pause, place)
    text += (
        f" in {answer_of(analysis, place)}. Have your numbers ready: they make a claim believable."
    )
    exercise = (
        "Write your numbers on a card, and say each one three times in its sentence without a stop."
    )
    finding = _finding("number", text, pause, place, exercise)
    return Weighed(min(56.0, 30 + 6 * len(sought) + 2 * length_s), finding)


def _before(analysis: Analysis, pause: Pause, place: int) -> str:
    said = (word for word in analysis.answers[place].words if word.end_s > pause.end_s)
    words = [word.text.strip(",.;:") for word in said][:2]
    return f" before “{' '.join(words)}”" if words else ""


def _long(analysis: Analysis, long: list[_Placed]) -> Weighed:
    length_s, pause, place = max(long, key=lambda one: one[0])
    where = answer_of(analysis, place)
    text = f"You stopped for {length_s:.1f} s in mid-sentence in {where}."
    if len(long) > 1:
        text = (
            f"You stopped {len(long)} times for {REMARKABLE_PAUSE_S:.0f} s or more in mid-sentence,"
            f" the longest {length_s:.1f} s in {where}."
        )
    text += " A pause between sentences sounds calm; inside one it sounds lost."
    exercise = again(analysis, place, "and pause only where a sentence has ended")
    finding = _finding("pause", text, pause, place, exercise)
    return Weighed(min(60.0, 28 + 5 * len(long) + 2 * length_s), finding, words=False)


def _finding(kind: str, text: str, pause: Pause, place: int, exercise: str) -> Finding:
    return Finding(
        kind=kind,
        text=text,
        start_s=max(0.0, pause.start_s - _LEAD_S),
        end_s=pause.end_s + _LEAD_S,
        answer=place,
        basis="measured",
        exercise=exercise,
    )
