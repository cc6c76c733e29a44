"""An answer as the page shows it: its pace as a line, its words and pauses."""

from dataclasses import dataclass

from agent.analysis import Answer, Pause, SpokenWord
from agent.analysis.bands import LONG_PAUSE_S

_SCALE_WPM = (80.0, 220.0)
UNSURE_BELOW = 0.5
"""A recognizer's own confidence below which a word is marked as unsure."""
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
