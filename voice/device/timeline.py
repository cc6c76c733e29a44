"""Place what the loudspeaker gave out on the microphone's clock, without clicks or drift."""

from __future__ import annotations

from collections import deque
from statistics import median
from typing import NamedTuple

import numpy as np

from voice.audio import SAMPLE_RATE_HZ, Samples

DRIFT_LIMIT_S = 0.02
"""A clip is moved when it lies further than this from where it sounds; a fifth of the 100 ms
within which the two tracks must agree."""
DRIFT_BLOCKS = 25
"""The drift is the median over half a second, because one block's moment is only known to the
length of the input's blocks."""


class HandedOut(NamedTuple):
    """A part of a clip that the loudspeaker took."""

    clip: Samples
    """The whole clip at SAMPLE_RATE_HZ; the same object for all its parts."""
    start: int
    """First sample of the part, counted in the clip."""
    end: int
    """End of the part, counted in the clip."""
    at_sample: int
    """Session time, in input samples, at which the part's first sample sounds."""


class SpeakerTimeline:
    """The loudspeaker's track, written ahead by the player and taken frame by frame.

    Each clip is anchored where its first block sounds, so that the drift between the two
    devices' clocks (100 ppm are 0.36 s in an hour) never adds up. Its later blocks are held
    against the anchor; beyond DRIFT_LIMIT_S (a sound server was starved, a clip is very long) the
    rest of the clip is moved.
    """

    def __init__(self) -> None:
        self._taken = 0
        self._ahead = np.zeros(0, np.int16)
        self._clip: Samples | None = None
        self._origin = 0
        self._drift: deque[int] = deque(maxlen=DRIFT_BLOCKS)

    @property
    def end_sample(self) -> int:
        """Session time of the end of the last sound placed, in samples."""
        return self._taken + len(self._ahead)

    def place(self, part: HandedOut) -> None:
        """Take in the next part that was handed out; parts of a clip come in order."""
        if part.clip is not self._clip:
            self._clip = part.clip
            self._origin = max(part.at_sample, self.end_sample) - part.start
            self._drift.clear()
        self._drift.append(part.at_sample - part.start - self._origin)
        drift = round(median(self._drift))
        if len(self._drift) == DRIFT_BLOCKS and abs(drift) > DRIFT_LIMIT_S * SAMPLE_RATE_HZ:
            self._origin += drift
            self._drift.clear()
        # What is placed stays: a clip moved back goes on where its sound is by now.
        at = max(self.end_sample, self._origin + part.start)
        gap = np.zeros(at - self.end_sample, np.int16)
        rest = part.clip[at - self._origin : part.end]
        self._ahead = np.concatenate((self._ahead, gap, rest))

    def take(self, start_sample: int, count: int) -> Samples:
        """Return `count` samples from `start_sample` on, zeros where nothing sounded.

        Samples before `start_sample` that were never taken (a gap of the input) are dropped.
        """
        self._drop(start_sample - self._taken)
        taken = self._ahead[:count]
        self._drop(count)
        return np.pad(taken, (0, count - len(taken)))

    def _drop(self, count: int) -> None:
        if count > 0:
            self._ahead = self._ahead[count:]
            self._taken += count
