"""Cut what a microphone delivers into frames on the session clock, gaps told apart."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from voice.audio import FRAME_SAMPLES, Samples


@dataclass(frozen=True, eq=False)
class MicFrame:
    """20 ms of the microphone alone."""

    start_sample: int
    """Session time of the first sample, in samples, gaps included."""
    samples: Samples
    """The raw microphone, shape (FRAME_SAMPLES,)."""
    lost_samples: int
    """Samples lost just before it."""


class FrameCutter:
    """Turn stretches of any length into frames of FRAME_SAMPLES.

    No sample moves: every one stands at the session time at which it was given, and
    `start_sample` of a frame is the end of the frame before plus `lost_samples`.
    """

    def __init__(self) -> None:
        self._next_start = 0
        self._lost = 0
        self._partial = np.zeros(0, np.int16)
        self._frames: deque[MicFrame] = deque()

    @property
    def end_sample(self) -> int:
        """Session time up to which samples were given or known to be lost."""
        return self._next_start + self._lost + len(self._partial)

    def add(self, samples: Samples) -> None:
        """Append samples that follow without a gap."""
        gathered = np.concatenate((self._partial, samples))
        whole = len(gathered) - len(gathered) % FRAME_SAMPLES
        for at in range(0, whole, FRAME_SAMPLES):
            self._emit(gathered[at : at + FRAME_SAMPLES])
        self._partial = gathered[whole:]

    def lose(self, count: int) -> None:
        """Note `count` lost samples; a half-filled frame is completed with silence first."""
        if count <= 0:
            return
        if len(self._partial):
            fill = min(count, FRAME_SAMPLES - len(self._partial))
            self.add(np.zeros(fill, np.int16))
            count -= fill
        self._lost += count

    def next(self) -> MicFrame | None:
        """Return the next complete frame, or None."""
        return self._frames.popleft() if self._frames else None

    def _emit(self, samples: Samples) -> None:
        start = self._next_start + self._lost
        self._frames.append(MicFrame(start, samples, self._lost))
        self._next_start, self._lost = start + FRAME_SAMPLES, 0
