"""Words with their times for other programs: SubRip, WebVTT, and TextGrid for Praat."""

import textwrap
from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from agent.analysis import Analysis
from agent.analysis.conversation import spread
from agent.analysis.phrases import answer_names
from agent.text.display import clean, flat, who
from voice.speech.transcript import Word, text_of

LINE, LINES = 42, 2
"""Characters a line and lines a cue at most (Netflix Timed Text Style Guide, English)."""
SHORTEST_MS, LONGEST_MS = 1000, 7000
"""A cue stands so long (BBC subtitle guidelines; Netflix Timed Text Style Guide)."""
_APART_S = 1.5
"""Words further apart than this stand in two cues; also the pause that the report calls long."""
_LATEST_MS = 359_999_000
"""99 hours 59 minutes: the last time that the two digits of SubRip's hours can hold."""
_LOOKALIKES = str.maketrans("<>{}", "‹›()")
"""SubRip has no escapes, and players obey <i> and {\\an8}: these take their places."""

_Span = tuple[float, float, str]


class Cue(NamedTuple):
    """What stands on the screen for a while, in milliseconds."""

    start_ms: int
    end_ms: int
    voice: str
    """Who says it: the name of one of a panel, else "Interviewer"; or "You"."""
    text: str


def cues(analysis: Analysis, *, named: bool) -> list[Cue]:
    """Return the cues of both voices, one after another in time; `named` begins with the name.

    Where both speak at once, or more is said than there is room for, the later cue waits.
    """
    told = [
        *((flat(who(line.speaker))[: LINE - 1], line.text, line) for line in analysis.interviewer),
        *(("You", own.text, own) for own in analysis.own_questions),
    ]
    spoken = [(voice, spread(text.split(), at.start_s, at.end_s)) for voice, text, at in told]
    spoken += [
        ("You", [Word(w.text, w.start_s, w.end_s) for w in a.words]) for a in analysis.answers
    ]
    said = [cue for voice, words in spoken for cue in _cues(voice, words, named)]
    placed: list[Cue] = []
    free_ms = 0
    for cue in sorted(said, key=lambda cue: cue.start_ms):
        start_ms = max(cue.start_ms, free_ms)
        free_ms = min(max(cue.end_ms, start_ms + SHORTEST_MS), start_ms + LONGEST_MS)
        placed.append(cue._replace(start_ms=start_ms, end_ms=free_ms))
    return placed


def srt(analysis: Analysis) -> str:
    """Return the session as SubRip, the speaker's name before what is said."""
    return "\n".join(
        f"{number}\n{_times(cue, ',')}\n{cue.text.translate(_LOOKALIKES)}\n"
        for number, cue in enumerate(cues(analysis, named=True), 1)
    )


def vtt(analysis: Analysis) -> str:
    """Return the session as WebVTT, the speaker as a voice span (W3C WebVTT, 1.3)."""
    blocks = (
        f"{_times(cue, '.')}\n<v {escape(cue.voice, quote=False)}>"
        f"{escape(cue.text, quote=False)}</v>\n"
        for cue in cues(analysis, named=False)
    )
    return "\n".join(["WEBVTT\n", *blocks])


def textgrid(analysis: Analysis) -> str:
    """Return the session as a TextGrid: both voices, words, pauses and fillers as tiers (Praat)."""
    answers = analysis.answers
    names = zip(answer_names(answers), answers, strict=True)
    tiers = {
        "interviewer": [(one.start_s, one.end_s, one.text) for one in analysis.interviewer],
        "answers": [(answer.start_s, answer.end_s, name) for name, answer in names],
        "words": [(word.start_s, word.end_s, word.text) for a in answers for word in a.words],
        "pauses": [(p.start_s, p.end_s, "pause") for a in answers for p in a.pacing.pauses],
        "fillers": [(one.start_s, one.end_s, one.text) for one in analysis.fillers.counted],
    }
    ends_s = (end_s for spans in tiers.values() for _, end_s, _ in spans)
    last_s = max(0.001, analysis.about.duration_s, *ends_s)
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
    for from_s, to_s, text in sorted(spans):
        start_s, end_s = round(max(now_s, from_s), 3), round(min(to_s, last_s), 3)
        if end_s <= start_s:
            continue
        if start_s > now_s:
            yield now_s, start_s, ""
        yield start_s, end_s, text
        now_s = end_s
    if round(last_s, 3) > now_s:
        yield now_s, last_s, ""


def _cues(voice: str, words: Iterable[Word], named: bool) -> Iterator[Cue]:
    """Fill cues with words until one is full, long, or followed by a pause."""
    parts = [
        Word(part[at : at + LINE], word.start_s, max(word.start_s, word.end_s))
        for word in sorted(words, key=lambda one: one.start_s)
        for part in clean(word.text).split()
        for at in range(0, len(part), LINE)
    ]
    if named and parts:
        parts.insert(0, Word(f"{voice}:", parts[0].start_s, parts[0].start_s))
    taken: list[Word] = []
    for number, part in enumerate(parts, 1):
        taken.append(part)
        if number == len(parts) or not _fits(taken, parts[number]):
            times = _ms(taken[0].start_s), _ms(max(one.end_s for one in taken))
            yield Cue(*times, voice, "\n".join(_lines(taken)))
            taken = []


def _fits(taken: list[Word], word: Word) -> bool:
    first, last = taken[0], taken[-1]
    near = word.end_s - first.start_s <= LONGEST_MS / 1000 and word.start_s - last.end_s <= _APART_S
    ended = last.text[-1] in ".?!" and last.end_s - first.start_s >= SHORTEST_MS / 1000
    return near and not ended and len(_lines([*taken, word])) <= LINES


def _lines(taken: list[Word]) -> list[str]:
    return textwrap.wrap(text_of(taken), LINE, break_on_hyphens=False)


def _ms(at_s: float) -> int:
    return min(_LATEST_MS, round(max(0.0, at_s) * 1000))


def _times(cue: Cue, point: str) -> str:
    told = []
    for at_ms in cue[:2]:
        seconds, ms = divmod(at_ms, 1000)
        told.append(f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{ms:03}")
    return " --> ".join(told)
