"""What an answer lacked, and how the person rated it before the report, one beside the other."""

from collections.abc import Mapping
from pathlib import Path
from statistics import mean
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from agent.analysis import Analysis, Answer
from agent.analysis.bands import EASY_WPM, MANY_PER_MINUTE, short_answer_s
from agent.analysis.phrases import answer_names
from agent.session import write_private
from voice import files

UNANSWERED = "did not answer it"
"""What an answer did that gave up, asked back, or never came."""
SHORT_TYPED_WORDS = round(short_answer_s("") * EASY_WPM[0] / 60)
"""Words that the shortest spoken answer has at the slower end of the easy pace; a typed answer has
no length but its words."""
RATINGS = "ratings.json"
"""In the session's folder: {"3": 4}, by the answer's name."""
HIGHEST = 5
_ELSEWHERE = {"missed", "own_question"}
"""Kinds of remarks that say nothing against the answer that they name."""
_FORM = TypeAdapter(dict[str, Annotated[int, Field(ge=1, le=HIGHEST)]])


def weakness(answer: Answer, *, typed: bool = False) -> str:
    """Return what an answer lacked, "" for nothing; it completes "your answer …"."""
    if answer.answered is False:
        return UNANSWERED
    if typed:
        short = answer.kind == "question" and len(answer.words) < SHORT_TYPED_WORDS
        return "was too short" if short else ""
    shortest_s, longest_s = answer.advised_s or (0.0, float("inf"))
    if answer.end_s - answer.start_s < shortest_s:
        return "was too short"
    if answer.end_s - answer.start_s > longest_s:
        return "was too long"
    if answer.pacing.band in ("slow", "fast"):
        return f"was too {answer.pacing.band}"
    return "was full of fillers" if (answer.fillers.per_minute or 0.0) > MANY_PER_MINUTE else ""


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
    answers = zip(answer_names(analysis.answers), analysis.answers, strict=True)
    rated = (one.model_copy(update={"own_rating": ratings.get(name)}) for name, one in answers)
    return analysis.model_copy(update={"answers": tuple(rated)})


def by_remarks(analysis: Analysis, index: int) -> int:
    """Return what the remarks make of an answer: 5, less 1 for each kind of them, 1 at least."""
    lacked = weakness(analysis.answers[index], typed=analysis.typed)
    if lacked == UNANSWERED:
        return 1
    kinds = {one.kind for one in analysis.to_practice if one.answer == index} - _ELSEWHERE
    told = kinds & {"long", "short", "pace", "filler"}
    return max(1, HIGHEST - len(kinds) - bool(lacked and not told))


def _rated(analysis: Analysis) -> list[tuple[str, int, int]]:
    names = answer_names(analysis.answers)
    return [
        (name, answer.own_rating, by_remarks(analysis, index))
        for index, (name, answer) in enumerate(zip(names, analysis.answers, strict=True))
        if answer.own_rating is not None
    ]


def gap(analysis: Analysis) -> float | None:
    """Return how far own ratings lie from the remarks on average, None without ratings."""
    apart = [abs(own - remarks) for _, own, remarks in _rated(analysis)]
    return mean(apart) if apart else None


def gap_told(analysis: Analysis) -> str:
    """Return the ratings against the remarks in a sentence or two, "" without ratings."""
    found = _rated(analysis)
    if not found:
        return ""
    own, remarks = mean(one[1] for one in found), mean(one[2] for one in found)
    told = f"{own:.1f} of {HIGHEST} on average; the remarks make it {remarks:.1f}"
    for way, far in (("above", 2), ("below", -2)):
        names = [name for name, mine, theirs in found if (mine - theirs) * far >= far * far]
        if names:
            told += f". Well {way} the remarks: answer{'s' * (len(names) > 1)} {', '.join(names)}"
    return f"{told}."
