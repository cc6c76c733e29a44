"""Words of a recording after the fact: cut for its recognizer, and answer by answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from voice.audio import Clip
from voice.spans import VoiceSpan, voice_spans
from voice.stt import Recognizer
from voice.transcript import Word, seamed

Progress = Callable[[float], None]
"""Is told the share of the work done, 0 to 1."""
Segments = list[tuple[Word, ...]]
"""Words, a tuple a piece of sound."""

EDGE_S = 0.3
"""How far around an answer's voice its words and voice are looked for."""
LONGEST_PIECE_S = 26.0
"""What is longer is cut at the longest pause in the second half of what fits. Whisper sees 30 s,
and every cut costs words: seams gave 12 words too many in 24 s at 12 s, none at 20 and 26."""
_ROLL_S = 0.3
"""Sound around a piece that goes along; up to the middle of the pause where another is near."""


def pieces(spans: tuple[VoiceSpan, ...]) -> list[VoiceSpan]:
    """Join voice spans to pieces of LONGEST_PIECE_S at most, parted at long pauses.

    A single span that is longer stays whole: the recognizer cuts it at its quietest point.
    """
    parted: list[VoiceSpan] = []
    first = 0
    while first < len(spans):
        end = _end_of_piece(spans, first)
        parted.append(VoiceSpan(spans[first].start_s, spans[end - 1].end_s))
        first = end
    return parted


def _end_of_piece(spans: tuple[VoiceSpan, ...], first: int) -> int:
    """Return the number of the span after the piece that begins with `first`."""
    start_s = spans[first].start_s
    fits = first + 1
    while fits < len(spans) and spans[fits].end_s - start_s <= LONGEST_PIECE_S:
        fits += 1
    if fits == len(spans):
        return fits
    half_s = start_s + LONGEST_PIECE_S / 2
    late = [end for end in range(first + 1, fits + 1) if spans[end - 1].end_s >= half_s] or [fits]
    return max(late, key=lambda end: spans[end].start_s - spans[end - 1].end_s)


def transcribe(clip: Clip, recognizer: Recognizer, progress: Progress = lambda _: None) -> Segments:
    """Return the words of a clip at SAMPLE_RATE_HZ, a tuple a piece, from the clip's start.

    Args:
        clip: the recording.
        recognizer: the recognizer.
        progress: is told the share done after every piece.

    Raises:
        ModelError: the recognizer failed.
    """
    parted = pieces(voice_spans(clip))
    middles_s = [(before.end_s + after.start_s) / 2 for before, after in pairwise(parted)]
    segments: Segments = []
    for piece, from_s, to_s in zip(
        parted, [0.0, *middles_s], [*middles_s, clip.duration_s], strict=False
    ):
        start_s = max(from_s, piece.start_s - _ROLL_S)
        words = recognizer.transcribe(clip.between(start_s, min(to_s, piece.end_s + _ROLL_S)))
        heard = tuple(word.shifted(start_s) for word in words)
        segments[-1:] = seamed(segments[-1], heard) if segments else (heard,)
        progress(piece.end_s / clip.duration_s)
    return segments


@dataclass(frozen=True)
class Answers:
    """The answers of a session, as sound."""

    clip: Clip
    """The candidate's track."""
    spans: tuple[tuple[float, float], ...]
    """Start and end of each answer to recognize, in seconds."""


def heard_again(
    known: Segments, answers: Answers, recognizer: Recognizer, progress: Progress
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
        heard = [
            tuple(w.shifted(from_s) for w in s) for s in transcribe(part, recognizer, share) if s
        ]
        before = [s for s in known if s and _inside(s, (start_s, end_s))]
        kept += bool(before and not heard)
        segments += heard or before
    return sorted(segments, key=lambda segment: segment[0].start_s), kept


def _inside(segment: tuple[Word, ...], span: tuple[float, float]) -> bool:
    return segment[0].start_s <= span[1] + EDGE_S and segment[-1].end_s >= span[0] - EDGE_S
