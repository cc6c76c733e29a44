"""The scores for pacing, fillers and coverage, from 0 to 100, each with its formula in words.

The curves are ours: straight lines between the bands of agent/bands.py, whose sources stand
there. There is no total, for the three are not of one kind.
"""

from __future__ import annotations

from itertools import pairwise

from agent.analysis import Analysis, Answer, Score, Scores
from agent.bands import (
    EASY_WPM,
    FAST_WPM,
    FEW_PER_MINUTE,
    LONG_PAUSE_S,
    MANY_PER_MINUTE,
    SLOW_WPM,
)
from agent.scorable import (
    FEWEST_WORDS,
    NO_POINTS,
    NO_WORDS,
    TOO_FEW,
    TYPED_FILLERS,
    TYPED_PACE,
    sound_doubt,
    words_doubt,
    words_warning,
)

Curve = tuple[tuple[float, float], ...]
"""Points (figure, score) in rising order of figures; straight lines between, level beyond."""

PACE_CURVE: Curve = (
    (70.0, 0.0),
    (SLOW_WPM, 75.0),
    (EASY_WPM[0], 100.0),
    (EASY_WPM[1], 100.0),
    (FAST_WPM, 75.0),
    (250.0, 0.0),
)
"""75 where a remark begins, nothing for half of the easy rate and for a third above fast."""
FILLER_CURVE: Curve = (
    (0.0, 100.0),
    (FEW_PER_MINUTE, 90.0),
    (MANY_PER_MINUTE, 50.0),
    (2 * MANY_PER_MINUTE, 0.0),
)
"""Hardly a loss while fillers pass unnoticed, half where they harm, nothing at twice of that."""
PAUSE_COST = 10.0
"""Points for one long silence inside a clause in every minute of answers."""
MOST_PAUSE_COST = 30.0
"""Pauses alone never make the pace bad."""


def scores_of(analysis: Analysis, clipped: float = 0.0) -> Scores:
    """Return the scores, or why there are none; those already in the analysis are not read.

    Args:
        analysis: all figures.
        clipped: share of the voice that is at full scale (agent.scorable.clipped_share).
    """
    return Scores(
        pacing=_pacing(analysis, clipped),
        fillers=_fillers(analysis, clipped),
        coverage=_coverage(analysis),
    )


def along(curve: Curve, figure: float) -> float:
    """Return the score of a figure on a curve."""
    if figure <= curve[0][0]:
        return curve[0][1]
    for (from_x, from_y), (to_x, to_y) in pairwise(curve):
        if figure <= to_x:
            return from_y + (to_y - from_y) * (figure - from_x) / (to_x - from_x)
    return curve[-1][1]


def _pacing(analysis: Analysis, clipped: float) -> Score:
    if analysis.typed:
        return Score(not_scored=TYPED_PACE)
    timed = [
        (answer.pacing.duration_s, points)
        for answer in analysis.answers
        if (points := _pace_points(answer)) is not None
    ]
    doubt = words_doubt(analysis) or sound_doubt(analysis, clipped)
    if doubt or not timed:
        return Score(not_scored=doubt or NO_WORDS)
    whole_s = sum(length_s for length_s, _ in timed)
    pace = round(sum(length_s * points for length_s, points in timed) / whole_s)
    long = sum(
        pause.inside_clause and pause.end_s - pause.start_s > LONG_PAUSE_S
        for answer in analysis.answers
        for pause in answer.pacing.pauses
    )
    cost = round(min(MOST_PAUSE_COST, PAUSE_COST * long * 60 / whole_s))
    low, high = EASY_WPM
    formula = (
        f"Your pace gives {pace} on average (100 at {low} to {high} words a minute);"
        f" {_pauses(long, cost)}."
    )
    return Score(value=_whole(pace - cost), formula=formula)


def _pauses(long: int, cost: int) -> str:
    """Return what the long pauses cost: "-2 for one long mid-sentence pause"."""
    if not long:
        return "no long mid-sentence pause"
    named = "one long mid-sentence pause" if long == 1 else f"{long} long mid-sentence pauses"
    most = " (never more)" if cost == round(MOST_PAUSE_COST) else ""
    return f"-{cost} for {named}{most}"


def _pace_points(answer: Answer) -> float | None:
    """Return the mean points of an answer's windows, of the whole answer where it is short."""
    pacing = answer.pacing
    rates = [window.speech_rate_wpm for window in pacing.windows]
    if not rates and pacing.speech_rate_wpm is not None:
        rates = [pacing.speech_rate_wpm]
    if not rates:
        return None
    return sum(along(PACE_CURVE, rate) for rate in rates) / len(rates)


def _fillers(analysis: Analysis, clipped: float) -> Score:
    if analysis.typed:
        return Score(not_scored=TYPED_FILLERS)
    rate = analysis.fillers.per_minute
    doubt = words_doubt(analysis) or sound_doubt(analysis, clipped)
    if doubt or rate is None:
        return Score(not_scored=doubt or NO_WORDS)
    count, minutes = len(analysis.fillers.counted), analysis.pacing.duration_s / 60
    formula = (
        f"{count} filler{'' if count == 1 else 's'} in {minutes:.1f} minutes, {rate:.1f} a minute:"
        f" none gives 100,"
        f" {FEW_PER_MINUTE:.0f} a minute 90, {MANY_PER_MINUTE:.0f} a minute 50,"
        f" {2 * MANY_PER_MINUTE:.0f} a minute 0."
    )
    return Score(value=_whole(along(FILLER_CURVE, rate)), formula=formula)


def _coverage(analysis: Analysis) -> Score:
    points = analysis.coverage.points
    if not points:
        return Score(not_scored=NO_POINTS)
    doubt = words_doubt(analysis)
    if not doubt and sum(len(answer.words) for answer in analysis.answers) < FEWEST_WORDS:
        doubt = TOO_FEW
    if doubt:
        return Score(not_scored=doubt)
    count = {
        status: sum(point.status == status for point in points)
        for status in ("covered", "partial", "contradicted", "missing")
    }
    made = count["covered"] + count["partial"] / 2
    formula = (
        f"{count['covered']} covered and {count['partial']} partial (half each) make {made:g} of"
        f" {len(points)} talking points; {count['contradicted']} contradicted and"
        f" {count['missing']} missing count 0. {words_warning(analysis)}"
    )
    return Score(value=_whole(100 * made / len(points)), formula=formula.strip())


def _whole(points: float) -> int:
    return round(min(100.0, max(0.0, points)))
