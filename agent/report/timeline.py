"""Times as places: rows of the timeline, the pace along an answer, words with their pauses."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from agent.analysis import Analysis, Answer, Pause, SpokenWord
from agent.analysis.bands import LONG_PAUSE_S

ROW_S = 720.0
"""A row holds at most 12 minutes, so that a second is still about a pixel on a screen."""
_GAP_S = 0.4
"""Pauses from here on are drawn as gaps in the speech; shorter ones would not be seen."""
_THINNEST = 0.12
"""Percent of a row that a bar is wide at least."""
_SCALE_WPM = (80.0, 220.0)
"""Ends of the drawn scale of the pace, in words a minute."""
UNSURE_BELOW = 0.5
"""A recognizer's own confidence below which a word is marked as unsure."""
_LOOKS = {"filled_pause": "f", "filler_word": "w", "hedge": "h"}


@dataclass(frozen=True)
class Row:
    """A stretch of the session drawn on one line."""

    start_s: float
    end_s: float

    def x(self, at_s: float) -> float:
        """Return a time as percent of the row's width."""
        return 100 * (at_s - self.start_s) / (self.end_s - self.start_s)

    def holds(self, at_s: float) -> bool:
        """Return whether a time lies on this row."""
        return self.start_s <= at_s < self.end_s

    def part(self, start_s: float, end_s: float) -> tuple[float, float] | None:
        """Return left edge and width of a span on this row in percent, None where it has none."""
        start, end = max(start_s, self.start_s), min(end_s, self.end_s)
        return (self.x(start), max(_THINNEST, self.x(end) - self.x(start))) if end > start else None

    @property
    def ticks(self) -> range:
        """Where times are written below it, in whole seconds."""
        span = self.end_s - self.start_s
        step = next((s for s in (15, 30, 60, 120) if span / s <= 8), 300)
        return range(math.ceil(self.start_s / step) * step, int(self.end_s) + 1, step)


def rows_of(analysis: Analysis) -> list[Row]:
    """Return rows of equal length, none longer than ROW_S; [] where nothing has a time."""
    told = [span.end_s for span in (*analysis.answers, *analysis.interviewer)]
    total_s = max(analysis.about.duration_s, *told, 0.0)
    if analysis.typed or not told or total_s <= 0:
        return []
    count = math.ceil(total_s / ROW_S)
    each = total_s / count
    return [Row(index * each, (index + 1) * each + 1e-6) for index in range(count)]


def voiced(answer: Answer) -> Iterator[tuple[float, float]]:
    """Yield the stretches of an answer between its pauses of _GAP_S and more, in seconds."""
    at = answer.start_s
    for pause in answer.pacing.pauses:
        if pause.length_s >= _GAP_S and pause.start_s >= at:
            yield at, pause.start_s
            at = pause.end_s
    yield at, answer.end_s


def scaled(wpm: float) -> float:
    """Return where a pace lies on the drawn scale, in percent from its slow end."""
    low, high = _SCALE_WPM
    return 100 * (min(max(wpm, low), high) - low) / (high - low)


def pace_line(answer: Answer) -> str:
    """Return the line of the pace through the middles of its windows: x and y in percent."""
    windows = answer.pacing.windows
    span_s = max(answer.end_s - answer.start_s, 1e-6)
    middles = [((w.start_s + w.end_s) / 2, w.speech_rate_wpm) for w in windows]
    ends = (windows[0].start_s, middles[0][1]), (windows[-1].end_s, middles[-1][1])
    return " ".join(
        f"{100 * (at_s - answer.start_s) / span_s:.2f},{100 - scaled(wpm):.1f}"
        for at_s, wpm in (ends[0], *middles, ends[1])
    )


@dataclass(frozen=True)
class Piece:
    """A word of an answer, or a pause between words."""

    start_s: float
    text: str
    look: str = ""
    """Its classes in the style sheet."""
    title: str = ""
    """What its look means, in words."""


def pieces(answer: Answer) -> list[Piece]:
    """Return the words in order of time with the pauses between.

    Both are placed by their middles: a recognizer draws a word out over the pause behind it.
    """
    placed = [((w.start_s + w.end_s) / 2, _word(w)) for w in answer.words]
    placed += [((p.start_s + p.end_s) / 2, _pause(p)) for p in answer.pacing.pauses]
    placed.sort(key=lambda item: item[0])
    return [piece for _, piece in placed]


def _word(word: SpokenWord) -> Piece:
    unsure = word.probability < UNSURE_BELOW
    looks = [_LOOKS.get(word.mark, ""), "u" if unsure else ""]
    titles = [word.mark.replace("_", " "), "unsure" if unsure else ""]
    return Piece(
        word.start_s, word.text, " ".join(filter(None, looks)), ", ".join(filter(None, titles))
    )


def _pause(pause: Pause) -> Piece:
    if pause.length_s < 1.0:
        return Piece(pause.start_s, f"{pause.length_s:.1f}", "p")
    look = "p over" if pause.inside_clause and pause.length_s > LONG_PAUSE_S else "p long"
    place = "in mid-sentence" if pause.inside_clause else "at the end of a sentence"
    return Piece(pause.start_s, f"pause {pause.length_s:.1f} s", look, f"pause {place}")
