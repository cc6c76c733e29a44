"""Where is a vowel held? Stretches of voice whose pitch and color stay the same.

Filled pauses are such stretches: long, with a steady spectrum and a pitch that hardly moves
(Goto, Itou and Hayamizu, "A real-time filled pause detection system for spontaneous speech
recognition", Eurospeech 1999, 227-230: small F0 transition and small spectral envelope change).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from agent.measures.pitch import HOP_S, LOW_HZ, Bools, Floats, Pitch, runs_of, windows_at
from voice.audio import SAMPLE_RATE_HZ, Clip, resample

SHORTEST_S = 0.06
"""Shorter stretches are found in any syllable."""
STEADY_DB = 6.0
"""Mean change of the bands over 40 ms below which a voice is held; people's "um" has 2 to 4."""
_QUIET_DB = 30.0
"""Further below the speaker's loud vowels than this is no held vowel."""
_CREAK_HOPS = 4
"""Hops that the pitch may be lost for (creak)."""
_JOIN_HOPS = 5
"""Hops that a change may take inside: from the vowel of "um" to its nasal."""
_BANDS = 18
"""Bands evenly spread on the mel scale over _RANGE_HZ."""
_RANGE_HZ = (100.0, 4000.0)
_HOP = round(HOP_S * SAMPLE_RATE_HZ)
_WINDOW = 240
"""Samples at LOW_HZ: 30 ms."""
_FFT = 256
_BLOCK = 500
"""Frames worked on at once: 5 s."""
_FEWEST_PITCHES = 4
"""With fewer voiced frames a line through the pitch says nothing."""


@dataclass(frozen=True)
class HeldVowel:
    """One stretch of voice that stays the same."""

    start_s: float
    """Start in seconds on the clock of the clip."""
    end_s: float
    """End in seconds on the clock of the clip."""
    change_db: float
    """Mean change of the bands over 40 ms (spectral flux)."""
    slope_st_s: float
    """How fast the pitch falls (below 0) or rises, in semitones a second."""
    bend_st: float
    """Mean distance of the pitch from its own straight line, in semitones."""
    level_db: float
    """Its level against the speaker's loud vowels."""

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s


def held_vowels(clip: Clip, pitch: Pitch) -> tuple[HeldVowel, ...]:
    """Return the stretches of SHORTEST_S and more in which voice is held, in order.

    Args:
        clip: the sound of one speaker.
        pitch: its pitch, from pitch_track(clip).
    """
    if not pitch.voiced.any():
        return ()
    level, change = _level_and_change_db(resample(clip, SAMPLE_RATE_HZ), pitch.voiced)
    loud = float(np.percentile(level[pitch.voiced], 90))
    steady = np.convolve(change, np.ones(5) / 5, "same")[: len(change)] < STEADY_DB
    voiced = _closed(pitch.voiced, _CREAK_HOPS)
    held = _closed(voiced & steady & (level > loud - _QUIET_DB), _JOIN_HOPS) & voiced
    vowels = []
    for start, end in runs_of(held):
        at = np.flatnonzero(pitch.hz[start:end])
        if (end - start) * HOP_S < SHORTEST_S or len(at) < _FEWEST_PITCHES:
            continue
        semitones = 12 * np.log2(pitch.hz[start + at].astype(np.float64))
        slope, offset = np.polyfit(at * HOP_S, semitones, 1)
        vowels.append(
            HeldVowel(
                start * HOP_S,
                end * HOP_S,
                float(change[start:end].mean()),
                float(slope),
                float(np.abs(semitones - slope * at * HOP_S - offset).mean()),
                float(level[start:end].mean()) - loud,
            )
        )
    return tuple(vowels)


def _level_and_change_db(clip: Clip, voiced: Bools) -> tuple[Floats, Floats]:
    """Return the level of the loudest band and the mean change of all over 40 ms, shape (n,).

    Worked out in blocks: the bands of an hour would take as much memory as its sound. Blocks
    without any voice stay 0.
    """
    count = len(voiced)
    level, change = np.zeros(count, np.float32), np.zeros(count, np.float32)
    for at in range(0, count, _BLOCK):
        end = min(at + _BLOCK, count)
        if not voiced[at:end].any():
            continue
        frames = windows_at(clip.samples, np.arange(at - 2, end + 2), _WINDOW)
        spectrum = np.fft.rfft(frames * _HANN, _FFT)
        power = np.square(spectrum.real) + np.square(spectrum.imag)
        # A matrix product as small as this waits for its threads 20 times longer than it works.
        power = np.einsum("ij,kj->ik", power, _TRIANGLES)
        bands = 10 * np.log10(np.maximum(power, 1.0))
        level[at:end] = bands[2:-2].max(axis=1)
        change[at:end] = np.abs(bands[4:] - bands[:-4]).mean(axis=1)
    return level, change


def _triangles() -> Floats:
    """Return the weights of the bands over the bins, shape (_BANDS, _FFT // 2 + 1)."""
    low, high = (2595 * np.log10(1 + hz / 700) for hz in _RANGE_HZ)
    edges_hz = 700 * (10 ** (np.linspace(low, high, _BANDS + 2) / 2595) - 1)
    hz = np.fft.rfftfreq(_FFT, 1 / LOW_HZ)
    rows = [np.interp(hz, edges_hz[i : i + 3], (0, 1, 0), left=0, right=0) for i in range(_BANDS)]
    return np.array(rows, np.float32)


_HANN = np.hanning(_WINDOW).astype(np.float32)
_TRIANGLES = _triangles()


def _closed(mask: Bools, hops: int) -> Bools:
    """Return the mask with gaps of up to `hops` between two of its runs filled."""
    closed = mask.copy()
    for start, end in runs_of(~mask):
        if end - start <= hops and start > 0 and end < len(mask):
            closed[start:end] = True
    return closed
