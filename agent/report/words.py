"""The words of an answer as one readable, clickable stream with its pauses and fillers."""

from __future__ import annotations

from agent.analysis import Answer, Filler, Pause, SpokenWord
from agent.bands import LONG_PAUSE_S
from agent.report.markup import esc, seconds
from agent.report.phrases import pause_length_s

UNSURE_BELOW = 0.5
"""A recognizer's own confidence below which a word is marked as unsure."""
SHOWN_PAUSE_S = 0.25
"""Silent pauses from here on are shown (Goldman-Eisler 1968)."""
_CLASSES = {"filled_pause": "f", "filler_word": "w", "hedge": "h"}
_TITLES = {
    "f": "filled pause",
    "w": "filler word",
    "h": "hedge",
    "r": "said twice or begun again",
    "u": "unsure",
}


def words_html(answer: Answer, sound: bool) -> str:
    """Return the words in order of time with the pauses between.

    A pause is placed by its middle, as word times are rough and pauses are measured (a pause may
    overlap the word that a recognizer drew out over it).
    """
    again = answer.fillers.repetitions
    placed = [((w.start_s + w.end_s) / 2, _word(w, _in(w, again), sound)) for w in answer.words]
    placed += [
        ((p.start_s + p.end_s) / 2, _pause(p, sound))
        for p in answer.pacing.pauses
        if pause_length_s(p) >= SHOWN_PAUSE_S - 1e-6
    ]
    placed.sort(key=lambda item: item[0])
    return " ".join(piece for _, piece in placed)


def _time(at_s: float, sound: bool) -> str:
    return f' data-s="{seconds(at_s)}"' if sound else ""


def _in(word: SpokenWord, spans: tuple[Filler, ...]) -> bool:
    middle = (word.start_s + word.end_s) / 2
    return any(span.start_s <= middle <= span.end_s for span in spans)


def _word(word: SpokenWord, repeated: bool, sound: bool) -> str:
    unsure = word.probability < UNSURE_BELOW
    marks = (_CLASSES.get(word.mark, ""), "r" if repeated else "", "u" if unsure else "")
    classes = [mark for mark in marks if mark]
    titles = ", ".join(_TITLES[mark] for mark in classes)
    look = f' class="{" ".join(classes)}" title="{titles}"' if classes else ""
    return f"<span{_time(word.start_s, sound)}{look}>{esc(word.text)}</span>"


def _pause(pause: Pause, sound: bool) -> str:
    long_s = pause_length_s(pause)
    time = _time(pause.start_s, sound)
    if long_s < 1.0:
        step = 1 + int(long_s >= 0.5)
        return f'<span class="p p{step}"{time} aria-hidden="true">{long_s:.1f}</span>'
    step = 4 if pause.inside_clause and long_s > LONG_PAUSE_S else 3
    place = "in mid-sentence" if pause.inside_clause else "at the end of a sentence"
    place = "before a number" if pause.before_number else place
    return (
        f'<span class="p p{step}"{time} title="silent pause {place}">'
        f'<span class="sr">pause </span>{long_s:.1f} s</span>'
    )
