"""Remarks on fillers, the word that makes up most of them, and on words said twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.analysis import Analysis, Filler, Finding, Habit
from agent.bands import FEW_PER_MINUTE, MANY_PER_MINUTE
from agent.feedback.exercise import again
from agent.feedback.weighed import Weighed
from agent.report.phrases import bare

CLUSTER_S = 10.0
"""The stretch with most fillers is this long."""
MANY_REPETITIONS_PER_100 = 5.0
"""Doubled words and restarts per 100 words; in conversation 3.4 are usual (Bortfeld et al. 2001:
repeats 1.5, restarts 1.9)."""
FEWEST = 3
"""Fewer fillers are not worth a remark, whatever their rate."""


def filler_remarks(analysis: Analysis) -> Iterator[Weighed]:
    """Remark on fillers where more are heard than pass unnoticed, and on many restarts."""
    fillers = analysis.fillers
    every, rate = fillers.counted, fillers.per_minute
    crutch = next((one for one in analysis.habits if one.kind == "crutch"), None)
    if rate is not None and rate > FEW_PER_MINUTE and len(every) >= FEWEST:
        yield _many(analysis, every, rate, crutch)
    elif crutch is not None and crutch.moments:
        yield _crutch(analysis, crutch, len(every))
    yield from _repetitions(analysis)


def _many(
    analysis: Analysis, every: Sequence[Filler], rate: float, crutch: Habit | None
) -> Weighed:
    first, last = _cluster(every)
    most = crutch.text if crutch else _most_common(every)
    harmful = rate >= MANY_PER_MINUTE
    rated = f"{FEW_PER_MINUTE:.0f} to {MANY_PER_MINUTE:.0f}"
    rated = f"over {MANY_PER_MINUTE:.0f}" if harmful else rated
    text = (
        f"You used at least {len(every)} fillers, {rated} a minute, most often “{most}”; up to"
        f" {FEW_PER_MINUTE:.0f} a minute go unnoticed. This stretch has {last - first + 1}."
    )
    start_s, end_s = every[first].start_s, every[last].end_s
    place = _answer_at(analysis, start_s)
    return Weighed(
        85 if harmful else 48,
        Finding(
            kind="filler",
            text=text,
            start_s=start_s,
            end_s=end_s,
            basis="rule",
            answer=place,
            exercise=again(analysis, place, f"and stay silent instead of saying “{most}”"),
        ),
    )


def _crutch(analysis: Analysis, crutch: Habit, fillers: int) -> Weighed:
    moment = crutch.moments[0]
    place = _answer_at(analysis, moment.start_s)
    text = f"You said “{crutch.text}” {crutch.count} times"
    text += f", out of {fillers} fillers in all." if fillers > crutch.count else "."
    return Weighed(
        36,
        Finding(
            kind="filler",
            text=text,
            start_s=moment.start_s,
            end_s=moment.end_s,
            basis="rule",
            answer=place,
            exercise=again(analysis, place, f"without a single “{crutch.text}”"),
        ),
    )


def _repetitions(analysis: Analysis) -> Iterator[Weighed]:
    found = analysis.fillers.repetitions
    words = sum(len(answer.words) for answer in analysis.answers)
    if len(found) < FEWEST or 100 * len(found) < MANY_REPETITIONS_PER_100 * words:
        return
    first, last = _cluster(found)
    start_s, end_s = found[first].start_s, found[last].end_s
    place = _answer_at(analysis, start_s)
    text = (
        f"You doubled a word or began again {len(found)} times in {words} words, as in"
        f" “{found[first].text}”; about {0.034 * words:.0f} times is usual."
    )
    yield Weighed(
        38,
        Finding(
            kind="repetition",
            text=text,
            start_s=start_s,
            end_s=end_s,
            basis="rule",
            answer=place,
            exercise=again(analysis, place, "and think each sentence through before you say it"),
        ),
    )


def _cluster(every: Sequence[Filler]) -> tuple[int, int]:
    """Return the indices of the first and last filler of the densest CLUSTER_S."""
    best, first = (0, 0), 0
    for last in range(len(every)):
        while every[last].end_s - every[first].start_s > CLUSTER_S and first < last:
            first += 1
        if last - first > best[1] - best[0]:
            best = (first, last)
    return best


def _most_common(every: Sequence[Filler]) -> str:
    said = [bare(one.text) for one in every]
    return max(dict.fromkeys(said), key=said.count)


def _answer_at(analysis: Analysis, at_s: float) -> int | None:
    return next(
        (k for k, one in enumerate(analysis.answers) if one.start_s - 1 <= at_s <= one.end_s + 1),
        None,
    )
