"""Words of a recording after the fact: cut for its recognizer, and answer by answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from voice.audio import Clip
from voice.spans import VoiceSpan, voice_spans
from voice.stt import Ears
from voice.transcript import Word

Progress = Callable[[float], None]
"""Is told the share of the work done, 0 to 1."""
Segments = list[tuple[Word, ...]]
"""Words, a tuple a stretch."""

EDGE_S = 0.3
"""How far around an answer's voice its words and voice are looked for."""
LONGEST_STRETCH_S = 20.0
"""Stretches are joined up to this length."""
STRETCH_GAP_S = 0.6
"""A silence of this length always ends a stretch, as in the live channel."""
LONGEST_PIECE_S = 12.0
"""What is longer is cut for Whisper at its longest pause, and again. On four rendered answers of
97 s a small Whisper made 24 % errors in pieces of 12 s, 42 % in 20 s, 56 % in 28 s, and 32 % in
stretches (tests/bench/live.py makes the answers); public models bear longer ones."""
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


def pieces(spans: tuple[VoiceSpan, ...]) -> list[VoiceSpan]:
    """Join voice spans, parted only at their longest pauses, to LONGEST_PIECE_S at most."""
    if not spans:
        return []
    whole = VoiceSpan(spans[0].start_s, spans[-1].end_s)
    if len(spans) == 1 or whole.end_s - whole.start_s <= LONGEST_PIECE_S:
        return [whole]
    pauses = [after.start_s - before.end_s for before, after in pairwise(spans)]
    cut = pauses.index(max(pauses)) + 1
    return pieces(spans[:cut]) + pieces(spans[cut:])


def transcribe(clip: Clip, ears: Ears, progress: Progress = lambda _: None) -> Segments:
    """Return the words of a clip at SAMPLE_RATE_HZ, a tuple a stretch, from the clip's start.

    Args:
        clip: the recording.
        ears: the recognizer; Whisper hears longer pieces than the embedded one.
        progress: is told the share done after every stretch.

    Raises:
        ModelError: the recognizer failed.
    """
    spans = voice_spans(clip)
    segments: Segments = []
    for stretch in pieces(spans) if is_whisper(ears.name) else stretches(spans):
        start_s = max(0.0, stretch.start_s - _ROLL_S)
        words = ears.transcribe(clip.between(start_s, stretch.end_s + _ROLL_S))
        segments.append(tuple(word.shifted(start_s) for word in words))
        progress(stretch.end_s / clip.duration_s)
    return segments


def is_whisper(name: str) -> bool:
    """Tell whether an engine's name is that of a Whisper model."""
    return name.startswith("whisper:")


@dataclass(frozen=True)
class Answers:
    """The answers of a session, as sound."""

    clip: Clip
    """The candidate's track."""
    spans: tuple[tuple[float, float], ...]
    """Start and end of each answer to recognize, in seconds."""


def heard_again(
    known: Segments, answers: Answers, ears: Ears, progress: Progress
) -> tuple[Segments, int]:
    """Return the segments with those inside the answers recognized from the sound.

    An answer in which nothing is recognized keeps the words it had; the number of such answers
    that did have words is returned beside the segments, which are sorted.

    Raises:
        ModelError: the recognizer failed.
    """
    segments = [s for s in known if s and not any(_inside(s, span) for span in answers.spans)]
    kept = 0
    for number, (start_s, end_s) in enumerate(answers.spans):
        from_s = max(0.0, start_s - EDGE_S)
        part = answers.clip.between(from_s, end_s + EDGE_S)
        share = lambda done, number=number: progress((number + done) / len(answers.spans))  # noqa: E731
        heard = [tuple(w.shifted(from_s) for w in s) for s in transcribe(part, ears, share) if s]
        before = [s for s in known if s and _inside(s, (start_s, end_s))]
        kept += bool(before and not heard)
        segments += heard or before
    return sorted(segments, key=lambda segment: segment[0].start_s), kept


def _inside(segment: tuple[Word, ...], span: tuple[float, float]) -> bool:
    return segment[0].start_s <= span[1] + EDGE_S and segment[-1].end_s >= span[0] - EDGE_S
