"""Words of a recording after the fact: stretch by stretch, as the live recognizer hears them."""

from __future__ import annotations

from collections.abc import Callable

from voice.audio import Clip
from voice.spans import VoiceSpan, voice_spans
from voice.stt import Ears
from voice.transcript import Word

LONGEST_STRETCH_S = 20.0
"""Stretches are joined up to this length: Whisper sees 30 s at once."""
STRETCH_GAP_S = 0.6
"""A silence of this length always ends a stretch, as in the live channel."""
_ROLL_S = 0.3


def stretches(spans: tuple[VoiceSpan, ...]) -> list[VoiceSpan]:
    """Join voice spans to stretches for the recognizer."""
    joined: list[VoiceSpan] = []
    for span in spans:
        last = joined[-1] if joined else None
        if (
            last is not None
            and span.start_s - last.end_s < STRETCH_GAP_S
            and span.end_s - last.start_s <= LONGEST_STRETCH_S
        ):
            joined[-1] = VoiceSpan(last.start_s, span.end_s)
        else:
            joined.append(span)
    return joined


def transcribe(
    clip: Clip, ears: Ears, progress: Callable[[float], None] = lambda _: None
) -> list[tuple[Word, ...]]:
    """Return the words of a clip at SAMPLE_RATE_HZ, a tuple a stretch, from the clip's start.

    Args:
        clip: the recording.
        ears: the recognizer.
        progress: is told the share done, 0 to 1, after every stretch.
    """
    found = stretches(voice_spans(clip))
    segments: list[tuple[Word, ...]] = []
    for stretch in found:
        start_s = max(0.0, stretch.start_s - _ROLL_S)
        words = ears.transcribe(clip.between(start_s, stretch.end_s + _ROLL_S))
        segments.append(tuple(word.shifted(start_s) for word in words))
        progress(stretch.end_s / clip.duration_s)
    return segments
