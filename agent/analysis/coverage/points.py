"""Judge talking points: covered, partial, contradicted or missing, with quote and reason."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from agent.analysis import Coverage, Evidence, PointCoverage, SpokenWord, Status
from agent.analysis.barrier import Faults
from agent.analysis.coverage.fit import invited
from agent.analysis.coverage.meaning import OVERLAP, Meaning
from agent.analysis.coverage.reading import Reading, Said, reading_of, surely_told
from agent.analysis.coverage.sentences import place_of, sentences_of
from agent.brief import Question, TalkingPoint
from agent.text.facts import Facts, facts_of
from agent.text.figures import Figure, figures_of, may_be_misheard, times_off
from agent.text.names import find_name

ENOUGH = 0.5
"""Share of its figures that makes a point, where the result of a change is not among them."""
UNSURE = 0.2
"""Probability of a word below which a figure is not held against the person: the wrong figure
planted in the demo is heard rightly with 0.33."""
DOUBTED = 0.7
"""Probability of a word below which another that sounds like it may have been said."""
LONGEST_QUOTE = 320
"""Characters of a quote at most."""


@dataclass(frozen=True)
class AnswerText:
    """One answer as judged."""

    text: str
    words: tuple[SpokenWord, ...] = ()
    """The same words with times; joined by spaces they are the text."""
    question: str = ""
    start_s: float = 0.0
    end_s: float = 0.0
    follow_up: bool = False
    """Whether the question was a follow-up: the answer goes on with the one before."""


@dataclass(frozen=True)
class _Passage:
    """An answer with those to its follow-ups, read as one text, and what it shows of a point."""

    answers: dict[int, AnswerText]
    """By their places."""
    text: str
    reading: Reading


class Verdict(NamedTuple):
    """What became of a point, why, and what to ask where a figure may be misheard."""

    status: Status
    note: str
    doubt: str = ""


def judge_text(
    point: TalkingPoint,
    said: str | AnswerText,
    question: str = "",
    among: Sequence[TalkingPoint] = (),
    meaning: Meaning | None = None,
) -> PointCoverage:
    """Judge one point by one text; the arguments are those of reading_of."""
    points = tuple(among) or (point,)
    one = AnswerText(said, question=question) if isinstance(said, str) else said
    return _judged(points.index(point), points, [one], meaning or OVERLAP)


def judge(
    points: Sequence[TalkingPoint],
    answers: Sequence[AnswerText],
    meaning: Meaning | None = None,
    faults: Faults | None = None,
) -> Coverage:
    """Judge every point by all answers together, each read with those to its follow-ups.

    A point's figures are collected over all that raise it. Evidence are the one or two sentences
    that show most of it, verbatim, with the time of their words. A point that fails by a fault of
    ours is left out, and `faults` says so.
    """
    failed, compared = faults or Faults(), meaning or OVERLAP
    judged = (
        failed.measured(
            f"Talking point “{point.name}”",
            None,
            lambda at=at: _judged(at, points, answers, compared),  # type: ignore[misc]
        )
        for at, point in enumerate(points)
    )
    found = [point for point in judged if point is not None]
    quotes = [quote for point in found if point.sure for quote in point.evidence]
    # Where another point was told is no place for this one.
    taken = {answers[one.answer].question for one in quotes if one.answer is not None}
    asked = dict.fromkeys(one.question for one in answers if not one.follow_up)
    free = [text for text in asked if text and text not in taken]
    for at, point in enumerate(found):
        if point.status == "missing":
            place = _would_fit(point.index, points, free, compared)
            found[at] = point.model_copy(update={"would_fit": place})
    return Coverage(points=tuple(found))


def _judged(
    index: int, points: Sequence[TalkingPoint], answers: Sequence[AnswerText], meaning: Meaning
) -> PointCoverage:
    point = points[index]
    passages = []
    for group in _together(answers):
        text = "\n".join(answer.text for answer in group.values())
        question = next(iter(group.values())).question
        said = Said(text, _unsure(group.values()))
        passages.append(_Passage(group, text, reading_of(point, said, points, meaning, question)))
    verdict = _verdict(facts_of(point.name, point.text), passages, meaning)
    quotes = (quote for one in passages if one.reading.raised for quote in _quotes(one))
    best = sorted(quotes, key=lambda quote: -quote[0])[:2]
    return PointCoverage(
        index=index,
        name=point.name,
        text=point.text,
        status=verdict.status,
        note=verdict.note,
        doubt=verdict.doubt,
        sure=_sure(passages),
        evidence=tuple(evidence for _, evidence in best),
    )


def _sure(passages: Sequence[_Passage]) -> bool:
    """Return whether a point surely came up somewhere, or surely nowhere."""
    raised = [one.reading.sure for one in passages if one.reading.raised]
    return any(raised) if raised else all(one.reading.sure for one in passages)


def _unsure(answers: Iterable[AnswerText]) -> tuple[tuple[int, int], ...]:
    """Return where the words of answers joined by a line feed are unsure."""
    at, spans = 0, []
    for answer in answers:
        start = at
        for word in answer.words:
            if word.probability < DOUBTED:
                spans.append((start, start + len(word.text)))
            start += len(word.text) + 1
        at += len(answer.text) + 1
    return tuple(spans)


def _together(answers: Sequence[AnswerText]) -> list[dict[int, AnswerText]]:
    """Return each answer with the answers to its follow-ups."""
    groups: list[dict[int, AnswerText]] = []
    for place, answer in enumerate(answers):
        if not groups or not answer.follow_up:
            groups.append({})
        groups[-1][place] = answer
    return groups


def _verdict(facts: Facts, passages: Sequence[_Passage], meaning: Meaning) -> Verdict:
    """Return the status of a point by all that was read, and why.

    Contradicted: one of its figures was told wrong and nowhere right; where it counts nothing that
    the brief counts, that is asked. Missing: nothing
    raises it. Covered: the result of its first change or half of its figures were told; without
    figures, a sentence that says the same. Anything between is partial, and so is a point with a
    figure that may be wrong, or misheard.
    """
    raised = [one for one in passages if one.reading.raised]
    if not raised:
        return Verdict("missing", "Nothing that was heard matches it.")
    told = {at for one in raised for at in one.reading.told}
    doubt = ""
    for passage in raised:
        # Of two that differ, what is nearest to its figure is surest to be told for it.
        for at, said in sorted(
            passage.reading.wrong.items(),
            key=lambda one: times_off(facts.figures[one[0]], one[1]),
        ):
            own = facts.figures[at]
            right = any(surely_told(own, one) for one in figures_of(passage.text))
            if at in told or right or any(said.raw == one.raw for one in facts.figures):
                continue
            asked = f"Which is right? “{said.shown}” was heard; your brief says “{own.shown}”."
            doubt = doubt or asked
            if may_be_misheard(own, said) or _probability(passage, said) < UNSURE:
                continue
            if own.counts & said.counts or own.partner in told:
                note = f"You said “{said.shown}”; the brief says “{own.shown}”."
                return Verdict("contradicted", note)
            return Verdict("contradicted", asked, asked)
    claims, result = facts.claims, facts.result
    enough = sum(at in told for at in claims) >= ENOUGH * len(claims) or result in told
    if claims and enough and not doubt:
        shown = dict.fromkeys(facts.figures[at].shown for at in claims if at in told)
        return Verdict(
            "covered", f"The claim came with its figures ({', '.join(list(shown)[:4])})."
        )
    if not claims and any(max(one.reading.near) >= meaning.clear for one in raised):
        return Verdict("covered", "The claim was told.")
    lost = list(dict.fromkeys(facts.figures[at].shown for at in claims if at not in told))
    unsaid = (name for name in facts.names if not any(find_name(name, one.text) for one in raised))
    left_out = ", ".join((lost or list(unsaid))[:3]) or "the claim itself"
    return Verdict("partial", doubt or f"Not heard: {left_out}.", doubt)


def _probability(passage: _Passage, said: Figure) -> float:
    """Return the least probability of the words of a figure, 1 where there are none."""
    words = [word for answer in passage.answers.values() for word in answer.words]
    spoken = _words_in(words, said.hit.start, said.hit.end)
    return min((word.probability for word in spoken), default=1.0)


def _quotes(passage: _Passage) -> Iterator[tuple[float, Evidence]]:
    """Yield the sentences that show the point, each with its worth.

    That is its likeness, one more for each figure told and three for a figure told wrong.
    """
    reading, sentences = passage.reading, sentences_of(passage.text)
    worth = list(reading.near)
    for more, figures in ((1, reading.told), (3, reading.wrong)):
        for figure in figures.values():
            worth[place_of(sentences, figure.hit.start)] += more
    base = 0
    for place, answer in passage.answers.items():
        for sentence, value in zip(sentences, worth, strict=True):
            inside = base <= sentence.start < base + max(1, len(answer.text))
            if inside and (value >= 1 or value >= max(reading.near)):
                start, end = _trimmed(answer.text, sentence.start - base, sentence.end - base)
                start_s, end_s = word_times(answer, start, end)
                quote = answer.text[start:end]
                yield value, Evidence(quote=quote, start_s=start_s, end_s=end_s, answer=place)
        base += len(answer.text) + 1


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without space around it, at most LONGEST_QUOTE characters of it."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    if end - start > LONGEST_QUOTE:
        end = max(text.rfind(" ", start, start + LONGEST_QUOTE), start + 1)
    return start, start + len(text[start:end].rstrip())


def _would_fit(
    index: int, points: Sequence[TalkingPoint], asked: Sequence[str], meaning: Meaning
) -> str:
    """Return the question that invites the point by its words and by its meaning, and no other
    point more, "" for none.
    """
    each = [f"{point.name}. {point.text}" for point in points]
    fits = {text: dict(invited(Question(text=text), points)).get(index, 0.0) for text in asked}
    best = max(fits, key=lambda text: fits[text], default="")
    near = dict(zip(asked, meaning.likeness(each[index], asked), strict=True))
    agreed = fits.get(best, 0.0) > 0 and near[best] == max(near.values())
    if not agreed or near[best] < meaning.doubtful:
        return ""
    rivals = meaning.likeness(best, each)
    return best if rivals[index] == max(rivals) else ""


def word_times(answer: AnswerText, start: int, end: int) -> tuple[float, float]:
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
