"""What reaches a simulated microphone, and what it makes of it: echo, hiss, gaps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ, SILENCE_DBFS, Samples

LOOP_SAMPLES = 500 * FRAME_SAMPLES
"""Ten seconds, a whole number of frames."""
ACTIVE_MARGIN_DB = 15.9
"""ITU-T P.56: speech is active where its level is at most this far below the active level."""
HARDEST_DRIVE = 4.0
"""tanh(4 x) / 4: full distortion holds every sound below a quarter of full scale."""
_SEED = 20261122
_NEIGHBORS = 2
"""Samples on either side that a value between two samples is interpolated from."""

Floats = npt.NDArray[np.float64]
"""Mono sound in 16-bit units, not yet rounded, shape (n,)."""


@dataclass(frozen=True, eq=False)
class EchoPath:
    """How the loudspeaker's sound reaches the microphone."""

    impulse_response: Floats | None = None
    """At SAMPLE_RATE_HZ, of any scale; None for a single tap."""
    delay_ms: float = 0.0
    """On top of the impulse response's own."""
    level_db: float = 0.0
    """The echo against what the loudspeaker was given."""
    distortion: float = 0.0
    """Soft clipping, 0 to 1."""
    drift_ppm: float = 0.0
    """The echo comes later by so many microseconds a second; negative: earlier."""


class Echo:
    """The echo of a loudspeaker in the microphone, frame by frame."""

    def __init__(self, path: EchoPath) -> None:
        response = np.ones(1) if path.impulse_response is None else path.impulse_response
        energy = float(np.sum(np.square(response)))
        scale = 10 ** (path.level_db / 20) / np.sqrt(energy) if energy else 0.0
        self._size = 1 << (len(response) + FRAME_SAMPLES).bit_length()
        self._response = np.fft.rfft(response * scale, self._size)
        self._given = np.zeros(self._size)
        self._line = np.zeros(0)
        self._drive = HARDEST_DRIVE * path.distortion
        self._delay = round(path.delay_ms * SAMPLE_RATE_HZ / 1000)
        self._drift = path.drift_ppm * 1e-6

    def next(self, speaker: Samples, start_sample: int) -> Floats:
        """Return the echo during the frame of the loudspeaker that begins at a session time."""
        sound = speaker.astype(np.float64)
        if self._drive:
            sound = np.tanh(sound * (self._drive / 32768.0)) * (32768.0 / self._drive)
        self._given = np.concatenate((self._given[FRAME_SAMPLES:], sound))
        echo = np.fft.irfft(np.fft.rfft(self._given) * self._response, self._size)
        return self._delayed(echo[-FRAME_SAMPLES:], start_sample)

    def _delayed(self, frame: Floats, start_sample: int) -> Floats:
        late = self._delay + self._drift * (start_sample + np.arange(FRAME_SAMPLES))
        late = np.maximum(late, _NEIGHBORS if self._drift else 0)
        length = int(late.max()) + FRAME_SAMPLES + 2 * _NEIGHBORS
        self._line = np.concatenate((np.zeros(length), self._line, frame))[-length:]
        place = length - FRAME_SAMPLES + np.arange(FRAME_SAMPLES) - late
        return _between(np.pad(self._line, (0, _NEIGHBORS)), place)


@dataclass(frozen=True)
class Span:
    """A stretch of session time, in seconds."""

    at_s: float
    for_s: float

    @property
    def end_sample(self) -> int:
        """End on the session clock, in samples."""
        return round((self.at_s + self.for_s) * SAMPLE_RATE_HZ)

    def holds(self, sample: int) -> bool:
        """Tell whether a session time, in samples, lies in it."""
        return round(self.at_s * SAMPLE_RATE_HZ) <= sample < self.end_sample


@dataclass(frozen=True)
class Microphone:
    """When the microphone fails."""

    zeros: tuple[Span, ...] = ()
    """When it is muted; a frame counts by its start."""
    lost: tuple[Span, ...] = ()
    """When it is gone, together with the loudspeaker; begins with the next frame."""

    def record(self, sound: Floats, start_sample: int) -> Samples:
        """Return the samples that the microphone gives for a sound, in 16 bits."""
        if any(span.holds(start_sample) for span in self.zeros):
            return np.zeros(len(sound), np.int16)
        return np.rint(np.clip(sound, -32768.0, 32767.0)).astype(np.int16)

    def back_at(self, sample: int) -> int | None:
        """Return when a microphone that is gone at a session time is back; None if it is there."""
        return max((span.end_sample for span in self.lost if span.holds(sample)), default=None)


def hiss(level_dbfs: float) -> Floats:
    """Return ten seconds of white noise at an RMS level, to be looped; the same every time."""
    sound = np.random.default_rng(_SEED).normal(0.0, 1.0, LOOP_SAMPLES)
    return sound * (32768.0 * 10 ** (level_dbfs / 20) / float(np.sqrt(np.mean(np.square(sound)))))


def active_level_dbfs(speech: Floats) -> float:
    """Return the RMS level of speech without its pauses: ITU-T P.56, on frames of 20 ms."""
    frames = speech[: len(speech) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    power = np.mean(np.square(frames / 32768.0), axis=1)
    if not power.any():
        return SILENCE_DBFS
    active = float(np.mean(power))
    # Each step leaves out pauses, so the level rises until only speech is left.
    for _ in range(20):
        active = float(np.mean(power[power >= active * 10 ** (-ACTIVE_MARGIN_DB / 10)]))
    return float(10 * np.log10(active))


def _between(line: Floats, place: Floats) -> Floats:
    """Return the line's values between its samples: Lagrange's cubic through four neighbors.

    Straight lines would take 3 dB off at 4 kHz half-way between two samples, cubics 1 dB.
    """
    whole = np.floor(place).astype(np.int64)
    part = place - whole
    before, here, after, beyond = (line[whole + offset] for offset in (-1, 0, 1, 2))
    return (
        -part * (part - 1) * (part - 2) / 6 * before
        + (part + 1) * (part - 1) * (part - 2) / 2 * here
        - (part + 1) * part * (part - 2) / 2 * after
        + (part + 1) * part * (part - 1) / 6 * beyond
    )
