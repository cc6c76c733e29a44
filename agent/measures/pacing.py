"""How fast an answer was spoken, and where it was silent."""

from __future__ import annotations

from collections.abc import Sequence

from agent.analysis import Pacing, Pause, Span, SpokenWord
from agent.bands import band_of
from agent.measures.placement import placed_pauses
from agent.measures.voice import total_voice
from agent.measures.windows import windows_of
from voice.phonemes import count_syllables

PAUSE_S = 0.25
"""Shortest silence that counts as a pause (Goldman-Eisler's threshold)."""
MIN_SCORED_S = 5.0
"""Shorter answers get no rate."""
MIN_SCORED_WORDS = 8
"""Answers of fewer words get no rate."""


def pacing_of(words: Sequence[SpokenWord], voice: Sequence[Span], answer: Span) -> Pacing:
    """Return rates and pauses of one answer.

    Pauses are silences of PAUSE_S and more between two stretches of `voice` (voice detection on
    the sample clock; recognizers' word times are too rough for that); without any voice they are
    the gaps between words. Phonation is what is left when the pauses are taken from the time
    between the first and the last voice. Filled pauses are no words of the rate and no syllables,
    filler words are both. The rate is None and the band "" below MIN_SCORED_S or
    MIN_SCORED_WORDS. The band is of the speech rate, pauses included (agent.bands.band_of).

    Args:
        words: words of the answer in order, marked by measures.fillers.fillers_of.
        voice: stretches of voice, in seconds on the clock of the words; may reach outside.
        answer: the answer's time; voice outside of it is not looked at.
    """
    spans = _phrases(voice, words, answer)
    if not spans:
        return Pacing()
    pauses = placed_pauses(spans, words)
    duration_s = spans[-1][1] - spans[0][0]
    phonation_s = duration_s - sum(pause.end_s - pause.start_s for pause in pauses)
    spoken = [word for word in words if word.mark != "filled_pause" and _is_word(word.text)]
    syllables = count_syllables(word.text for word in spoken)
    rated = _with_rates(len(spoken), syllables, (duration_s, phonation_s), pauses)
    if rated.speech_rate_wpm is None:
        return rated.model_copy(update={"longest_run_s": _longest_s(spans)})
    windows = windows_of(spoken, spans[0][0], spans[-1][1])
    return rated.model_copy(update={"longest_run_s": _longest_s(spans), "windows": windows})


def phrases_of(
    voice: Sequence[Span], words: Sequence[SpokenWord], answer: Span
) -> tuple[Span, ...]:
    """Return the stretches of speech between the pauses of an answer; arguments of pacing_of."""
    return tuple(Span(start_s=a, end_s=b) for a, b in _phrases(voice, words, answer))


def total_pacing(parts: Sequence[Pacing]) -> Pacing:
    """Return the pacing of all answers pooled: words, seconds and pauses added up.

    Syllables are pooled over the answers that were long enough to be scored. Windows stay with
    their answers.
    """
    scored = [part for part in parts if part.articulation_rate_sps is not None]
    duration_s = sum(part.duration_s for part in parts)
    phonation_s = sum(part.phonation_s for part in parts)
    spoken_s = sum(part.phonation_s for part in scored)
    syllables = sum((part.articulation_rate_sps or 0.0) * part.phonation_s for part in scored)
    pauses = sorted((p for part in parts for p in part.pauses), key=lambda p: (p.start_s, p.end_s))
    per_s = syllables / spoken_s if spoken_s > 0 else 0.0
    rated = _with_rates(
        sum(part.words for part in parts),
        per_s * phonation_s,
        (duration_s, phonation_s),
        tuple(pauses),
    )
    longest_s = max((part.longest_run_s for part in parts), default=0.0)
    return rated.model_copy(update={"longest_run_s": longest_s, "voice": total_voice(parts)})


def _longest_s(spans: Sequence[tuple[float, float]]) -> float:
    return round(max(end - start for start, end in spans), 3)


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


def _phrases(
    voice: Sequence[Span], words: Sequence[SpokenWord], answer: Span
) -> list[tuple[float, float]]:
    spans = _merged([(span.start_s, span.end_s) for span in voice], answer)
    return spans or _merged([(word.start_s, word.end_s) for word in words], answer)


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
