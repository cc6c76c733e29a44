"""Judge talking points: covered, partial, contradicted or missing, with quote and reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agent.analysis import Coverage, Evidence, PointCoverage, SpokenWord, Status
from agent.brief import Question, TalkingPoint
from agent.coverage.facts import Facts, facts_of
from agent.coverage.fit import invited
from agent.coverage.meaning import Meaning
from agent.coverage.said import said_of
from agent.coverage.signs import Signs, merged, signs_in
from agent.coverage.verdict import verdict_of

UNSURE = 0.2
"""Probability of a word below which a figure is not held against the person: the wrong figure
planted in the demo is heard rightly with 0.33."""
LONGEST_QUOTE = 320
"""Characters of a quote at most."""


@dataclass(frozen=True)
class SaidAnswer:
    """One answer as judged."""

    text: str
    """What was said."""
    words: tuple[SpokenWord, ...] = ()
    """The same words with times; joined by spaces they are the text."""
    question: str = ""
    """The question it answers, "" when there was none."""
    start_s: float = 0.0
    """When it began, in seconds on the session clock."""
    end_s: float = 0.0
    """When it ended, in seconds on the session clock."""
    follow_up: bool = False
    """Whether the question was a follow-up: no place where a point would have fitted."""


@dataclass(frozen=True)
class PointJudgement:
    """What one text makes of one point."""

    status: Status
    """covered, partial, contradicted or missing."""
    quote: str = ""
    """The stretch of the text that shows it, verbatim; "" when missing."""
    start: int = 0
    """Offset of the quote's first character."""
    end: int = 0
    """Offset after the quote's last character."""
    note: str = ""
    """Why, in a sentence."""


def judge_text(
    point: TalkingPoint,
    text: str,
    question: str = "",
    among: tuple[TalkingPoint, ...] = (),
    meaning: Meaning | None = None,
) -> PointJudgement:
    """Judge one point by one text.

    Args:
        point: the talking point.
        text: what was said, with or without punctuation.
        question: what it answers; words that only repeat it show less.
        among: all points of the brief, so that words they share weigh less.
        meaning: sentence vectors, where there are any.
    """
    facts = facts_of(point, among)
    signs = _signs(facts, text, question, meaning)
    status, note = verdict_of(facts, signs)
    if status == "missing":
        return PointJudgement("missing", note=note)
    start, end = _quote(text, signs, status)
    return PointJudgement(status, text[start:end], start, end, note)


def judge(
    points: Sequence[TalkingPoint],
    answers: Sequence[SaidAnswer],
    meaning: Meaning | None = None,
) -> Coverage:
    """Judge every point by all answers together.

    What one answer leaves out another may add: a point's facts are collected over all answers
    that raise it. Evidence is the best quote of up to two answers, verbatim, with the time of
    its words. A missing point tells the question asked where it would have fitted.
    """
    among = tuple(points)
    return Coverage(
        points=tuple(_judged(index, among, answers, meaning) for index in range(len(among)))
    )


def _judged(
    index: int,
    points: tuple[TalkingPoint, ...],
    answers: Sequence[SaidAnswer],
    meaning: Meaning | None,
) -> PointCoverage:
    point = points[index]
    facts = facts_of(point, points)
    each = [
        _surely(_signs(facts, answer.text, answer.question, meaning), answer) for answer in answers
    ]
    alone = [verdict_of(facts, signs)[0] for signs in each]
    for before, place in _continued(answers, alone):
        figures = _figures_after(facts, answers[before].text, answers[place].text)
        if figures.numbers:
            each[place], alone[place] = figures, "partial"
    raised = [signs for signs, status in zip(each, alone, strict=True) if status != "missing"]
    status, note = verdict_of(facts, merged(raised))
    evidence: tuple[Evidence, ...] = ()
    if status != "missing":
        order = sorted(
            (place for place, one in enumerate(alone) if one != "missing"),
            key=lambda place: (alone[place] != status, -each[place].strength),
        )
        evidence = tuple(
            _evidence(place, answers[place], each[place], status) for place in order[:2]
        )
    return PointCoverage(
        index=index, name=point.name, text=point.text, status=status, evidence=evidence, note=note,
        would_fit=_would_fit(index, points, answers) if status == "missing" else "",
    )  # fmt: skip


def _continued(answers: Sequence[SaidAnswer], alone: Sequence[Status]) -> Iterator[tuple[int, int]]:
    """Yield the follow-up answers that raise nothing alone, each after the last answer to the same
    question that raises the point.

    `alone` is read anew each time, so that an answer taken in carries the next one.
    """
    raising: int | None = None
    for place, answer in enumerate(answers):
        if not answer.follow_up:
            raising = None
        elif raising is not None and alone[place] == "missing":
            yield raising, place
        if alone[place] in ("covered", "partial"):
            raising = place


def _figures_after(facts: Facts, before: str, text: str) -> Signs:
    """Return the point's figures in a text that goes on with another ("from 6K to 50K").

    Right figures only: one that differs may be of something else.
    """
    start = len(before) + 1
    signs = signs_in(facts, said_of(f"{before} {text}"))
    numbers = {
        key: (first - start, last - start)
        for key, (first, last) in signs.numbers.items()
        if first >= start
    }
    by_sentence = {
        place: 2.0 * sum(one.start <= first < one.end for first, _ in numbers.values())
        for place, one in enumerate(said_of(text).sentences)
    }
    return Signs(numbers=numbers, by_sentence=by_sentence)


def _signs(facts: Facts, text: str, question: str, meaning: Meaning | None) -> Signs:
    """Return what an answer shows of a point; vectors are asked where the rules are not sure."""
    said = said_of(text)
    signs = signs_in(facts, said, question)
    if meaning is None or verdict_of(facts, signs)[0] in ("covered", "contradicted"):
        return signs
    return signs_in(facts, said, question, meaning)


def _surely(signs: Signs, answer: SaidAnswer) -> Signs:
    """Return the signs with wrong figures set apart whose words were not surely recognized."""
    unsure = tuple(
        one
        for one in signs.wrong
        if (heard := _words_in(answer, one.start, one.end))
        and min(word.probability for word in heard) < UNSURE
    )
    sure = tuple(one for one in signs.wrong if one not in unsure)
    return replace(signs, wrong=sure, unsure=unsure)


def _would_fit(index: int, points: tuple[TalkingPoint, ...], answers: Sequence[SaidAnswer]) -> str:
    """Return the question asked that invites the point best, "" when none does."""
    best, found = 0.0, ""
    asked = (one.question for one in answers if one.question and not one.follow_up)
    for text in dict.fromkeys(asked):
        score = dict(invited(Question(text=text), points)).get(index, 0.0)
        if score > best:
            best, found = score, text
    return found


def _quote(text: str, signs: Signs, status: Status) -> tuple[int, int]:
    """Return the stretch to quote: the sentences that show most, or the wrong figure's."""
    sentences = said_of(text).sentences
    if status == "contradicted" and signs.wrong:
        places = [
            place for place, one in enumerate(sentences)
            if one.start <= signs.wrong[0].start < max(one.end, one.start + 1)
        ]  # fmt: skip
    else:
        best = max(signs.by_sentence, key=lambda place: signs.by_sentence[place], default=0)
        places = [best]
        enough = 0.5 * signs.by_sentence.get(best, 0.0)
        for beside in (best - 1, best + 1):
            if signs.by_sentence.get(beside, 0.0) >= max(enough, 1.0):
                places.append(beside)
                break
    start = min((sentences[place].start for place in places), default=0)
    end = max((sentences[place].end for place in places), default=len(text))
    return _trimmed(text, start, end, signs)


def _trimmed(text: str, start: int, end: int, signs: Signs) -> tuple[int, int]:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start <= LONGEST_QUOTE:
        return start, end
    marks = sorted(
        [at for at, _ in signs.numbers.values() if start <= at < end]
        + [one.start for one in signs.wrong if start <= one.start < end]
    )
    middle = marks[len(marks) // 2] if marks else start
    left = max(start, min(middle - LONGEST_QUOTE // 2, end - LONGEST_QUOTE))
    right = min(end, left + LONGEST_QUOTE)
    left = left if left == start else text.find(" ", left) + 1
    right = right if right == end else text.rfind(" ", left, right)
    return left, right


def _evidence(place: int, answer: SaidAnswer, signs: Signs, status: Status) -> Evidence:
    """Return the quote of one answer with the times of its first and last word."""
    start, end = _quote(answer.text, signs, status)
    first, last = word_times(answer, start, end)
    return Evidence(quote=answer.text[start:end], start_s=first, end_s=last, answer=place)


def word_times(answer: SaidAnswer, start: int, end: int) -> tuple[float, float]:
    """Return when a stretch of an answer's text began and ended, in seconds."""
    inside = _words_in(answer, start, end)
    if not inside:
        return answer.start_s, answer.end_s
    return inside[0].start_s, inside[-1].end_s


def _words_in(answer: SaidAnswer, start: int, end: int) -> list[SpokenWord]:
    """Return the words of a stretch of an answer's text."""
    at, inside = 0, []
    for word in answer.words:
        if at < end and at + len(word.text) > start:
            inside.append(word)
        at += len(word.text) + 1
    return inside


__all__ = ["Facts", "PointJudgement", "SaidAnswer", "invited", "judge", "judge_text"]
