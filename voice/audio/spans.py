"""Where does a recording hold voice? Spans at 10 ms, for pauses and phonation after the fact."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from voice.audio.clip import SAMPLE_RATE_HZ, Clip, Samples
from voice.audio.silero import CHUNK_SAMPLES, HighPass, Raise, Silero, in_chunks, runs

DETECTOR = "silero-v6"
"""What tells voice from other sound, for the record."""
NEAR, SURE = 0.4, 0.7
"""Silero's probability around which the level decides where a voice starts and ends, and in whose
core the level has no say: soft sounds below the noise."""
QUIETEST_VOICE_DBFS = -70.0
"""Below this level nothing counts as voice, however quiet the room."""

# Chosen on voices of flite and eSpeak NG with planted pauses, the half "developed" of
# `python -m tests.bench.pauses`. Hops are 10 ms.
_HOP_SAMPLES = 160
_HOP_S = _HOP_SAMPLES / SAMPLE_RATE_HZ
_WINDOW = np.hanning(2 * _HOP_SAMPLES + 2)[1:-1].astype(np.float32)
_BAND_HZ = (100, 300, 600, 1000, 1500, 2200, 3200, 4500, 6000, 8000)
"""Edges of the bands that a level is taken in: a fricative stands out of the noise in one only."""
_NOISE_SPREADS, _LEAST_SPREAD_DB, _OVER_DB = 3.0, 1.0, 0.5
"""A band so many standard deviations, of at least so much, and so far above its noise holds
something."""
_PEAK_RANGE_DB = 60.0
_NO_VOICE, _AROUND_HOPS, _LEAST_NOISE_HOPS = 0.1, 12, 50
"""Below this probability, and so far from any voice, a hop tells what the noise is like."""
_SHORTEST_VOICE_S, _SHORTEST_GAP_S = 0.06, 0.12
_NEAR_HOPS, _CORE_HOPS = 10, 3
"""Silero holds on so long after the voice (and starts before it): its edges are not believed."""
_BLOCK_CHUNKS = 250
_BLOCK_HOPS = _BLOCK_CHUNKS * CHUNK_SAMPLES // _HOP_SAMPLES
_SILERO_LAG_SAMPLES = CHUNK_SAMPLES // 2
"""Silero tells of sound half a chunk before (measured)."""
# One value a hop, shape (n,).
Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Decibels = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class _Levels:
    bands: Decibels
    """Each band over three windows, shape (n, bands)."""
    total: Decibels
    """All bands, shape (n,)."""
    sharp: Decibels
    """The loudest band in the hop's own window, shape (n,)."""

    @property
    def least(self) -> float:
        """Level that the noise of a band is taken for at least: a share of the quietest voice."""
        loud = float(np.percentile(self.total, 95))
        share_db = 10 * math.log10(self.bands.shape[1])
        return max(QUIETEST_VOICE_DBFS, loud - _PEAK_RANGE_DB) - share_db


@dataclass(frozen=True)
class VoiceSpan:
    """A stretch of voice, in seconds from the start of the clip."""

    start_s: float
    end_s: float


def voice_spans(clip: Clip) -> tuple[VoiceSpan, ...]:
    """Return where a recording at SAMPLE_RATE_HZ holds voice, at 10 ms resolution.

    Silero finds the neighborhood; the edges are where any band of the spectrum rises above its
    own noise. Gaps under 0.12 s (stop consonants) are filled, bursts under 0.06 s dropped.
    """
    levels = _levels(clip.samples)
    if not len(levels.total):
        return ()
    heard = _heard(clip.samples, len(levels.total))
    near, core = _widened(heard >= NEAR, _NEAR_HOPS), ~_widened(heard < SURE, _CORE_HOPS)
    voiced = _sharpened((near & _above_noise(levels, heard)) | core, levels)
    spans: list[VoiceSpan] = []
    for first, end in runs(voiced):
        start_s, end_s = round(first * _HOP_S, 3), round(end * _HOP_S, 3)
        if spans and start_s - spans[-1].end_s < _SHORTEST_GAP_S:
            start_s = spans.pop().start_s
        spans.append(VoiceSpan(start_s, end_s))
    return tuple(span for span in spans if span.end_s - span.start_s >= _SHORTEST_VOICE_S)


def _levels(samples: Samples) -> _Levels:
    hops = len(samples) // _HOP_SAMPLES
    bins = np.array(_BAND_HZ) // (SAMPLE_RATE_HZ // len(_WINDOW))
    scale = np.float32(1 / (np.sum(np.square(_WINDOW)) * _HOP_SAMPLES * 32768.0**2))
    found = _Levels(
        np.empty((hops, len(_BAND_HZ) - 1), np.float32),
        np.empty(hops, np.float32),
        np.empty(hops, np.float32),
    )
    margin = 3 * _HOP_SAMPLES // 2
    for at in range(0, hops, _BLOCK_HOPS):
        count = min(_BLOCK_HOPS, hops - at)
        first, end = at * _HOP_SAMPLES - margin, (at + count) * _HOP_SAMPLES + margin
        piece = samples[max(0, first) : end].astype(np.float32)
        piece = np.pad(piece, (max(0, -first), max(0, end - len(samples))))
        windows = np.lib.stride_tricks.sliding_window_view(piece, len(_WINDOW))[::_HOP_SAMPLES]
        spectrum = np.fft.rfft(windows * _WINDOW)
        power = scale * (np.square(spectrum.real) + np.square(spectrum.imag))
        bands = np.add.reduceat(power, bins[:-1], axis=1)
        smooth = (bands[:-2] + bands[1:-1] + bands[2:]) / 3
        found.bands[at : at + count] = _decibels(smooth)
        found.total[at : at + count] = _decibels(smooth.sum(axis=1))
        found.sharp[at : at + count] = _decibels(bands[1:-1].max(axis=1))
    return found


def _decibels(power: npt.NDArray[Any]) -> Decibels:
    level: Decibels = 10 * np.log10(np.maximum(power, 1e-12))
    return level


def _above_noise(levels: _Levels, heard: Values) -> Mask:
    noise = ~_widened(heard >= _NO_VOICE, _AROUND_HOPS)
    if noise.sum() < _LEAST_NOISE_HOPS:
        noise = levels.total <= np.percentile(levels.total, 10)
    quiet = levels.bands[noise]
    spread = np.maximum(quiet.std(axis=0), _LEAST_SPREAD_DB)
    floor = np.maximum(quiet.mean(axis=0), levels.least) + _NOISE_SPREADS * spread
    above: Mask = np.any(levels.bands > floor + _OVER_DB, axis=1)
    return above


def _sharpened(voiced: Mask, levels: _Levels) -> Mask:
    """Return the mask without edge hops that only their neighbors made loud."""
    empty = levels.sharp <= levels.least + _NOISE_SPREADS * _LEAST_SPREAD_DB + _OVER_DB
    inside: Mask = ~_widened(~voiced, 1)
    return inside | (voiced & ~empty)


def _heard(samples: Samples, hops: int) -> Values:
    silero, raised, highpass = Silero(), Raise(), HighPass()
    block = _BLOCK_CHUNKS * CHUNK_SAMPLES
    values = [
        silero.probabilities(raised(in_chunks(highpass(samples[at : at + block]))))
        for at in range(0, len(samples), block)
    ]
    middles = np.arange(hops) * _HOP_SAMPLES + _HOP_SAMPLES // 2 + _SILERO_LAG_SAMPLES
    probabilities: Values = np.concatenate(values).astype(np.float64)
    return probabilities[np.minimum(middles // CHUNK_SAMPLES, len(probabilities) - 1)]


def _widened(mask: Mask, hops: int) -> Mask:
    grown = np.convolve(mask.astype(np.int32), np.ones(2 * hops + 1, np.int32))
    widened: Mask = grown[hops : hops + len(mask)] > 0
    return widened
