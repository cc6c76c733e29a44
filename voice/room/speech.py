"""The candidate's voice on the session clock: clips begin at a sample and mix in overlap."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from voice.audio import Clip, resample

Floats = npt.NDArray[np.float64]
"""Mono sound in 16-bit units, not yet rounded, shape (n,)."""


def louder(samples: npt.NDArray[np.generic], gain_db: float) -> Floats:
    """Return the samples with a gain, in 16-bit units."""
    return np.asarray(samples, np.float64) * 10 ** (gain_db / 20)


@dataclass(frozen=True, eq=False)
class Cue:
    """Something about to be said."""

    start_sample: int
    """Session time of its first sample."""
    samples: Floats
    """At SAMPLE_RATE_HZ, in 16-bit units."""

    @property
    def end_sample(self) -> int:
        """Session time just after its last sample."""
        return self.start_sample + len(self.samples)

    @classmethod
    def of(cls, start_sample: int, clip: Clip, gain_db: float = 0.0) -> Cue:
        """Return a cue for a clip of any rate."""
        return cls(start_sample, louder(resample(clip).samples, gain_db))


class Speech:
    """All that the candidate is saying."""

    def __init__(self) -> None:
        self._cues: list[Cue] = []

    def add(self, cues: list[Cue]) -> None:
        """Let these be said at their times."""
        self._cues += cues

    def break_off(self, at_sample: int) -> None:
        """Say nothing after a session time of all that was begun."""
        self._cues = [
            replace(cue, samples=cue.samples[: max(0, at_sample - cue.start_sample)])
            for cue in self._cues
        ]

    def sounds_at(self, sample: int) -> bool:
        """Tell whether something begun is not over at a session time."""
        return any(cue.start_sample <= sample < cue.end_sample for cue in self._cues)

    def take(self, start_sample: int, count: int) -> Floats:
        """Return the mix of `count` samples from a session time on, and forget what is over."""
        end_sample = start_sample + count
        mix = np.zeros(count)
        for cue in self._cues:
            first, last = max(start_sample, cue.start_sample), min(end_sample, cue.end_sample)
            if first < last:
                part = cue.samples[first - cue.start_sample : last - cue.start_sample]
                mix[first - start_sample : last - start_sample] += part
        self._cues = [cue for cue in self._cues if cue.end_sample > end_sample]
        return mix
