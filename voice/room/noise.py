"""The noise of a simulated room: loops of one colour or of a recording, at a level."""

from __future__ import annotations

from typing import Literal

import numpy as np

from voice.audio import FRAME_SAMPLES, SAMPLE_RATE_HZ, SILENCE_DBFS, Samples, level_dbfs
from voice.room.speech import Floats, louder

Kind = Literal["white", "pink", "hum"]
EMPTY_ROOM_DBFS = -70.0
"""The noise of the empty room, where nothing else is asked for."""
LOOP_SAMPLES = 500 * FRAME_SAMPLES
"""Ten seconds, a whole number of frames and of periods of the hum."""
HUM_HZ = 50.0
"""The mains in most countries; the hum has eight harmonics, the n-th with 1/n of the amplitude."""
PINK_FROM_HZ = 20.0
"""Pink noise is flat below: no loudspeaker and no microphone carries less."""
ACTIVE_MARGIN_DB = 15.9
"""ITU-T P.56: speech is active where its level is at most this far below the active level."""
_SEED = 20261122


def empty_room() -> Floats:
    """Return ten seconds of the same faint white noise every time, shape (LOOP_SAMPLES,)."""
    amplitude = 32768.0 * 10 ** (EMPTY_ROOM_DBFS / 20)
    noise = np.random.default_rng(_SEED).normal(0.0, amplitude, LOOP_SAMPLES)
    return np.trunc(noise)


def noise_loop(kind: Kind, noise_dbfs: float) -> Floats:
    """Return ten seconds of a noise that may be looped, shape (LOOP_SAMPLES,).

    Args:
        kind: white, pink (power falls with 1/f) or hum.
        noise_dbfs: RMS level in dB below full scale.
    """
    if kind == "hum":
        time_s = np.arange(LOOP_SAMPLES) / SAMPLE_RATE_HZ
        tones = [np.sin(2 * np.pi * HUM_HZ * n * time_s) / n for n in range(1, 9)]
        return _at_level(np.sum(tones, axis=0), noise_dbfs)
    white = np.random.default_rng(_SEED).normal(0.0, 1.0, LOOP_SAMPLES)
    if kind == "white":
        return _at_level(white, noise_dbfs)
    spectrum = np.fft.rfft(white)
    hz = np.fft.rfftfreq(LOOP_SAMPLES, 1 / SAMPLE_RATE_HZ)
    return _at_level(np.fft.irfft(spectrum / np.sqrt(np.maximum(hz, PINK_FROM_HZ))), noise_dbfs)


def recorded_loop(samples: Samples, noise_dbfs: float) -> Floats:
    """Return a recording at an RMS level; one of zeros stays as it is."""
    now_dbfs = level_dbfs(samples)
    return louder(samples, noise_dbfs - now_dbfs if now_dbfs > SILENCE_DBFS else 0.0)


def looped(loop: Floats, start_sample: int, count: int) -> Floats:
    """Return `count` samples of an endless loop from a session time on."""
    return loop[np.arange(start_sample, start_sample + count) % len(loop)]


def active_level_dbfs(speech: Floats) -> float:
    """Return the RMS level of speech without its pauses, in dB below full scale.

    The active speech level of ITU-T P.56, found on frames of 20 ms instead of an envelope: the
    level of the frames that are at most ACTIVE_MARGIN_DB below it. SILENCE_DBFS for zeros.
    """
    frames = speech[: len(speech) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    power = np.mean(np.square(frames / 32768.0), axis=1)
    if not power.any():
        return SILENCE_DBFS
    active = float(np.mean(power))
    # Each step leaves out pauses, so the level rises until only speech is left.
    for _ in range(20):
        active = float(np.mean(power[power >= active * 10 ** (-ACTIVE_MARGIN_DB / 10)]))
    return float(10 * np.log10(active))


def _at_level(sound: Floats, noise_dbfs: float) -> Floats:
    rms = float(np.sqrt(np.mean(np.square(sound))))
    return louder(sound * (32768.0 / rms), noise_dbfs)
