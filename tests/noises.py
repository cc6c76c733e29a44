"""Sounds that are no speech, made on the spot: music, drums, coughs, beeps."""

import numpy as np
import numpy.typing as npt

from voice.audio.clip import SAMPLE_RATE_HZ, Clip

_Sound = npt.NDArray[np.float64]


def _time(length_s: float) -> _Sound:
    return np.arange(round(length_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ


def _clip(sound: _Sound) -> Clip:
    """Return a sound at -20 dBFS."""
    scaled = sound / np.sqrt(np.mean(sound**2)) * 3277
    return Clip(np.clip(scaled, -32768, 32767).astype(np.int16))


def chords(seed: int) -> Clip:
    """Return six seconds of plucked chords."""
    dice = np.random.default_rng(seed)
    time_s, played = _time(0.5), []
    for _ in range(12):
        root_hz = 110 * 2 ** (dice.integers(0, 12) / 12)
        third = 5 / 4 if dice.random() < 0.5 else 6 / 5
        tones = sum(
            np.sin(2 * np.pi * root_hz * step * k * time_s) / k**1.5
            for step in (1, third, 3 / 2)
            for k in range(1, 9)
        )
        played.append(tones * np.exp(-3 * time_s) * np.minimum(1, time_s / 0.01))
    return _clip(np.concatenate(played))


def drums(seed: int) -> Clip:
    """Return six seconds of a bass drum and brushes."""
    dice = np.random.default_rng(seed)
    beat = _time(0.25)
    bass = np.sin(2 * np.pi * (50 + 80 * np.exp(-30 * beat)) * beat) * np.exp(-12 * beat)
    brush = lambda: dice.normal(size=len(beat)) * np.exp(-25 * beat) * 0.5  # noqa: E731
    return _clip(np.concatenate([bass if dice.random() < 0.5 else brush() for _ in range(24)]))


def cough(seed: int) -> Clip:
    """Return two coughs: a burst of noise, and a little voice behind it."""
    dice = np.random.default_rng(seed)
    time_s = _time(0.5)
    push = 3 * np.exp(-(((time_s - 0.03) / 0.03) ** 2)) + np.exp(-(((time_s - 0.12) / 0.07) ** 2))
    phase = 2 * np.pi * np.cumsum(180 - 200 * time_s) / SAMPLE_RATE_HZ
    voice = sum(np.sin(phase * k) / k for k in range(1, 12))
    voice = 0.4 * voice * np.exp(-(((time_s - 0.22) / 0.05) ** 2))
    bursts = [np.convolve(dice.normal(size=len(time_s)), np.ones(5) / 5, "same") for _ in range(2)]
    return _clip(np.concatenate([burst * push + voice for burst in bursts]))


def beeps(seed: int) -> Clip:
    """Return five seconds of an alarm."""
    time_s = _time(5.0)
    return _clip(np.sin(2 * np.pi * (900 + 100 * seed) * time_s) * ((time_s % 1) < 0.3) + 1e-9)


KINDS = (chords, drums, cough, beeps)
"""Every kind, to be called with a seed."""
