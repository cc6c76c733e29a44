"""How fast an answer was spoken, and where it was silent."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from typing import Literal

from agent.analysis import Pacing, Pause, Span, SpokenWord
from agent.bands import FAST_WPM, SLOW_WPM
from agent.coverage.lists import word_set
from agent.measures.syllables import count_syllables

PAUSE_S = 0.25
"""Shortest silence that counts as a pause (Goldman-Eisler's threshold)."""
MIN_SCORED_S = 5.0
"""Shorter answers get no rate."""
MIN_SCORED_WORDS = 8
"""Answers of fewer words get no rate."""

Band = Literal["", "slow", "fine", "fast"]

_CLAUSE_END = (".", ",", ";", ":", "?", "!", "…", "—", "–")
_CLAUSE_STARTERS = word_set(
    "and but so because then when while which who where if although though since unless or "
    "i we you he she it they that's this there what how first second after before um uh"
)


def pacing_of(words: Sequence[SpokenWord], voice: Sequence[Span], answer: Span) -> Pacing:
    """Return rates and pauses of one answer.

    Pauses are silences of PAUSE_S and more between two stretches of `voice` (voice detection on
    the sample clock; recognizers' word times are too rough for that); without any voice they are
    the gaps between words. Phonation is what is left when the pauses are taken from the time
    between the first and the last voice. Filled pauses are no words of the rate and no syllables,
    filler words are both. The rate is None and the band "" below MIN_SCORED_S or
    MIN_SCORED_WORDS. The band is of the speech rate, pauses included: slow below SLOW_WPM, fast
    above FAST_WPM; advice of 120 to 170 words a minute with flags only outside 110 to 185.

    Args:
        words: words of the answer in order, marked by measures.fillers.fillers_of.
        voice: stretches of voice, in seconds on the clock of the words; may reach outside.
        answer: the answer's time; voice outside of it is not looked at.
    """
    spans = _merged([(span.start_s, span.end_s) for span in voice], answer)
    if not spans:
        spans = _merged([(word.start_s, word.end_s) for word in words], answer)
    if not spans:
        return Pacing()
    pauses = tuple(_pauses(spans, words))
    duration_s = spans[-1][1] - spans[0][0]
    phonation_s = duration_s - sum(pause.end_s - pause.start_s for pause in pauses)
    spoken = [word for word in words if word.mark != "filled_pause" and _is_word(word.text)]
    syllables = sum(count_syllables(word.text) for word in spoken)
    return _with_rates(len(spoken), syllables, (duration_s, phonation_s), pauses)


def total_pacing(parts: Sequence[Pacing]) -> Pacing:
    """Return the pacing of all answers pooled: words, seconds and pauses added up.

    Syllables are pooled over the answers that were long enough to be scored.
    """
    scored = [part for part in parts if part.articulation_rate_sps is not None]
    duration_s = sum(part.duration_s for part in parts)
    phonation_s = sum(part.phonation_s for part in parts)
    spoken_s = sum(part.phonation_s for part in scored)
    syllables = sum((part.articulation_rate_sps or 0.0) * part.phonation_s for part in scored)
    pauses = sorted((p for part in parts for p in part.pauses), key=lambda p: (p.start_s, p.end_s))
    per_s = syllables / spoken_s if spoken_s > 0 else 0.0
    return _with_rates(
        sum(part.words for part in parts),
        per_s * phonation_s,
        (duration_s, phonation_s),
        tuple(pauses),
    )


def band_of(wpm: float | None) -> Band:
    """Return where a speech rate in words a minute lies, "" for None."""
    if wpm is None:
        return ""
    return "slow" if wpm < SLOW_WPM else "fast" if wpm > FAST_WPM else "fine"


def _is_word(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _with_rates(
    words: int, syllables: float, seconds: tuple[float, float], pauses: tuple[Pause, ...]
) -> Pacing:
    duration_s, phonation_s = seconds
    scored = duration_s >= MIN_SCORED_S and words >= MIN_SCORED_WORDS and phonation_s > 0
    wpm = round(60 * words / duration_s, 1) if scored else None
    return Pacing(
        words=words,
        speech_rate_wpm=wpm,
        articulation_rate_sps=round(syllables / phonation_s, 3) if scored else None,
        phonation_s=round(phonation_s, 3),
        duration_s=round(duration_s, 3),
        pauses=pauses,
        band=band_of(wpm),
    )


def _merged(spans: Sequence[tuple[float, float]], answer: Span) -> list[tuple[float, float]]:
    """Return the spans inside the answer, sorted, those closer than PAUSE_S joined."""
    inside = sorted(
        (max(start, answer.start_s), min(end, answer.end_s))
        for start, end in spans
        if end > answer.start_s and start < answer.end_s and end > start
    )
    joined: list[tuple[float, float]] = []
    for start, end in inside:
        # Half a sample of slack: 0.25 s on the sample clock must not fall to rounding.
        if joined and start - joined[-1][1] < PAUSE_S - 3e-5:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _pauses(spans: list[tuple[float, float]], words: Sequence[SpokenWord]) -> list[Pause]:
    punctuated = any(word.text.endswith(_CLAUSE_END) for word in words[:-1])
    middles = [(word.start_s + word.end_s) / 2 for word in words]
    pauses = []
    for (_, start), (end, _) in itertools.pairwise(spans):
        next_word = bisect.bisect_left(middles, (start + end) / 2)
        pauses.append(
            Pause(
                start_s=round(start, 3),
                end_s=round(end, 3),
                inside_clause=_inside_clause(words, next_word, punctuated=punctuated),
            )
        )
    return pauses


def _inside_clause(words: Sequence[SpokenWord], after: int, *, punctuated: bool) -> bool:
    """Return whether the clause goes on over the silence before word `after`.

    With punctuation the word before it tells; without any, a word that can start a clause
    ("and", "because", "I"…) after the silence says that the clause before had ended. A filled
    pause before the silence belongs to the hesitation: the word before that one tells.
    """
    before = after - 1
    while before >= 0 and words[before].mark == "filled_pause" and before > 0:
        before -= 1
    if before < 0 or after >= len(words):
        return False
    if punctuated:
        return not words[before].text.endswith(_CLAUSE_END)
    return words[after].text.lower().strip(",.") not in _CLAUSE_STARTERS
