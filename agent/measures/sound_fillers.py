"""Filled pauses that are only in the sound: the recognizer left them out.

A dropped "um" shows as voice that no word accounts for: in a gap between two words, or in a word
far longer than its syllables, because the recognizer moved its start back over the "um". There a
held vowel (agent/measures/held.py) is likely a filled pause.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from agent.analysis import Span, SpokenWord
from agent.measures.held import HeldVowel, held_vowels
from agent.measures.pitch import HOP_S, Pitch, pitch_track
from agent.measures.syllables import count_syllables
from voice.audio import Clip

MIN_LIKELIHOOD = 0.5
"""Less likely ones are not told."""
FASTEST_SYLLABLE_S = 0.12
"""No speaker's usual syllable is taken for shorter, however rough the word times."""
USUAL_SYLLABLE_S = 0.2
"""A syllable where there are no words to tell the speaker's own: 5 a second."""
MOST_MOVE_ST = 7.0
"""A pitch that moves further in one stretch is intonation. The real "um" measured move by 2 at
most, but a speech synthesizer's "uh" by up to 6."""
NEAR_S = 0.2
"""Held vowels closer than this are one filler; so near to a written "um" it is that one."""
_MOST_GROWTH_S = 0.2
"""How far the voice around a held vowel is taken to be the same filled pause."""
_LONGEST_PART_S = 0.4
"""A vowel held longer is no likelier for it."""
_LONGEST_VOICE_S = 0.5
"""More unexplained voice around it makes it no likelier."""
WEIGHTS = (3.4, 4.0, 3.7, 9.2, -0.5, -5.1, 0.11)
"""Of the figures of weighed(), in their order: a logistic regression on rendered answers by four
voices with planted um and uh (`python tests/bench/sound_fillers.py --fit`)."""
BIAS = -4.5
"""What speaks against a filler before anything is known; fitted with the weights."""


@dataclass(frozen=True)
class SoundFiller:
    """A likely filled pause that no word of the transcript stands for."""

    start_s: float
    """Start of the held vowel in seconds on the clock of the clip."""
    end_s: float
    """End of the held vowel."""
    likelihood: float
    """How likely it is a filled pause, 0 to 1."""
    where: Literal["gap", "word_head"]
    """Whether it lies between words or in the head of an over-long word."""


def sound_fillers(
    clip: Clip, words: Sequence[SpokenWord], voice: Sequence[Span], pitch: Pitch | None = None
) -> tuple[SoundFiller, ...]:
    """Return the filled pauses that are in the sound but not among the words, in order.

    Filled pauses among the words (marked by measures.fillers.fillers_of) explain their own sound
    and that around it. All lie inside `voice` and do not overlap.

    Args:
        clip: the sound of one speaker.
        words: that speaker's words, on the clock of the clip.
        voice: where the speaker's voice is, rising, on the same clock.
        pitch: pitch_track(clip), where it is there already.
    """
    pitch = pitch_track(clip) if pitch is None else pitch
    found: list[SoundFiller] = []
    for vowel, figures, where in weighed(clip, words, voice, pitch):
        likelihood = _likelihood(figures)
        if likelihood >= MIN_LIKELIHOOD:
            around = _grown(vowel, pitch, words)
            found += [
                SoundFiller(
                    max(around.start_s, span.start_s),
                    min(around.end_s, span.end_s),
                    likelihood,
                    where,
                )
                for span in _near(around, voice)
            ]
    return tuple(_joined(found, voice))


def weighed(
    clip: Clip, words: Sequence[SpokenWord], voice: Sequence[Span], pitch: Pitch | None = None
) -> list[tuple[HeldVowel, tuple[float, ...], Literal["gap", "word_head"]]]:
    """Return the held vowels that may be fillers, with what speaks for it, one figure per weight.

    The figures: the share of it that no word explains, the unexplained voice around it in
    seconds, the share between words, its length in seconds, its change in dB, the bend of its
    pitch in semitones, its level in dB. Arguments as for sound_fillers.
    """
    pitch = pitch_track(clip) if pitch is None else pitch
    words = sorted(words, key=lambda word: (word.start_s, word.end_s))
    gaps, unexplained = _unexplained(words, len(pitch.hz) * HOP_S)
    voiced = np.concatenate([[0], np.cumsum(pitch.voiced & pitch.within(voice))]) * HOP_S
    written = [
        Span(start_s=word.start_s - NEAR_S, end_s=word.end_s + NEAR_S)
        for word in words
        if word.mark == "filled_pause"
    ]
    result: list[tuple[HeldVowel, tuple[float, ...], Literal["gap", "word_head"]]] = []
    for vowel in held_vowels(clip, pitch):
        moved_st = abs(vowel.slope_st_s) * vowel.duration_s
        if moved_st > MOST_MOVE_ST or _near(vowel, written):
            continue
        between = _shared_s(vowel, gaps) / vowel.duration_s
        edges = [
            round(at_s / HOP_S)
            for span in _near(vowel, unexplained)
            for at_s in (span.start_s, span.end_s)
        ]
        heard_s = sum(
            float(voiced[min(b, len(voiced) - 1)] - voiced[min(a, len(voiced) - 1)])
            for a, b in zip(edges[::2], edges[1::2], strict=True)
        )
        figures = (
            _shared_s(vowel, unexplained) / vowel.duration_s,
            min(_LONGEST_VOICE_S, heard_s),
            between,
            min(_LONGEST_PART_S, vowel.duration_s),
            vowel.change_db,
            min(1.0, vowel.bend_st),
            max(-20.0, vowel.level_db),
        )
        result.append((vowel, figures, "gap" if between > 0.5 else "word_head"))
    return result


def _likelihood(figures: tuple[float, ...]) -> float:
    total = BIAS + sum(w * figure for w, figure in zip(WEIGHTS, figures, strict=True))
    return 1 / (1 + math.exp(-total))


def _unexplained(
    words: Sequence[SpokenWord], end_s: float
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the gaps between words, and the gaps each with the over-long head behind it.

    A word takes the time of its syllables at its end; what is before that is its head.
    """
    syllable_s = _syllable_s(words)
    gaps, spans, at_s = [], [], 0.0
    for word in words:
        taken_s = syllable_s * max(1, count_syllables(word.text))
        if word.mark == "filled_pause":
            taken_s = word.end_s - word.start_s
        if word.start_s > at_s:
            gaps.append(Span(start_s=at_s, end_s=word.start_s))
        head_s = max(word.start_s, word.end_s - taken_s)
        if head_s > at_s:
            spans.append(Span(start_s=at_s, end_s=head_s))
        at_s = max(at_s, word.end_s)
    if end_s > at_s:
        gaps.append(Span(start_s=at_s, end_s=end_s))
        spans.append(gaps[-1])
    return tuple(gaps), tuple(spans)


def _syllable_s(words: Sequence[SpokenWord]) -> float:
    """Return how long this speaker's syllables usually are, by the words' own times."""
    lengths = [
        (word.end_s - word.start_s) / max(1, count_syllables(word.text))
        for word in words
        if word.mark != "filled_pause"
    ]
    usual = float(np.median(lengths)) if lengths else USUAL_SYLLABLE_S
    return max(FASTEST_SYLLABLE_S, usual)


def _near(vowel: HeldVowel | Span, spans: Sequence[Span]) -> Sequence[Span]:
    """Return those of the rising spans that the vowel touches."""
    first = bisect.bisect_right(spans, vowel.start_s, key=lambda span: span.end_s)
    return spans[first : bisect.bisect_left(spans, vowel.end_s, key=lambda span: span.start_s)]


def _shared_s(vowel: HeldVowel, spans: Sequence[Span]) -> float:
    """Return how many seconds of the vowel lie in the spans."""
    return sum(
        min(vowel.end_s, span.end_s) - max(vowel.start_s, span.start_s)
        for span in _near(vowel, spans)
    )


def _grown(vowel: HeldVowel, pitch: Pitch, words: Sequence[SpokenWord]) -> Span:
    """Return the vowel with the voice around it, as far as it hangs together between two words."""
    first, end = round(vowel.start_s / HOP_S), round(vowel.end_s / HOP_S)
    most = round(_MOST_GROWTH_S / HOP_S)
    middle_s = (vowel.start_s + vowel.end_s) / 2
    from_s = max((w.end_s for w in words if w.end_s <= middle_s), default=0.0)
    to_s = min((w.start_s for w in words if w.start_s >= middle_s), default=math.inf)
    before = pitch.voiced[max(0, first - most) : first][::-1]
    after = pitch.voiced[end : end + most]
    first -= int(np.argmin(np.append(before, False)))
    end += int(np.argmin(np.append(after, False)))
    return Span(
        start_s=min(vowel.start_s, max(first * HOP_S, from_s)),
        end_s=max(vowel.end_s, min(end * HOP_S, to_s)),
    )


def _joined(found: Sequence[SoundFiller], voice: Sequence[Span]) -> list[SoundFiller]:
    """Return the fillers in order, parts of one ("u" and "m") in the same voice put together."""
    joined: list[SoundFiller] = []
    for each in sorted(found, key=lambda filler: filler.start_s):
        last = joined[-1] if joined else None
        if last is None or each.start_s - last.end_s >= NEAR_S or not _same(last, each, voice):
            joined.append(each)
            continue
        joined[-1] = SoundFiller(
            last.start_s,
            max(last.end_s, each.end_s),
            max(last.likelihood, each.likelihood),
            last.where,
        )
    return joined


def _same(first: SoundFiller, second: SoundFiller, voice: Sequence[Span]) -> bool:
    """Return whether two fillers lie in the same stretch of voice."""
    at = bisect.bisect_right(voice, first.start_s, key=lambda span: span.start_s) - 1
    return second.end_s <= voice[at].end_s
