"""Take hum and rumble away before anything listens: a streaming high-pass filter."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from voice.audio import SAMPLE_RATE_HZ, Samples

CUTOFF_HZ = 100.0
"""Below the lowest voice's pitch matters little; mains hum and room rumble lie here."""

Sound = npt.NDArray[np.float32]
"""Mono sound as floats from -1 to 1, shape (n,)."""

_TAPS = 256


def _impulse_response() -> Sound:
    """Return a Butterworth high-pass of second order, cut where it has died away (16 ms).

    The bilinear transform of s^2 / (s^2 + sqrt(2) s + 1), as in every filter textbook.
    """
    warped = math.tan(math.pi * CUTOFF_HZ / SAMPLE_RATE_HZ)
    scale = 1 / (1 + math.sqrt(2) * warped + warped**2)
    back1 = 2 * (warped**2 - 1) * scale
    back2 = (1 - math.sqrt(2) * warped + warped**2) * scale
    response = np.zeros(_TAPS + 2)
    for at, forward in enumerate([scale, -2 * scale, scale] + [0.0] * (_TAPS - 3)):
        response[at + 2] = forward - back1 * response[at + 1] - back2 * response[at]
    return response[2:].astype(np.float32)


class HighPass:
    """Filter a stream piece by piece; nothing is delayed."""

    def __init__(self) -> None:
        self._response = _impulse_response()
        self._before = np.zeros(_TAPS - 1, np.float32)

    def __call__(self, samples: Samples) -> Sound:
        """Return the next piece of the stream, filtered, as long as it came."""
        sound: Sound = np.concatenate((self._before, np.float32(1 / 32768) * samples))
        self._before = sound[len(sound) - _TAPS + 1 :]
        filtered: Sound = np.convolve(sound, self._response, "valid").astype(np.float32)
        return filtered


def to_samples(sound: Sound) -> Samples:
    """Return floats as 16-bit samples."""
    return np.clip(sound * 32768, -32768, 32767).astype(np.int16)
