"""Fillers of the transcript together with those that are only in the sound, none counted twice."""

from __future__ import annotations

from collections.abc import Sequence

from agent.analysis import Filler, Fillers, Span, SpokenWord
from agent.measures.sound_fillers import NEAR_S, sound_fillers
from agent.measures.tracked import Tracked

SOUND_TEXT = "um"
"""What a filler of the sound is called: held vowels do not tell "um" from "uh"."""
MOST_VOICE_S = 2.0
"""Voice between two words for longer is speech that the recognizer missed: nothing is told of it.
The longest real filled pause measured is 0.7 s."""


def with_sound(
    fillers: Fillers, words: Sequence[SpokenWord], voice: Sequence[Span], heard: Tracked
) -> Fillers:
    """Return the fillers with those that are only in the sound among the filled pauses.

    They carry `source` "acoustic" and change neither per_minute nor per_100_words, which stay
    those of the transcript. Without words nothing is added.

    Args:
        fillers: those of the words.
        words: the marked words of the answer, rising, on the session clock.
        voice: where the person's voice is in the answer, rising, on the session clock.
        heard: the sound of the answer.
    """
    if not words:
        return fillers
    own = [
        word.model_copy(
            update={"start_s": word.start_s - heard.from_s, "end_s": word.end_s - heard.from_s}
        )
        for word in words
    ]
    found = sound_fillers(heard.clip, own, heard.own(voice), heard.pitch)
    told = (*fillers.filled_pauses, *fillers.filler_words, *_missed(words, voice))
    likely = [
        Filler(
            text=SOUND_TEXT,
            start_s=round(one.start_s + heard.from_s, 3),
            end_s=round(one.end_s + heard.from_s, 3),
            source="acoustic",
        )
        for one in found
    ]
    added = [one for one in likely if not any(_near(one, other) for other in told)]
    merged = sorted((*fillers.filled_pauses, *added), key=lambda one: one.start_s)
    return fillers.model_copy(update={"filled_pauses": tuple(merged)})


def _missed(words: Sequence[SpokenWord], voice: Sequence[Span]) -> list[Span]:
    """Return the gaps between words that hold more than MOST_VOICE_S of voice."""
    gaps, at_s = [], voice[0].start_s if voice else 0.0
    for start_s, end_s in (
        *((word.start_s, word.end_s) for word in words),
        *((span.end_s, span.end_s) for span in voice[-1:]),
    ):
        if start_s - at_s > MOST_VOICE_S:
            gaps.append(Span(start_s=at_s, end_s=start_s))
        at_s = max(at_s, end_s)
    return [gap for gap in gaps if _voiced_s(gap, voice) > MOST_VOICE_S]


def _voiced_s(gap: Span, voice: Sequence[Span]) -> float:
    return sum(max(0.0, min(gap.end_s, v.end_s) - max(gap.start_s, v.start_s)) for v in voice)


def _near(one: Span, other: Span) -> bool:
    return one.start_s < other.end_s + NEAR_S and other.start_s < one.end_s + NEAR_S
