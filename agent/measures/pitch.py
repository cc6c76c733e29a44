"""How high is the voice? A pitch track, how much it varies, and how phrases end.

The track follows Boersma, "Accurate short-term analysis of the fundamental frequency and the
harmonics-to-noise ratio of a sampled sound", IFA Proceedings 17 (1993), 97-110: autocorrelation
of windowed frames divided by the window's own, several candidates a frame, the cheapest path.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from agent.analysis import Span
from voice.audio import SAMPLE_RATE_HZ, Clip, level_dbfs, resample

HOP_S = 0.01
"""Time from one pitch frame to the next."""
LOWEST_HZ = 65.0
"""Lowest pitch looked for; men's creak lies below."""
HIGHEST_HZ = 400.0
"""Highest pitch looked for; the speech of women reaches some 350 Hz."""
VOICED_STRENGTH = 0.45
"""Weaker periodicity is no voice (Boersma's and Praat's voicing threshold)."""
_CLEAR_STRENGTH = 0.75
"""A voiced run gets this clear somewhere; fricatives measured on read speech stay below."""
MIN_VOICED_S = 1.0
"""With less voice than this no variation is told."""
PHRASE_END_S = 0.3
"""The end of a phrase whose level is compared with the middle."""
MIN_PHRASE_S = 1.0
"""Shorter stretches of voice have no middle to compare with."""

_HOP = round(HOP_S * SAMPLE_RATE_HZ)
_LOW_HZ = SAMPLE_RATE_HZ // 2
"""Sampling rate that the spectra are computed at: a voice's pitch and color lie below 4 kHz."""
_HALF_BAND = np.array([-1, 0, 9, 16, 9, 0, -1], np.float32) / 32
"""Low-pass before every other sample is dropped (the shortest half-band filter that is flat)."""
_WINDOW = round(3 / LOWEST_HZ * _LOW_HZ)
_FFT = 512
"""Window and longest lag together (369 + 124 samples) fit, so that nothing wraps around."""
_SHORTEST_LAG = int(_LOW_HZ / HIGHEST_HZ)
_LONGEST_LAG = int(_LOW_HZ / LOWEST_HZ) + 1
_TAPER_HZ = (1000.0, 3000.0)
"""Where the spectrum is faded out: peaks get round, so that a parabola finds their tops."""
_CANDIDATES = 4
_OCTAVE_COST = 0.02
"""Strength that a candidate an octave lower must have more (Boersma: 0.01 to 0.02)."""
_JUMP_COST = 0.35
"""Cost of a jump by an octave from one frame to the next (Praat's default)."""
_QUIET_DB = 40.0
"""Frames this far below the loud ones hold no voice; as in voice/spans.py."""
_QUIETEST_DBFS = -60.0
_SHORTEST_RUN = 3
"""Frames. Shorter voiced runs are clicks."""
_LONGEST_RUN = 500
"""Frames. Longer ones are no speech; cut, so that a steady tone takes no longer than a talk."""
_BLOCK = 1500
"""Frames worked on at once: 15 s, some 12 MB."""
_OUTLIER_SEMITONES = 12.0
"""Frames further than an octave from the median are slips of the track or creak."""

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Pitch:
    """A pitch track: one frame every HOP_S, frame i centered at (i + 0.5) * HOP_S."""

    times_s: npt.NDArray[np.float64]
    """Centers of the frames in seconds, shape (n,)."""
    hz: Floats
    """Fundamental frequency, shape (n,); 0 where there is no voice."""
    strength: Floats
    """Periodicity from 0 to 1 (normalized autocorrelation at the period), shape (n,)."""

    @property
    def voiced(self) -> Bools:
        """Whether the frames are voiced, shape (n,)."""
        result: Bools = self.hz > 0
        return result

    def within(self, spans: Sequence[Span]) -> Bools:
        """Return which frames lie inside one of the spans, shape (n,)."""
        inside = np.zeros(len(self.hz), bool)
        for span in spans:
            first, last = np.searchsorted(self.times_s, (span.start_s, span.end_s))
            inside[first:last] = True
        return inside


def pitch_track(clip: Clip) -> Pitch:
    """Return the pitch of a clip between LOWEST_HZ and HIGHEST_HZ.

    Works through the clip in blocks, so that memory does not grow with its length but for the
    track itself. An hour takes a few seconds.
    """
    samples = resample(clip, SAMPLE_RATE_HZ).samples
    count = len(samples) // _HOP
    loud = _loud_frames(samples, count)
    hz = np.zeros((count, _CANDIDATES), np.float32)
    strength = np.zeros((count, _CANDIDATES), np.float32)
    for rows in np.array_split(np.flatnonzero(loud), max(1, -(-int(loud.sum()) // _BLOCK))):
        if len(rows):
            hz[rows], strength[rows] = _candidates(_windows_at(samples, rows, _WINDOW))
    best = strength.max(axis=1)
    runs = [
        (at, min(at + _LONGEST_RUN, end))
        for start, end in _runs_of(best > VOICED_STRENGTH)
        if end - start >= _SHORTEST_RUN and best[start:end].max() > _CLEAR_STRENGTH
        for at in range(start, end, _LONGEST_RUN)
    ]
    chosen = _best_path(hz, strength, runs)
    at = np.arange(count)
    track = np.where(chosen >= 0, hz[at, chosen], np.float32(0))
    periodicity = np.where(chosen >= 0, strength[at, chosen], best)
    return Pitch(
        (np.arange(count, dtype=np.float64) + 0.5) * HOP_S, track, np.clip(periodicity, 0, 1)
    )


def _loud_frames(samples: npt.NDArray[np.int16], count: int) -> Bools:
    power = np.zeros(count)
    for at in range(0, count, _BLOCK):
        hops = samples[at * _HOP : min(at + _BLOCK, count) * _HOP].reshape(-1, _HOP)
        power[at : at + len(hops)] = np.mean(np.square(hops, dtype=np.float32), axis=1)
    level = 10 * np.log10(np.maximum(power, 1e-3) / 32768.0**2)
    floor = max(_QUIETEST_DBFS, float(np.percentile(level, 95)) - _QUIET_DB) if count else 0.0
    loud: Bools = level > floor
    return loud


def _windows_at(samples: npt.NDArray[np.int16], rows: npt.NDArray[np.intp], length: int) -> Floats:
    """Return windows at _LOW_HZ around the centers of frames, shape (rows, length).

    Only the stretch of `samples` (at SAMPLE_RATE_HZ) that the rows span is worked on.

    Args:
        samples: the whole sound.
        rows: numbers of the frames, rising.
        length: samples of a window at _LOW_HZ.
    """
    first = int(rows[0]) * _HOP + _HOP // 2 - length - 3
    end = int(rows[-1]) * _HOP + _HOP // 2 + length + 4
    piece = samples[max(0, first) : max(0, end)].astype(np.float32)
    padded = np.pad(piece, (max(0, -first), max(0, end - len(samples))))
    low = np.convolve(padded, _HALF_BAND, "valid")[::2]
    windows = np.lib.stride_tricks.sliding_window_view(low, length)
    chosen: Floats = windows[(rows - rows[0]) * (_HOP // 2)]
    return chosen


def _autocorrelation(frames: Floats) -> Floats:
    """Return the autocorrelation at lags of 1/8000 s from 0 to one past the longest."""
    spectrum = np.fft.rfft(frames, _FFT)
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    bin_hz = np.fft.rfftfreq(_FFT, 1 / _LOW_HZ)
    power *= np.interp(bin_hz, _TAPER_HZ, (1, 0)).astype(np.float32)
    lags: Floats = np.fft.irfft(power, _FFT).astype(np.float32)[:, : _LONGEST_LAG + 2]
    normalized: Floats = (lags / np.maximum(lags[:, :1], 1e-6)).astype(np.float32)
    return normalized


_HANN = np.hanning(_WINDOW).astype(np.float32)
_HANN_LAGS = _autocorrelation(_HANN[None])


def _candidates(frames: Floats) -> tuple[Floats, Floats]:
    """Return frequency and strength of the best peaks of each frame, shape (rows, _CANDIDATES)."""
    centered = frames - frames.mean(axis=1, keepdims=True)
    lags = _autocorrelation(centered * _HANN) / _HANN_LAGS
    before, peak, after = (lags[:, _SHORTEST_LAG + k : _LONGEST_LAG + 1 + k] for k in (-1, 0, 1))
    lag = np.arange(_SHORTEST_LAG, _LONGEST_LAG + 1)
    cost = (_OCTAVE_COST * np.log2(LOWEST_HZ / _LOW_HZ * lag)).astype(np.float32)
    score = np.where((peak >= before) & (peak > after), peak - cost, -1)
    best = np.argpartition(-score, _CANDIDATES, axis=1)[:, :_CANDIDATES]
    row = np.arange(len(frames))[:, None]
    left, top, right = before[row, best], peak[row, best], after[row, best]
    curve = np.minimum(left - 2 * top + right, -1e-6)
    shift = np.clip(0.5 * (left - right) / curve, -0.5, 0.5)
    there = score[row, best] > 0
    hz = np.where(there, _LOW_HZ / (lag[best] + shift), 0)
    strength = np.where(there, top - 0.25 * (left - right) * shift - cost[best], 0)
    return hz.astype(np.float32), strength.astype(np.float32)


def _runs_of(mask: Bools) -> Iterator[tuple[int, int]]:
    """Yield first and end (exclusive) of every run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _best_path(hz: Floats, strength: Floats, runs: list[tuple[int, int]]) -> npt.NDArray[np.intp]:
    """Return the candidate of each frame on the strongest path without needless jumps.

    Viterbi's search in all voiced runs at once, the longest first, a step a frame; -1 outside.
    """
    chosen = np.full(len(hz), -1, np.intp)
    runs = sorted(runs, key=lambda run: run[0] - run[1])
    starts = np.array([run[0] for run in runs], np.intp)
    lengths = np.array([run[1] - run[0] for run in runs], np.intp)
    octave = np.log2(np.maximum(hz, 1e-3))
    came = np.zeros(hz.shape, np.int8)
    total = strength[starts].copy()
    for step in range(1, int(lengths.max(initial=0))):
        going = int(np.searchsorted(-lengths, -step))
        at = starts[:going] + step
        jump = np.abs(octave[at][:, :, None] - octave[at - 1][:, None, :])
        through = total[:going, None, :] - _JUMP_COST * jump
        came[at] = through.argmax(axis=2)
        total[:going] = through.max(axis=2) + strength[at]
    state = total.argmax(axis=1)
    for step in range(int(lengths.max(initial=0)) - 1, -1, -1):
        going = int(np.searchsorted(-lengths, -step))
        at = starts[:going] + step
        chosen[at] = state[:going]
        state[:going] = came[at, state[:going]]
    return chosen


def pitch_variation_semitones(pitch: Pitch, spans: Sequence[Span]) -> float | None:
    """Return the spread of the pitch around its median, in semitones (12 to the octave).

    Root mean square of 12 * log2(hz / median) over the voiced frames inside the spans, those
    further than an octave from the median left out; None with less than MIN_VOICED_S of voice.
    Below 2 semitones a voice sounds flat, talks have 4 to 5 (Hincks, "Measures and perceptions
    of liveliness in student oral presentation speech", System 33 (2005), holds the spread of
    the pitch against how lively listeners find a talk). Fifteen recordings of people reading and
    talking measured 2.0 to 5.8.
    """
    hz = pitch.hz[pitch.within(spans) & pitch.voiced].astype(np.float64)
    if len(hz) < MIN_VOICED_S / HOP_S:
        return None
    semitones = 12 * np.log2(hz / np.median(hz))
    near = semitones[np.abs(semitones) <= _OUTLIER_SEMITONES]
    return float(np.sqrt(np.mean(np.square(near))))


def phrase_end_drop_db(clip: Clip, spans: Sequence[Span]) -> float | None:
    """Return how much quieter phrases end than they are in their middle: the median in dB.

    The level (RMS) of the middle half of each span against its last PHRASE_END_S; positive
    when the voice trails off. None without a span of MIN_PHRASE_S or more. Every voice falls
    toward the end: fifteen recordings of people measured 0 to 9 dB, median 5, so only a
    drop beyond that, or beyond the speaker's other answers, says anything.

    Args:
        clip: the sound.
        spans: stretches of voice between pauses, in seconds on the clock of the clip.
    """
    drops = []
    for span in spans:
        length_s = span.end_s - span.start_s
        if length_s < MIN_PHRASE_S:
            continue
        middle = clip.between(span.start_s + length_s / 4, span.end_s - length_s / 4)
        end = clip.between(span.end_s - PHRASE_END_S, span.end_s)
        drops.append(level_dbfs(middle.samples) - level_dbfs(end.samples))
    return float(np.median(drops)) if drops else None
