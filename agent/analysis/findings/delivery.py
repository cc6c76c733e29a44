"""Remarks on how it was said: fillers, pace, pauses, the length of answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from agent.analysis import Analysis, Span, bands
from agent.analysis.findings.shared import Remark, name_of

FEWEST_FILLERS = 3
"""Fewer are not worth a remark, whatever their rate."""
CLUSTER_S = 10.0
"""The stretch with most fillers is this long."""
SUSTAINED_S = 20.0
"""Only an answer so long has a pace worth a remark."""
ENOUGH_FOR_STRENGTH = 100
"""In fewer words neither few fillers nor an easy pace are a merit yet."""
_LEAD_S = 2.0
"""So much is played around a silence."""


def strength_remarks(analysis: Analysis) -> Iterator[Remark]:
    """Remark on hardly any fillers and on an easy pace, with the longest answer as the moment."""
    pacing, rate = analysis.pacing, analysis.fillers.per_minute
    if pacing.words < ENOUGH_FOR_STRENGTH or not analysis.answers:
        return
    lengths = [answer.pacing.words for answer in analysis.answers]
    longest = lengths.index(max(lengths))
    if rate is not None and rate <= bands.FEW_PER_MINUTE:
        count = len(analysis.fillers.counted)
        text = f"You used hardly any fillers: {count} in {pacing.words} words."
        how = "Listen to it once, and keep the short silences in place of fillers."
        yield Remark(30, "strength", text, longest, how, about="few fillers")
    if pacing.band == "fine" and all(one.pacing.band in ("", "fine") for one in analysis.answers):
        text = (
            f"Your pace was easy to follow: {pacing.speech_rate_wpm:.0f} words a minute on average"
            f" ({bands.EASY_WPM[0]} to {bands.EASY_WPM[1]} is best)."
        )
        how = "Listen to it once: this is the pace to come back to."
        yield Remark(
            28, "strength", text, longest, how, None, "measured", about="easy pace", words=False
        )


def filler_remarks(analysis: Analysis) -> Iterator[Remark]:
    """Remark on fillers where more are heard than pass unnoticed, at the densest CLUSTER_S."""
    every, rate = analysis.fillers.counted, analysis.fillers.per_minute
    if rate is None or rate <= bands.FEW_PER_MINUTE or len(every) < FEWEST_FILLERS:
        return
    most = Counter(one.text.lower().strip(" ,.;:?!…") for one in every).most_common(1)[0][0]
    harmful = rate >= bands.MANY_PER_MINUTE
    few, many = f"{bands.FEW_PER_MINUTE:.0f}", f"{bands.MANY_PER_MINUTE:.0f}"
    text = (
        f"You used at least {len(every)} fillers, {'over' if harmful else f'{few} to'} {many} a"
        f" minute, most often “{most}”; up to {few} a minute go unnoticed."
    )
    starts = [one.start_s for one in every]
    at_s = max(starts, key=lambda at: sum(at <= other <= at + CLUSTER_S for other in starts))
    spans = enumerate(analysis.answers)
    place = next((at for at, one in spans if one.start_s - 1 <= at_s <= one.end_s + 1), None)
    how = f"and stay silent instead of saying “{most}”"
    span = Span(start_s=at_s, end_s=at_s + CLUSTER_S)
    yield Remark(85 if harmful else 48, "filler", text, place, how, span)


def pace_remarks(analysis: Analysis) -> Iterator[Remark]:
    """Remark on the answer whose pace lies farthest outside the band."""
    paced = [
        (max(rate / bands.FAST_WPM - 1, 1 - rate / bands.SLOW_WPM), rate, place)
        for place, answer in enumerate(analysis.answers)
        if (rate := answer.pacing.speech_rate_wpm) and answer.end_s - answer.start_s >= SUSTAINED_S
    ]
    off, rate, place = max(paced, default=(0.0, 0.0, 0))
    if off <= 0:
        return
    told, edge = "slowly", f"Below {bands.SLOW_WPM:.0f}, listeners drift off"
    how = "and say each sentence in one breath"
    if rate > bands.FAST_WPM:
        told, edge = "fast", f"Above {bands.FAST_WPM:.0f}, listeners lose words"
        how = "and stop for a breath after every sentence"
    text = f"You spoke {told} in {name_of(analysis, place)}: {rate:.0f} words a minute. {edge}."
    weight = min(75.0, (58 if analysis.pacing.band in ("fast", "slow") else 46) + 40 * off)
    yield Remark(weight, "pace", text, place, how, None, "measured", words=False)


def pause_remarks(analysis: Analysis) -> Iterator[Remark]:
    """Remark on long silences inside clauses."""
    long = [
        (pause.end_s - pause.start_s, pause.start_s, place)
        for place, answer in enumerate(analysis.answers)
        for pause in answer.pacing.pauses
        if pause.inside_clause and pause.end_s - pause.start_s >= bands.REMARKABLE_PAUSE_S
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
    yield Remark(weight, "pause", text, place, how, span, "measured", words=False)


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
        weight = min(70.0, 40 + (length_s - bands.long_answer_s(answer.area)) / 6)
        how = "with the result in the first sentence"
        yield Remark(weight, "long", text, place, how, None, "measured", words=False)
    short = [one for one in asked if one[0] < bands.SHORT_ANSWER_S and one[2].answered is not False]
    if short:
        length_s, place, _ = min(short, key=lambda one: one[0])
        text = (
            f"{name_of(analysis, place).capitalize()} took only {length_s:.0f} s. One example with"
            " a number would fill a minute."
        )
        weight = 38 + 4 * min(len(short), 4)
        how = "with one example and its number"
        yield Remark(weight, "short", text, place, how, None, "measured", words=False)
