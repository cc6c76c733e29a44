"""Remarks on how it was said: fillers, pace, pauses, the length of answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from agent.analysis import Analysis, Filler, Finding
from agent.bands import (
    EASY_WPM,
    FAST_WPM,
    FEW_PER_MINUTE,
    MANY_PER_MINUTE,
    REMARKABLE_PAUSE_S,
    SHORT_ANSWER_S,
    SLOW_WPM,
    advised_s,
    long_answer_s,
)
from agent.feedback.shared import Weighed, again, moment, name_of

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


def filler_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on fillers where more are heard than pass unnoticed, or hardly any."""
    every, rate = analysis.fillers.counted, analysis.fillers.per_minute
    if rate is None:
        return
    if rate <= FEW_PER_MINUTE:
        words = analysis.pacing.words
        if words >= ENOUGH_FOR_STRENGTH:
            text = f"You used hardly any fillers: {len(every)} in {words} words."
            text = text if every else f"No filler was found in {words} words."
            how = "Listen to it once, and keep the short silences in place of fillers."
            yield Weighed(30, _strength(analysis, text, how), "few fillers")
        return
    if len(every) < FEWEST_FILLERS:
        return
    most = Counter(one.text.lower().strip(" ,.;:?!…") for one in every).most_common(1)[0][0]
    harmful = rate >= MANY_PER_MINUTE
    few, many = f"{FEW_PER_MINUTE:.0f}", f"{MANY_PER_MINUTE:.0f}"
    text = (
        f"You used at least {len(every)} fillers, {'over' if harmful else f'{few} to'} {many} a"
        f" minute, most often “{most}”; up to {few} a minute go unnoticed."
    )
    start_s, end_s = _densest(every)
    spans = enumerate(analysis.answers)
    place = next((at for at, one in spans if one.start_s - 1 <= start_s <= one.end_s + 1), None)
    finding = Finding(
        kind="filler",
        text=text,
        start_s=start_s,
        end_s=end_s,
        answer=place,
        exercise=again(analysis, place, f"and stay silent instead of saying “{most}”"),
    )
    yield Weighed(85 if harmful else 48, finding)


def _densest(every: Sequence[Filler]) -> tuple[float, float]:
    """Return the CLUSTER_S with most fillers."""
    starts = [one.start_s for one in every]
    first = max(starts, key=lambda at: sum(at <= other <= at + CLUSTER_S for other in starts))
    return first, first + CLUSTER_S


def pace_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on the answer whose pace lies farthest outside the band, or on an easy pace."""
    paced = [
        (rate, place)
        for place, answer in enumerate(analysis.answers)
        if (rate := answer.pacing.speech_rate_wpm) and answer.end_s - answer.start_s >= SUSTAINED_S
    ]
    rate, place = max(paced, key=lambda one: _off(one[0]), default=(0.0, 0))
    if not paced or not _off(rate):
        yield from _easy_pace(analysis)
        return
    how, edge, harm = "slowly", f"Below {SLOW_WPM:.0f}", "drift off"
    better = "and say each sentence in one breath"
    if rate > FAST_WPM:
        how, edge, harm = "fast", f"Above {FAST_WPM:.0f}", "lose words"
        better = "and stop for a breath after every sentence"
    finding = Finding(
        kind="pace",
        text=f"You spoke {how} in {name_of(analysis, place)}: {rate:.0f} words a minute. {edge},"
        f" listeners {harm}.",
        basis="measured",
        exercise=again(analysis, place, better),
        **moment(analysis, place),
    )
    weight = 58 if analysis.pacing.band in ("fast", "slow") else 46
    yield Weighed(min(75.0, weight + 40 * _off(rate)), finding, words=False)


def _off(rate: float) -> float:
    """Return how far a pace lies outside the band, as a share of the band's edge."""
    return max(rate / FAST_WPM - 1, 1 - rate / SLOW_WPM, 0.0)


def _easy_pace(analysis: Analysis) -> Iterator[Weighed]:
    pacing = analysis.pacing
    if pacing.band == "fine" and pacing.words >= ENOUGH_FOR_STRENGTH:
        text = (
            f"Your pace was easy to follow throughout: {pacing.speech_rate_wpm:.0f} words a minute"
            f" on average ({EASY_WPM[0]} to {EASY_WPM[1]} is best)."
        )
        how = "Listen to it once: this is the pace to come back to."
        finding = _strength(analysis, text, how).model_copy(update={"basis": "measured"})
        yield Weighed(28, finding, "easy pace", words=False)


def _strength(analysis: Analysis, text: str, exercise: str) -> Finding:
    """Return a strength with the longest answer as its moment."""
    places = range(len(analysis.answers))
    longest = max(places, key=lambda at: analysis.answers[at].pacing.words, default=None)
    return Finding(kind="strength", text=text, exercise=exercise, **moment(analysis, longest))


def pause_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on long silences inside clauses."""
    long = [
        (pause.end_s - pause.start_s, pause, place)
        for place, answer in enumerate(analysis.answers)
        for pause in answer.pacing.pauses
        if pause.inside_clause and pause.end_s - pause.start_s >= REMARKABLE_PAUSE_S
    ]
    if not long:
        return
    length_s, pause, place = max(long, key=lambda one: one[0])
    where = name_of(analysis, place)
    text = f"You stopped for {length_s:.1f} s in mid-sentence in {where}."
    if len(long) > 1:
        text = (
            f"You stopped {len(long)} times for {REMARKABLE_PAUSE_S:.0f} s or more in mid-sentence,"
            f" the longest {length_s:.1f} s in {where}."
        )
    finding = Finding(
        kind="pause",
        text=f"{text} A pause between sentences sounds calm; inside one it sounds lost.",
        start_s=max(0.0, pause.start_s - _LEAD_S),
        end_s=pause.end_s + _LEAD_S,
        answer=place,
        basis="measured",
        exercise=again(analysis, place, "and pause only where a sentence has ended"),
    )
    yield Weighed(min(60.0, 28 + 5 * len(long) + 2 * length_s), finding, words=False)


def length_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on the longest and the shortest answer to a main question, unless they were typed.

    An answer that the session, and not the person, ended is left out.
    """
    ended = len(analysis.answers) - (analysis.about.state != "complete")
    asked = [
        (answer.end_s - answer.start_s, place)
        for place, answer in enumerate(analysis.answers[:ended])
        if answer.kind == "question" and answer.words
    ]
    if analysis.typed or not asked:
        return
    length_s, place = max(asked)
    answer = analysis.answers[place]
    over_s = length_s - long_answer_s(answer.area)
    if over_s > 0:
        low_s, high_s = advised_s("question", answer.area) or (0.0, 0.0)
        text = (
            f"{name_of(analysis, place).capitalize()} took {length_s / 60:.1f} minutes;"
            f" {low_s / 60:.0f} to {high_s / 60:.0f} minutes are advised, with the result in the"
            " first half."
        )
        finding = _length("long", text, analysis, place, "with the result in the first sentence")
        yield Weighed(min(70.0, 40 + over_s / 6), finding, words=False)
    short = [
        one
        for one in asked
        if one[0] < SHORT_ANSWER_S and analysis.answers[one[1]].answered is not False
    ]
    if short:
        length_s, place = min(short)
        text = (
            f"{name_of(analysis, place).capitalize()} took only {length_s:.0f} s. One example with"
            " a number would fill a minute."
        )
        finding = _length("short", text, analysis, place, "with one example and its number")
        yield Weighed(38 + 4 * min(len(short), 4), finding, words=False)


def _length(kind: str, text: str, analysis: Analysis, place: int, how: str) -> Finding:
    exercise = again(analysis, place, how)
    at = moment(analysis, place)
    return Finding(kind=kind, text=text, basis="measured", exercise=exercise, **at)
