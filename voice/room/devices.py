"""The simulated microphone: its level, its clipping, and when it is muted or gone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voice.audio import SAMPLE_RATE_HZ, Samples
from voice.room.speech import Floats, louder


@dataclass(frozen=True)
class Span:
    """A stretch of session time."""

    start_s: float
    """Start on the session clock, in seconds."""
    end_s: float
    """End on the session clock, in seconds."""

    def holds(self, sample: int) -> bool:
        """Tell whether a session time, in samples, lies in it."""
        return round(self.start_s * SAMPLE_RATE_HZ) <= sample < self.end_sample

    @property
    def end_sample(self) -> int:
        """End on the session clock, in samples."""
        return round(self.end_s * SAMPLE_RATE_HZ)


@dataclass(frozen=True)
class Microphone:
    """What the microphone makes of the sound that reaches it."""

    gain_db: float = 0.0
    """Gain of everything: speech, echo, noise."""
    clip_dbfs: float = 0.0
    """An overdriven amplifier cuts off all above this peak level, after the gain."""
    zeros: tuple[Span, ...] = ()
    """When it is muted and gives nothing but zeros; a frame counts by its start."""
    lost: tuple[Span, ...] = ()
    """When it is gone, together with the loudspeaker; begins with the next frame."""

    def record(self, sound: Floats, start_sample: int) -> Samples:
        """Return the samples that the microphone gives for a sound, in 16 bits."""
        if any(span.holds(start_sample) for span in self.zeros):
            return np.zeros(len(sound), np.int16)
        highest = 32768.0 * 10 ** (min(0.0, self.clip_dbfs) / 20)
        cut = np.clip(louder(sound, self.gain_db), -highest, min(highest, 32767.0))
        return np.rint(cut).astype(np.int16)

    def back_at(self, sample: int) -> int | None:
        """Return when a microphone that is gone at a session time is back; None if it is there."""
        ends = [span.end_sample for span in self.lost if span.holds(sample)]
        return max(ends) if ends else None
