"""How the voice moved in an answer and in all of them: shown, never scored."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np

from agent.analysis import Pacing, Span, Voice
from agent.measures.pitch import HOP_S, Pitch, pitch_track
from voice.audio import Clip, level_dbfs

MOST_TRACKED_S = 900.0
"""Only the first quarter of an hour of an answer has its pitch tracked: enough for every answer
to a question, and a recording without questions stays within the time of an analysis."""
MIN_VOICED_S = 1.0
"""With less voice than this no variation is told."""
PHRASE_END_S = 0.3
"""The end of a phrase whose level is compared with the middle."""
MIN_PHRASE_S = 1.0
"""Shorter phrases have no middle to compare with."""
_OUTLIER_SEMITONES = 12.0
"""Frames further than an octave from the median are slips of the track or creak."""
_MARGIN_S = 0.3
"""How much around the phrases is tracked as well: the pitch at their edges has company."""


def voice_of(clip: Clip, phrases: Sequence[Span]) -> Voice:
    """Return the pitch variation and the level drop at phrase ends of one answer.

    Args:
        clip: the sound.
        phrases: speech between pauses in seconds on the clock of the clip, rising.
    """
    if not phrases:
        return Voice()
    from_s = max(0.0, phrases[0].start_s - _MARGIN_S)
    end_s = min(from_s + MOST_TRACKED_S, phrases[-1].end_s + _MARGIN_S)
    variation = _variation_semitones(pitch_track(clip.between(from_s, end_s)), phrases, from_s)
    drop = _end_drop_db(clip, phrases)
    return Voice(
        pitch_sd_semitones=None if variation is None else round(variation, 2),
        end_drop_db=None if drop is None else round(drop, 1),
    )


def _variation_semitones(pitch: Pitch, phrases: Sequence[Span], from_s: float) -> float | None:
    """Return the spread of the pitch around its median, in semitones (12 to the octave).

    Root mean square of 12 * log2(hz / median) over the voiced frames of the phrases. Below 2
    semitones a voice sounds flat, talks have 4 to 5 (Hincks, "Measures and perceptions of
    liveliness in student oral presentation speech", System 33, 2005); fifteen recordings of people
    reading and talking measured 2.0 to 5.8.
    """
    inside = np.zeros(len(pitch.hz), bool)
    for phrase in phrases:
        times = (phrase.start_s - from_s, phrase.end_s - from_s)
        first, last = np.searchsorted(pitch.times_s, times)
        inside[first:last] = True
    hz = pitch.hz[inside & pitch.voiced].astype(np.float64)
    if len(hz) < MIN_VOICED_S / HOP_S:
        return None
    semitones = 12 * np.log2(hz / np.median(hz))
    near = semitones[np.abs(semitones) <= _OUTLIER_SEMITONES]
    return float(np.sqrt(np.mean(np.square(near))))


def _end_drop_db(clip: Clip, phrases: Sequence[Span]) -> float | None:
    """Return how much quieter phrases end than they are in their middle half: the median in dB.

    Every voice falls toward the end: fifteen recordings of people measured 0 to 9 dB, median 5.
    """
    drops = []
    for phrase in phrases:
        length_s = phrase.end_s - phrase.start_s
        if length_s < MIN_PHRASE_S:
            continue
        middle = clip.between(phrase.start_s + length_s / 4, phrase.end_s - length_s / 4)
        end = clip.between(phrase.end_s - PHRASE_END_S, phrase.end_s)
        drops.append(level_dbfs(middle.samples) - level_dbfs(end.samples))
    return float(np.median(drops)) if drops else None


def total_voice(parts: Sequence[Pacing]) -> Voice:
    """Return the voice of the middle answer, by each figure: the others are held against it."""
    voices = [part.voice for part in parts]
    pitches = [one.pitch_sd_semitones for one in voices if one.pitch_sd_semitones is not None]
    drops = [one.end_drop_db for one in voices if one.end_drop_db is not None]
    return Voice(
        pitch_sd_semitones=round(median(pitches), 2) if pitches else None,
        end_drop_db=round(median(drops), 1) if drops else None,
    )
