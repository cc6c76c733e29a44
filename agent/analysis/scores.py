"""The scores for pacing, fillers and coverage, from 0 to 100, each with its formula in words.

The curves are ours: straight lines between the bands of bands.py, whose sources stand
there. There is no total, for the three are not of one kind.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from agent.analysis import Analysis, Score, Scores, scorable
from agent.analysis.bands import (
    EASY_WPM,
    FEW_PER_MINUTE,
    LONG_PAUSE_S,
    MANY_PER_MINUTE,
    UNCLEAR_WPM,
)

Curve = tuple[tuple[float, float], ...]
"""Points (figure, score) in rising order of figures; straight lines between, level beyond."""

PACE_CURVE: Curve = (
    (60.0, 0.0),
    (EASY_WPM[0], 100.0),
    (EASY_WPM[1], 100.0),
    (UNCLEAR_WPM, 85.0),
    (280.0, 40.0),
)
"""Slowness is what listeners hold against a speaker; fast speech is only harder to follow."""
SOUND_COST: Curve = ((FEW_PER_MINUTE, 0.0), (MANY_PER_MINUTE, 50.0), (2 * MANY_PER_MINUTE, 100.0))
"""Points that "um" and "uh" cost by their number a minute."""
WORD_COST: Curve = ((FEW_PER_MINUTE, 0.0), (MANY_PER_MINUTE, 30.0), (2 * MANY_PER_MINUTE, 60.0))
"""The same for "like" and "you know": sounds weigh more (Laske and DiGennaro Reed 2024)."""
PAUSE_COST = 10.0
"""Points for one long silence inside a clause in every minute of answers."""
MOST_PAUSE_COST = 30.0
"""Pauses alone never make the pace bad."""


def scores_of(analysis: Analysis, clipped: float = 0.0) -> Scores:
    """Return the scores, or why there are none.

    Args:
        analysis: all figures.
        clipped: share of the voice that is at full scale (agent.analysis.scorable.clipped_share).
    """
    doubt = scorable.words_doubt(analysis)
    if analysis.typed:
        pacing, fillers = (
            Score(not_scored=scorable.TYPED_PACE),
            Score(not_scored=scorable.TYPED_FILLERS),
        )
    elif unsure := doubt or scorable.sound_doubt(analysis, clipped):
        pacing = fillers = Score(not_scored=unsure)
    else:
        pacing, fillers = _pacing(analysis), _fillers(analysis)
    return Scores(pacing=pacing, fillers=fillers, coverage=_coverage(analysis, doubt))


def along(curve: Curve, figure: float) -> float:
    """Return the score of a figure on a curve."""
    figures, scores = zip(*curve, strict=True)
    return float(np.interp(figure, figures, scores))


def _pacing(analysis: Analysis) -> Score:
    """Score the pace of each answer, weighed by its length, less the long mid-sentence pauses."""
    paced = [
        (answer.pacing.duration_s, along(PACE_CURVE, answer.pacing.speech_rate_wpm))
        for answer in analysis.answers
        if answer.pacing.speech_rate_wpm is not None
    ]
    if not paced:
        return Score(not_scored=scorable.NO_WORDS)
    whole_s = sum(length_s for length_s, _ in paced)
    pace = round(sum(length_s * points for length_s, points in paced) / whole_s)
    long = sum(
        pause.inside_clause and pause.end_s - pause.start_s > LONG_PAUSE_S
        for answer in analysis.answers
        for pause in answer.pacing.pauses
    )
    cost = round(min(MOST_PAUSE_COST, PAUSE_COST * long * 60 / whole_s))
    named = "one long mid-sentence pause" if long == 1 else f"{long} long mid-sentence pauses"
    most = " (never more)" if cost == round(MOST_PAUSE_COST) else ""
    lost = f"-{cost} for {named}{most}" if long else "no long mid-sentence pause"
    formula = (
        f"Your pace gives {pace} on average (100 at {EASY_WPM[0]} to {EASY_WPM[1]} words a minute,"
        f" {PACE_CURVE[3][1]:.0f} at {UNCLEAR_WPM}, half at 90); {lost}."
    )
    return Score(value=_whole(pace - cost), formula=formula)


def _fillers(analysis: Analysis) -> Score:
    fillers = analysis.fillers
    if fillers.sounds_per_minute is None or fillers.words_per_minute is None:
        return Score(not_scored=scorable.NO_WORDS)
    sounds = round(along(SOUND_COST, fillers.sounds_per_minute))
    words = round(along(WORD_COST, fillers.words_per_minute))
    few, many = f"{FEW_PER_MINUTE:.0f}", f"{MANY_PER_MINUTE:.0f}"
    formula = (
        f"100, less {sounds} for {fillers.sounds_per_minute:.1f} sounds a minute (um, uh) and"
        f" {words} for {fillers.words_per_minute:.1f} filler words. Up to {few} a minute of each"
        f" cost nothing, {many} sounds cost {SOUND_COST[1][1]:.0f}, {many} words"
        f" {WORD_COST[1][1]:.0f}."
    )
    return Score(value=_whole(100 - sounds - words), formula=formula)


def _coverage(analysis: Analysis, doubt: str) -> Score:
    points = analysis.coverage.points
    if not points:
        return Score(not_scored=scorable.NO_POINTS)
    if not doubt and sum(len(answer.words) for answer in analysis.answers) < scorable.FEWEST_WORDS:
        doubt = scorable.TOO_FEW
    if doubt:
        return Score(not_scored=doubt)
    count = Counter(point.status for point in points)
    made = count["covered"] + count["partial"] / 2
    formula = (
        f"{count['covered']} covered and {count['partial']} partial (half each) make {made:g} of"
        f" {len(points)} talking points; {count['contradicted']} contradicted and"
        f" {count['missing']} missing count 0. {scorable.words_warning(analysis)}"
    )
    return Score(value=_whole(100 * made / len(points)), formula=formula.strip())


def _whole(points: float) -> int:
    return round(min(100.0, max(0.0, points)))
