"""The debrief: three sentences to be said at the end of an interview.

They are plain English for a synthesizer: no lists, no brackets, no quotes. A count of fillers is
"at least", for recognizers drop some; what is not scored (agent/scorable.py) is said to be so.
"""

from __future__ import annotations

import math
import re
import unicodedata

from agent.analysis import Analysis, Coverage, PointCoverage
from agent.report.phrases import pace_band, points_made
from agent.scorable import NO_WORDS, OVERDRIVEN, UNSURE, words_warning
from agent.text.display import plural
from voice.spoken import spoken

MOST_WORDS = 30
"""Words of a sentence at most: 11 s of speech, what a listener keeps in mind at once."""
_NAME_WORDS = 8
"""Words of a talking point's name at most."""
_LONGEST_WORD = 40
"""Characters; what is longer is no word of a language that is spoken here."""
_DOUBTS = {
    UNSURE: "the recording was too unclear",
    OVERDRIVEN: "the microphone was turned up too far",
    NO_WORDS: "too few words were understood",
}
"""Why there is no score, as it is said before "to score"."""
_SAID = frozenset("'’.,%$€£&+#/-")
"""Signs that a synthesizer reads well inside a word (voice/normalize.py)."""


def debrief_of(analysis: Analysis) -> tuple[str, str, str]:
    """Return three sentences: how it was said, the talking points, what to practice next.

    Each is one line of at most MOST_WORDS words as they are spoken, and ends in a full stop. What
    comes from outside loses all signs but those that are read aloud.
    """
    if not analysis.answers:
        return (
            "You gave no answer in this interview.",
            "So there is no pace, no filler and no talking point to tell you about.",
            "Next time, answer the first question, even if it is only one sentence.",
        )
    told = (_delivery(analysis), _points(analysis), _practice(analysis))
    first, second, third = (f"{_plain(text, MOST_WORDS)}." for text in told)
    return first, second, third


def _delivery(analysis: Analysis) -> str:
    if analysis.typed:
        words = plural(sum(len(answer.words) for answer in analysis.answers), "word")
        answers = plural(len(analysis.answers), "answer")
        return f"You typed {answers} with {words} in all, so there is no pace to tell you"
    pacing = analysis.pacing
    spoke = f"You spoke for {_length(pacing.duration_s)}"
    doubt, wpm = analysis.scores.pacing.not_scored, pacing.speech_rate_wpm
    if doubt or wpm is None or not math.isfinite(wpm) or not pacing.band:
        reason = _DOUBTS.get(doubt, "that is too little")
        return f"{spoke}, and {reason} to score your pace or your fillers"
    count = len(analysis.fillers.counted)
    fillers = f"with at least {plural(count, 'filler')}" if count else "and no filler was found"
    return f"{spoke} at {round(wpm)} words a minute, {pace_band(pacing)}, {fillers}"


def _length(duration_s: float) -> str:
    """Return a length as one says it: to 5 seconds, from two minutes on to a minute."""
    if not 5 <= duration_s < math.inf:
        return "less than 5 seconds"
    if duration_s < 120:
        return f"about {5 * round(duration_s / 5)} seconds"
    return f"about {round(duration_s / 60)} minutes"


def _points(analysis: Analysis) -> str:
    made, total = points_made(analysis.coverage)
    if not total:
        return "Your brief has no talking points, so there was none to make"
    yours = plural(total, "talking point")
    if doubt := analysis.scores.coverage.not_scored:
        reason = _DOUBTS.get(doubt, "too little was said")
        return f"{reason[0].upper()}{reason[1:]} to say which of your {yours} you made"
    you = "As far as you were understood, you" if words_warning(analysis) else "You"
    left = _not_made(analysis.coverage)
    return f"{you} made {made or 'none'} of your {yours}{', and ' if left else ''}{left}"


def _not_made(coverage: Coverage) -> str:
    """Return a clause about one point that was not made, one that never came up where there is."""
    for status, told in (
        ("missing", "{} never came up"),
        ("contradicted", "a figure of {} differs from your brief"),
        ("partial", "{} only in part"),
    ):
        found = [point for point in coverage.points if point.status == status]
        if found:
            return told.format(_name(next((p for p in found if p.would_fit), found[0])))
    return ""


def _name(point: PointCoverage) -> str:
    return _plain(point.name, _NAME_WORDS) or f"number {point.index + 1}"


def _practice(analysis: Analysis) -> str:
    scores = analysis.scores
    reasons = {scores.pacing.not_scored, scores.fillers.not_scored, scores.coverage.not_scored}
    exercise = next((one.exercise for one in analysis.to_practice if one.exercise), "")
    exercise = _plain(re.sub("[“”]", "", exercise), MOST_WORDS - 1)
    if exercise:
        return f"Next, {exercise[0].lower()}{exercise[1:]}"
    if UNSURE in reasons:
        return "Next time, come closer to the microphone, so that more can be scored"
    if OVERDRIVEN in reasons:
        return "Next time, turn the microphone down, so that your voice can be scored"
    if any(reasons) and not analysis.typed:
        return "Next time, answer at least one question in full, so that there is more to score"
    return "Nothing stood out to practice, so go on with other questions"


def _plain(text: str, most: int) -> str:
    """Return a text of others as words to be said: at most so many, and no end of a sentence."""
    text = re.sub(r"\s*(?:->|→|⇒)\s*", " to ", text)
    text = re.sub(r"\s*[:;–—]+(?:\s|$)|[.!?…]+(?=\s)", ", ", text)
    kept = (letter if _is_said(letter) else " " for letter in text)
    words: list[str] = []
    count = 0
    for word in "".join(kept).split():
        bare = word.strip("'’.,&/-")[:_LONGEST_WORD].rstrip("'’.,&/-")
        if not any(letter.isalnum() for letter in bare):
            continue
        count += len(spoken(bare).split())
        if count > most:
            break
        words.append(f"{bare}," if word.endswith(",") else bare)
    return " ".join(words).rstrip(" ,.")


def _is_said(letter: str) -> bool:
    return letter in _SAID or unicodedata.category(letter)[0] in "LNM"
