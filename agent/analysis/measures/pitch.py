"""How the voice moved: its pitch, how much that varies, how phrases end. Shown, never scored.

The pitch track follows Boersma, "Accurate short-term analysis of the fundamental frequency and the
harmonics-to-noise ratio of a sampled sound", IFA Proceedings 17 (1993), 97-110: autocorrelation
of windowed frames divided by the window's own. A median of neighbors stands in for his search for
the cheapest path; on fifteen recordings of people the spread differs by 0.1 semitones (median).
"""

from collections.abc import Sequence
from statistics import median

import numpy as np
import numpy.typing as npt

from agent.analysis import Pacing, Span, Voice
from voice.audio.clip import SAMPLE_RATE_HZ, Clip, level_dbfs, resample

HOP_S = 0.01
"""Time from one pitch frame to the next; frame i is centered at (i + 0.5) * HOP_S."""
LOWEST_HZ, HIGHEST_HZ = 65.0, 400.0
"""Pitch that is looked for; men's creak lies below, the speech of women reaches some 350 Hz."""
VOICED_STRENGTH = 0.45
"""Weaker periodicity is no voice (Boersma's and Praat's voicing threshold)."""
MOST_TRACKED_S = 900.0
"""Only so much of an answer has its pitch tracked: a recording without questions may be an hour."""
MIN_VOICED_S = 1.0
"""With less voice than this no variation is told."""
PHRASE_END_S, MIN_PHRASE_S = 0.3, 1.0
"""The end of a phrase whose level is compared with the middle; shorter phrases have no middle."""
_OUTLIER_SEMITONES = 12.0
"""Frames further than an octave from the median are slips of the track or creak."""
_MARGIN_S = 0.3
"""How much around the phrases is tracked as well: the pitch at their edges has company."""

_HOP = round(HOP_S * SAMPLE_RATE_HZ)
_LOW_HZ = SAMPLE_RATE_HZ // 2
"""Sampling rate that the spectra are computed at: a voice's pitch and color lie below 4 kHz."""
_HALF_BAND = np.array([-1, 0, 9, 16, 9, 0, -1], np.float32) / 32
"""Low-pass before every other sample is dropped (the shortest half-band filter that is flat)."""
_WINDOW = round(3 / LOWEST_HZ * _LOW_HZ)
_FFT = 512
"""Window and longest lag together (369 + 124 samples) fit, so that nothing wraps around."""
_SHORTEST_LAG, _LONGEST_LAG = int(_LOW_HZ / HIGHEST_HZ), int(_LOW_HZ / LOWEST_HZ) + 1
_TAPER_HZ = (1000.0, 3000.0)
"""Where the spectrum is faded out: peaks get round, so that a parabola finds their tops."""
_OCTAVE_COST = 0.02
"""Strength that a candidate an octave lower must have more (Boersma: 0.01 to 0.02)."""
_BLOCK = 1500
"""Frames worked on at once: 15 s, some 12 MB."""
_NEIGHBORS, _NEAR_OCTAVES = 7, 0.35
"""Frames among which a voiced one needs company of its pitch, and how near that must be."""

Floats = npt.NDArray[np.float32]


def pitch_track(clip: Clip) -> Floats:
    """Return the fundamental frequency of a clip in Hz, one value every HOP_S; 0 without voice."""
    samples = resample(clip, SAMPLE_RATE_HZ).samples
    count = len(samples) // _HOP
    hz = np.zeros(count, np.float32)
    if not count:
        return hz
    low = np.convolve(samples.astype(np.float32), _HALF_BAND, "same")[::2]
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(low, _WINDOW), _WINDOW)
    centered = windows[_WINDOW + _HOP // 4 - _WINDOW // 2 :: _HOP // 2][:count]
    for at in range(0, count, _BLOCK):
        hz[at : at + _BLOCK] = _strongest_hz(centered[at : at + _BLOCK])
    return _without_slips(hz)


def times_of(track: Floats) -> npt.NDArray[np.float64]:
    """Return the centers of a track's frames in seconds."""
    return (np.arange(len(track), dtype=np.float64) + 0.5) * HOP_S


def _autocorrelation(frames: Floats) -> Floats:
    """Return the autocorrelation at lags of 1/8000 s from 0 to one past the longest."""
    spectrum = np.fft.rfft(frames, _FFT)
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    power *= np.interp(np.fft.rfftfreq(_FFT, 1 / _LOW_HZ), _TAPER_HZ, (1, 0)).astype(np.float32)
    lags: Floats = np.fft.irfft(power, _FFT).astype(np.float32)[:, : _LONGEST_LAG + 2]
    normalized: Floats = (lags / np.maximum(lags[:, :1], 1e-6)).astype(np.float32)
    return normalized


_HANN = np.hanning(_WINDOW).astype(np.float32)
_HANN_LAGS = _autocorrelation(_HANN[None])


def _strongest_hz(frames: Floats) -> Floats:
    """Return the frequency of the best peak of each frame, 0 where it is weak."""
    lags = _autocorrelation((frames - frames.mean(axis=1, keepdims=True)) * _HANN) / _HANN_LAGS
    before, peak, after = (lags[:, _SHORTEST_LAG + k : _LONGEST_LAG + 1 + k] for k in (-1, 0, 1))
    lag = np.arange(_SHORTEST_LAG, _LONGEST_LAG + 1)
    cost = (_OCTAVE_COST * np.log2(LOWEST_HZ / _LOW_HZ * lag)).astype(np.float32)
    score = np.where((peak >= before) & (peak > after), peak - cost, -1)
    row, best = np.arange(len(frames)), score.argmax(axis=1)
    left, top, right = before[row, best], peak[row, best], after[row, best]
    curve = np.minimum(left - 2 * top + right, -1e-6)
    period = lag[best] + np.clip(0.5 * (left - right) / curve, -0.5, 0.5)
    return np.where(score[row, best] > VOICED_STRENGTH, _LOW_HZ / period, 0).astype(np.float32)


def _without_slips(hz: Floats) -> Floats:
    """Return the track without frames that stand alone or an octave from their neighbors."""
    octave = np.where(hz > 0, np.log2(np.maximum(hz, 1)), np.nan)
    padded = np.pad(octave, _NEIGHBORS // 2, constant_values=np.nan)
    around = np.lib.stride_tricks.sliding_window_view(padded, _NEIGHBORS)
    among = np.sum(np.isfinite(around), axis=1) > _NEIGHBORS // 2
    kept = np.zeros(len(hz), np.float32)
    near = np.abs(octave[among] - np.nanmedian(around[among], axis=1)) < _NEAR_OCTAVES
    kept[among] = np.where(near, hz[among], 0)
    return kept


def voice_of(clip: Clip, phrases: Sequence[Span]) -> Voice:
    """Return the pitch variation and the level drop at phrase ends of one answer."""
    if not phrases:
        return Voice()
    from_s = max(0.0, phrases[0].start_s - _MARGIN_S)
    end_s = min(from_s + MOST_TRACKED_S, phrases[-1].end_s + _MARGIN_S)
    track = pitch_track(clip.between(from_s, end_s))
    inside = np.zeros(len(track), bool)
    for phrase in phrases:
        times = (phrase.start_s - from_s, phrase.end_s - from_s)
        first, last = np.searchsorted(times_of(track), times)
        inside[first:last] = True
    return Voice(
        pitch_sd_semitones=_spread(track[inside & (track > 0)].astype(np.float64)),
        end_drop_db=_end_drop_db(clip, phrases),
    )


def _spread(hz: npt.NDArray[np.float64]) -> float | None:
    """Return the spread of the pitch around its median, in semitones (12 to the octave).

    Below 2 semitones a voice sounds flat, talks have 4 to 5 (Hincks, "Measures and perceptions of
    liveliness in student oral presentation speech", System 33, 2005); fifteen recordings of people
    reading and talking measured 2.0 to 5.8.
    """
    if len(hz) < MIN_VOICED_S / HOP_S:
        return None
    semitones = 12 * np.log2(hz / np.median(hz))
    near = semitones[np.abs(semitones) <= _OUTLIER_SEMITONES]
    return round(float(np.sqrt(np.mean(np.square(near)))), 2)


def _end_drop_db(clip: Clip, phrases: Sequence[Span]) -> float | None:
    """Return how much quieter phrases end than they are in their middle half: the median in dB.

    Every voice falls toward the end: fifteen recordings of people measured 0 to 9 dB, median 5.
    """
    drops = []
    for phrase in phrases:
        if phrase.length_s >= MIN_PHRASE_S:
            quarter_s = phrase.length_s / 4
            middle = clip.between(phrase.start_s + quarter_s, phrase.end_s - quarter_s)
            end = clip.between(phrase.end_s - PHRASE_END_S, phrase.end_s)
            drops.append(level_dbfs(middle.samples) - level_dbfs(end.samples))
    return round(median(drops), 1) if drops else None


def total_voice(parts: Sequence[Pacing]) -> Voice:
    """Return the voice of the middle answer, by each figure: the others are held against it."""
    voices = [part.voice for part in parts]
    pitches = [one.pitch_sd_semitones for one in voices if one.pitch_sd_semitones is not None]
    drops = [one.end_drop_db for one in voices if one.end_drop_db is not None]
    return Voice(
        pitch_sd_semitones=round(median(pitches), 2) if pitches else None,
        end_drop_db=round(median(drops), 1) if drops else None,
    )
