"""The same question in two sessions: both answers in two columns, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from agent.analysis import Analysis, Answer
from agent.analysis.analyzer import said_answers
from agent.analysis.coverage.meaning import Meaning
from agent.analysis.coverage.points import judge
from agent.analysis.phrases import answer_names
from agent.brief import TalkingPoint
from agent.console import wrapped
from agent.text.display import flat, length, plural

COLUMN = 38
"""Characters of each of the two columns; with the gap between them they fill a terminal's 80."""


@dataclass(frozen=True)
class Pair:
    """The same question, answered in two sessions."""

    name: str
    """Short name of the answer in the later session."""
    before: Answer
    after: Answer


def pairs(analysis: Analysis, before: Analysis) -> list[Pair]:
    """Return the answers to questions that both sessions asked word for word, first with first."""
    left = list(before.answers)
    found = []
    for name, after in zip(answer_names(analysis.answers), analysis.answers, strict=True):
        same = next((a for a in left if after.question and _asked(a) == _asked(after)), None)
        if same is not None:
            left.remove(same)
            found.append(Pair(name, same, after))
    return found


def _asked(answer: Answer) -> str:
    return flat(answer.question).casefold()


def _typed(answer: Answer) -> bool:
    """Return whether an answer was written: it has words and took no time."""
    return answer.pacing.words > 0 and not answer.pacing.duration_s


def _length(answer: Answer) -> str:
    if _typed(answer):
        return plural(answer.pacing.words, "typed word")
    return length(answer.end_s - answer.start_s)


Session = tuple[Analysis, Path]
"""A session and its folder."""


def compared(
    pair: Pair,
    sessions: tuple[Session, Session],
    points: Sequence[TalkingPoint] = (),
    meaning: Meaning | None = None,
) -> list[str]:
    """Return the question, both answers in columns, and what changed, as lines of 80 columns.

    Length, pace and fillers where they were spoken, and, where there are talking points, which of
    them each answer made by itself; `meaning` are sentence vectors to judge them by.
    """
    sides = []
    for (analysis, folder), answer in zip(sessions, (pair.before, pair.after), strict=True):
        title = analysis.about.started[:16].replace("T", " ") or folder.name
        text = wrapped(answer.text, width=COLUMN) or ["(no words)"]
        sides.append([*wrapped(title, width=COLUMN), "-" * COLUMN, *text])
    lines = wrapped(pair.after.question, f"{pair.name}. ", " " * (len(pair.name) + 2))
    lines.append("")
    for one, other in zip_longest(*sides, fillvalue=""):
        lines.append(f"{one:<{COLUMN}}    {other}".rstrip())
    changed = changes(pair, points, meaning)
    return [*lines, "", *(line for text in changed for line in wrapped(text, later="  "))]


def changes(
    pair: Pair, points: Sequence[TalkingPoint] = (), meaning: Meaning | None = None
) -> list[str]:
    """Return what changed from one answer to the other, a sentence each; as in `compared`."""
    changed = list(_changes(pair))
    if points:
        then, now = (_made(one, points, meaning) for one in (pair.before, pair.after))
        gained = ", ".join(name for name in now if name not in then)
        lost = ", ".join(name for name in then if name not in now)
        told = f"Talking points made: {len(then)}, then {len(now)}"
        told += f"; this time also {gained}" if gained else ""
        changed.append(f"{told}; not again {lost}." if lost else f"{told}.")
    return changed


def _changes(pair: Pair) -> Iterator[str]:
    before, after = pair.before, pair.after
    typed = _typed(before) and _typed(after)
    advised = after.advised_s if not _typed(after) else None
    advice = " ({:.0f} to {:.0f} s are advised)".format(*advised) if advised else ""
    yield f"Length: {_length(before)}, then {_length(after)}{advice}."
    then, now = before.pacing.speech_rate_wpm, after.pacing.speech_rate_wpm
    if then is not None and now is not None:
        yield f"Pace: {then:.0f}, then {now:.0f} words a minute."
    if not typed:
        yield f"Fillers: {_fillers(before)}, then {_fillers(after)}."


def _fillers(answer: Answer) -> str:
    return f"{len(answer.fillers.counted)} in {plural(len(answer.words), 'word')}"


def _made(answer: Answer, points: Sequence[TalkingPoint], meaning: Meaning | None) -> list[str]:
    judged = judge(points, said_answers((answer,)), meaning).points
    return [f"“{flat(point.name)}”" for point in judged if point.status == "covered"]
