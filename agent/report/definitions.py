"""What every figure of the page means, how it came about, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from agent.analysis import Analysis
from agent.bands import EASY_WPM, FAST_WPM, LONG_PAUSE_S, SLOW_WPM
from agent.report.words import UNSURE_BELOW


@dataclass(frozen=True)
class Definition:
    """One figure in words."""

    name: str
    """What it is called on the page."""
    basis: str
    """measured, rule or model."""
    text: str
    """What is counted, and what is not."""
    source: str = ""
    """Where the method or the band is from."""


def definitions(analysis: Analysis, judge: str, *, compared: bool) -> list[Definition]:
    """Return the definitions of the figures that a page shows, in the order of the page.

    Args:
        analysis: what is shown.
        judge: how the talking points were judged, "rule" or "model".
        compared: whether an earlier session stands beside it.
    """
    parts = (
        (analysis.scores.pacing.formula or analysis.scores.coverage.formula, (_SCORES,)),
        (not analysis.typed, _SPOKEN),
        (any(answer.pacing.windows for answer in analysis.answers), (_WINDOWS,)),
        (any(answer.advised_s for answer in analysis.answers), (_LENGTH,)),
        (analysis.talk_share is not None, (_SHARE,)),
        (analysis.pacing.voice.pitch_sd_semitones is not None, (_VOICE,)),
        (True, (_FILLERS,)),
        (analysis.coverage.points, (replace(_POINTS, basis=judge),)),
        (any(answer.figures is not None for answer in analysis.answers), (_COUNTS,)),
        (compared, (_SINCE,)),
        (not analysis.typed, (_UNSURE,)),
    )
    return [one for shown, group in parts if shown for one in group]


_SCORES = Definition(
    "Scores",
    "rule",
    "From 0 to 100, by the formula beside each. A pace of 120 to 170 words a minute gives 100, of"
    " 110 or 185 gives 75, of 70 or 250 gives 0; one mid-sentence pause over 1.5 s a minute costs"
    " 10, and pauses cost 30 at most. Where the transcript is too uncertain,"
    " the answers are too short or the sound is clipped, there is none.",
)
_SPOKEN = (
    Definition(
        "Pace (speech rate)",
        "measured",
        "Words a minute from the first to the last word of an answer, pauses included. Filled"
        " pauses are not counted as words, filler words are. "
        f"{EASY_WPM[0]} to {EASY_WPM[1]} words a minute is fine; only below"
        f" {SLOW_WPM:.0f} or above {FAST_WPM:.0f} is it worth a remark.",
        "advice for talks by speech coaches",
    ),
    Definition("Articulation rate", "measured", "Syllables per second of voice, pauses excluded."),
    Definition(
        "Silent pause",
        "measured",
        "0.25 s and more without voice inside an answer."
        f" Longer than {LONG_PAUSE_S:g} s in mid-sentence is worth a note: 95 of 100 pauses in"
        " real interviews are shorter than 1.62 s. A thinking pause at the end of a sentence is"
        " no fault. Whether it lies in mid-sentence or before a number is seen from the words.",
        "Goldman-Eisler 1968 for the threshold; real interviews for the length",
    ),
    Definition(
        "Time until you answer",
        "measured",
        "From the end of the interviewer's voice to the first voice of the answer.",
    ),
)
_WINDOWS = Definition(
    "Pace over time",
    "measured",
    "The same figure in windows of 20 s, one every 5 s, drawn at the middle of each and flat to"
    " the ends.",
)
_LENGTH = Definition(
    "Length advised",
    "rule",
    "How long answers to this kind of question should last: one to two minutes, designs longer.",
    "OPM structured interviews, Google re:Work",
)
_SHARE = Definition(
    "Share of the talking",
    "measured",
    "Your share of all speaking time; the rest is the interviewer's.",
)
_VOICE = Definition(
    "Voice",
    "measured",
    "Pitch: the standard deviation of the fundamental frequency in semitones; below 2 a voice"
    " sounds flat, talks have 4 to 5. Ends of phrases: how much lower the last 0.3 s are than the"
    " middle, median over the phrases. Compare them with your own other answers.",
)
_FILLERS = Definition(
    "Fillers",
    "rule",
    "Filled pauses (um, uh) and filler words (like, you know) are counted apart; hedges"
    " (maybe, sort of) are a third list. Up to 5 a minute are harmless, 12 and more harm the"
    " impression. There may be more than were counted: recognizers drop some “um”.",
    "Laske 2024",
)
_POINTS = Definition(
    "Talking points",
    "rule",
    "Covered: the central claim and its key facts or numbers were conveyed, in any words."
    " Partial: mentioned, but the claim or its key number was left out. Contradicted: the"
    " same claim with a wrong number or fact. Missing: never came up. Numbers and names are"
    " compared by rules; where a model took part, it is named below.",
)
_COUNTS = Definition(
    "“I”, “we” and figures",
    "rule",
    "How often you said “I” and “we”, contractions included, and how many figures you gave, in"
    " digits or in words. Shown for you to judge; nothing is scored by them.",
)
_SINCE = Definition(
    "Last time",
    "measured",
    "The same figure in the last session of this brief. An arrow is a direction and no judgement;"
    " counts of fillers are compared only where the same recognizer heard both.",
)
_UNSURE = Definition(
    "Unsure words",
    "model",
    f"Words to which the recognizer itself gave less than {UNSURE_BELOW:.0%} are dotted."
    " Listen before you trust them.",
)
