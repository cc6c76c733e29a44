"""Remarks on how it was said: fillers, pace, pauses, the length of answers."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from agent.analysis import Analysis, Answer, Filler, Span, bands
from agent.analysis.findings.shared import Remark, misheard, name_of
from agent.analysis.scores import SHORTEST_S
from agent.text.question_kind import asks_for

FEWEST_FILLERS = 4
"""Fewer are not worth a remark, whatever their rate."""
CLUSTER_S = 10.0
"""The stretch with most fillers is this long."""
SUSTAINED_S, SUSTAINED_WORDS = 20.0, 50
"""Only an answer so long has a pace worth a remark."""
ENOUGH_FOR_STRENGTH = 100
"""In fewer words neither few fillers nor an easy pace are a merit yet."""
_HARDLY_ANY = bands.FEW_PER_MINUTE / 2
"""Fillers a minute at most; a recognizer leaves some out."""
_LEAD_S = 2.0
"""So much is played around a silence."""


def strength_remarks(analysis: Analysis) -> Iterator[Remark]:
    """Remark on hardly any fillers and on an easy pace, with the longest answer as the moment."""
    pacing, rate = analysis.pacing, analysis.fillers.per_minute
    if pacing.words < ENOUGH_FOR_STRENGTH or not analysis.answers:
        return
    lengths = [answer.pacing.words for answer in analysis.answers]
    longest = lengths.index(max(lengths))
    if rate is not None and rate <= _HARDLY_ANY and not misheard(analysis.answers):
        count = len(analysis.fillers.counted)
        text = f"You used hardly any fillers: {count or 'none'} in {pacing.words} words."
        how = "Listen to it once, and keep the short silences in place of fillers."
        yield Remark(30, "strength", text, longest, how, about="few fillers")
    if pacing.band == "fine" and all(one.pacing.band in ("", "fine") for one in analysis.answers):
        text = (
            f"Your pace was easy to follow: {pacing.speech_rate_wpm:.0f} words a minute"
            f" ({bands.EASY_WPM[0]} to {bands.EASY_WPM[1]} is best)."
        )
        how = "Listen to it once: this is the pace to come back to."
        yield Remark(
            28, "strength", text, longest, how, None, "measured", about="easy pace", words=False
        )


def filler_remarks(analysis: Analysis) -> Iterator[Remark]:
    """Remark on sounds and on filler words, each where there are more than do no harm."""
    fillers = analysis.fillers
    for found, rate, what, heaviest in (
        (fillers.filled_pauses, fillers.sounds_per_minute, "“um” and “uh”", 88.0),
        (fillers.filler_words, fillers.words_per_minute, "filler words", 80.0),
    ):
        if rate is not None and rate > bands.FEW_PER_MINUTE and len(found) >= FEWEST_FILLERS:
            yield _fillers(analysis, found, (rate, heaviest), what)


def _fillers(
    analysis: Analysis, found: Sequence[Filler], rated: tuple[float, float], what: str
) -> Remark:
    """Return the remark on one sort of filler, at the densest CLUSTER_S."""
    rate, heaviest = rated
    ((most, often),) = Counter(one.text.lower().strip(" ,.;:?!…") for one in found).most_common(1)
    if what == "filler words" and often > len(found) / 2:
        what = f"“{most}” and other filler words" if often < len(found) else f"“{most}” as a filler"
    few = f"{bands.FEW_PER_MINUTE:.0f}"
    text = (
        f"You said {what} at least {len(found)} times, {rate:.0f} a minute; up to {few} a minute"
        " do no harm."
    )
    starts = sorted(one.start_s for one in found)
    near = (bisect_right(starts, at + CLUSTER_S) - bisect_left(starts, at) for at in starts)
    at_s = max(zip(near, starts, strict=True), key=lambda one: one[0])[1]
    spans = enumerate(analysis.answers)
    place = next((at for at, one in spans if one.start_s - 1 <= at_s <= one.end_s + 1), None)
    how = f"and stay silent instead of saying “{most}”"
    span = Span(start_s=at_s, end_s=at_s + CLUSTER_S)
    edges = (bands.FEW_PER_MINUTE, bands.MANY_PER_MINUTE)
    weight = float(np.interp(rate, edges, (48, heaviest)))
    sure = min(1.0, analysis.pacing.duration_s / (2 * SHORTEST_S))
    topic = f"filler {what[-5:]}"
    return Remark(weight, "filler", text, place, how, span, about=topic, confidence=sure)


def pace_remarks(analysis: Analysis) -> Iterator[Remark]:
    """Remark on the slowest answer, or on one so fast that listeners lose words."""
    paced = [
        (rate, place)
        for place, answer in enumerate(analysis.answers)
        if (rate := answer.pacing.speech_rate_wpm)
        and (answer.end_s - answer.start_s >= SUSTAINED_S or len(answer.words) >= SUSTAINED_WORDS)
    ]
    slow = [one for one in paced if _apart(analysis.answers[one[1]], one[0]) < bands.EASY_WPM[0]]
    fast = [one for one in paced if one[0] > bands.UNCLEAR_WPM]
    below, above = f"Below {bands.EASY_WPM[0]}, you", f"Above {bands.UNCLEAR_WPM}, listeners"
    for off, manner, worst, why, how in (
        (min(slow, default=None), "slowly", "down to ", f"{below} sound less sure than you are",
         "and say each sentence in one breath"),
        (max(fast, default=None), "very fast", "up to ", f"{above} lose words",
         "and stop for a breath after every sentence"),
    ):  # fmt: skip
        if off is not None:
            rate, place = off
            count = len(slow if manner == "slowly" else fast)
            every = count == len(paced) > 1
            where = f"every longer answer, {worst}" if every else f"{name_of(analysis, place)}: "
            text = f"You spoke {manner} in {where}{rate:.0f} words a minute. {why}."
            weight = 50 + 60 * max(0.0, 1 - rate / bands.EASY_WPM[0]) + 25 * count / len(paced)
            weight = min(90.0, weight)
            yield Remark(weight, "pace", text, place, how, None, "measured", manner, words=False)


def _apart(answer: Answer, rate_wpm: float) -> float:
    """Return the pace apart from "um", "uh" and long stops: these have remarks of their own."""
    spoken_s = answer.pacing.duration_s
    stops = (one.length_s for one in answer.pacing.pauses)
    stopped_s = sum(one for one in stops if one >= bands.REMARKABLE_PAUSE_S)
    pace = rate_wpm * spoken_s / (spoken_s - stopped_s) if stopped_s < spoken_s else rate_wpm
    return pace + (answer.fillers.sounds_per_minute or 0.0)


def pause_remarks(analysis: Analysis) -> Iterator[Remark]:
    """Remark on long silences inside clauses."""
    long = [
        (pause.end_s - pause.start_s, pause.start_s, place)
        for place, answer in enumerate(analysis.answers)
        for pause in answer.pacing.pauses
        if pause.end_s - pause.start_s >= bands.REMARKABLE_PAUSE_S and pause.inside_clause
    ]
    if not long:
        return
    length_s, start_s, place = max(long)
    where = name_of(analysis, place)
    text = f"You stopped for {length_s:.1f} s in mid-sentence in {where}."
    if len(long) > 1:
        limit = f"{bands.REMARKABLE_PAUSE_S:.0f} s or more in mid-sentence"
        text = (
            f"You stopped {len(long)} times for {limit}, the longest {length_s:.1f} s in {where}."
        )
    text += " A pause between sentences sounds calm; inside one it sounds lost."
    how = "and pause only where a sentence has ended"
    span = Span(start_s=max(0.0, start_s - _LEAD_S), end_s=start_s + length_s + _LEAD_S)
    weight = min(60.0, 28 + 5 * len(long) + 2 * length_s)
    # Where a clause ends is told by the recognizer's commas.
    yield Remark(weight, "pause", text, place, how, span, "measured", confidence=0.8)


def length_remarks(analysis: Analysis) -> Iterator[Remark]:
    """Remark on the longest and the shortest answer to a main question, unless they were typed.

    An answer that the session, and not the person, ended is left out.
    """
    ended = len(analysis.answers) - (analysis.about.state != "complete")
    asked = [
        (answer.end_s - answer.start_s, place, answer)
        for place, answer in enumerate(analysis.answers[:ended])
        if answer.kind == "question" and answer.words and not analysis.typed
    ]
    long = [one for one in asked if one[0] > bands.long_answer_s(one[2].area)]
    if long:
        length_s, place, answer = max(long, key=lambda one: one[0])
        low_s, high_s = bands.advised_s("question", answer.area) or (0.0, 0.0)
        text = (
            f"{name_of(analysis, place).capitalize()} took {length_s / 60:.1f} minutes;"
            f" {low_s / 60:.0f} to {high_s / 60:.0f} minutes are advised, with the result in the"
            " first half."
        )
        weight = min(85.0, 55 + (length_s - bands.long_answer_s(answer.area)) / 3)
        how = "with the result in the first sentence"
        yield Remark(weight, "long", text, place, how, None, "measured", words=False)
    short = [
        (length_s / bands.short_answer_s(answer.area), length_s, place)
        for length_s, place, answer in asked
        if answer.answered is not False and length_s < _least_s(answer)
    ]
    if short:
        share, length_s, place = min(short)
        low_s, high_s = bands.advised_s("question", analysis.answers[place].area) or (0.0, 0.0)
        text = f"{name_of(analysis, place).capitalize()} took only {length_s:.0f} s;"
        text += f" {low_s / 60:.0f} to {high_s / 60:.0f} minutes are advised."
        text += " One example with a number would fill them."
        weight = 58 + 25 * (1 - share)
        how = "with one example and its number"
        topic = f"answer {place}"
        yield Remark(weight, "short", text, place, how, None, "measured", topic, words=False)


def _least_s(answer: Answer) -> float:
    """Return the length under which an answer is short: what one wishes is said sooner."""
    share = 0.5 if asks_for(answer.area, answer.question) == "person" else 1.0
    return share * bands.short_answer_s(answer.area)
