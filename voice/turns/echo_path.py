"""The way from the loudspeaker to the microphone, measured with a short sine sweep."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip, Samples, level_dbfs, usual_dbfs

SWEEP_S, SWEEP_HZ, SWEEP_DBFS, FADE_S = 1.0, (200.0, 7000.0), -20.0, 0.05
"""Long enough to lift an echo 38 dB out of the noise; what small loudspeakers give and a 16 kHz
microphone takes; about as loud as the interviewer's voice."""
FOUND_DB = 18.0
"""An echo's peak stands so far above the rest of the impulse response; the highest of 16,000
samples of noise stands 12 dB above its RMS, and 14 dB once in 10,000 times."""
QUIET_BEFORE_S = 0.5
"""Silence before the sweep, from which the noise is known."""
EARLIEST_S, LATEST_S = -0.1, 0.8
"""Where an echo is looked for. The tracks agree within 0.1 s, so it may seem to come early;
Bluetooth needs 0.3 s. Harmonics of a distorting loudspeaker come 0.19 s early and are left out."""

_BAND_HZ = (250.0, 6500.0)
_TAPER_HZ = 100.0
_BEFORE_S = 0.005
_ECHO_S = 0.5
_STRETCH_S = 0.1
_DECAY_DB = (-5.0, -20.0)
_DAMPING = 1e-4
_MEDIAN_OF_NOISE = 0.6745
"""Median magnitude of normal noise, in its standard deviations."""
_FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class EchoPath:
    """What of the loudspeaker reaches the microphone, and how."""

    delay_s: float
    """From the loudspeaker's track to the echo in the microphone's; a little below zero where
    the devices misstate their latencies."""
    gain_db: float
    """The echo's level over that of the loudspeaker's track, both digital, from 250 to 6500 Hz;
    the echo return loss is its negative."""
    decay_s: float | None
    """Reverberation time (60 dB), extrapolated from -5 to -20 dB; None where noise hides it."""
    noise_dbfs: float
    """RMS of the microphone's quietest tenth of frames in dB below full scale."""


def sweep() -> Clip:
    """Return an exponential sine sweep at SAMPLE_RATE_HZ, at SWEEP_DBFS.

    Farina, "Simultaneous measurement of impulse response and distortion with a swept-sine
    technique" (AES 108, 2000), equation for x(t).
    """
    low, high = SWEEP_HZ
    time_s = np.arange(round(SWEEP_S * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    octaves = math.log(high / low)
    phase = 2 * np.pi * low * SWEEP_S / octaves * (np.exp(time_s / SWEEP_S * octaves) - 1)
    ramp = np.sin(np.linspace(0, np.pi / 2, round(FADE_S * SAMPLE_RATE_HZ))) ** 2
    shape = np.concatenate((ramp, np.ones(len(time_s) - 2 * len(ramp)), ramp[::-1]))
    amplitude = 32768 * math.sqrt(2) * 10 ** (SWEEP_DBFS / 20)
    return Clip(np.round(amplitude * shape * np.sin(phase)).astype(np.int16))


def measure_path(played: Samples, recorded: Samples) -> EchoPath | None:
    """Return the path of a sweep from the loudspeaker into the microphone, None without an echo.

    The impulse response is the recording divided by the sweep in the spectrum, a little damped
    (Kirkeby & Nelson 1999) and kept to the band that the sweep fills. Both tracks share a clock;
    what was played is QUIET_BEFORE_S of silence or more, one sweep, and a second for its echo.
    """
    began = int(np.argmax(played != 0))
    if began < _samples(QUIET_BEFORE_S) or not recorded.any():
        return None
    response, filled = _impulse_response(played, recorded)
    zero = len(response) // 2
    near = slice(zero + _samples(EARLIEST_S), zero + _samples(LATEST_S))
    peak = near.start + int(np.argmax(np.abs(response[near])))
    ends = (zero - began, zero + len(recorded) - began - _samples(SWEEP_S))
    noise = _noise(response, peak, ends)
    if abs(response[peak]) <= noise * 10 ** (FOUND_DB / 20):
        return None
    echo = response[peak - _samples(_BEFORE_S) : peak + _samples(_ECHO_S)]
    energy = max(float(np.sum(echo**2)) - len(echo) * noise**2, float(response[peak]) ** 2)
    return EchoPath(
        delay_s=(peak - zero) / SAMPLE_RATE_HZ,
        gain_db=10 * math.log10(energy / filled),
        decay_s=_decay_s(response[peak : peak + _samples(_ECHO_S)], noise),
        noise_dbfs=usual_dbfs(recorded, 10),
    )


def echo_fall_db(mic: Samples, speaker: Samples, cleaned: Samples) -> float | None:
    """Return by how much a canceller lowers the echo (ITU-T G.168's ERLE), in dB.

    Counted over the frames in which the loudspeaker sounds, None where it never does. The
    microphone's noise counts on both sides: an echo not above the noise cannot fall.
    """
    whole = len(mic) - len(mic) % FRAME_SAMPLES
    sounding = speaker[:whole].reshape(-1, FRAME_SAMPLES).any(axis=1)
    if not sounding.any():
        return None
    before, after = (
        level_dbfs(track[:whole].reshape(-1, FRAME_SAMPLES)[sounding].reshape(-1))
        for track in (mic, cleaned)
    )
    return before - after


def _impulse_response(played: Samples, recorded: Samples) -> tuple[_FloatArray, float]:
    """Return the response with time zero in its middle, and the share of the spectrum it fills."""
    size = 1 << (len(played) + len(recorded)).bit_length()
    spectrum = np.fft.rfft(played.astype(np.float64), size)
    answer = np.fft.rfft(recorded - np.mean(recorded), size)
    hz = np.fft.rfftfreq(size, 1 / SAMPLE_RATE_HZ)
    low, high = _BAND_HZ
    band = np.clip(np.minimum(hz - low, high - hz) / _TAPER_HZ, 0.0, 1.0)
    power = np.abs(spectrum) ** 2
    ratio = band * answer * np.conj(spectrum) / (power + _DAMPING * power.max())
    return np.roll(np.fft.irfft(ratio, size), size // 2), float(np.mean(band**2))


def _noise(response: _FloatArray, peak: int, ends: tuple[int, int]) -> float:
    """Return the RMS of what surrounds an echo, of the loudest of its stretches.

    A voice that speaks into the sweep is spread over all of it, an echo is not. The median of a
    stretch is blind to a distortion that stands in it as a second peak.
    """
    before = response[ends[0] : peak - _samples(_BEFORE_S)]
    around = np.abs(np.concatenate((before, response[peak + _samples(_ECHO_S) : ends[1]])))
    stretches = np.array_split(around, max(1, len(around) // _samples(_STRETCH_S)))
    return max(float(np.median(stretch)) for stretch in stretches) / _MEDIAN_OF_NOISE


def _decay_s(response: _FloatArray, noise: float) -> float | None:
    """Return the reverberation time by backward integration (Schroeder 1965)."""
    left = np.cumsum((response**2 - noise**2)[::-1])[::-1]
    left_db = 10 * np.log10(np.maximum(left / max(left[0], 1e-30), 1e-12))
    begin, end = (int(np.argmax(left_db <= edge)) for edge in _DECAY_DB)
    drop_db = _DECAY_DB[0] - _DECAY_DB[1]
    heard = float(np.sqrt(np.mean(response[:80] ** 2)))
    if end <= begin or 20 * math.log10(max(heard, 1e-15) / noise) < drop_db:
        return None
    return (end - begin) / SAMPLE_RATE_HZ * 60 / drop_db


def _samples(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE_HZ)
