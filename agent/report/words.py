"""An answer as the page shows it: its pace as a line, its words and pauses, a stronger order."""

from dataclasses import dataclass

from agent.analysis import Analysis, Answer, Pause, PointCoverage, SpokenWord
from agent.analysis.bands import LONG_PAUSE_S
from agent.analysis.coverage.sentences import sentences_of
from agent.text.numbers import find_numbers

_SCALE_WPM = (80.0, 220.0)
UNSURE_BELOW = 0.5
"""A recognizer's own confidence below which a word is marked as unsure."""
MOST_SENTENCES = 6
"""So many sentences with figures are a minute of speech; more are no outline."""
_LOOKS = {"filled_pause": "f", "filler_word": "w", "hedge": "h"}


def scaled(wpm: float) -> float:
    """Return where a pace lies on the drawn scale, in percent from its slow end."""
    low, high = _SCALE_WPM
    return 100 * (min(max(wpm, low), high) - low) / (high - low)


def pace_line(answer: Answer) -> str:
    """Return the line of the pace through the middles of its windows: x and y in percent."""
    windows = answer.pacing.windows
    span_s = max(answer.end_s - answer.start_s, 1e-6)
    middles = [((w.start_s + w.end_s) / 2, w.speech_rate_wpm) for w in windows]
    ends = (windows[0].start_s, middles[0][1]), (windows[-1].end_s, middles[-1][1])
    return " ".join(
        f"{100 * (at_s - answer.start_s) / span_s:.2f},{100 - scaled(wpm):.1f}"
        for at_s, wpm in (ends[0], *middles, ends[1])
    )


@dataclass(frozen=True)
class Piece:
    """A word of an answer, or a pause between words."""

    start_s: float
    text: str
    look: str = ""
    """Its classes in the style sheet."""
    title: str = ""
    """What its look means, in words."""


def pieces(answer: Answer) -> list[Piece]:
    """Return words and pauses by their middles: a word may be drawn out over a pause."""
    placed = [((w.start_s + w.end_s) / 2, _word(w)) for w in answer.words]
    placed += [((p.start_s + p.end_s) / 2, _pause(p)) for p in answer.pacing.pauses]
    return [piece for _, piece in sorted(placed, key=lambda item: item[0])]


def _word(word: SpokenWord) -> Piece:
    marks = [(_LOOKS[word.mark], word.mark.replace("_", " "))] if word.mark else []
    marks += [("u", "unsure")] if word.probability < UNSURE_BELOW else []
    look, title = " ".join(one[0] for one in marks), ", ".join(one[1] for one in marks)
    return Piece(word.start_s, word.text, look, title)


def _pause(pause: Pause) -> Piece:
    if pause.length_s < 1.0:
        return Piece(pause.start_s, f"{pause.length_s:.1f}", "p")
    look = "p over" if pause.inside_clause and pause.length_s > LONG_PAUSE_S else "p long"
    place = "in mid-sentence" if pause.inside_clause else "at the end of a sentence"
    return Piece(pause.start_s, f"pause {pause.length_s:.1f} s", look, f"pause {place}")


@dataclass(frozen=True)
class Outline:
    """An answer in a stronger order, made of the person's own words and brief alone; no model."""

    points: tuple[PointCoverage, ...]
    """Talking points of the brief that belong to the answer: to be said first."""
    sentences: tuple[str, ...]
    """Sentences of the answer with a figure, else those that raise a point: verbatim, in order."""


def outlines(analysis: Analysis) -> list[Outline | None]:
    """Return an outline for each answer, None where no talking point belongs to it."""
    return [_outline(analysis, index, answer) for index, answer in enumerate(analysis.answers)]


def _outline(analysis: Analysis, index: int, answer: Answer) -> Outline | None:
    points = tuple(
        point
        for point in analysis.coverage.points
        if any(one.answer == index for one in point.evidence)
        or (point.would_fit and point.would_fit == answer.question)
    )
    if not points:
        return None
    wrong = [one.quote for p in points for one in p.evidence if p.status == "contradicted"]
    said = [answer.text[one.start : one.end].strip() for one in sentences_of(answer.text)]
    # What the brief contradicts is to be said as the brief says it.
    carried = [s for s in said if find_numbers(s) and not any(w in s or s in w for w in wrong)]
    quotes = [one.quote for p in points for one in p.evidence if one.answer == index]
    kept = carried or [quote for quote in quotes if quote not in wrong]
    return Outline(points, tuple(kept[:MOST_SENTENCES]))
