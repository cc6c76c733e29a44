"""What a model's words must pass before they stand in a brief; each refusal says why."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.brief import TalkingPoint
from agent.brief.check import facts_of
from agent.brief.text import one_line
from agent.brief.writing.documents import speaks_to_a_program
from agent.brief.writing.items import sentences
from agent.brief.writing.resume import Claim
from agent.brief.writing.sources import cited_in, is_own_words, missing_facts, numbers_in_order
from agent.text.numbers import find_numbers
from agent.text.words import content_words

_QUESTION_WORDS = range(4, 61)
"""Below what `brief check` warns of."""
_WHY_WORDS = range(4, 46)
_NAME_WORDS = range(2, 9)
_SMALL = 2
""""Two teams" stand in any question and give nothing away."""
_MARKUP = re.compile(r"[*_#`<>{}\[\]|\\]|https?:|\n")
_ALIKE = 0.8
"""Two questions that share so many of their telling words ask the same (ours)."""


def accepted_point(
    name: str, text: str, claim: Claim, resume: str
) -> tuple[TalkingPoint | None, list[str]]:
    """Return a model's talking point with only the sentences that the resume carries.

    None stands for a point of which nothing with a number or name is left; the list says what was
    dropped. Names must stand in the resume, numbers and all other telling words in the claim.
    """
    told = [(sentence, _unfounded(sentence, claim, resume)) for sentence in sentences(text)]
    kept = " ".join(sentence for sentence, problem in told if not problem)
    name = name.strip(" .:,;")
    problem = _unfounded(name, claim, resume)
    if problem or len(name.split()) not in _NAME_WORDS:
        name = claim.point.name
    point = TalkingPoint(name=name, text=kept)
    has_fact = facts_of(TalkingPoint(name="", text=kept))
    dropped = [problem for _, problem in (*told, ("", problem)) if problem]
    return (point if has_fact else None), list(dict.fromkeys(dropped))


def _unfounded(text: str, claim: Claim, resume: str) -> str:
    """Return why a text does not stand in the resume, or ""."""
    missing = missing_facts(text, resume, close=claim.point.text)
    if missing:
        return f"{', '.join(missing[:3])}: not in that line of the resume"
    if not numbers_in_order(text, claim.point.text):
        return f'"{text[:40]}": its numbers in another order'
    if _MARKUP.search(text) or speaks_to_a_program(text):
        return "markup, or words to a program"
    return "" if is_own_words(text, claim.point.text) else f'"{text[:40]}": not what it says'


def problem_with(
    question: str, why: str, source: str, asked: Sequence[str], points: Sequence[TalkingPoint]
) -> str:
    """Return why a model's question or its reason must not stand in the brief, or "".

    Args:
        question: as the model words it.
        why: the same of its reason.
        source: posting and resume; every number and name must stand there.
        asked: the other questions of the brief.
        points: the talking points, whose numbers no question gives away.
    """
    missing = missing_facts(question, source) + missing_facts(why, source)
    told = _values(" ".join(f"{point.name}. {point.text}" for point in points))
    fits = len(question.split()) in _QUESTION_WORDS and question[-1] in "?."
    for problem, found in (
        (f"{', '.join(missing[:3])}: in neither source", missing),
        ("not one question of fitting length", not fits or question.count("?") > 2),
        ("no reason of fitting length", len(why.split()) not in _WHY_WORDS or cited_in(why)),
        ("markup", _MARKUP.search(f"{question} {why}")),
        ("words to a program", speaks_to_a_program(f"{question} {why}")),
        ("it gives a number of a talking point away", _values(question) & told),
        ("asked already", any(_same(one_line(question), other) for other in asked)),
    ):
        if found:
            return problem
    return ""


def _values(text: str) -> frozenset[float]:
    values = (value for hit in find_numbers(text) for value in hit.values)
    return frozenset(value for value in values if value > _SMALL)


def _same(text: str, other: str) -> bool:
    ours, theirs = ({word.stem for word in content_words(part)} for part in (text, other))
    both = ours | theirs
    return len(ours & theirs) > _ALIKE * len(both) if both else text == other
