"""Remarks on pace, pauses and the length of answers."""

from __future__ import annotations

from collections.abc import Iterator

from agent.analysis import Analysis, Answer, Finding, answer_names
from agent.bands import (
    FAST_WPM,
    REMARKABLE_PAUSE_S,
    SHORT_ANSWER_S,
    SLOW_WPM,
    long_answer_s,
)
from agent.feedback.weighed import Weighed


def _name(analysis: Analysis, place: int) -> str:
    """Return the answer's name as the report shows it."""
    return answer_names(analysis.answers)[place]


def pace_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on the answer whose pace lies farthest outside the band."""
    scored = [
        (place, answer, answer.pacing.speech_rate_wpm)
        for place, answer in enumerate(analysis.answers)
        if answer.pacing.speech_rate_wpm is not None
    ]
    off = [(_off(wpm), place, answer, wpm) for place, answer, wpm in scored if _off(wpm) > 0]
    if not off:
        return
    worst, place, answer, wpm = max(off, key=lambda one: one[0])
    whole = analysis.pacing
    fast = wpm > FAST_WPM
    limit = f"above the {FAST_WPM:.0f}" if fast else f"below the {SLOW_WPM:.0f}"
    why = "where listeners start to lose words" if fast else "where attention starts to drift"
    text = (
        f"You spoke at {wpm:.0f} words a minute in answer {_name(analysis, place)}, {limit} {why}"
    )
    text += f"; over all it was {whole.speech_rate_wpm:.0f}." if whole.speech_rate_wpm else "."
    weight = 58 if whole.band in ("fast", "slow") else 46
    finding = Finding(
        kind="pace",
        text=text,
        start_s=answer.start_s,
        end_s=answer.end_s,
        answer=place,
        basis="measured",
    )
    yield Weighed(min(75.0, weight + 40 * worst), finding)


def _off(wpm: float) -> float:
    """Return how far a rate lies outside the band, as a share of the band's edge."""
    return max(wpm / FAST_WPM - 1, 1 - wpm / SLOW_WPM, 0.0)


def pause_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on long silences inside clauses."""
    long = [
        (pause.end_s - pause.start_s, pause, place)
        for place, answer in enumerate(analysis.answers)
        for pause in answer.pacing.pauses
        if pause.inside_clause and pause.end_s - pause.start_s >= REMARKABLE_PAUSE_S
    ]
    if not long:
        return
    length_s, pause, place = max(long, key=lambda one: one[0])
    count = f"{len(long)} silences" if len(long) > 1 else "One silence"
    text = (
        f"{count} of {REMARKABLE_PAUSE_S:.0f} s or more in mid-sentence, the longest"
        f" {length_s:.1f} s in answer {_name(analysis, place)}; pausing between"
        " sentences reads as calm, inside them as lost."
    )
    finding = Finding(
        kind="pause",
        text=text,
        start_s=max(0.0, pause.start_s - 2),
        end_s=pause.end_s + 2,
        answer=place,
        basis="measured",
    )
    yield Weighed(min(60.0, 28 + 5 * len(long) + 2 * length_s), finding)


def length_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on the longest and the shortest answer to a main question, unless they were typed."""
    if analysis.typed:
        return
    asked = [
        (answer.end_s - answer.start_s, place, answer)
        for place, answer in enumerate(analysis.answers)
        if answer.kind == "question" and answer.words and not _cut_off(analysis, place)
    ]
    long = [one for one in asked if one[0] > long_answer_s(one[2].area)]
    if long:
        length_s, place, answer = max(long, key=lambda one: one[0])
        text = (
            f"Answer {_name(analysis, place)} ran {_minutes(length_s)}; most questions want one to"
            " two minutes, with the result in the first half."
        )
        yield Weighed(
            min(70.0, 40 + (length_s - long_answer_s(answer.area)) / 6),
            _length("long", text, place, answer),
        )
    short = [one for one in asked if one[0] < SHORT_ANSWER_S]
    if short:
        length_s, place, answer = min(short, key=lambda one: one[0])
        text = (
            f"Answer {_name(analysis, place)} was over after {length_s:.0f} s, which leaves the"
            " question open; one example with a number would fill a minute."
        )
        yield Weighed(38 + 4 * min(len(short), 4), _length("short", text, place, answer))


def _cut_off(analysis: Analysis, place: int) -> bool:
    """Tell whether the session, and not the person, ended this answer."""
    return analysis.about.state != "complete" and place == len(analysis.answers) - 1


def _length(kind: str, text: str, place: int, answer: Answer) -> Finding:
    return Finding(
        kind=kind,
        text=text,
        start_s=answer.start_s,
        end_s=answer.end_s,
        answer=place,
        basis="measured",
    )


def _minutes(length_s: float) -> str:
    return f"{int(length_s // 60)} min {int(length_s % 60):02d} s"
