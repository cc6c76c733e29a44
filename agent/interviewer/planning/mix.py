"""Which questions a session holds: a mix of the areas, or what earlier sessions left to do."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from agent.brief import Question
from agent.interviewer.areas import area_of
from agent.interviewer.planning.due import Due, Urgency
from agent.question_kind import area_name

_WEAK_SHARE = 2 / 3
"""Weak answers get at most so much of a session while other questions are due: most answers have
something to work on, and the same questions would come every time."""


@dataclass(frozen=True)
class Chosen:
    """One question that was chosen."""

    place: int
    """Its place among the questions that there were."""
    reason: str
    """Why, in plain words."""


def mixed(questions: Sequence[Question], count: int) -> list[Chosen]:
    """Return `count` questions with as many areas as can be, the larger areas first.

    Of areas of one size the one is taken whose difficulty is rarest so far, so that a short
    session too goes from easy to hard.
    """
    sizes = Counter(area_name(question.area) for question in questions)
    given: Counter[str] = Counter()
    chosen = []
    for place in _mixed(questions, range(len(questions)), count, [], [0] * len(questions)):
        name = area_name(questions[place].area)
        about = f"on {name.replace('_', ' ')}" if name else "without an area"
        nth = "next" if given[name] else "first"
        which = f"{nth} of {sizes[name]}" if sizes[name] > 1 else "only one"
        given[name] += 1
        chosen.append(Chosen(place, f"the {which} {about}"))
    return chosen


def carried_on(
    questions: Sequence[Question], dues: Sequence[Due], count: int, *, exact: bool, every: bool
) -> list[Chosen]:
    """Return at most `count` questions: those that come back first, then a mix of the most urgent.

    Args:
        questions: all that could be asked.
        dues: how urgent each of them is.
        count: how many at most.
        exact: whether exactly so many are wished for; then what rests fills up.
        every: whether every area is to be asked about, which takes `count` questions at most.
    """
    queue = sorted(
        _awake(questions, dues, count, exact=exact, every=every),
        key=lambda place: (dues[place].urgency, dues[place].rank, place),
    )
    count = min(count, len(queue))
    back = _coming_back(questions, dues, queue, count, every=every)
    others = [p for p in queue if dues[p].urgency > Urgency.WEAK and p not in back]
    urgency = [one.urgency for one in dues]
    places = _mixed(questions, others, count, back, urgency)
    left = [place for place in queue if place not in places]
    return [Chosen(place, dues[place].reason) for place in [*places, *left][:count]]


def _awake(
    questions: Sequence[Question], dues: Sequence[Due], count: int, *, exact: bool, every: bool
) -> list[int]:
    """Return the questions that may be asked; of those that rest, only what cannot be spared."""
    awake = [place for place, one in enumerate(dues) if one.urgency < Urgency.RESTS]
    resting = [place for place, one in enumerate(dues) if one.urgency == Urgency.RESTS]
    resting.sort(key=lambda place: (dues[place].rank, place))
    if exact or not awake:
        return awake + resting[: max(0, count - len(awake))]
    for place in resting if every else ():
        if area_name(questions[place].area) not in _areas(questions, awake):
            awake.append(place)
    return awake


def _coming_back(
    questions: Sequence[Question],
    dues: Sequence[Due],
    queue: Sequence[int],
    count: int,
    *,
    every: bool,
) -> list[int]:
    """Return the questions left unanswered, then the weak ones, as far as they have room.

    Where room is left for more than one, one that was never asked comes with them: every question
    has its turn.
    """
    weak = [place for place in queue if dues[place].urgency <= Urgency.WEAK]
    most = max(math.ceil(_WEAK_SHARE * count), count - (len(queue) - len(weak)))
    areas = _areas(questions, queue) if every else set()
    back: list[int] = []
    for place in weak:
        room = count if dues[place].urgency == Urgency.UNANSWERED else most
        missing = areas - _areas(questions, [*back, place])
        if len(back) < room and len(missing) < count - len(back):
            back.append(place)
    fresh = next((place for place in queue if dues[place].fresh), None)
    if not every and fresh is not None and len(back) < count - 1:
        back.append(fresh)
    return back


def _areas(questions: Sequence[Question], places: Sequence[int]) -> set[str]:
    return {area_name(questions[place].area) for place in places}


def _mixed(
    questions: Sequence[Question],
    among: Sequence[int],
    count: int,
    begun: Sequence[int],
    urgency: Sequence[int],
) -> list[int]:
    """Return `begun` filled up to `count` from `among`, each area's questions in that order."""
    left: dict[str, list[int]] = {}
    for place in among:
        left.setdefault(area_name(questions[place].area), []).append(place)
    given = Counter(area_name(questions[place].area) for place in begun)
    sizes = given + Counter({area: len(places) for area, places in left.items()})
    order = list(left)
    chosen = list(begun)
    while len(chosen) < count and any(left.values()):
        levels = [area_of(questions[place].area).level for place in chosen]
        name = min(
            (
                given[area] > 0,
                urgency[places[0]],
                -sizes[area] / (given[area] + 1),
                levels.count(area_of(area).level),
                area_of(area).level,
                order.index(area),
                area,
            )
            for area, places in left.items()
            if places
        )[-1]
        chosen.append(left[name].pop(0))
        given[name] += 1
    return chosen
