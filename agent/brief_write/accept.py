"""What a model's words must pass before they stand in a brief; each refusal says why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.brief import TalkingPoint
from agent.brief.check import facts_of
from agent.brief.text import one_line
from agent.brief_write.documents import speaks_to_a_program
from agent.brief_write.items import sentences
from agent.brief_write.replies import Asked, Point
from agent.brief_write.resume import Claim
from agent.brief_write.sources import cited_in, is_own_words, missing_facts, numbers_in_order
from agent.interview.words import COMMON, words_of
from agent.text.numbers import find_numbers
from agent.text.words import stem

MOST_QUESTION_WORDS = 60
"""Below what `brief check` warns of."""
MOST_WHY_WORDS = 45
_FEWEST_WORDS = 4
_MOST_NAME_WORDS = 8
_SMALL = 2
""""One change" and "two teams" stand in any question and give nothing away."""
_MARKUP = re.compile(r"[*_#`<>{}\[\]|\\]|https?:|\n")
_ALIKE = 0.8
"""Two questions that share so many of their telling words ask the same (ours)."""


@dataclass(frozen=True)
class Accepted:
    """A talking point as accepted, with what was dropped from it."""

    point: TalkingPoint | None
    """The point, None where nothing with a number or name is left of it."""
    dropped: tuple[str, ...] = ()
    """Each dropped sentence's reason."""


def accepted_point(reply: Point, claim: Claim, resume: str) -> Accepted:
    """Return the model's talking point with only the sentences that the resume carries.

    Every name must stand in the resume, every number in the claim itself with the word that
    follows it, and every other telling word in the claim.
    """
    kept: list[str] = []
    dropped: list[str] = []
    for sentence in sentences(one_line(reply.text)):
        problem = _unfounded(sentence, claim.point.text, resume)
        if problem:
            dropped.append(problem)
        else:
            kept.append(sentence)
    name = one_line(reply.name).strip(" .:,;")
    problem = _unfounded(name, claim.point.text, resume)
    if problem or not 1 < len(name.split()) <= _MOST_NAME_WORDS:
        dropped += [problem] if problem else []
        name = claim.point.name
    text = " ".join(kept)
    point = (
        TalkingPoint(name=name, text=text) if facts_of(TalkingPoint(name="", text=text)) else None
    )
    return Accepted(point, tuple(dict.fromkeys(dropped)))


def _unfounded(text: str, claim: str, resume: str) -> str:
    """Return why a text does not stand in the resume, or ""."""
    missing = missing_facts(text, resume, close=claim)
    if missing:
        return f"{', '.join(missing[:3])}: not in that line of the resume"
    if not numbers_in_order(text, claim):
        return f'"{text[:40]}": its numbers in another order'
    if _MARKUP.search(text) or speaks_to_a_program(text):
        return "markup, or words to a program"
    return "" if is_own_words(text, claim) else f'"{text[:40]}": not what the resume says'


def problem_with(
    reply: Asked, source: str, asked: Sequence[str], points: Sequence[TalkingPoint]
) -> str:
    """Return why a question or its reason must not stand in the brief, in a few words, or "".

    Args:
        reply: the model's question and reason.
        source: posting and resume; every number and name must stand there.
        asked: the other questions of the brief.
        points: the talking points, whose numbers no question gives away.
    """
    question, why = one_line(reply.question), one_line(reply.why)
    missing = missing_facts(question, source) + missing_facts(why, source)
    told = _values(" ".join(f"{point.name}. {point.text}" for point in points))
    for problem, found in (
        (f"{', '.join(missing[:3])}: in neither source", bool(missing)),
        ("not one question of fitting length", not _is_question(question)),
        (
            "no reason of fitting length",
            not _FEWEST_WORDS <= len(why.split()) <= MOST_WHY_WORDS or bool(cited_in(why)),
        ),
        ("markup", bool(_MARKUP.search(f"{reply.question.strip()} {why}"))),
        ("words to a program", speaks_to_a_program(f"{question} {why}")),
        ("it gives a number of a talking point away", bool(_values(question) & told)),
        ("asked already", any(_same(question, other) for other in asked)),
    ):
        if found:
            return problem
    return ""


def _is_question(text: str) -> bool:
    fits = _FEWEST_WORDS <= len(text.split()) <= MOST_QUESTION_WORDS
    return fits and text.count("?") <= 2 and text[-1] in "?."


def _values(text: str) -> frozenset[float]:
    values = (value for hit in find_numbers(text) for value in hit.values)
    return frozenset(value for value in values if value > _SMALL)


def _same(text: str, other: str) -> bool:
    ours, theirs = (
        {stem(word) for word in words_of(part) if word not in COMMON} for part in (text, other)
    )
    if not ours or not theirs:
        return words_of(text) == words_of(other)
    return len(ours & theirs) / len(ours | theirs) > _ALIKE
