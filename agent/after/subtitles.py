"""Subtitles of both voices, SubRip and WebVTT, from the words and their times."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from agent.analysis import Analysis, Answer, InterviewerLine, OwnQuestion
from agent.text.display import clean, flat, who

LINE = 42
"""Characters a line at most (Netflix Timed Text Style Guide, English; EBU-TT is near it)."""
LINES = 2
"""Lines a cue at most (the same guide)."""
SHORTEST_MS = 1000
"""A cue stands at least so long (BBC subtitle guidelines: 0.3 s a word, 1 s for the shortest)."""
LONGEST_MS = 7000
"""And at most so long (Netflix Timed Text Style Guide)."""
_APART_MS = 1500
"""Words further apart than this stand in two cues; also the pause that the report calls long."""
_LATEST_MS = 359_999_000
"""99 hours 59 minutes: the last time that the two digits of SubRip's hours can hold."""
_LOOKALIKES = str.maketrans("<>{}", "‹›()")
"""SubRip has no escapes, and players obey <i> and {\\an8}: these take their places."""


@dataclass(frozen=True)
class Cue:
    """What stands on the screen for a while."""

    start_ms: int
    """When it comes, in milliseconds."""
    end_ms: int
    """When it goes, in milliseconds."""
    voice: str
    """Who says it: the name of one of a panel, else "Interviewer"; or "You"."""
    lines: tuple[str, ...]
    """One or two lines of at most LINE characters."""


@dataclass(frozen=True)
class _Piece:
    """A word, or a part of one that is longer than a line."""

    text: str
    start_ms: int
    end_ms: int


def cues(analysis: Analysis, *, named: bool) -> list[Cue]:
    """Return the cues of both voices, one after another in time.

    Where both speak at once, or more is said than 1 s a cue has room for, the later cue waits for
    the earlier.

    Args:
        analysis: the session.
        named: begin what a voice says with its name.
    """
    said: list[Cue] = []
    for line in analysis.interviewer:
        name = flat(who(line.speaker))[: LINE - 1]
        said += _cues(name, _of_line(line), named)
    for answer in analysis.answers:
        said += _cues("You", _of_answer(answer), named)
    for own in analysis.own_questions:
        said += _cues("You", _of_line(own), named)
    said.sort(key=lambda cue: cue.start_ms)
    placed: list[Cue] = []
    free_ms = 0
    for cue in said:
        start_ms = max(cue.start_ms, free_ms)
        end_ms = min(max(cue.end_ms, start_ms + SHORTEST_MS), start_ms + LONGEST_MS)
        placed.append(Cue(start_ms, end_ms, cue.voice, cue.lines))
        free_ms = end_ms
    return placed


def srt(analysis: Analysis) -> str:
    """Return the session as SubRip, the speaker's name before what is said."""
    blocks = [
        f"{number}\n{_time(cue.start_ms, ',')} --> {_time(cue.end_ms, ',')}\n"
        + "".join(f"{line.translate(_LOOKALIKES)}\n" for line in cue.lines)
        for number, cue in enumerate(cues(analysis, named=True), 1)
    ]
    return "\n".join(blocks)


def vtt(analysis: Analysis) -> str:
    """Return the session as WebVTT, the speaker as a voice span (W3C WebVTT, 1.3)."""
    blocks = ["WEBVTT\n"]
    for cue in cues(analysis, named=False):
        text = "\n".join(escape(line, quote=False) for line in cue.lines)
        times = f"{_time(cue.start_ms, '.')} --> {_time(cue.end_ms, '.')}"
        blocks.append(f"{times}\n<v {escape(cue.voice, quote=False)}>{text}</v>\n")
    return "\n".join(blocks)


def _of_line(line: InterviewerLine | OwnQuestion) -> Iterator[_Piece]:
    """Return a line without times of its words as words: each lasts as it is long."""
    words = clean(line.text).split()
    start, end = _ms(line.start_s), _ms(line.end_s)
    each = max(0, end - start) / max(1, sum(len(word) + 1 for word in words))
    at = 0
    for word in words:
        before, at = at, at + len(word) + 1
        yield from _pieces(word, start + round(before * each), start + round(at * each))


def _of_answer(answer: Answer) -> Iterator[_Piece]:
    for word in answer.words:
        for part in clean(word.text).split():
            yield from _pieces(part, _ms(word.start_s), _ms(word.end_s))


def _pieces(word: str, start_ms: int, end_ms: int) -> Iterator[_Piece]:
    for at in range(0, len(word), LINE):
        yield _Piece(word[at : at + LINE], start_ms, max(start_ms, end_ms))


def _cues(voice: str, pieces: Iterable[_Piece], named: bool) -> Iterator[Cue]:
    """Fill cues with words until one is full, long, or followed by a pause."""
    waiting = sorted(pieces, key=lambda piece: piece.start_ms)
    if named and waiting:
        begin_ms = waiting[0].start_ms
        waiting.insert(0, _Piece(f"{voice}:", begin_ms, begin_ms))
    taken: list[_Piece] = []
    for piece in waiting:
        if taken and not _fits(taken, piece):
            yield _cue(voice, taken)
            taken = []
        taken.append(piece)
    if taken:
        yield _cue(voice, taken)


def _fits(taken: list[_Piece], piece: _Piece) -> bool:
    last = taken[-1]
    together_ms = piece.end_ms - taken[0].start_ms
    apart_ms = piece.start_ms - last.end_ms
    ended = last.text[-1] in ".?!" and last.end_ms - taken[0].start_ms >= SHORTEST_MS
    near = together_ms <= LONGEST_MS and apart_ms <= _APART_MS
    return near and not ended and len(_lines([*taken, piece])) <= LINES


def _cue(voice: str, taken: list[_Piece]) -> Cue:
    end_ms = max(piece.end_ms for piece in taken)
    return Cue(taken[0].start_ms, end_ms, voice, tuple(_lines(taken)))


def _lines(taken: list[_Piece]) -> list[str]:
    return textwrap.wrap(" ".join(piece.text for piece in taken), LINE, break_on_hyphens=False)


def _ms(at_s: float) -> int:
    return min(_LATEST_MS, round(max(0.0, at_s) * 1000)) if math.isfinite(at_s) else 0


def _time(at_ms: int, point: str) -> str:
    seconds, ms = divmod(at_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{ms:03}"
