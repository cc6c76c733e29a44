"""Remarks on the voice: a flat pitch, ends of phrases that trail off."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from agent.analysis import Analysis, Finding
from agent.feedback.exercise import again, answer_of
from agent.feedback.weighed import Weighed, about_answer

FLAT_SEMITONES = 2.0
"""A pitch that varies less sounds flat; figures measured on talks are 4 to 5."""
ENOUGH_VOICE_S = 20.0
"""Of less voice in an answer nothing is said about its melody."""
TRAILING_DB = 6.0
"""Phrase ends so much lower than in the person's other answers: half the sound pressure."""
_OTHERS = 2
"""So many other answers are needed to know what is usual for a person."""


def voice_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on the flattest answer and on the one whose phrases trail off most."""
    yield from _flat(analysis)
    yield from _trailing(analysis)


def _flat(analysis: Analysis) -> Iterator[Weighed]:
    spread = [
        (answer.pacing.voice.pitch_sd_semitones, place)
        for place, answer in enumerate(analysis.answers)
        if answer.pacing.voice.pitch_sd_semitones is not None
        and answer.pacing.phonation_s >= ENOUGH_VOICE_S
    ]
    flat = [one for one in spread if one[0] < FLAT_SEMITONES]
    if not flat:
        return
    sd, place = min(flat)
    text = (
        f"Your voice was flat in {answer_of(analysis, place)}: its pitch varied by {sd:.1f}"
        f" semitones. Below {FLAT_SEMITONES:.0f} sounds flat; lively talks have 4 to 5."
    )
    how = "and stress one word in every sentence"
    weight = 34 + 12 * len(flat) / len(spread)
    yield Weighed(weight, _of("voice", text, analysis, place, how), words=False)


def _trailing(analysis: Analysis) -> Iterator[Weighed]:
    drops = [
        (answer.pacing.voice.end_drop_db, place)
        for place, answer in enumerate(analysis.answers)
        if answer.pacing.voice.end_drop_db is not None
        and answer.pacing.phonation_s >= ENOUGH_VOICE_S
    ]
    if len(drops) <= _OTHERS:
        return
    drop, place = max(drops)
    usual = statistics.median(other for other, at in drops if at != place)
    if drop - usual < TRAILING_DB:
        return
    text = (
        f"Your sentences trail off in {answer_of(analysis, place)}: they end {drop:.0f} dB quieter"
        f" than their middle, {drop - usual:.0f} dB more than in your other answers."
    )
    how = "and say the last word of every sentence as loud as the first"
    yield Weighed(32, _of("trailing", text, analysis, place, how), words=False)


def _of(kind: str, text: str, analysis: Analysis, place: int, how: str) -> Finding:
    return about_answer(kind, text, analysis, place, ("measured", again(analysis, place, how)))
