"""What every figure of the page means, how it came about, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from agent.bands import EASY_WPM, FAST_WPM, LONG_PAUSE_S, SLOW_WPM
from agent.report.points import judge_basis
from agent.report.view import View
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


def definitions(view: View) -> list[Definition]:
    """Return the definitions of the figures that this page shows, in the order of the page."""
    analysis = view.analysis
    parts = (
        (analysis.scores.pacing.formula or analysis.scores.coverage.formula, (_SCORES,)),
        (not analysis.typed, _SPOKEN),
        (any(answer.pacing.windows for answer in analysis.answers), (_WINDOWS,)),
        (any(answer.advised_s for answer in analysis.answers), (_LENGTH,)),
        (analysis.talk_share is not None, (_SHARE,)),
        (analysis.pacing.voice.pitch_sd_semitones is not None, (_VOICE,)),
        (True, (_FILLERS,)),
        (analysis.fillers.repetitions, (_REPETITIONS,)),
        (analysis.habits, (_HABITS,)),
        (analysis.coverage.points, (replace(_POINTS, basis=judge_basis(view)),)),
        (analysis.conflicts or analysis.repeated, (_ELSE_SAID,)),
        (any(answer.figures is not None for answer in analysis.answers), (_COUNTS,)),
        (view.before, (_SINCE,)),
        (not analysis.typed, (_UNSURE,)),
    )
    return [one for shown, group in parts if shown for one in group]


_SCORES = Definition(
    "Scores",
    "rule",
    "From 0 to 100, by the formula that stands beside each. Where the transcript is too uncertain,"
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
        f" Longer than {LONG_PAUSE_S:g} s inside a clause is worth a note: 95 of 100 pauses in"
        " real interviews are shorter than 1.62 s. A thinking pause at the end of a sentence is"
        " no fault. Where it lies, inside a clause or before a number, is told from the words.",
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
    " impression. The count is a floor: speech recognizers drop many an “um”.",
    "Laske 2024",
)
_REPETITIONS = Definition(
    "Said twice or begun again",
    "rule",
    "A word or phrase that comes again at once, such as “the the” or “we moved, we moved”.",
)
_HABITS = Definition(
    "Habits",
    "rule",
    "The one filler that makes up half or more of all of yours.",
)
_POINTS = Definition(
    "Talking points",
    "rule",
    "Covered: the central claim and its key facts or numbers were conveyed, in any words."
    " Partial: clearly raised, but the claim or its key number is absent. Contradicted: the"
    " same claim with a wrong number or fact. Missing: not raised. Numbers and names are compared"
    " by rules; where a model took part, it is named below.",
)
_ELSE_SAID = Definition(
    "Against the brief, told twice",
    "rule",
    "Statements that contradict your brief's own snapshot or stack, and answers that tell the same"
    " story. Play both quotes before you trust it.",
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
