"""Judge talking points: covered, partial, contradicted or missing, with quote and reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agent.analysis import Coverage, Evidence, PointCoverage, SpokenWord, Status
from agent.brief import Question, TalkingPoint
from agent.coverage.fit import invited
from agent.coverage.meaning import OVERLAP, Meaning
from agent.coverage.reading import Reading, Wrong, reading_of
from agent.coverage.sentences import place_of, sentences_of
from agent.text.facts import Facts, facts_of

ENOUGH = 0.5
"""Share of its figures that makes a point, where the result of a change is not among them."""
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
    """Whether the question was a follow-up: the answer goes on with the one before."""


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
    among: Sequence[TalkingPoint] = (),
    meaning: Meaning | None = None,
) -> PointJudgement:
    """Judge one point by one text.

    Args:
        point: the talking point.
        text: what was said, with or without punctuation.
        question: what it answers; where that asks for the point, less raises it.
        among: all points of the brief; a sentence belongs to the nearest.
        meaning: what compares sentences; shared words where there is nothing better.
    """
    reading = reading_of(point, text, among, meaning or OVERLAP, question)
    status, note = _verdict(facts_of(point.name, point.text), [reading])
    if status == "missing":
        return PointJudgement("missing", note=note)
    start, end = _quoted(text, reading, _best(text, reading, (0, len(text)))[1])
    return PointJudgement(status, text[start:end], start, end, note)


def judge(
    points: Sequence[TalkingPoint],
    answers: Sequence[SaidAnswer],
    meaning: Meaning | None = None,
) -> Coverage:
    """Judge every point by all answers together.

    An answer is read together with those to its follow-ups. A point's figures are collected over
    all that raise it. Evidence is the best quote of up to two answers, verbatim, with the time of
    its words. A missing point tells the question asked where it would have fitted.
    """
    passages = list(_passages(answers))
    return Coverage(
        points=tuple(
            _judged(index, points, passages, (answers, meaning or OVERLAP))
            for index in range(len(points))
        )
    )


def _passages(answers: Sequence[SaidAnswer]) -> Iterator[tuple[int, ...]]:
    """Yield the places of each answer with the answers to its follow-ups."""
    group: list[int] = []
    for place, answer in enumerate(answers):
        if group and not answer.follow_up:
            yield tuple(group)
            group = []
        group.append(place)
    if group:
        yield tuple(group)


def _judged(
    index: int,
    points: Sequence[TalkingPoint],
    passages: Sequence[tuple[int, ...]],
    heard: tuple[Sequence[SaidAnswer], Meaning],
) -> PointCoverage:
    point, (answers, meaning) = points[index], heard
    readings: list[Reading] = []
    quotes: list[tuple[float, Evidence]] = []
    for places in passages:
        text = "\n".join(answers[place].text for place in places)
        question = answers[places[0]].question
        reading = reading_of(point, text, points, meaning, question)
        reading = _surely(reading, places, answers)
        readings.append(reading)
        if reading.raised:
            quotes += _evidence(reading, text, places, answers)
    status, note = _verdict(facts_of(point.name, point.text), readings)
    quotes.sort(key=lambda one: -one[0])
    return PointCoverage(
        index=index, name=point.name, text=point.text, status=status, note=note,
        evidence=tuple(one for _, one in quotes[:2]),
        would_fit=_would_fit(index, points, answers) if status == "missing" else "",
    )  # fmt: skip


def _verdict(facts: Facts, readings: Sequence[Reading]) -> tuple[Status, str]:
    """Return the status of a point by all that was read, and why.

    Contradicted: one of its figures was told wrong and nowhere right. Missing: nothing raises it.
    Covered: the result of its first change or half of its figures were told; without figures, a
    sentence that says the same. Anything between is partial.
    """
    told = {at for reading in readings for at in reading.told}
    wrong = [one for reading in readings for one in reading.wrong if one.index not in told]
    if wrong:
        said, right = wrong[0].said.shown, wrong[0].right
        return "contradicted", f"You said “{said}”; the brief says “{right}”."
    if not any(reading.raised for reading in readings):
        return "missing", "Nothing that was said raises it."
    claims = facts.claims
    enough = sum(at in told for at in claims) >= ENOUGH * len(claims)
    if claims and (enough or facts.result in told):
        shown = dict.fromkeys(facts.figures[at].shown for at in claims if at in told)
        return "covered", f"The claim came with its figures ({', '.join(list(shown)[:4])})."
    if not claims and any(reading.clear for reading in readings):
        return "covered", "The claim was told."
    return "partial", _why_partial(facts, told, readings)


def _why_partial(facts: Facts, told: set[int], readings: Sequence[Reading]) -> str:
    """Return what was left out, and which figure may have been misheard."""
    lost = dict.fromkeys(facts.figures[at].shown for at in facts.claims if at not in told)
    said = {name for reading in readings for name in reading.names}
    left_out = list(lost) or [name for name in facts.names if name not in said]
    note = f"Left out: {', '.join(left_out[:3]) or 'the claim itself'}."
    unsure = [one for reading in readings for one in reading.misheard if one.index not in told]
    if unsure:
        note += f" “{unsure[0].said.shown}” may have been misheard for “{unsure[0].right}”."
    return note


def _surely(reading: Reading, places: Sequence[int], answers: Sequence[SaidAnswer]) -> Reading:
    """Return a reading with the wrong figures set apart whose words were not surely recognized."""
    words = [word for place in places for word in answers[place].words]
    unsure = tuple(one for one in reading.wrong if _heard(one, words) < UNSURE)
    sure = tuple(one for one in reading.wrong if one not in unsure)
    return replace(reading, wrong=sure, misheard=reading.misheard + unsure)


def _heard(wrong: Wrong, words: Sequence[SpokenWord]) -> float:
    """Return the least probability of the words of a figure, 1 where there are none."""
    start, end = wrong.said.hit.start, wrong.said.hit.end
    return min((word.probability for word in _words_in(words, start, end)), default=1.0)


def _would_fit(index: int, points: Sequence[TalkingPoint], answers: Sequence[SaidAnswer]) -> str:
    """Return the question asked that invites the point best, "" when none does."""
    asked = dict.fromkeys(one.question for one in answers if one.question and not one.follow_up)
    fits = {text: dict(invited(Question(text=text), points)).get(index, 0.0) for text in asked}
    best = max(fits, key=lambda text: fits[text], default="")
    return best if fits.get(best, 0.0) > 0 else ""


def _evidence(
    reading: Reading, text: str, places: Sequence[int], answers: Sequence[SaidAnswer]
) -> Iterator[tuple[float, Evidence]]:
    """Yield for each answer of a passage that shows the point its worth and its quote."""
    start = 0
    for place in places:
        answer, end = answers[place], start + len(answers[place].text)
        worth, best = _best(text, reading, (start, end))
        if worth >= max(reading.near) or worth >= 1:
            first, last = _quoted(text, reading, best)
            first_s, last_s = word_times(answer, first - start, last - start)
            yield (
                worth,
                Evidence(quote=text[first:last], start_s=first_s, end_s=last_s, answer=place),
            )
        start = end + 1


def _best(text: str, reading: Reading, span: tuple[int, int]) -> tuple[float, tuple[int, int]]:
    """Return what the best sentence of a stretch shows, and its offsets with a telling neighbor's.

    That is its likeness, one more for each figure told and three for a figure told wrong.
    """
    sentences = sentences_of(text)
    worth = list(reading.near)
    for more, figures in ((1, reading.told.values()), (3, (one.said for one in reading.wrong))):
        for figure in figures:
            worth[place_of(sentences, figure.hit.start)] += more
    inside = [at for at, one in enumerate(sentences) if span[0] <= one.start < span[1]]
    if not inside:
        return 0.0, span
    best = max(inside, key=lambda at: worth[at])
    beside = [at for at in (best - 1, best + 1) if at in inside and worth[at] > 1]
    both = (*beside[:1], best)
    return worth[best], (sentences[min(both)].start, sentences[max(both)].end)


def _quoted(text: str, reading: Reading, span: tuple[int, int]) -> tuple[int, int]:
    """Return a stretch without space around it, at most LONGEST_QUOTE characters of it."""
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start <= LONGEST_QUOTE:
        return start, end
    figures = (*(one.said for one in reading.wrong), *reading.told.values())
    marks = [one.hit.start for one in figures if start <= one.hit.start < end]
    left = max(start, min(min(marks, default=start) - LONGEST_QUOTE // 4, end - LONGEST_QUOTE))
    left = left if left == start else text.find(" ", left) + 1
    right = min(end, left + LONGEST_QUOTE)
    return left, right if right == end else max(text.rfind(" ", left, right), left + 1)


def word_times(answer: SaidAnswer, start: int, end: int) -> tuple[float, float]:
    """Return when a stretch of an answer's text began and ended, in seconds."""
    inside = _words_in(answer.words, start, end)
    if not inside:
        return answer.start_s, answer.end_s
    return inside[0].start_s, inside[-1].end_s


def _words_in(words: Sequence[SpokenWord], start: int, end: int) -> list[SpokenWord]:
    """Return the words in a stretch of the text that they make."""
    at, inside = 0, []
    for word in words:
        if at < end and at + len(word.text) > start:
            inside.append(word)
        at += len(word.text) + 1
    return inside
