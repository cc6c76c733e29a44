"""The chunks of sound that a page sends: their form, made 16 kHz, with what is missing between."""

import math
import struct
from dataclasses import dataclass

import numpy as np

from voice.audio.clip import SAMPLE_RATE_HZ, Samples

HEADER = struct.Struct("<ddII")
"""Of a chunk: samples before it on the worklet's clock, wall clock in milliseconds at its end,
number of the queue, samples of that queue played up to its end. Then 16-bit samples, microphone and
output in turn; none where the page says what it had played of a queue when it was told to stop."""
MOST_CHUNK_BYTES = HEADER.size + 4 * 3840
"""20 ms of both sides at 192 kHz."""
_LATE_S, _AT_ONCE_S = 0.06, 1.0
"""Sound that falls behind the wall clock by more is lost, not late; by more than the second at
once, because the tab or the machine slept."""
_WINDOW = 25
"""Chunks (0.5 s) of which the promptest tells how far the sound is behind."""


@dataclass(frozen=True)
class Sound:
    """What a page says of its sound when it begins, or begins again."""

    rate_hz: int
    """The rate of its audio context."""
    delay_s: float
    """From giving out a sample to its return in the microphone: the latencies of both."""
    mic_name: str
    """The microphone's label."""


def is_chunk(message: bytes) -> bool:
    """Return whether a message has the form of a chunk."""
    if not HEADER.size <= len(message) <= MOST_CHUNK_BYTES or len(message) % 4:
        return False
    return all(map(math.isfinite, HEADER.unpack_from(message)))


class Stream:
    """One connection's chunks, made 16 kHz; what is missing between them is told."""

    def __init__(self, sound: Sound) -> None:
        import soxr

        self._rate_hz = sound.rate_hz
        self._resampler = soxr.ResampleStream(sound.rate_hz, SAMPLE_RATE_HZ, 2, dtype="float32")
        # In floats: in integers it dithers, and silence would be none.
        self.on_its_way = np.zeros(round(sound.delay_s * SAMPLE_RATE_HZ), np.int16)
        """Given out and not yet in the microphone."""
        self._next = 0.0
        self._base_s: float | None = None
        """How far the worklet's clock is behind the wall clock; None before the first chunk."""
        self._lags_s: list[float] = []

    @property
    def began(self) -> bool:
        """Whether a first chunk has come."""
        return self._base_s is not None

    def read(self, message: bytes) -> tuple[int, Samples, Samples]:
        """Return samples lost before a chunk, and its two sides; the output where it is heard."""
        position, wall_ms, _, _ = HEADER.unpack_from(message)
        both = np.frombuffer(message, np.int16, offset=HEADER.size).reshape(-1, 2)
        gap = max(0.0, position - self._next) if self.began else 0.0
        self._next = position + len(both)
        lost_s = gap / self._rate_hz + self._fell_s(wall_ms / 1000 - self._next / self._rate_hz)
        sides = self._resampler.resample_chunk(both.astype(np.float32))
        sides = np.clip(np.rint(sides), -32768, 32767).astype(np.int16)
        line = np.concatenate((self.on_its_way, sides[:, 1]))
        out, self.on_its_way = line[: len(sides)], line[len(sides) :]
        return round(lost_s * SAMPLE_RATE_HZ), np.ascontiguousarray(sides[:, 0]), out

    def _fell_s(self, lag_s: float) -> float:
        """Return how far the sound fell behind the wall clock, once that is certain."""
        if self._base_s is None:
            self._base_s = lag_s
        self._lags_s.append(lag_s)
        fell_s = lag_s - self._base_s
        if fell_s < _AT_ONCE_S:
            if len(self._lags_s) < _WINDOW:
                return 0.0
            fell_s = min(self._lags_s) - self._base_s
        self._base_s += fell_s  # small steps are the drift of two clocks
        self._lags_s.clear()
        return fell_s if fell_s > _LATE_S else 0.0
