"""How fast an answer was spoken, in all and along the way, and where it was silent."""

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
MIN_SCORED_S, MIN_SCORED_WORDS = 5.0, 8
"""Answers that are shorter, or have fewer words, get no rate."""
WINDOW_S, STEP_S = 20.0, 5.0
"""Length of a window, and from one to the next: shorter ones swing with every word."""
_CLAUSE_END = (".", ",", ";", ":", "?", "!", "…", "—", "–")
_ENDS_NOTHING = frozenset(
    "a an the my our your their its every and or but because if than of as very into".split()
)
"""Words after which a clause goes on."""


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
    cut = ((max(s.start_s, answer.start_s), min(s.end_s, answer.end_s)) for s in spans)
    return sorted((start_s, end_s) for start_s, end_s in cut if end_s > start_s)


def pacing_of(
    words: Sequence[SpokenWord], phrases: Sequence[Span], gaps: Sequence[Span] = ()
) -> Pacing:
    """Return rates, pauses and windows of one answer, by its words (marked) and its phrases.

    Filled pauses are no words of the rate and no syllables, filler words are both. A silence in
    which something was not heard (`gaps`) is no pause and takes no time; no window spans it.
    """
    if not phrases:
        return Pacing()
    start_s, end_s = phrases[0].start_s, phrases[-1].end_s
    spoken = [w for w in words if w.mark != "filled_pause" and any(map(str.isalnum, w.text))]
    silences = _pauses(phrases, words)
    pauses = tuple(one for one in silences if not crosses(one, gaps))
    phonation_s = end_s - start_s - sum(one.end_s - one.start_s for one in silences)
    syllables = count_syllables(word.text for word in spoken)
    windows = tuple(one for one in _windows(spoken, start_s, end_s) if not crosses(one, gaps))
    pacing = _rated(
        Pacing(
            words=len(spoken),
            articulation_rate_sps=syllables / phonation_s if phonation_s > 0 else None,
            phonation_s=round(phonation_s, 3),
            duration_s=round(phonation_s + sum(one.end_s - one.start_s for one in pauses), 3),
            pauses=pauses,
        )
    )
    if pacing.speech_rate_wpm is None:
        return pacing
    return pacing.model_copy(update={"windows": windows, "variation_wpm": _variation(windows)})


def crosses(span: Span, gaps: Sequence[Span]) -> bool:
    """Return whether something in this time was not heard."""
    return any(gap.start_s < span.end_s and gap.end_s > span.start_s for gap in gaps)


def _variation(windows: Sequence[PaceWindow]) -> float | None:
    rates = [window.speech_rate_wpm for window in windows]
    return round(pstdev(rates), 1) if len(rates) > 1 else None


def total_pacing(parts: Sequence[Pacing]) -> Pacing:
    """Return the pacing of all answers pooled; windows stay with their answers."""
    scored = [(part.articulation_rate_sps, part.phonation_s) for part in parts]
    rates = [(rate, spoken_s) for rate, spoken_s in scored if rate is not None]
    spoken_s = sum(each_s for _, each_s in rates)
    pauses = sorted((p for part in parts for p in part.pauses), key=lambda p: (p.start_s, p.end_s))
    return _rated(
        Pacing(
            words=sum(part.words for part in parts),
            articulation_rate_sps=sum(r * s for r, s in rates) / spoken_s if spoken_s > 0 else None,
            phonation_s=round(sum(part.phonation_s for part in parts), 3),
            duration_s=round(sum(part.duration_s for part in parts), 3),
            pauses=tuple(pauses),
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


def _windows(words: Sequence[SpokenWord], start_s: float, end_s: float) -> list[PaceWindow]:
    """Return the pace of every WINDOW_S, one per STEP_S; a word counts where its middle lies."""
    middles = sorted((word.start_s + word.end_s) / 2 for word in words)
    windows = []
    # Half a millisecond of slack: 20 s of voice must not fall to rounding.
    for step in range(int((end_s - start_s - WINDOW_S + 0.0005) // STEP_S) + 1):
        from_s = start_s + step * STEP_S
        to_s = round(min(from_s + WINDOW_S, end_s), 3)
        first, last = (bisect.bisect_left(middles, at) for at in (from_s, from_s + WINDOW_S))
        wpm = round(60 * (last - first) / WINDOW_S, 1)
        times = {"start_s": round(from_s, 3), "end_s": to_s}
        windows.append(PaceWindow(**times, speech_rate_wpm=wpm, band=band_of(wpm)))
    return windows


def _pauses(phrases: Sequence[Span], words: Sequence[SpokenWord]) -> list[Pause]:
    """Return the silences between phrases, each with its place among the words.

    A word lies before a pause when its middle does: recognizers' word times reach into silences.
    Words without any punctuation do not tell where a clause ends.
    """
    punctuated = any(word.text.endswith(_CLAUSE_END) for word in words[:-1])
    middles = [(word.start_s + word.end_s) / 2 for word in words]
    pauses = []
    for one, two in itertools.pairwise(phrases):
        after = bisect.bisect_left(middles, (one.end_s + two.start_s) / 2)
        inside = punctuated and _inside_clause(words, after)
        times = {"start_s": round(one.end_s, 3), "end_s": round(two.start_s, 3)}
        pauses.append(Pause(**times, inside_clause=inside))
    return pauses


def _inside_clause(words: Sequence[SpokenWord], after: int) -> bool:
    """Return whether no punctuation stands before the silence before word `after`.

    A filled pause before the silence belongs to the hesitation: the word before that one tells.
    Recognizers end a sentence at any long silence, after "the" as well.
    """
    before = after - 1
    while before > 0 and words[before].mark == "filled_pause":
        before -= 1
    if before < 0 or after >= len(words):
        return False
    word = words[before].text
    return not word.endswith(_CLAUSE_END) or word.lower().strip(" ,.;:?!…") in _ENDS_NOTHING
