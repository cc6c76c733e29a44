"""How the voice moved in an answer and in all of them, and the person's share of the talking."""

from __future__ import annotations

from collections.abc import Sequence

from agent.analysis import Pacing, Span, Voice
from agent.measures.pitch import (
    phrase_end_drop_db,
    pitch_track,
    pitch_variation_semitones,
)
from voice.audio import Clip

MOST_TRACKED_S = 900.0
"""Only the first quarter of an hour of an answer has its pitch tracked: enough for every answer
to a question, and a recording without questions stays within the time of an analysis."""
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
    tracked = [
        Span(start_s=phrase.start_s - from_s, end_s=phrase.end_s - from_s)
        for phrase in phrases
        if phrase.start_s < end_s
    ]
    variation = pitch_variation_semitones(pitch_track(clip.between(from_s, end_s)), tracked)
    drop = phrase_end_drop_db(clip, phrases)
    return Voice(
        pitch_sd_semitones=None if variation is None else round(variation, 2),
        end_drop_db=None if drop is None else round(drop, 1),
    )


def total_voice(parts: Sequence[Pacing]) -> Voice:
    """Return the voice of all answers pooled, each weighed by its phonation.

    Pitch as the root of the mean square, since each answer's spread is around its own median;
    the drop as the mean. An answer is held against this one to say how it differs.
    """
    pitches = [
        (part.voice.pitch_sd_semitones**2, part.phonation_s)
        for part in parts
        if part.voice.pitch_sd_semitones is not None
    ]
    drops = [
        (part.voice.end_drop_db, part.phonation_s)
        for part in parts
        if part.voice.end_drop_db is not None
    ]
    variance, drop = _mean(pitches), _mean(drops)
    return Voice(
        pitch_sd_semitones=None if variance is None else round(variance**0.5, 2),
        end_drop_db=None if drop is None else round(drop, 1),
    )


def talk_share(answers: Sequence[Pacing], lines: Sequence[Span]) -> float | None:
    """Return the person's share of all speaking time, 0 to 1; None without an interviewer.

    The person's time is that from the first to the last voice of every answer, pauses included;
    the interviewer's that of its lines. None as well where nobody's time is known.

    Args:
        answers: pacing of every answer.
        lines: what the interviewer said.
    """
    own_s = sum(part.duration_s for part in answers)
    other_s = sum(max(0.0, line.end_s - line.start_s) for line in lines)
    if not lines or own_s <= 0 or other_s <= 0:
        return None
    return round(own_s / (own_s + other_s), 3)


def _mean(weighed: Sequence[tuple[float, float]]) -> float | None:
    total = sum(weight for _, weight in weighed)
    return sum(value * weight for value, weight in weighed) / total if total > 0 else None
