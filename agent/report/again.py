"""The same question in two sessions: which to ask again, both answers, and what changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from agent.analysis import Analysis, Answer, read_analysis
from agent.analysis.analyzer import said_answers
from agent.analysis.coverage.meaning import Meaning, find_meaning
from agent.analysis.coverage.points import judge
from agent.analysis.phrases import answer_names
from agent.brief import Brief, Question, TalkingPoint
from agent.console import wrapped
from agent.errors import RehearseError, SessionError
from agent.session import read_meta
from agent.text.display import clean, flat, length, plural

MINUTES = 5.0
"""Time for one question with its follow-ups, a design included."""
COLUMN = 38
"""Characters of each of the two columns; with the gap between them they fill a terminal's 80."""
Session = tuple[Analysis, Path]


def answer_named(analysis: Analysis, name: str) -> int:
    """Return the index of the answer called "3", or "3a" for its first follow-up."""
    names = answer_names(analysis.answers)
    if (wanted := name.strip().lower()) in names:
        return names.index(wanted)
    known = ", ".join(names) or "none"
    raise SessionError(f"there is no answer {clean(name)!r} in this session; its answers: {known}")


def worth_again(analysis: Analysis) -> str:
    """Return the name of the main answer that the weightiest finding is about, "" for none."""
    if not analysis.interviewer:
        return ""
    names = answer_names(analysis.answers)
    about = (one.answer for one in analysis.to_practice if one.answer is not None)
    return next((names[at].rstrip("abcdefghijklmnopqrstuvwxyz") for at in about), "")


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


@dataclass(frozen=True)
class Again:
    """A question that is to be asked again."""

    main: Answer
    """The first answer to it."""
    before: Analysis
    folder: Path
    name: str
    """What the report calls the answer that is to be given again."""
    brief: Brief
    place: int
    """Which of the brief's questions it is."""

    def pair_in(self, after: Analysis) -> Pair | None:
        """Return both answers, None where the retry has none."""
        found = (pair for pair in pairs(after, self.before))
        return next((pair for pair in found if pair.before.question == self.main.question), None)

    def changes_in(self, pair: Pair) -> list[str]:
        """Return what changed from one answer to the other, a sentence each."""
        return changes(pair, self.brief.talking_points, find_meaning())


def ask_again(folder: Path, name: str) -> Again:
    """Return what to ask for the answer called so ("3"; "3a" asks its main question)."""
    brief, before = read_meta(folder).brief, read_analysis(folder)
    if not before.interviewer:
        raise RehearseError(
            f"{folder} holds a recording without an interview, so nothing can be asked again;"
            " choose a session of `rehearse run`"
        )
    index = answer_named(before, name)
    asked = before.answers[index]
    earlier = (
        answer
        for answer in reversed(before.answers[: index + 1])
        if answer.kind != "follow_up" and answer.question_index == asked.question_index
    )
    main = next(earlier, asked)
    place = main.question_index
    if place is None or not 0 <= place < len(brief.questions):
        # A question of our own stands in no brief; there it takes the place of the questions.
        own, place = Question(area=main.area, text=main.question), 0
        brief = brief.model_copy(update={"questions": (own,)})
    return Again(main, before, folder, name, brief, place)


def compared(
    pair: Pair,
    sessions: tuple[Session, Session],
    points: Sequence[TalkingPoint] = (),
    meaning: Meaning | None = None,
) -> list[str]:
    """Return the question, both answers in columns, and what changed, as lines of 80 columns."""
    sides = []
    for (analysis, folder), answer in zip(sessions, (pair.before, pair.after), strict=True):
        title = analysis.about.started[:16].replace("T", " ") or folder.name
        text = wrapped(answer.text, width=COLUMN) or ["(no words)"]
        sides.append([*wrapped(title, width=COLUMN), "-" * COLUMN, *text])
    lines = wrapped(pair.after.question, f"{pair.name}. ", " " * (len(pair.name) + 2))
    both = zip_longest(*sides, fillvalue="")
    columns = (f"{one:<{COLUMN}}    {other}".rstrip() for one, other in both)
    told = (line for text in changes(pair, points, meaning) for line in wrapped(text, later="  "))
    return [*lines, "", *columns, "", *told]


def changes(
    pair: Pair, points: Sequence[TalkingPoint] = (), meaning: Meaning | None = None
) -> list[str]:
    """Return what changed, a sentence each: length, pace, fillers, and the talking points made."""
    changed = list(_figures(pair.before, pair.after))
    if points:
        then, now = (_made(one, points, meaning) for one in (pair.before, pair.after))
        gained = ", ".join(name for name in now if name not in then)
        lost = ", ".join(name for name in then if name not in now)
        told = f"Talking points made: {len(then)}, then {len(now)}"
        told += f"; this time also {gained}" if gained else ""
        changed.append(f"{told}; not again {lost}." if lost else f"{told}.")
    return changed


def _figures(before: Answer, after: Answer) -> Iterator[str]:
    # A written answer has words and took no time.
    typed = [one.pacing.words > 0 and not one.pacing.duration_s for one in (before, after)]
    lengths = [
        plural(one.pacing.words, "typed word") if written else length(one.end_s - one.start_s)
        for one, written in zip((before, after), typed, strict=True)
    ]
    advised = after.advised_s if not typed[1] else None
    advice = " ({:.0f} to {:.0f} s are advised)".format(*advised) if advised else ""
    yield f"Length: {lengths[0]}, then {lengths[1]}{advice}."
    then, now = before.pacing.speech_rate_wpm, after.pacing.speech_rate_wpm
    if then is not None and now is not None:
        yield f"Pace: {then:.0f}, then {now:.0f} words a minute."
    if not all(typed):
        fillers = [
            f"{len(one.fillers.counted)} in {plural(len(one.words), 'word')}"
            for one in (before, after)
        ]
        yield f"Fillers: {fillers[0]}, then {fillers[1]}."


def _made(answer: Answer, points: Sequence[TalkingPoint], meaning: Meaning | None) -> list[str]:
    judged = judge(points, said_answers((answer,)), meaning).points
    return [f"“{flat(point.name)}”" for point in judged if point.status == "covered"]
