"""Answers written in the notation of tests/sample_script.py, as words, pauses and fillers."""

from __future__ import annotations

from typing import Any

from agent.analysis import Filler, Fillers, Pacing, Pause, SpokenWord

_MARKS = {"*": "filled_pause", "~": "filler_word", "^": "hedge"}


class _Clock:
    def __init__(self, start_s: float, wpm: float) -> None:
        self.now_s = start_s
        self.per_letter_s = 60 / wpm / 6.6
        self.words: list[SpokenWord] = []
        self.pauses: list[Pause] = []
        self.fillers: dict[str, list[Filler]] = {kind: [] for kind in _MARKS.values()}

    def say(self, text: str, mark: str = "") -> None:
        unsure, text = "@" in text, text.replace("@", "")
        end = self.now_s + self.per_letter_s * (len(text) + 1.4)
        self.words.append(
            SpokenWord(
                text=text,
                start_s=round(self.now_s, 2),
                end_s=round(end, 2),
                probability=0.31 if unsure else 0.94,
                mark=mark,
            )
        )
        self.now_s = end

    def mark(self, text: str, kind: str, start_s: float) -> None:
        found = Filler(text=text.strip(",."), start_s=start_s, end_s=self.now_s)
        self.fillers[kind].append(found)

    def pause(self, length_s: float) -> None:
        inside = not self.words[-1].text.endswith((".", ",", ":", ";", "?"))
        self.pauses.append(
            Pause(
                start_s=self.now_s,
                end_s=self.now_s + length_s,
                inside_clause=inside,
            )
        )
        self.now_s += length_s


def spoken(script: str, start_s: float, wpm: float) -> dict[str, Any]:
    """Return words, text, pacing, fillers and span of an answer written in the notation."""
    clock = _Clock(start_s, wpm)
    open_mark, opened_s, held = "", 0.0, []
    for token in script.split():
        if token.startswith("|"):
            clock.pause(float(token[1:]))
        else:
            if token[0] in _MARKS:
                open_mark, opened_s, held = token[0], clock.now_s, []
            kind = _MARKS.get(open_mark, "")
            text = token.strip(open_mark) if open_mark else token
            held.append(text)
            clock.say(text, kind)
            if open_mark and token.endswith(open_mark):
                clock.mark(" ".join(held), kind, opened_s)
                open_mark = ""
    return _described(clock, start_s)


def _described(clock: _Clock, start_s: float) -> dict[str, Any]:
    fillers = Fillers(
        filled_pauses=tuple(clock.fillers["filled_pause"]),
        filler_words=tuple(clock.fillers["filler_word"]),
        hedges=tuple(clock.fillers["hedge"]),
    )
    return {
        "start_s": start_s,
        "end_s": clock.now_s,
        "text": " ".join(word.text for word in clock.words),
        "words": tuple(clock.words),
        "pacing": paced(tuple(clock.words), tuple(clock.pauses), clock.now_s - start_s),
        "fillers": rated(fillers, clock.now_s - start_s),
    }


def paced(words: tuple[SpokenWord, ...], pauses: tuple[Pause, ...], span_s: float) -> Pacing:
    count = sum(word.mark != "filled_pause" for word in words)
    rate = 60 * count / span_s
    silence = sum(pause.end_s - pause.start_s for pause in pauses)
    return Pacing(
        words=count,
        speech_rate_wpm=rate,
        articulation_rate_sps=1.45 * count / (span_s - silence),
        phonation_s=span_s - silence,
        duration_s=span_s,
        pauses=pauses,
        band="slow" if rate < 110 else "fast" if rate > 185 else "fine",
    )


def rated(fillers: Fillers, span_s: float) -> Fillers:
    return fillers.model_copy(update={"per_minute": 60 * len(fillers.counted) / span_s})
