"""The same question in two sessions: both answers in two columns, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from agent.analysis import Analysis, Answer, answer_names
from agent.brief import TalkingPoint
from agent.console import wrapped
from agent.coverage.meaning import Meaning
from agent.coverage.points import AnswerText, judge
from agent.report import phrases
from agent.text.display import clock, flat, length, plural

COLUMN = 38
"""Characters of each of the two columns; with the gap between them they fill a terminal's 80."""
_GAP = "    "
_OF_WORDS = ("length", "figures given")
"""Figures that a typed answer has too."""


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


def heading(pair: Pair) -> str:
    """Return the question under the name of its answer, at most 80 columns wide."""
    return "\n".join(wrapped(pair.after.question, f"{pair.name}. ", " " * (len(pair.name) + 2)))


def title_of(analysis: Analysis, folder: Path) -> str:
    """Return what a session's column is called: when it was, else its folder."""
    return analysis.about.started[:16].replace("T", " ") or folder.name


def columns(pair: Pair, titles: tuple[str, str]) -> list[str]:
    """Return both answers, figures first and then their words, as lines of at most 80 characters.

    Args:
        pair: the answers.
        titles: what stands above the columns, the earlier session's first.
    """
    figures = zip(*_rows(pair), strict=True)
    sides = [
        [flat(title), "-" * COLUMN, *side, "", flat(answer.text) or "(no words)"]
        for title, answer, side in zip(titles, (pair.before, pair.after), figures, strict=True)
    ]
    lines = []
    for left, right in zip_longest(*sides, fillvalue=""):
        for one, other in zip_longest(_wrapped(left), _wrapped(right), fillvalue=""):
            lines.append(f"{one:<{COLUMN}}{_GAP}{other}".rstrip())
    return lines


def changes(
    pair: Pair, points: Sequence[TalkingPoint], meaning: Meaning | None = None
) -> list[str]:
    """Return what changed from one answer to the other, a sentence each.

    Length, pace and fillers where they were spoken, and, where there are talking points, which of
    them each answer made by itself; `meaning` are sentence vectors to judge them by.
    """
    before, after = pair.before, pair.after
    lines = [f"Length: {_length(before)}, then {_length(after)}{_advice(after)}."]
    then, now = before.pacing.speech_rate_wpm, after.pacing.speech_rate_wpm
    if then is not None and now is not None:
        lines.append(f"Pace: {then:.0f}, then {now:.0f} words a minute.")
    if not (_typed(before) and _typed(after)):
        lines.append(_fillers_line(before, after))
    if points:
        made = [_made(answer, points, meaning) for answer in (before, after)]
        lines.append(_points_line(*made))
    return lines


def _fillers_line(before: Answer, after: Answer) -> str:
    counts = [
        f"{len(a.fillers.counted)} in {plural(len(a.words), 'word')}" for a in (before, after)
    ]
    return f"Fillers: {counts[0]}, then {counts[1]}."


def _made(answer: Answer, points: Sequence[TalkingPoint], meaning: Meaning | None) -> list[str]:
    """Return the names of the talking points that an answer made by itself."""
    said = AnswerText(answer.text, answer.words, answer.question, answer.start_s, answer.end_s)
    judged = judge(points, [said], meaning).points
    return [flat(point.name) for point in judged if point.status == "covered"]


def _points_line(before: list[str], after: list[str]) -> str:
    gained = [f"“{name}”" for name in after if name not in before]
    lost = [f"“{name}”" for name in before if name not in after]
    told = f"Talking points made: {len(before)}, then {len(after)}"
    told += f"; this time also {', '.join(gained)}" if gained else ""
    told += f"; not again {', '.join(lost)}" if lost else ""
    return f"{told}."


def _typed(answer: Answer) -> bool:
    """Return whether an answer was written: it has words and took no time."""
    return answer.pacing.words > 0 and not answer.pacing.duration_s


def _length(answer: Answer) -> str:
    if _typed(answer):
        return plural(answer.pacing.words, "typed word")
    return length(answer.end_s - answer.start_s)


def _advice(answer: Answer) -> str:
    if answer.advised_s is None or _typed(answer):
        return ""
    return " ({:.0f} to {:.0f} s are advised)".format(*answer.advised_s)


def _rows(pair: Pair) -> Iterator[tuple[str, str]]:
    """Yield the figures of both answers line by line, without what was said aloud in neither."""
    for (name, before), (_, after) in zip(_figures(pair.before), _figures(pair.after), strict=True):
        if before or after:
            yield f"{name:<16}{before or 'typed'}", f"{name:<16}{after or 'typed'}"


def _figures(answer: Answer) -> list[tuple[str, str]]:
    """Return the figures with their names, "" for those that a typed answer does not have."""
    pacing = answer.pacing
    rate, latency_s = pacing.speech_rate_wpm, answer.response_latency_s
    pause = phrases.longest_pause(pacing)
    typed = _typed(answer)
    rows = (
        ("from, to", f"{clock(answer.start_s)}, {clock(answer.end_s)}"),
        ("length", _length(answer)),
        ("pace", "not scored" if rate is None else f"{rate:.0f} words a minute"),
        ("fillers", str(len(answer.fillers.counted))),
        ("longest pause", "none" if pause is None else f"{phrases.pause_length_s(pause):.1f} s"),
        ("begins after", "not measured" if latency_s is None else f"{latency_s:.1f} s"),
        ("figures given", "not counted" if answer.figures is None else str(answer.figures)),
    )
    return [(name, "" if typed and name not in _OF_WORDS else value) for name, value in rows]


def _wrapped(text: str) -> list[str]:
    """Return the text in lines of a column; one that fits stays as it is, spaces and all."""
    if len(text) <= COLUMN:
        return [text]
    return wrapped(text, width=COLUMN)
