"""How does the pace move inside an answer? Words a minute in sliding windows."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from agent.analysis import PaceWindow, SpokenWord
from agent.bands import band_of

WINDOW_S = 20.0
"""Length of a window: shorter ones swing by several words a minute for each word."""
STEP_S = 5.0
"""Time from the start of one window to that of the next."""


def windows_of(words: Sequence[SpokenWord], start_s: float, end_s: float) -> tuple[PaceWindow, ...]:
    """Return the pace of every WINDOW_S between the first and the last voice, one per STEP_S.

    Pauses are included, so a window is slow where the person stopped to think. A word counts
    where its middle lies. Answers shorter than WINDOW_S have no window, and the last one ends
    before `end_s`. Bands by agent.bands.band_of.

    Args:
        words: words of the rate, in order: no filled pauses.
        start_s: first voice of the answer in seconds.
        end_s: last voice.
    """
    if not words:
        return ()
    middles = sorted((word.start_s + word.end_s) / 2 for word in words)
    windows = []
    # Half a millisecond of slack: 20 s of voice must not fall to rounding.
    for step in range(int((end_s - start_s - WINDOW_S + 0.0005) // STEP_S) + 1):
        from_s = start_s + step * STEP_S
        first, last = (bisect.bisect_left(middles, at) for at in (from_s, from_s + WINDOW_S))
        wpm = round(60 * (last - first) / WINDOW_S, 1)
        windows.append(
            PaceWindow(
                start_s=round(from_s, 3),
                end_s=round(min(from_s + WINDOW_S, end_s), 3),
                speech_rate_wpm=wpm,
                band=band_of(wpm),
            )
        )
    return tuple(windows)
