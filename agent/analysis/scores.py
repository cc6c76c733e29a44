"""The scores for pacing, fillers and coverage, 0 to 100 each: its formula, or why there is none.

The curves are ours: straight lines between the bands of bands.py, whose sources stand
there. There is no total, for the three are not of one kind.
"""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from agent.analysis import Analysis, Score, Scores, Span
from agent.analysis.bands import EASY_WPM, FEW_PER_MINUTE, MANY_PER_MINUTE, UNCLEAR_WPM
from agent.analysis.phrases import long_pauses
from voice.audio.clip import Clip
from voice.audio.levels import CLIPPED, CLIPPED_SHARE

Curve = tuple[tuple[float, float], ...]
"""Points (figure, score) in rising order of figures; straight lines between, level beyond."""
PACE_CURVE: Curve = (
    (60.0, 0.0), (EASY_WPM[0], 100.0), (EASY_WPM[1], 100.0), (UNCLEAR_WPM, 85.0), (280.0, 40.0),
)  # fmt: skip
"""Slowness is what listeners hold against a speaker; fast speech is only harder to follow."""
SOUND_COST: Curve = ((FEW_PER_MINUTE, 0.0), (MANY_PER_MINUTE, 50.0), (2 * MANY_PER_MINUTE, 100.0))
"""Points that "um" and "uh" cost by their number a minute."""
WORD_COST: Curve = ((FEW_PER_MINUTE, 0.0), (MANY_PER_MINUTE, 30.0), (2 * MANY_PER_MINUTE, 60.0))
"""The same for "like" and "you know": sounds weigh more (Laske and DiGennaro Reed 2024)."""
PAUSE_COST, MOST_PAUSE_COST = 10.0, 30.0
"""Points for one long silence inside a clause in every minute of answers; all of them at most."""

UNSURE_MEAN, WARNING_MEAN = 0.65, 0.8
"""Words with a lower mean probability are not scored, or scored with a warning. On 15 recordings in
white noise Whisper base had 0.82 to 0.97 where up to 20 % of the words were wrong, 0.70 to 0.82
where 20 to 47 % were, 0.60 to 0.66 where 36 to 100 % were (tests/bench/RESULTS.md)."""
SHORTEST_S = 30.0
"""Of less speech nothing is scored: one filler more or less moves its rate by 2 a minute."""
FEWEST_WORDS = 40
"""Fewer words hold no talking points to judge; 30 s of speech have about 70."""
BY_HAND = "words corrected by hand"
"""What the engines say of words that the person corrected."""
EDIT = "`rehearse transcript SESSION --edit NAME`"
NO_WORDS = f"no words were understood; check the microphone or write them in: {EDIT}"
UNSURE = f"the words are too uncertain; correct them ({EDIT}), or speak closer"
TOO_SHORT = f"less than {SHORTEST_S:.0f} s of speech; answer at least one question in full"
TOO_FEW = f"fewer than {FEWEST_WORDS} words were said; answer at least one question in full"
OVERDRIVEN = "the sound is cut off at full scale; turn the microphone down and record again"
NO_POINTS = "there are no talking points; write some into the brief and analyze again"
TYPED_PACE = "the answers were typed; rehearse aloud to have the pace measured"
TYPED_FILLERS = "the answers were typed, and fillers are a matter of speech; rehearse aloud"
_BLOCK = 1 << 20


def scores_of(analysis: Analysis, clipped: float = 0.0) -> Scores:
    """Return the scores, or why there are none; `clipped` as of clipped_share."""
    doubt = words_doubt(analysis)
    sound = TOO_SHORT if analysis.pacing.duration_s < SHORTEST_S else ""
    sound = sound or (OVERDRIVEN if clipped > CLIPPED_SHARE else "")
    if analysis.typed:
        pacing, fillers = Score(not_scored=TYPED_PACE), Score(not_scored=TYPED_FILLERS)
    elif doubt or sound:
        pacing = fillers = Score(not_scored=doubt or sound)
    else:
        pacing, fillers = _pacing(analysis), _fillers(analysis)
    return Scores(pacing=pacing, fillers=fillers, coverage=_coverage(analysis, doubt))


def clipped_share(clip: Clip | None, answers: Iterable[Span], voice_s: float) -> float:
    """Return the share of the answers' voice (`voice_s` of it) that is cut off at full scale."""
    if clip is None or voice_s <= 0:
        return 0.0
    parts = (clip.between(one.start_s, one.end_s).samples for one in answers)
    blocks = (part[at : at + _BLOCK] for part in parts for at in range(0, len(part), _BLOCK))
    cut = sum(int(np.count_nonzero((some >= CLIPPED) | (some <= -CLIPPED))) for some in blocks)
    return min(1.0, cut / (voice_s * clip.rate_hz))


def words_doubt(analysis: Analysis) -> str:
    """Return why nothing should be concluded from the words, "" where they are sure enough."""
    mean = _mean_probability(analysis)
    if mean is None:
        return NO_WORDS
    return UNSURE if mean < UNSURE_MEAN and not _by_hand(analysis) else ""


def words_warning(analysis: Analysis) -> str:
    """Return a sentence for words that are scored with a warning, "" for good ones."""
    mean = _mean_probability(analysis)
    if analysis.typed or mean is None or mean >= WARNING_MEAN or _by_hand(analysis):
        return ""
    return f"Low trust: the recognizer was unsure of many words; {EDIT} corrects them."


def _mean_probability(analysis: Analysis) -> float | None:
    all_of = [word.probability for answer in analysis.answers for word in answer.words]
    return sum(all_of) / len(all_of) if all_of else None


def _by_hand(analysis: Analysis) -> bool:
    return BY_HAND in analysis.engines.get("stt", "")


def along(curve: Curve, figure: float) -> float:
    """Return the score of a figure on a curve."""
    figures, scores = zip(*curve, strict=True)
    return float(np.interp(figure, figures, scores))


def _pacing(analysis: Analysis) -> Score:
    paced = [
        (answer.pacing.duration_s, along(PACE_CURVE, answer.pacing.speech_rate_wpm))
        for answer in analysis.answers
        if answer.pacing.speech_rate_wpm is not None
    ]
    if not paced:
        return Score(not_scored=NO_WORDS)
    whole_s = sum(length_s for length_s, _ in paced)
    pace = round(sum(length_s * points for length_s, points in paced) / whole_s)
    long = sum(len(long_pauses(answer.pacing)) for answer in analysis.answers)
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
        return Score(not_scored=NO_WORDS)
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
        return Score(not_scored=NO_POINTS)
    if not doubt and sum(len(answer.words) for answer in analysis.answers) < FEWEST_WORDS:
        doubt = TOO_FEW
    if doubt:
        return Score(not_scored=doubt)
    count = Counter("partial" if point.doubt else point.status for point in points)
    made = count["covered"] + count["partial"] / 2
    formula = (
        f"{count['covered']} covered and {count['partial']} partial or to check (half each) make"
        f" {made:g} of {len(points)} talking points; {count['contradicted']} contradicted and"
        f" {count['missing']} not found count 0. {words_warning(analysis)}"
    )
    return Score(value=_whole(100 * made / len(points)), formula=formula.strip())


def _whole(points: float) -> int:
    return round(min(100.0, max(0.0, points)))
