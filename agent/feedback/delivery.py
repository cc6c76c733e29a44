"""Remarks on pace and on the length of answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agent.analysis import Analysis, Answer, Band, Finding, PaceWindow
from agent.bands import (
    FAST_WPM,
    LONG_PAUSE_S,
    SHORT_ANSWER_S,
    SLOW_WPM,
    advised_s,
    band_of,
    long_answer_s,
)
from agent.feedback.exercise import again, answer_of, name_of
from agent.feedback.weighed import Weighed, about_answer
from agent.text.display import length

SUSTAINED_S = 20.0
"""Only so long a stretch outside the band is worth a remark; shorter ones everybody has."""


@dataclass(frozen=True)
class _Stretch:
    """Part of an answer outside the band."""

    place: int
    start_s: float
    end_s: float
    wpm: float
    """Its mean rate in words a minute."""

    @property
    def off(self) -> float:
        """Return how far it lies outside, as a share of the band's edge."""
        return max(self.wpm / FAST_WPM - 1, 1 - self.wpm / SLOW_WPM, 0.0)

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s


def pace_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on the stretch of 20 s or more whose pace lies farthest outside the band."""
    found = [one for place, _ in enumerate(analysis.answers) for one in _outside(analysis, place)]
    if not found:
        return
    worst = max(found, key=lambda one: (one.off, one.length_s))
    whole = analysis.pacing
    fast = worst.wpm > FAST_WPM
    how_fast, limit = ("fast", "Above") if fast else ("slowly", "Below")
    edge, why = (FAST_WPM, "lose words") if fast else (SLOW_WPM, "drift off")
    text = (
        f"For {worst.length_s:.0f} s of {answer_of(analysis, worst.place)} you spoke {how_fast}:"
        f" {worst.wpm:.0f} words a minute. {limit} {edge:.0f}, listeners {why}"
    )
    mean = whole.speech_rate_wpm
    text += f"; your average was {mean:.0f}." if mean else "."
    how = (
        "and stop for a breath after every sentence"
        if fast
        else "and say each sentence in one breath"
    )
    finding = Finding(
        kind="pace",
        text=text,
        start_s=worst.start_s,
        end_s=worst.end_s,
        answer=worst.place,
        basis="measured",
        exercise=again(analysis, worst.place, how),
    )
    weight = 58 if whole.band in ("fast", "slow") else 46
    yield Weighed(min(75.0, weight + 40 * worst.off), finding, words=False)


def _outside(analysis: Analysis, place: int) -> Iterator[_Stretch]:
    """Return the stretches of an answer outside the band: runs of its windows, else all of it."""
    answer = analysis.answers[place]
    wpm = answer.pacing.speech_rate_wpm
    if not answer.pacing.windows:
        long_enough = answer.end_s - answer.start_s >= SUSTAINED_S
        if wpm is not None and long_enough and band_of(wpm) != "fine":
            yield _Stretch(place, answer.start_s, answer.end_s, wpm)
        return
    run: list[tuple[float, float, float]] = []
    last: Band = ""
    for window in (*answer.pacing.windows, None):
        rate = _flowing(answer, window) if window else None
        band = band_of(rate)
        if run and band != last:
            mean = sum(rate for _, _, rate in run) / len(run)
            yield _Stretch(place, run[0][0], run[-1][1], mean)
            run = []
        last = band
        if window and rate is not None and band in ("fast", "slow"):
            run.append((window.start_s, window.end_s, rate))


def _flowing(answer: Answer, window: PaceWindow) -> float:
    """Return the rate of a window; a slow one without its long pauses, which are another remark."""
    wpm = window.speech_rate_wpm
    if wpm >= SLOW_WPM:
        return wpm
    silent_s = sum(
        max(0.0, min(window.end_s, pause.end_s) - max(window.start_s, pause.start_s))
        for pause in answer.pacing.pauses
        if pause.end_s - pause.start_s > LONG_PAUSE_S
    )
    length_s = window.end_s - window.start_s
    return wpm * length_s / max(length_s - silent_s, length_s / 4)


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
            f"Answer {name_of(analysis, place)} took {length(length_s)}; {_advice(answer)} are"
            " advised, with the result in the first half."
        )
        how = "with the result in the first sentence"
        yield Weighed(
            min(70.0, 40 + (length_s - long_answer_s(answer.area)) / 6),
            _length("long", text, analysis, place, how),
            words=False,
        )
    short = [one for one in asked if one[0] < SHORT_ANSWER_S and one[2].answered is not False]
    if short:
        length_s, place, answer = min(short, key=lambda one: one[0])
        text = (
            f"Answer {name_of(analysis, place)} took only {length_s:.0f} s. One example with a"
            " number would fill a minute."
        )
        yield Weighed(
            38 + 4 * min(len(short), 4),
            _length("short", text, analysis, place, "with one example and its number"),
            words=False,
        )


def _advice(answer: Answer) -> str:
    low, high = answer.advised_s or advised_s("question", answer.area) or (60.0, 120.0)
    return f"{low / 60:.0f} to {high / 60:.0f} minutes"


def _cut_off(analysis: Analysis, place: int) -> bool:
    """Tell whether the session, and not the person, ended this answer."""
    return analysis.about.state != "complete" and place == len(analysis.answers) - 1


def _length(kind: str, text: str, analysis: Analysis, place: int, how: str) -> Finding:
    return about_answer(kind, text, analysis, place, ("measured", again(analysis, place, how)))
