"""The words of an answer as one stream with its pauses and fillers."""

from __future__ import annotations

from dataclasses import dataclass

from agent.analysis import Answer, Pause, SpokenWord
from agent.bands import LONG_PAUSE_S
from agent.report.phrases import pause_length_s

UNSURE_BELOW = 0.5
"""A recognizer's own confidence below which a word is marked as unsure."""
SHOWN_PAUSE_S = 0.25
"""Silent pauses from here on are shown (Goldman-Eisler 1968)."""
_LOOKS = {"filled_pause": "f", "filler_word": "w", "hedge": "h"}
_TITLES = {
    "f": "filled pause",
    "w": "filler word",
    "h": "hedge",
    "u": "unsure",
}


@dataclass(frozen=True)
class Piece:
    """A word or a pause."""

    start_s: float
    """Where it begins, in seconds."""
    text: str
    """What is shown."""
    look: str = ""
    """Its classes in the style sheet."""
    title: str = ""
    """What its look means, in words."""
    spoken: str = ""
    """What a screen reader says before the text."""
    hidden: bool = False
    """Whether a screen reader leaves it out."""


def pieces(answer: Answer) -> list[Piece]:
    """Return the words in order of time with the pauses between.

    A pause is placed by its middle, as word times are rough and pauses are measured (a pause may
    overlap the word that a recognizer drew out over it).
    """
    placed = [((w.start_s + w.end_s) / 2, _word(w)) for w in answer.words]
    placed += [
        ((p.start_s + p.end_s) / 2, _pause(p))
        for p in answer.pacing.pauses
        if pause_length_s(p) >= SHOWN_PAUSE_S - 1e-6
    ]
    placed.sort(key=lambda item: item[0])
    return [piece for _, piece in placed]


def _word(word: SpokenWord) -> Piece:
    unsure = word.probability < UNSURE_BELOW
    marks = (_LOOKS.get(word.mark, ""), "u" if unsure else "")
    looks = [mark for mark in marks if mark]
    titles = ", ".join(_TITLES[mark] for mark in looks)
    return Piece(word.start_s, word.text, " ".join(looks), titles)


def _pause(pause: Pause) -> Piece:
    long_s = pause_length_s(pause)
    if long_s < 1.0:
        step = 1 + int(long_s >= 0.5)
        return Piece(pause.start_s, f"{long_s:.1f}", f"p p{step}", hidden=True)
    step = 4 if pause.inside_clause and long_s > LONG_PAUSE_S else 3
    place = "in mid-sentence" if pause.inside_clause else "at the end of a sentence"
    return Piece(pause.start_s, f"{long_s:.1f} s", f"p p{step}", f"silent pause {place}", "pause")
