"""The debrief: three sentences to be said at the end of an interview.

They are plain English for a synthesizer: no lists, no brackets, no quotes. A count of fillers is
"at least", for recognizers drop some; what is not scored is said to be so.
"""

import math
import re

from agent.analysis import Analysis, Score
from agent.analysis.phrases import pace_band, points_made
from agent.analysis.scores import words_warning
from agent.text.display import plural
from voice.speech.normalize import spoken

MOST_WORDS = 30
"""Words of a sentence at most: 11 s of speech, what a listener keeps in mind at once."""
_NAME_WORDS = 8
_NOT_MADE = {
    "missing": "{} never came up",
    "contradicted": "a figure of {} differs from your brief",
    "partial": "{} only in part",
}


def debrief_of(analysis: Analysis) -> tuple[str, str, str]:
    """Return how it was said, the talking points, and what to practice, a sentence each.

    Each is one line of at most MOST_WORDS words as they are spoken. What comes from outside loses
    all signs but those that are read aloud.
    """
    told = (_delivery(analysis), _points(analysis), _practice(analysis))
    first, second, third = (f"{_plain(text, MOST_WORDS)}." for text in told)
    return first, second, third


def _delivery(analysis: Analysis) -> str:
    if not analysis.answers:
        return "You gave no answer in this interview"
    if analysis.typed or not (analysis.about.audio or analysis.pacing.duration_s):
        words = plural(sum(len(answer.words) for answer in analysis.answers), "word")
        answers = plural(len(analysis.answers), "answer")
        return f"You gave {answers} with {words} in writing, so there is no pace to tell you"
    wpm, why = analysis.pacing.speech_rate_wpm, _why(analysis.scores.pacing)
    if why or wpm is None or not math.isfinite(wpm) or not analysis.pacing.band:
        return f"Your pace and your fillers are not scored, {why or 'too little was said'}"
    count = len(analysis.fillers.counted)
    fillers = f"with at least {plural(count, 'filler')}" if count else "and no filler was found"
    return f"You spoke at {round(wpm)} words a minute, {pace_band(analysis.pacing)}, {fillers}"


def _why(score: Score) -> str:
    """Return why there is no score, without what to do about it; "" for a score."""
    return score.not_scored.partition(";")[0]


def _points(analysis: Analysis) -> str:
    made, total = points_made(analysis.coverage)
    if not total:
        return "Your brief has no talking points, so there was none to make"
    yours = plural(total, "talking point")
    if why := _why(analysis.scores.coverage):
        return f"Which of your {yours} you made is not told, {why}"
    you = "As far as you were understood, you" if words_warning(analysis) else "You"
    told = f"{you} made {made or 'none'} of your {yours}"
    for status, clause in _NOT_MADE.items():
        found = [point for point in analysis.coverage.points if point.status == status]
        if found:
            fitting = next((point for point in found if point.would_fit), found[0])
            name = _plain(fitting.name, _NAME_WORDS) or f"number {fitting.index + 1}"
            return f"{told}, and {clause.format(name)}"
    return told


def _practice(analysis: Analysis) -> str:
    exercise = next((one.exercise for one in analysis.to_practice if one.exercise), "")
    if exercise := _plain(exercise, MOST_WORDS - 1):
        return f"Next, {exercise[0].lower()}{exercise[1:]}"
    if _why(analysis.scores.coverage) or not analysis.answers:
        return "Next time, answer at least one question in full, so that there is more to score"
    return "Nothing stood out to practice, so go on with other questions"


def _plain(text: str, most: int) -> str:
    """Return a text of others as words to be said: at most so many, and no end of a sentence."""
    text = re.sub(r"\s*(?:->|→|⇒)\s*", " to ", text)
    text = re.sub(r"\s*[:;–—]+(?:\s|$)|[.!?…]+(?=\s)", ", ", text)
    # What is left are letters, and signs that a synthesizer reads well inside a word.
    text = re.sub(r"[^\w\s'’.,%$€£&+#/-]|_", " ", text)
    words: list[str] = []
    count = 0
    for word in text.split():
        bare = word.strip("'’.,&/-")[:40].rstrip("'’.,&/-")
        count += len(spoken(bare).split()) if re.search(r"\w", bare) else 0
        if count <= most and re.search(r"\w", bare):
            words.append(f"{bare}," if word.endswith(",") else bare)
    return " ".join(words).rstrip(" ,.")
