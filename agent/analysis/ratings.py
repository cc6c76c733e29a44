"""How a person rated their own answers before the report, held against the remarks on them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from statistics import mean
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from agent.analysis import Analysis
from agent.analysis.phrases import answer_names
from agent.analysis.weakness import UNANSWERED, weakness
from agent.session import write_private
from voice import files

RATINGS = "ratings.json"
"""In the session's folder: {"3": 4}, by the answer's name."""
HIGHEST = 5
_ELSEWHERE = {"missed", "own_question"}
"""Kinds of remarks that say nothing against the answer that they name."""
_FORM = TypeAdapter(dict[str, Annotated[int, Field(ge=1, le=HIGHEST)]])


def read_ratings(folder: Path) -> dict[str, int]:
    """Return what the person gave each main answer; nothing where that cannot be read."""
    try:
        return _FORM.validate_json(files.read(folder / RATINGS, 100_000))
    except (OSError, ValidationError):
        return {}


def write_ratings(folder: Path, ratings: Mapping[str, int]) -> None:
    """Keep the ratings with the session."""
    write_private(folder / RATINGS, _FORM.dump_json(dict(ratings)).decode())


def with_ratings(analysis: Analysis, ratings: Mapping[str, int]) -> Analysis:
    """Return the analysis with the person's own ratings in its answers."""
    names = answer_names(analysis.answers)
    rated = (
        answer.model_copy(update={"own_rating": ratings.get(name)})
        for name, answer in zip(names, analysis.answers, strict=True)
    )
    return analysis.model_copy(update={"answers": tuple(rated)})


def by_remarks(analysis: Analysis, index: int) -> int:
    """Return what the remarks make of an answer: 5, less 1 for each kind of them, 1 at least.

    An answer that does not answer has 1.
    """
    answer = analysis.answers[index]
    lacked = weakness(answer, typed=analysis.typed)
    if lacked == UNANSWERED:
        return 1
    kinds = {one.kind for one in analysis.to_practice if one.answer == index} - _ELSEWHERE
    told = kinds & {"long", "short", "pace", "filler"}
    return max(1, HIGHEST - len(kinds) - bool(lacked and not told))


def rated(analysis: Analysis) -> list[tuple[str, int, int]]:
    """Return name, own rating and that of the remarks for each answer that was rated."""
    names = answer_names(analysis.answers)
    return [
        (name, answer.own_rating, by_remarks(analysis, index))
        for index, (name, answer) in enumerate(zip(names, analysis.answers, strict=True))
        if answer.own_rating is not None
    ]


def gap(analysis: Analysis) -> float | None:
    """Return how far own ratings lie from the remarks on average, None without ratings."""
    apart = [abs(own - remarks) for _, own, remarks in rated(analysis)]
    return mean(apart) if apart else None


def gap_told(analysis: Analysis) -> str:
    """Return the ratings against the remarks in a sentence or two, "" without ratings."""
    found = rated(analysis)
    if not found:
        return ""
    own, remarks = mean(one[1] for one in found), mean(one[2] for one in found)
    told = f"{own:.1f} of {HIGHEST} on average; the remarks make it {remarks:.1f}"
    for way, far in (("above", 2), ("below", -2)):
        names = [name for name, mine, theirs in found if (mine - theirs) * far >= far * far]
        if names:
            told += f". Well {way} the remarks: answer{'s' * (len(names) > 1)} {', '.join(names)}"
    return f"{told}."
