"""Times as places on a drawing: the rows of the timeline, the pace along an answer."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.analysis import Analysis, Answer, InterviewerLine, PaceWindow
from agent.bands import EASY_WPM
from agent.report import phrases
from agent.text.display import clean

ROW_S = 720.0
"""A row holds at most 12 minutes, so that a second is still about a pixel on a screen."""
_GAP_S = 0.4
"""Pauses from here on are drawn as gaps in the speech; shorter ones would not be seen."""
_THINNEST = 0.12
"""Percent of a row that a bar is wide at least."""
_NAME_LETTERS = 12
"""Letters of a name; more would reach into the next one's part."""
_LETTER = 2.2
"""Percent of a row that a letter takes at most, on a phone of 360 px (measured in Chromium)."""
_SCALE_WPM = (90.0, 200.0)
"""Lowest and highest pace drawn, in words a minute; further where the pace went further."""
_EDGE_WPM = 5.0
"""So much is left above the fastest and below the slowest, so that the line stays whole."""
_PACE_HEIGHT = 44
"""Height of the drawing of the pace, in pixels, as in its template."""


@dataclass(frozen=True)
class Row:
    """A stretch of the session drawn on one line."""

    start_s: float
    """Where it begins, in seconds."""
    end_s: float
    """Where it ends, in seconds."""

    def x(self, at_s: float) -> float:
        """Return a time as percent of the row's width."""
        return 100 * (at_s - self.start_s) / (self.end_s - self.start_s)

    def holds(self, at_s: float) -> bool:
        """Return whether a time lies on this row."""
        return self.start_s <= at_s < self.end_s

    def part(self, start_s: float, end_s: float) -> tuple[float, float] | None:
        """Return left edge and width of a span on this row in percent, None where it has none."""
        start, end = max(start_s, self.start_s), min(end_s, self.end_s)
        if end <= start:
            return None
        return self.x(start), max(_THINNEST, self.x(end) - self.x(start))

    @property
    def ticks(self) -> range:
        """Where times are written below it, in whole seconds."""
        span = self.end_s - self.start_s
        step = next((s for s in (15, 30, 60, 120) if span / s <= 8), 300)
        return range(math.ceil(self.start_s / step) * step, int(self.end_s) + 1, step)

    def speakers(self, lines: Sequence[InterviewerLine]) -> Iterator[tuple[float, str]]:
        """Yield where to write who of a panel takes over, where there is room for the name."""
        speaker, free = "", 0.0
        for line in lines:
            if line.speaker in ("", speaker):
                continue
            speaker = line.speaker
            name = clean(speaker)
            if len(name) > _NAME_LETTERS:
                name = f"{name[: _NAME_LETTERS - 1].rstrip()}…"
            x = min(self.x(line.start_s), 100 - _LETTER * len(name))
            if self.holds(line.start_s) and x >= free:
                free = x + _LETTER * len(name)
                yield x, name


@dataclass(frozen=True)
class PaceLane:
    """The pace along an answer."""

    rates: str
    """The slowest and the fastest window in words."""
    points: str
    """The line through the middles of the windows: x in percent, y in pixels from the top."""
    easy_y: float
    """Top of the easy band."""
    easy_height: float
    """Height of the easy band."""
    outside: tuple[PaceWindow, ...]
    """The slowest and the fastest window, where they are slow or fast."""


def session_s(analysis: Analysis) -> float:
    """Return where the last thing ends, in seconds."""
    ends = [analysis.about.duration_s]
    ends += [span.end_s for span in (*analysis.answers, *analysis.interviewer)]
    return max(end for end in (*ends, 0.0) if math.isfinite(end))


def rows_of(total_s: float) -> list[Row]:
    """Return rows of equal length, none longer than ROW_S."""
    count = max(1, math.ceil(total_s / ROW_S))
    each = total_s / count
    return [Row(index * each, (index + 1) * each + 1e-6) for index in range(count)]


def voiced(answer: Answer) -> Iterator[tuple[float, float]]:
    """Yield the stretches of an answer between its pauses of _GAP_S and more, in seconds."""
    at = answer.start_s
    for pause in answer.pacing.pauses:
        if phrases.pause_length_s(pause) >= _GAP_S and pause.start_s >= at:
            yield at, pause.start_s
            at = pause.end_s
    yield at, answer.end_s


def pace_lane(answer: Answer) -> PaceLane | None:
    """Return the pace along an answer, None where it has no windows to tell it by."""
    windows = answer.pacing.windows
    if len(windows) < 2:
        return None
    slow = min(windows, key=lambda w: w.speech_rate_wpm)
    fast = max(windows, key=lambda w: w.speech_rate_wpm)
    low = min(_SCALE_WPM[0], slow.speech_rate_wpm - _EDGE_WPM)
    high = max(_SCALE_WPM[1], fast.speech_rate_wpm + _EDGE_WPM)

    def y(wpm: float) -> float:
        return round(_PACE_HEIGHT * (high - wpm) / (high - low), 1)

    rates_at = [
        (windows[0].start_s, windows[0].speech_rate_wpm),
        *(((w.start_s + w.end_s) / 2, w.speech_rate_wpm) for w in windows),
        (windows[-1].end_s, windows[-1].speech_rate_wpm),
    ]
    top, bottom = y(EASY_WPM[1]), y(EASY_WPM[0])
    return PaceLane(
        rates=f"{slow.speech_rate_wpm:.0f} to {fast.speech_rate_wpm:.0f} words a minute",
        points=" ".join(f"{_share(answer, at_s):.2f},{y(wpm)}" for at_s, wpm in rates_at),
        easy_y=top,
        easy_height=bottom - top,
        outside=tuple(w for w, band in ((slow, "slow"), (fast, "fast")) if w.band == band),
    )


def _share(answer: Answer, at_s: float) -> float:
    """Return a time as percent of the answer."""
    span = max(answer.end_s - answer.start_s, 1e-6)
    return 100 * min(max((at_s - answer.start_s) / span, 0.0), 1.0)
