"""An answer in a stronger order, made of the person's own words and brief alone; no model."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from agent.analysis import Analysis, Answer, PointCoverage
from agent.analysis.coverage.sentences import sentences_of
from agent.text.figures import figures_of
from agent.text.question_kind import asks_for
from agent.text.words import content_stems

MOST_SENTENCES = 6
"""With the point before them they are a minute of speech; more are no outline."""
_MOST_POINTS = 2
"""A beginning has room for so many."""
_MOST_WORDS = 50
"""Words of a sentence that is shown whole; a recognizer may write no full stop at all."""
_SHORT = 10
"""Sentences of an answer that is all about its point; a longer one wanders."""
_JOINT = re.compile(r"^(?:(?:and|but|so|well|yes)\b[\s,]*)+", re.IGNORECASE)
_LIKE = re.compile(r",? like,(?= )")
_END = re.compile(r"(?<!\.)[.!?]\s*$")
_OWN = re.compile(r"\b(?:I|we)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Outline:
    """What to say, in this order."""

    points: tuple[PointCoverage, ...]
    """Talking points that the answer raised, else one that would have fitted: to be said first."""
    sentences: tuple[str, ...]
    """Sentences of the answer that tell more than the points do, in order, without fillers."""


@dataclass(frozen=True)
class _Said:
    """One sentence of an answer."""

    start: int
    end: int
    text: str
    stands: bool
    """Whether it tells what the speaker did, in part at least: no plan, no deed of others."""


def outlines(analysis: Analysis) -> list[Outline | None]:
    """Return an outline for each answer, None where no point belongs to it or none is needed."""
    return [_outline(analysis, index, answer) for index, answer in enumerate(analysis.answers)]


def _outline(analysis: Analysis, index: int, answer: Answer) -> Outline | None:
    every = analysis.coverage.points
    own = [one for one in every if one.evidence and one.evidence[0].answer == index]
    fits = [one for one in every if one.would_fit and one.would_fit == answer.question]
    points = tuple(own[:_MOST_POINTS] or fits[:1])
    if not points:
        return None
    quotes = [e.quote for p in points for e in p.evidence if e.answer == index]
    # What the brief contradicts is to be said as the brief says it.
    wrong = [e.quote for p in points if p.status == "contradicted" for e in p.evidence[:1]]
    told = " ".join(f"{point.name} {point.text}" for point in points)
    said = [*_sentences(answer.text)]
    raised = [at for at, one in enumerate(said) if _holds(one.text, quotes)]
    # Two for a sentence that raises the point or has a figure, one for what they did themselves.
    worth = [
        2 * (at in raised) + 2 * bool(_claims(one.text)) + bool(_OWN.search(one.text))
        for at, one in enumerate(said)
    ]
    plans = asks_for(answer.area, answer.question) in ("how", "design")
    wanders = len(said) > _SHORT
    ends = raised if wanders and raised else [at for at, one in enumerate(worth) if one]
    kept = [
        at
        for at in range(min(ends, default=0), max(ends, default=-1) + 1)
        if (worth[at] > 1 or raised)
        and (plans or said[at].stands)
        and not _holds(said[at].text, wrong)
        and _adds(said[at].text, told)
    ]
    best = sorted(sorted(kept, key=lambda at: -worth[at])[:MOST_SENTENCES])
    if not (best or wanders or any(point.status != "covered" for point in points)):
        return None
    return Outline(points, tuple(_tidied(answer, said[at]) for at in best))


def _sentences(text: str) -> Iterator[_Said]:
    """Yield the sentences, put together again where they were cut for the judging of points."""
    parts = sentences_of(text)
    start, stands = 0, False
    for part, after in zip_longest(parts, parts[1:]):
        stands = stands or part.stands
        if after is None or (
            _END.search(text[start : part.end])
            or len(text[start : after.end].split()) > _MOST_WORDS
        ):
            yield _Said(start, part.end, text[start : part.end].strip(), stands)
            start, stands = part.end, False


def _holds(sentence: str, quotes: list[str]) -> bool:
    return any(one in sentence or sentence in one for one in quotes)


def _claims(text: str) -> set[float]:
    return {one.value for one in figures_of(text) if one.is_claim}


def _adds(sentence: str, told: str) -> bool:
    """Return whether a sentence says more than the points that stand before it."""
    said, known = content_stems(sentence), content_stems(told)
    fresh = _claims(sentence) - {one.value for one in figures_of(told)}
    return bool(fresh) or len(said - known) > 1 or not said & known


def _tidied(answer: Answer, said: _Said) -> str:
    """Return a sentence without "um" and "like", and without what joined it to the one before."""
    at, kept = 0, list[str]()
    for word in answer.words:
        inside = at < said.end and at + len(word.text) > said.start
        at += len(word.text) + 1
        like = word.mark == "filler_word" and word.text.strip(",").lower() == "like"
        if inside and word.mark != "filled_pause" and not like:
            kept.append(word.text)
        elif inside and kept:
            kept[-1] = kept[-1].removesuffix(",")
    text = " ".join(kept) or said.text
    text = (_JOINT.sub("", _LIKE.sub("", text)) or text).rstrip(",")
    return f"{text[:1].upper()}{text[1:]}{'.' if text[-1:].isalnum() else ''}"
