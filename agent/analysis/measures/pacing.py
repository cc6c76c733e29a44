"""How fast an answer was spoken, in all and along the way, and where it was silent."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from statistics import pstdev

from agent.analysis import PaceWindow, Pacing, Pause, Span, SpokenWord
from agent.analysis.bands import band_of
from agent.analysis.measures.pitch import total_voice
from voice.speech.piper import count_syllables

PAUSE_S = 0.25
"""Shortest silence that counts as a pause (Goldman-Eisler's threshold)."""
MIN_SCORED_S = 5.0
"""Shorter answers get no rate."""
MIN_SCORED_WORDS = 8
"""Answers of fewer words get no rate."""
WINDOW_S = 20.0
"""Length of a window: shorter ones swing by several words a minute for each word."""
STEP_S = 5.0
"""Time from the start of one window to that of the next."""

_CLAUSE_END = (".", ",", ";", ":", "?", "!", "…", "—", "–")


def phrases_of(
    voice: Sequence[Span], words: Sequence[SpokenWord], answer: Span
) -> tuple[Span, ...]:
    """Return the stretches of speech of an answer, with PAUSE_S or more between them.

    Args:
        voice: stretches of voice (voice detection on the sample clock; recognizers' word times are
            too rough for pauses), in seconds; may reach outside the answer.
        words: words of the answer in order; they stand in where there is no voice.
        answer: the answer's time.
    """
    joined: list[list[float]] = []
    for start_s, end_s in _inside(voice, answer) or _inside(words, answer):
        # Half a sample of slack: 0.25 s on the sample clock must not fall to rounding.
        if joined and start_s - joined[-1][1] < PAUSE_S - 3e-5:
            joined[-1][1] = max(joined[-1][1], end_s)
        else:
            joined.append([start_s, end_s])
    return tuple(Span(start_s=start_s, end_s=end_s) for start_s, end_s in joined)


def _inside(spans: Sequence[Span], answer: Span) -> list[tuple[float, float]]:
    return sorted(
        (max(span.start_s, answer.start_s), min(span.end_s, answer.end_s))
        for span in spans
        if span.end_s > answer.start_s and span.start_s < answer.end_s and span.end_s > span.start_s
    )


def pacing_of(
    words: Sequence[SpokenWord], phrases: Sequence[Span], gaps: Sequence[Span] = ()
) -> Pacing:
    """Return rates, pauses and windows of one answer, by its words (marked) and its phrases.

    Filled pauses are no words of the rate and no syllables, filler words are both. The rates are
    None and the band "" below MIN_SCORED_S or MIN_SCORED_WORDS. A silence in which something was
    not heard (`gaps`) is no pause and takes no time; no window spans it.
    """
    if not phrases:
        return Pacing()
    start_s, end_s = phrases[0].start_s, phrases[-1].end_s
    spoken = [
        word
        for word in words
        if word.mark != "filled_pause" and any(letter.isalnum() for letter in word.text)
    ]
    silences = _pauses(phrases, words)
    pauses = tuple(one for one in silences if not crosses(one.start_s, one.end_s, gaps))
    silent_s, paused_s = (
        sum(one.end_s - one.start_s for one in some) for some in (silences, pauses)
    )
    phonation_s = end_s - start_s - silent_s
    syllables = count_syllables(word.text for word in spoken)
    pacing = Pacing(
        words=len(spoken),
        articulation_rate_sps=syllables / phonation_s if phonation_s > 0 else None,
        phonation_s=round(phonation_s, 3),
        duration_s=round(phonation_s + paused_s, 3),
        pauses=pauses,
        longest_run_s=round(max(one.end_s - one.start_s for one in phrases), 3),
    )
    rated = _rated(pacing)
    if rated.speech_rate_wpm is None:
        return rated
    windows = _windows(spoken, start_s, end_s)
    whole = tuple(one for one in windows if not crosses(one.start_s, one.end_s, gaps))
    return rated.model_copy(update={"windows": whole, "variation_wpm": _variation(whole)})


def crosses(start_s: float, end_s: float, gaps: Sequence[Span]) -> bool:
    """Return whether something in this time was not heard."""
    return any(gap.start_s < end_s and gap.end_s > start_s for gap in gaps)


def _variation(windows: Sequence[PaceWindow]) -> float | None:
    """Return the standard deviation of the pace over windows, None for fewer than two."""
    rates = [window.speech_rate_wpm for window in windows]
    return round(pstdev(rates), 1) if len(rates) > 1 else None


def total_pacing(parts: Sequence[Pacing]) -> Pacing:
    """Return the pacing of all answers pooled; windows stay with their answers.

    Syllables are pooled over the answers that were long enough to have a rate.
    """
    scored = [part for part in parts if part.articulation_rate_sps is not None]
    spoken_s = sum(part.phonation_s for part in scored)
    syllables = sum((part.articulation_rate_sps or 0.0) * part.phonation_s for part in scored)
    pauses = sorted((p for part in parts for p in part.pauses), key=lambda p: (p.start_s, p.end_s))
    return _rated(
        Pacing(
            words=sum(part.words for part in parts),
            articulation_rate_sps=syllables / spoken_s if spoken_s > 0 else None,
            phonation_s=round(sum(part.phonation_s for part in parts), 3),
            duration_s=round(sum(part.duration_s for part in parts), 3),
            pauses=tuple(pauses),
            longest_run_s=max((part.longest_run_s for part in parts), default=0.0),
            variation_wpm=_variation([window for part in parts for window in part.windows]),
            voice=total_voice(parts),
        )
    )


def _rated(pacing: Pacing) -> Pacing:
    """Return the pacing with its rates and band, without any where too little was said."""
    wpm, per_s = None, pacing.articulation_rate_sps
    if pacing.duration_s >= MIN_SCORED_S and pacing.words >= MIN_SCORED_WORDS and per_s is not None:
        wpm = round(60 * pacing.words / pacing.duration_s, 1)
    rates = {
        "speech_rate_wpm": wpm,
        "articulation_rate_sps": None if wpm is None or per_s is None else round(per_s, 3),
        "band": band_of(wpm),
    }
    return pacing.model_copy(update=rates)


def _windows(words: Sequence[SpokenWord], start_s: float, end_s: float) -> tuple[PaceWindow, ...]:
    """Return the pace of every WINDOW_S, one per STEP_S, pauses included; none where it is short.

    A word counts where its middle lies.
    """
    middles = sorted((word.start_s + word.end_s) / 2 for word in words)
    windows = []
    # Half a millisecond of slack: 20 s of voice must not fall to rounding.
    for step in range(int((end_s - start_s - WINDOW_S + 0.0005) // STEP_S) + 1):
        from_s = start_s + step * STEP_S
        first, last = (bisect.bisect_left(middles, at) for at in (from_s, from_s + WINDOW_S))
        wpm = round(60 * (last - first) / WINDOW_S, 1)
        windows.append(
            PaceWindow(
                start_s=round(from_s, 3),
                end_s=round(min(from_s + WINDOW_S, end_s), 3),
                speech_rate_wpm=wpm,
                band=band_of(wpm),
            )
        )
    return tuple(windows)


def _pauses(phrases: Sequence[Span], words: Sequence[SpokenWord]) -> tuple[Pause, ...]:
    """Return the silences between phrases, each with its place among the words.

    A word lies before a pause when its middle does: recognizers' word times reach into silences.
    Words without any punctuation do not tell where a clause ends.
    """
    punctuated = any(word.text.endswith(_CLAUSE_END) for word in words[:-1])
    middles = [(word.start_s + word.end_s) / 2 for word in words]
    return tuple(
        Pause(
            start_s=round(one.end_s, 3),
            end_s=round(two.start_s, 3),
            inside_clause=punctuated
            and _inside_clause(words, bisect.bisect_left(middles, (one.end_s + two.start_s) / 2)),
        )
        for one, two in itertools.pairwise(phrases)
    )


def _inside_clause(words: Sequence[SpokenWord], after: int) -> bool:
    """Return whether no punctuation stands before the silence before word `after`.

    A filled pause before the silence belongs to the hesitation: the word before that one tells.
    """
    before = after - 1
    while before > 0 and words[before].mark == "filled_pause":
        before -= 1
    return before >= 0 and after < len(words) and not words[before].text.endswith(_CLAUSE_END)


def talk_share(answers: Sequence[Pacing], lines: Sequence[Span]) -> float | None:
    """Return the person's share of all speaking time, 0 to 1, pauses inside answers included."""
    own_s = sum(part.duration_s for part in answers)
    other_s = sum(max(0.0, line.end_s - line.start_s) for line in lines)
    return round(own_s / (own_s + other_s), 3) if own_s > 0 and other_s > 0 else None
