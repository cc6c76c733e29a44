"""Words with their times for other programs: SubRip, WebVTT, and TextGrid for Praat."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from agent.analysis import Analysis, InterviewerLine, OwnQuestion
from agent.analysis.phrases import answer_names
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

_Span = tuple[float, float, str]
"""Start and end in seconds, and what stands there."""
_Piece = tuple[str, int, int]
"""A word with its start and end in milliseconds."""


class Cue(NamedTuple):
    """What stands on the screen for a while, in milliseconds."""

    start_ms: int
    end_ms: int
    voice: str
    """Who says it: the name of one of a panel, else "Interviewer"; or "You"."""
    lines: tuple[str, ...]
    """One or two lines of at most LINE characters."""


def cues(analysis: Analysis, *, named: bool) -> list[Cue]:
    """Return the cues of both voices, one after another in time; `named` begins with the name.

    Where both speak at once, or more is said than there is room for, the later cue waits.
    """
    said: list[Cue] = []
    for line in analysis.interviewer:
        said += _cues(flat(who(line.speaker))[: LINE - 1], _untimed(line), named)
    for answer in analysis.answers:
        words = ((word.text, _ms(word.start_s), _ms(word.end_s)) for word in answer.words)
        said += _cues("You", words, named)
    for own in analysis.own_questions:
        said += _cues("You", _untimed(own), named)
    placed: list[Cue] = []
    free_ms = 0
    for cue in sorted(said, key=lambda cue: cue.start_ms):
        start_ms = max(cue.start_ms, free_ms)
        free_ms = min(max(cue.end_ms, start_ms + SHORTEST_MS), start_ms + LONGEST_MS)
        placed.append(cue._replace(start_ms=start_ms, end_ms=free_ms))
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


def textgrid(analysis: Analysis) -> str:
    """Return the session as a TextGrid: both voices, words, pauses and fillers as tiers (Praat)."""
    answers = analysis.answers
    words = [word for answer in answers for word in answer.words]
    tiers = {
        "interviewer": [(one.start_s, one.end_s, one.text) for one in analysis.interviewer],
        "answers": [
            (a.start_s, a.end_s, name)
            for name, a in zip(answer_names(answers), answers, strict=True)
        ],
        "words": [(word.start_s, word.end_s, word.text) for word in words],
        "pauses": [(p.start_s, p.end_s, "pause") for a in answers for p in a.pacing.pauses],
        "fillers": [(one.start_s, one.end_s, one.text) for one in analysis.fillers.counted],
    }
    ends = [end for spans in tiers.values() for _, end, _ in spans if math.isfinite(end)]
    last_s = max([analysis.about.duration_s, 0.001, *ends])
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', ""]
    lines += ["0", f"{last_s:.3f}", "<exists>", f"{len(tiers)}"]
    for name, spans in tiers.items():
        filled = list(_filled(spans, last_s))
        lines += ['"IntervalTier"', f'"{name}"', "0", f"{last_s:.3f}", f"{len(filled)}"]
        for start_s, end_s, text in filled:
            marked = flat(text).replace('"', '""')
            lines += [f"{start_s:.3f}", f"{end_s:.3f}", f'"{marked}"']
    return "\n".join(lines) + "\n"


def _filled(spans: Iterable[_Span], last_s: float) -> Iterator[_Span]:
    """Yield intervals that fill a tier without a gap; of two at once the later begins later."""
    now_s = 0.0
    for from_s, to_s, text in sorted(one for one in spans if all(map(math.isfinite, one[:2]))):
        start_s, end_s = round(max(now_s, from_s), 3), round(min(to_s, last_s), 3)
        if end_s <= start_s:
            continue
        if start_s > now_s:
            yield now_s, start_s, ""
        yield start_s, end_s, text
        now_s = end_s
    if round(last_s, 3) > now_s:
        yield now_s, last_s, ""


def _untimed(line: InterviewerLine | OwnQuestion) -> Iterator[_Piece]:
    """Yield a line whose words have no times as words: each lasts as it is long."""
    words = clean(line.text).split()
    start, end = _ms(line.start_s), _ms(line.end_s)
    each = max(0, end - start) / max(1, sum(len(word) + 1 for word in words))
    at = 0
    for word in words:
        before, at = at, at + len(word) + 1
        yield word, start + round(before * each), start + round(at * each)


def _cues(voice: str, pieces: Iterable[_Piece], named: bool) -> Iterator[Cue]:
    """Fill cues with words until one is full, long, or followed by a pause."""
    parts = [
        (part[at : at + LINE], start_ms, max(start_ms, end_ms))
        for text, start_ms, end_ms in sorted(pieces, key=lambda piece: piece[1])
        for part in clean(text).split()
        for at in range(0, len(part), LINE)
    ]
    if named and parts:
        parts.insert(0, (f"{voice}:", parts[0][1], parts[0][1]))
    taken: list[_Piece] = []
    for number, piece in enumerate(parts, 1):
        taken.append(piece)
        if number == len(parts) or not _fits(taken, parts[number]):
            end_ms = max(one[2] for one in taken)
            yield Cue(taken[0][1], end_ms, voice, tuple(_lines(taken)))
            taken = []


def _fits(taken: list[_Piece], piece: _Piece) -> bool:
    first_ms, (last, _, last_ms) = taken[0][1], taken[-1]
    near = piece[2] - first_ms <= LONGEST_MS and piece[1] - last_ms <= _APART_MS
    ended = last[-1] in ".?!" and last_ms - first_ms >= SHORTEST_MS
    return near and not ended and len(_lines([*taken, piece])) <= LINES


def _lines(taken: list[_Piece]) -> list[str]:
    return textwrap.wrap(" ".join(piece[0] for piece in taken), LINE, break_on_hyphens=False)


def _ms(at_s: float) -> int:
    return min(_LATEST_MS, round(max(0.0, at_s) * 1000)) if math.isfinite(at_s) else 0


def _time(at_ms: int, point: str) -> str:
    seconds, ms = divmod(at_ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{ms:03}"
