"""A story told twice: two answers to different questions with the same rare words and figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from agent.analysis import Evidence, Repeated
from agent.coverage.points import SaidAnswer, word_times
from agent.coverage.said import said_of
from agent.coverage.words import content_words, weight_of

LEAST_WORDS = 25
"""A shorter answer tells no story."""
LEAST_SHARED = 5.0
"""Weight of what two answers share: five special words, or two figures and a word."""
LEAST_SHARE = 0.3
"""The same as a share of the weight of the answer that has less."""
FIGURE_WEIGHT = 2.0
"""A figure that two answers share says more than a word."""
SMALL_FIGURE = 12
"""Bare counts up to this are no mark of a story: "two people", "three days"."""
COMMON_SHARE = 0.5
"""What more than this share of all answers has (three at least) is the person's topic, no story."""

Marks = dict[str, float]
"""Stems and figures of an answer with their weights."""


def stories_told_twice(answers: Sequence[SaidAnswer]) -> tuple[Repeated, ...]:
    """Return pairs of answers to different questions that tell the same story, in order.

    A follow-up belongs to the question before it and is never compared with it. Words of the
    questions themselves do not count. Each later answer is reported once, with the earlier answer
    that it is most like.
    """
    group, groups = -1, []
    for answer in answers:
        group += not answer.follow_up or group < 0
        groups.append(group)
    marks = [_marks(answer) for answer in answers]
    counts = Counter(mark for each in marks for mark in each)
    most = max(2.0, COMMON_SHARE * len(answers))
    best: dict[int, tuple[float, int]] = {}
    for first, again in combinations(range(len(answers)), 2):
        if groups[first] == groups[again] or answers[first].question == answers[again].question:
            continue
        shared = _shared(marks[first], marks[again], {m for m, n in counts.items() if n > most})
        least = min(sum(marks[first].values()), sum(marks[again].values()))
        if shared >= LEAST_SHARED and shared >= LEAST_SHARE * least:
            best[again] = max(best.get(again, (0.0, 0)), (shared, first))
    return tuple(
        Repeated(
            first=_evidence(first, answers[first], marks[again]),
            again=_evidence(again, answers[again], marks[first]),
        )
        for again, (_, first) in sorted(best.items())
    )


def _marks(answer: SaidAnswer) -> Marks:
    """Return what an answer is known by: its special words and its figures that stand."""
    if len(answer.text.split()) < LEAST_WORDS:
        return {}
    said = said_of(answer.text)
    asked = {word.stem for word in content_words(answer.question)}
    marks = {
        word.stem: 1.0
        for sentence in said.sentences
        for word in sentence.words
        if sentence.stands and word.stem not in asked and weight_of(word.stem) == 1.0
    }
    figures = {
        f"{number.hit.kind} {number.value:g}": FIGURE_WEIGHT
        for number in said.numbers
        if number.hit.kind or number.value > SMALL_FIGURE
    }
    return marks | figures


def _shared(one: Marks, other: Marks, common: set[str]) -> float:
    return sum(weight for mark, weight in one.items() if mark in other and mark not in common)


def _evidence(place: int, answer: SaidAnswer, other: Marks) -> Evidence:
    """Return the sentence of an answer that has most of the other answer's marks."""
    said = said_of(answer.text)
    scores = [
        sum(other.get(root, 0.0) for root in {word.stem for word in sentence.words})
        + sum(other.get(f"{n.hit.kind} {n.value:g}", 0.0) for n in said.numbers if n.sentence == at)
        for at, sentence in enumerate(said.sentences)
    ]
    best = said.sentences[max(range(len(scores)), key=lambda at: scores[at])]
    quote = answer.text[best.start : best.end].strip()
    start = answer.text.index(quote, best.start)
    start_s, end_s = word_times(answer, start, start + len(quote))
    return Evidence(quote=quote, start_s=start_s, end_s=end_s, answer=place)
