"""The same question in two sessions: which answers belong together, and both in two columns."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from itertools import zip_longest

from agent.analysis import Analysis, Answer, answer_names
from agent.report import phrases
from agent.report.markup import clean, clock, length

COLUMN = 38
"""Characters of each of the two columns; with the gap between them they fill a terminal's 80."""
_GAP = "    "


@dataclass(frozen=True)
class Pair:
    """The same question, answered in two sessions."""

    name: str
    """Short name of the answer in the later session."""
    before: Answer
    """The answer of the earlier session."""
    after: Answer
    """The answer of the later session."""


def pairs(analysis: Analysis, before: Analysis) -> list[Pair]:
    """Return the answers to questions that both sessions asked, in the order of the later one.

    Questions are spoken word for word from the brief, so the same question has the same words. One
    that came twice is paired first with first, second with second.
    """
    left = list(before.answers)
    found = []
    for name, after in zip(answer_names(analysis.answers), analysis.answers, strict=True):
        same = next((a for a in left if after.question and _asked(a) == _asked(after)), None)
        if same is not None:
            left.remove(same)
            found.append(Pair(name, same, after))
    return found


def _asked(answer: Answer) -> str:
    return " ".join(answer.question.casefold().split())


def columns(pair: Pair, titles: tuple[str, str]) -> list[str]:
    """Return both answers, figures first and then their words, as lines of at most 80 characters.

    Args:
        pair: the answers.
        titles: what stands above the columns, the earlier session's first.
    """
    sides = [
        [_flat(title), "-" * COLUMN, *_figures(answer), "", _flat(answer.text) or "(no words)"]
        for title, answer in zip(titles, (pair.before, pair.after), strict=True)
    ]
    lines = []
    for left, right in zip_longest(*sides, fillvalue=""):
        for one, other in zip_longest(_wrapped(left), _wrapped(right), fillvalue=""):
            lines.append(f"{one:<{COLUMN}}{_GAP}{other}".rstrip())
    return lines


def _figures(answer: Answer) -> list[str]:
    pacing, fillers = answer.pacing, answer.fillers
    rate, latency_s = pacing.speech_rate_wpm, answer.response_latency_s
    pause = phrases.longest_pause(pacing)
    rows = (
        ("from, to", f"{clock(answer.start_s)}, {clock(answer.end_s)}"),
        ("length", length(answer.end_s - answer.start_s)),
        ("pace", "not scored" if rate is None else f"{rate:.0f} words a minute"),
        ("fillers", f"{len(fillers.in_transcript)} in the transcript"),
        ("", f"{len(fillers.in_sound)} likely in the sound"),
        ("longest pause", "none" if pause is None else f"{phrases.pause_length_s(pause):.1f} s"),
        ("begins after", "not measured" if latency_s is None else f"{latency_s:.1f} s"),
        ("numbers, names", str(answer.structure.specifics)),
    )
    return [f"{name:<16}{value}" for name, value in rows]


def _wrapped(text: str) -> list[str]:
    """Return the text in lines of a column; one that fits stays as it is, spaces and all."""
    if len(text) <= COLUMN:
        return [text]
    return textwrap.wrap(text, COLUMN)


def _flat(text: str) -> str:
    return " ".join(clean(text).split())
