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
"""The drift is the median over so many blocks (about half a second), because one block's moment
is only known to the length of the input's blocks."""
FADE_SAMPLES = 80
"""5 ms of crossfade hide the move."""


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
    devices' clocks (100 ppm are 0.36 s in an hour) never adds up. Within a long clip the blocks
    are held against the anchor; beyond DRIFT_LIMIT_S the clip is moved by skipping or repeating
    a little of it under a crossfade.
    """

    def __init__(self) -> None:
        self._taken = 0
        self._ahead = np.zeros(0, np.int16)
        self._clip: Samples | None = None
        self._origin = self._target = 0
        self._drift: deque[int] = deque(maxlen=DRIFT_BLOCKS)

    @property
    def end_sample(self) -> int:
        """Session time of the end of the last sound placed, in samples."""
        return self._taken + len(self._ahead)

    def place(self, part: HandedOut) -> None:
        """Take in the next part that was handed out; parts of a clip come in order."""
        if part.clip is not self._clip:
            self._clip = part.clip
            at = max(part.at_sample, self.end_sample)
            self._origin = self._target = at - part.start
            self._drift.clear()
            self._write(at, part.clip[part.start : part.end])
            return
        self._watch(part)
        if self._target != self._origin:
            self._move(part)
        else:
            self._continue(part)

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

    def _watch(self, part: HandedOut) -> None:
        self._drift.append(part.at_sample - part.start - self._target)
        drift = round(median(self._drift))
        if len(self._drift) == DRIFT_BLOCKS and abs(drift) > DRIFT_LIMIT_S * SAMPLE_RATE_HZ:
            self._target += drift
            self._drift.clear()

    def _continue(self, part: HandedOut) -> None:
        """Write from the end of what is placed up to the part's end."""
        at = max(self.end_sample, self._origin)
        self._write(at, part.clip[at - self._origin : part.end])

    def _move(self, part: HandedOut) -> None:
        """Go over from the old place of the clip to the new one, once enough was handed out."""
        at = max(self.end_sample, self._origin)
        old, new = at - self._origin, at - self._target
        if new < 0 or new + FADE_SAMPLES > part.end:
            return
        before = part.clip[old : old + FADE_SAMPLES].astype(np.float64)
        before = np.pad(before, (0, FADE_SAMPLES - len(before)))
        after = part.clip[new : new + FADE_SAMPLES]
        rise = np.linspace(0.0, 1.0, FADE_SAMPLES)
        self._write(at, (before * (1 - rise) + after * rise).astype(np.int16))
        self._origin = self._target
        self._continue(part)

    def _write(self, at: int, samples: Samples) -> None:
        """Put samples at a session time at or after the end; what is already taken is lost."""
        late = self._taken - at
        if late > 0:
            samples, at = samples[late:], self._taken
        gap = at - self.end_sample
        self._ahead = np.concatenate((self._ahead, np.zeros(max(0, gap), np.int16), samples))
