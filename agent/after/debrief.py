"""The debrief: three sentences to be said at the end of an interview.

They are plain English for a synthesizer: no lists, no brackets, no quotes. A count of fillers is
"at least", for recognizers drop some; what is not scored (agent/scorable.py) is said to be so.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator

from agent.analysis import Analysis, Finding, PointCoverage, Score, answer_names
from agent.feedback.shared import clause
from agent.report.phrases import pace_band, points_made
from agent.scorable import NO_WORDS, OVERDRIVEN, TOO_FEW, TOO_SHORT, UNSURE, words_warning
from agent.text.display import plural
from voice.normalize import spoken

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
    TOO_SHORT: "that is too little",
    TOO_FEW: "too little was said",
}
"""Why there is no score, as it is said before "to score"."""
_REMEDIES = {
    UNSURE: "come closer to the microphone, or correct the transcript, so that more can be scored",
    OVERDRIVEN: "turn the microphone down, so that your voice can be scored",
}
_SAID = frozenset("'’.,%$€£&+#/-")
"""Signs that a synthesizer reads well inside a word (voice/normalize.py)."""
_HANGING = frozenset(
    "a an and as at but by for from in into is of on or over per so that the their then to under"
    " was with without your".split()
)
"""Words that a shortened name cannot end with."""
_QUOTED = re.compile("“([^”]*)”")


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
    points = _sentence(_points(analysis))
    return _sentence(_delivery(analysis)), points, _sentence(_practice(analysis, points))


def _delivery(analysis: Analysis) -> str:
    if analysis.typed:
        words = plural(sum(len(answer.words) for answer in analysis.answers), "word")
        answers = plural(len(analysis.answers), "answer")
        return f"You typed {answers} with {words} in all, so there is no pace to tell you"
    pacing = analysis.pacing
    length = f"You spoke for {_length(pacing.duration_s)}"
    wpm, reason = pacing.speech_rate_wpm, _doubt(analysis.scores.pacing)
    if not reason and (wpm is None or not math.isfinite(wpm) or not pacing.band):
        reason = _DOUBTS[TOO_SHORT]
    if reason or wpm is None:
        return f"{length}, and {reason} to score your pace or your fillers"
    told = f"{length} at {round(wpm)} words a minute, {pace_band(pacing)}"
    return f"{told}, {_fillers(analysis)}"


def _length(duration_s: float) -> str:
    """Return a length as one says it: to 5 seconds, from two minutes on to a minute."""
    if not 5 <= duration_s < math.inf:
        return "less than 5 seconds"
    if duration_s < 120:
        return f"about {5 * round(duration_s / 5)} seconds"
    return f"about {round(duration_s / 60)} minutes"


def _fillers(analysis: Analysis) -> str:
    count = len(analysis.fillers.counted)
    return f"with at least {plural(count, 'filler')}" if count else "and no filler was found"


def _points(analysis: Analysis) -> str:
    made, total = points_made(analysis.coverage)
    if not total:
        return "Your brief has no talking points, so there was none to make"
    if reason := _doubt(analysis.scores.coverage):
        which = "whether you made" if total == 1 else "which you made of"
        return f"{reason[:1].upper()}{reason[1:]} to say {which} {_all_of(total)}"
    you = "As far as you were understood, you" if words_warning(analysis) else "You"
    return f"{you} {_made(analysis.coverage.points, made)}"


def _made(points: tuple[PointCoverage, ...], made: int) -> str:
    """Return how many points were made, and one of them by name, as a predicate."""
    total = len(points)
    if made == total:
        best = _name(max(points, key=lambda point: len(point.note)))
        if total == 1:
            return f"made {_all_of(total)}, {best}"
        return f"made all {_all_of(total)}, and the one to hear again is {best}"
    if total == 1:
        return f"did not make {_all_of(total)}, and {_not_made(points)}"
    return f"made {made or 'none'} of {_all_of(total)}, and {_not_made(points)}"


def _all_of(total: int) -> str:
    return "your one talking point" if total == 1 else f"your {total} talking points"


def _not_made(points: tuple[PointCoverage, ...]) -> str:
    """Return a clause about one point that was not made, one that never came up where there is."""
    missing = [point for point in points if point.status == "missing"]
    if missing:
        fitting = _name(next((point for point in missing if point.would_fit), missing[0]))
        alone = len(missing) == 1
        return f"{fitting} never came up" if alone else f"one that never came up is {fitting}"
    wrong = [point for point in points if point.status == "contradicted"]
    if wrong:
        return f"a figure of {_name(wrong[0])} differs from your brief"
    half = next(point for point in points if point.status == "partial")
    return f"{_name(half)} only in part"


def _practice(analysis: Analysis, points: str) -> str:
    todo = [one for one in analysis.findings if one.exercise and one.kind != "strength"]
    if todo:
        return f"Next, {_exercise(analysis, todo[0], points)}"
    scores = analysis.scores
    reasons = {one.not_scored for one in (scores.pacing, scores.fillers, scores.coverage)}
    for reason, remedy in _REMEDIES.items():
        if reason in reasons:
            return f"Next time, {remedy}"
    if not analysis.typed and reasons & {NO_WORDS, TOO_SHORT, TOO_FEW}:
        return "Next time, answer at least one question in full, so that there is more to score"
    strong = next((one.answer for one in analysis.findings if one.kind == "strength"), None)
    if strong is not None and 0 <= strong < len(analysis.answers):
        name = answer_names(analysis.answers)[strong]
        return f"Nothing stood out to practice, so go over answer {name} once and keep what is good"
    return "Nothing stood out to practice, so go on with other questions"


def _exercise(analysis: Analysis, finding: Finding, points: str) -> str:
    """Return the exercise of a finding as a clause; a point just named is "that point"."""
    names = {point.name for point in analysis.coverage.points}

    def named(found: re.Match[str]) -> str:
        name = _plain(found[1], _NAME_WORDS)
        return "that point" if found[1] in names and name in points else name

    return clause(_plain(_QUOTED.sub(named, finding.exercise), MOST_WORDS - 1)) or "do it once more"


def _doubt(score: Score) -> str:
    """Return why there is no score, in words to go before "to score"; "" where there is one."""
    if score.value is not None or not score.not_scored:
        return ""
    return _DOUBTS.get(score.not_scored, _DOUBTS[TOO_FEW])


def _name(point: PointCoverage) -> str:
    return _plain(point.name, _NAME_WORDS) or f"number {point.index + 1}"


def _sentence(text: str) -> str:
    return f"{_plain(text, MOST_WORDS)}."


def _plain(text: str, most: int) -> str:
    """Return a text of others as words to be said: at most so many, and no end of a sentence."""
    text = re.sub(r"\s*(?:->|→|⇒)\s*", " to ", text)
    text = re.sub(r"\s*[:;–—]+(?:\s|$)|[.!?…]+(?=\s)", ", ", text)
    words: list[str] = []
    count = 0
    for word in _words(text):
        count += len(spoken(word).split())
        if count > most:
            while words and words[-1].lower() in _HANGING:
                words.pop()
            break
        words.append(word)
    return " ".join(words).rstrip(" ,.")


def _words(text: str) -> Iterator[str]:
    """Yield the words without what a synthesizer cannot say; a comma stays with its word."""
    kept = (letter if _is_said(letter) else " " for letter in text)
    for word in "".join(kept).split():
        bare = word.strip("'’.,&/-")[:_LONGEST_WORD].rstrip("'’.,&/-")
        if any(letter.isalnum() for letter in bare):
            yield f"{bare}," if word.endswith(",") else bare


def _is_said(letter: str) -> bool:
    return letter in _SAID or unicodedata.category(letter)[0] in "LNM"
