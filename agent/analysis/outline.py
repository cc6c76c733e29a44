"""An answer in a stronger order, made of the person's own words and brief alone; no model."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.analysis import Analysis, Answer, PointCoverage
from agent.analysis.coverage.sentences import sentences_of
from agent.text.figures import figures_of
from agent.text.words import content_stems

MOST_SENTENCES = 5
"""With the point before them they are a minute of speech; more are no outline."""
_SHORT = 10
"""Sentences of an answer of which all belongs to its point; a longer one wanders."""
_CARRIES = 2
"""What a sentence is worth that raises the point or has a figure; one about oneself is worth 1."""
_JOINT = re.compile(r"^(?:(?:and|but|so|well|yes)\b[\s,]*)+", re.IGNORECASE)
_LIKE = re.compile(r",? like,(?= )")
_OWN = re.compile(r"\b(?:I|we)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Outline:
    """What to say, in this order."""

    points: tuple[PointCoverage, ...]
    """Talking points of the brief that belong to the answer: to be said first."""
    sentences: tuple[str, ...]
    """Sentences of the answer that tell more than the points do, in order, without fillers."""


def outlines(analysis: Analysis) -> list[Outline | None]:
    """Return an outline for each answer, None where no point belongs to it or none is needed."""
    return [_outline(analysis, index, answer) for index, answer in enumerate(analysis.answers)]


def _outline(analysis: Analysis, index: int, answer: Answer) -> Outline | None:
    points = tuple(
        point
        for point in analysis.coverage.points
        if (point.evidence and point.evidence[0].answer == index)
        or (point.would_fit and point.would_fit == answer.question)
    )
    spans = sentences_of(answer.text)
    said = [answer.text[one.start : one.end].strip() for one in spans]
    quotes = [e.quote for p in points for e in p.evidence if e.answer == index]
    raised = [at for at, one in enumerate(said) if any(q in one or one in q for q in quotes)]
    # What the brief contradicts is to be said as the brief says it.
    wrong = [p.evidence[0].quote for p in points if p.status == "contradicted"]
    told = " ".join(f"{point.name} {point.text}" for point in points)
    wanders = len(said) > _SHORT
    near = range(raised[0], raised[-1] + 1) if raised and wanders else range(len(said))
    worth = {
        at: _CARRIES * (at in raised)
        + _CARRIES * bool(_claims(said[at]))
        + bool(_OWN.search(said[at]))
        for at in near
        if spans[at].stands
        and not any(one in said[at] or said[at] in one for one in wrong)
        and _adds(said[at], told)
    }
    enough = [at for at in worth if worth[at] >= (1 if raised else _CARRIES)]
    kept = sorted(sorted(enough, key=lambda at: -worth[at])[:MOST_SENTENCES])
    if not points or not (kept or wanders or any(p.status != "covered" for p in points)):
        return None
    parts: list[tuple[int, int]] = []
    for at in kept:
        # One that was cut in two is one again.
        cut = parts and parts[-1][1] == spans[at].start and said[at - 1][-1] not in ".!?…"
        start = parts.pop()[0] if cut else spans[at].start
        parts.append((start, spans[at].end))
    return Outline(points, tuple(_tidied(answer, *part) for part in parts))


def _claims(text: str) -> set[float]:
    return {one.value for one in figures_of(text) if one.is_claim}


def _adds(sentence: str, told: str) -> bool:
    """Return whether a sentence says more than the points that stand before it."""
    more = content_stems(sentence) - content_stems(told)
    return len(more) > 1 or bool(_claims(sentence) - {one.value for one in figures_of(told)})


def _tidied(answer: Answer, start: int, end: int) -> str:
    """Return a stretch as one sentence, without "um" and "like"."""
    at, kept = 0, list[str]()
    for word in answer.words:
        inside = at < end and at + len(word.text) > start
        at += len(word.text) + 1
        like = word.mark == "filler_word" and word.text.strip(",").lower() == "like"
        if inside and word.mark != "filled_pause" and not like:
            kept.append(word.text)
        elif inside and kept:
            kept[-1] = kept[-1].removesuffix(",")
    text = " ".join(kept) or answer.text[start:end].strip()
    text = (_JOINT.sub("", _LIKE.sub("", text)) or text).rstrip(",")
    return f"{text[:1].upper()}{text[1:]}{'.' if text[-1:].isalnum() else ''}"
