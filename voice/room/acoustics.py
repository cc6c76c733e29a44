"""The way from the loudspeaker into the microphone, frame by frame: response, delay, drift."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voice.audio import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples
from voice.room.speech import Floats

HARDEST_DRIVE = 4.0
"""tanh(4 x) / 4: full distortion holds every sound below a quarter of full scale."""
_NEIGHBORS = 2
"""Samples on either side that a value between two samples is interpolated from."""


@dataclass(frozen=True, eq=False)
class EchoPath:
    """How the loudspeaker's sound reaches the microphone."""

    impulse_response: Floats | None = None
    """The room at SAMPLE_RATE_HZ, shape (n,), of any scale: it is brought to the energy of a
    single tap. None for the single tap."""
    delay_ms: float = 0.0
    """Comes on top of the delay that the impulse response has."""
    level_db: float = 0.0
    """Level of the echo against what was given to the loudspeaker, for sound of even spectrum."""
    distortion: float = 0.0
    """Soft clipping of a small loudspeaker, 0 none to 1 (see HARDEST_DRIVE); soft sounds keep
    their level."""
    drift_ppm: float = 0.0
    """How much slower the loudspeaker's clock runs than the microphone's: the echo comes later by
    so many microseconds a second. Negative: earlier, until it has no delay left."""


class Convolution:
    """Convolve an endless signal with a response, a frame in, a frame out, no delay.

    Uniformly partitioned overlap-save (Stockham 1966; Wefers 2015): the response is
    cut into parts of one frame, and each part meets the frame of so many frames ago.
    """

    def __init__(self, response: Floats) -> None:
        """Take a response of any length from 1, shape (n,)."""
        parts = -(-len(response) // FRAME_SAMPLES)
        padded = np.pad(response, (0, parts * FRAME_SAMPLES - len(response)))
        blocks = padded.reshape(parts, FRAME_SAMPLES)
        self._response = np.fft.rfft(blocks, 2 * FRAME_SAMPLES, axis=1)
        self._spectra = np.zeros_like(self._response)
        self._last = np.zeros(FRAME_SAMPLES)
        self._place = 0

    def next(self, frame: Floats) -> Floats:
        """Return the next frame of the result, shape (FRAME_SAMPLES,)."""
        self._place = (self._place - 1) % len(self._spectra)
        self._spectra[self._place] = np.fft.rfft(np.concatenate((self._last, frame)))
        self._last = frame
        recent = np.roll(self._spectra, -self._place, axis=0)
        spectrum = np.einsum("pf,pf->f", recent, self._response)
        return np.fft.irfft(spectrum)[FRAME_SAMPLES:]


class Delay:
    """Delay an endless signal by a time that may grow or shrink."""

    def __init__(self, delay_samples: int, drift_ppm: float) -> None:
        self._delay = delay_samples
        self._drift = drift_ppm * 1e-6
        self._line = np.zeros(0)

    def next(self, frame: Floats, start_sample: int) -> Floats:
        """Return what comes out while a frame goes in at a session time."""
        drifts = bool(self._drift)
        late = np.full(FRAME_SAMPLES, float(self._delay))
        if drifts:
            late += self._drift * (start_sample + np.arange(FRAME_SAMPLES))
            late = np.maximum(late, _NEIGHBORS)
        length = int(late.max()) + FRAME_SAMPLES + 2 * _NEIGHBORS
        line = np.concatenate((np.zeros(length), self._line, frame))[-length:]
        self._line = line
        place = length - FRAME_SAMPLES + np.arange(FRAME_SAMPLES) - late
        return _between(line, place) if drifts else line[place.astype(np.int64)]


class Echo:
    """The echo of a loudspeaker in the microphone."""

    def __init__(self, path: EchoPath) -> None:
        response = np.ones(1) if path.impulse_response is None else path.impulse_response
        energy = float(np.sum(np.square(response)))
        scale = 10 ** (path.level_db / 20) / np.sqrt(energy) if energy else 0.0
        self._drive = HARDEST_DRIVE * path.distortion
        self._convolution = Convolution(response * scale)
        self._delay = Delay(round(path.delay_ms * SAMPLE_RATE_HZ / 1000), path.drift_ppm)

    def next(self, speaker: Samples, start_sample: int) -> Floats:
        """Return the echo during a frame, in 16-bit units.

        Args:
            speaker: what the loudspeaker gives out, shape (FRAME_SAMPLES,).
            start_sample: session time of the frame.
        """
        sound = speaker.astype(np.float64)
        if self._drive:
            sound = np.tanh(sound * (self._drive / 32768.0)) * (32768.0 / self._drive)
        return self._delay.next(self._convolution.next(sound), start_sample)


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
