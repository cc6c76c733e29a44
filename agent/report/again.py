"""One question asked again: which, both answers, and what changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from agent.analysis import Analysis, Answer, PointCoverage, read_analysis
from agent.analysis.analyzer import said_answers
from agent.analysis.coverage.meaning import find_meaning
from agent.analysis.coverage.points import judge
from agent.analysis.phrases import answer_names
from agent.brief import Brief, Question, TalkingPoint
from agent.console import wrapped
from agent.errors import RehearseError, SessionError
from agent.session import read_meta
from agent.session.settings import Retry
from agent.text.display import clean, flat, length, plural

MINUTES = 5.0
"""Time for one question with its follow-ups, a design included."""
COLUMN = 38
"""Characters of each of the two columns; with the gap between them they fill a terminal's 80."""


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

    @property
    def retry(self) -> Retry:
        """What the settings of the session say in which it is asked again."""
        return Retry(of=self.folder.resolve().name, answer=self.name.strip().lower())

    def answer_in(self, after: Analysis) -> Answer | None:
        """Return the second answer, None where the retry has none."""
        question = flat(self.main.question).casefold()
        return next((a for a in after.answers if flat(a.question).casefold() == question), None)

    def changes(self, now: Answer) -> list[str]:
        """Return what changed, a sentence each: length, pace, fillers, talking points made."""
        changed, points = list(_figures(self.main, now)), self.brief.talking_points
        if points:
            first, second = (_judged(one, points) for one in (self.main, now))
            then, made = (_names(found, "covered") for found in (first, second))
            gained = ", ".join(name for name in made if name not in then)
            lost = ", ".join(name for name in then if name not in made)
            told = f"Talking points made: {len(then)}, then {len(made)}"
            told += f"; this time also {gained}" if gained else ""
            changed.append(f"{told}; not again {lost}." if lost else f"{told}.")
            half = (one for one in second if one.status in ("partial", "contradicted") and one.note)
            changed += [f"“{flat(one.name)}”: {one.note.rstrip('.')}." for one in half]
        return changed

    def compared(self, after: Analysis, now: Answer) -> list[str]:
        """Return the question, both answers in columns, and what changed, in 80 columns."""
        sides = []
        for analysis, answer in ((self.before, self.main), (after, now)):
            title = wrapped(analysis.about.started[:16].replace("T", " "), width=COLUMN)
            text = wrapped(answer.text, width=COLUMN) or ["(no words)"]
            sides.append([*title, "-" * COLUMN, *text])
        both = zip_longest(*sides, fillvalue="")
        columns = (f"{one:<{COLUMN}}    {other}".rstrip() for one, other in both)
        told = (line for text in self.changes(now) for line in wrapped(text, later="  "))
        return [*wrapped(now.question), "", *columns, "", *told]


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


def _judged(answer: Answer, points: Sequence[TalkingPoint]) -> Sequence[PointCoverage]:
    return judge(points, said_answers((answer,)), find_meaning()).points


def _names(points: Sequence[PointCoverage], status: str) -> list[str]:
    return [f"“{flat(point.name)}”" for point in points if point.status == status]
