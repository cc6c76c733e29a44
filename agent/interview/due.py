"""What comes back after earlier sessions: how urgent each question is, and which are chosen.

A question that went well rests for a share of the days left to the interview: the best gap between
two studies grows with the time to the test and shrinks as a share of it (Cepeda et al. 2008,
Psychological Science 19(11), 1095-1102). That this holds for answers, and the shares, we judged.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from agent.analysis.history import History, Past
from agent.brief import Question
from agent.text.question_kind import MIDDLE, area_name, area_of

REST_PERCENT = (10, 20)
"""Share of the days left for which a question rests that went well once, and more often."""
UNKNOWN_DAYS = 30
"""Days to an interview whose day is not known."""
LAST_DAYS = 2
"""With so many days left, or fewer, nothing rests: there is hardly a later session."""
WEAK_SHARE = 0.5
"""An area is weak where more of its answers were, one being added as fine: of two answers two."""
WEAK_QUESTIONS = 2 / 3
"""Weak answers get at most so much of a session while other questions are due: most answers have
something to work on, and the same questions would come every time."""
_NAMED_POINTS = 2


class Urgency(IntEnum):
    """Why a question is due, the most urgent first; one that owes invites an unmade point."""

    UNANSWERED = 0
    WEAK = 1
    OWES = 2
    WEAK_AREA = 3
    NEVER_ASKED = 4
    RESTED = 5
    RESTS = 6


@dataclass(frozen=True)
class Due:
    """One question's place in the queue."""

    urgency: Urgency
    """Why it is due."""
    rank: float
    """Its place among questions of the same urgency: the lowest first, then the brief's order."""
    reason: str
    """Why, in plain words."""
    fresh: bool = False
    """Whether it was never asked."""


def due(question: Question, index: int | None, history: History) -> Due:
    """Return how urgent a question is; `index` is its place in the brief, None for our own."""
    past = history.of(question)
    names = [one.name for one in history.owed if index is not None and one.invited_by == index]
    shown = " and ".join(f"“{name}”" for name in names[:_NAMED_POINTS])
    owes = f"it invites {shown}, which you have not made yet" if names else ""
    on = _day(past.last, history) if past else ""
    if past and past.lacked:
        urgency = Urgency.WEAK if past.answered else Urgency.UNANSWERED
        what = (
            f"your answer on {on} {past.lacked}"
            if past.answered
            else f"it was not answered on {on}"
        )
        return Due(urgency, past.last.toordinal(), f"{what}{'; ' + owes if owes else ''}")
    if names:
        return Due(Urgency.OWES, -len(names), owes, past is None)
    near = history.days_left is not None and history.days_left <= LAST_DAYS
    if past and not near and (wake := _wakes(past, history)) > history.today:
        why = f"it went well on {on} and rests until {_day(wake, history)}"
        return Due(Urgency.RESTS, wake.toordinal(), why)
    for area in history.areas:
        # One answer more is taken for fine: one of one tells little.
        share = area.weak / (area.answers + 1)
        if area.area == area_name(question.area) and share > WEAK_SHARE:
            label = area.area.replace("_", " ")
            told = f"{area.weak} of {area.answers} answers on {label} could be better"
            return Due(Urgency.WEAK_AREA, -share, told, past is None)
    if past is None:
        return Due(Urgency.NEVER_ASKED, 0, "it has not been asked yet", fresh=True)
    again = "nothing rests in the last days before the interview" if near else "its rest is over"
    return Due(Urgency.RESTED, past.last.toordinal(), f"it went well on {on}, and {again}")


def _wakes(past: Past, history: History) -> date:
    """Return the day from which a question that went well is asked again."""
    left = history.days_left
    days = UNKNOWN_DAYS if left is None else left + (history.today - past.last).days
    return past.last + timedelta(days=rest_days(past.well, days))


def rest_days(well: int, days_left: int) -> int:
    """Return for how many days a question rests that went well so many times in a row."""
    percent = REST_PERCENT[min(well, len(REST_PERCENT)) - 1]
    return max(1, (percent * days_left + 50) // 100)


def _day(day: date, history: History) -> str:
    year = "" if day.year == history.today.year else f" {day.year}"
    return f"{day.day} {day:%B}{year}"


def _in_turn(
    questions: Sequence[Question],
    places: Sequence[int],
    dues: Sequence[Due],
    begun: Sequence[int],
) -> list[int]:
    """Return places so that each area has one before any has two.

    Urgent and large areas come first, then the easiest and the hardest, so that a short session
    too goes from easy to hard.
    """
    given = Counter(area_name(questions[place].area) for place in begun)
    sizes = given + Counter(area_name(questions[place].area) for place in places)
    ranked = []
    for order, place in enumerate(places):
        area = area_name(questions[place].area)
        middling = -abs(area_of(area).level - MIDDLE)
        rank = (given[area], dues[place].urgency, -sizes[area], middling, order)
        ranked.append((rank, place))
        given[area] += 1
    return [place for _, place in sorted(ranked)]


def carried_on(
    questions: Sequence[Question], dues: Sequence[Due], count: int, *, exact: bool, every: bool
) -> list[int]:
    """Return the places of at most `count` questions: those that come back, then a mix.

    With `exact` so many are wished for, and what rests fills up; with `every` each area is to be
    asked about, which takes `count` questions at most.
    """
    places = sorted(range(len(dues)), key=lambda at: (dues[at].urgency, dues[at].rank, at))
    queue = [place for place in places if dues[place].urgency < Urgency.RESTS]
    resting = places[len(queue) :]
    if exact or not queue:
        queue += resting[: max(0, count - len(queue))]
    for place in resting if every else ():
        if not {area_name(questions[place].area)} <= _areas(questions, queue):
            queue.append(place)
    count = min(count, len(queue))
    if every:
        first = {area_name(questions[place].area): place for place in reversed(queue)}
        chosen = sorted(first.values(), key=queue.index)
    else:
        back = _coming_back(dues, queue, count)
        others = [p for p in queue if dues[p].urgency > Urgency.WEAK and p not in back]
        chosen = [*back, *_in_turn(questions, others, dues, back)]
    return [*chosen, *(place for place in queue if place not in chosen)][:count]


def _coming_back(dues: Sequence[Due], queue: Sequence[int], count: int) -> list[int]:
    """Return the unanswered, then the weak questions, and one never asked where there is room."""
    weak = [place for place in queue if dues[place].urgency <= Urgency.WEAK]
    most = max(math.ceil(WEAK_QUESTIONS * count), count - (len(queue) - len(weak)))
    back: list[int] = []
    for place in weak:
        room = count if dues[place].urgency == Urgency.UNANSWERED else most
        if len(back) < room:
            back.append(place)
    fresh = [place for place in queue if dues[place].fresh and len(back) < count - 1]
    return [*back, *fresh[:1]]


def _areas(questions: Sequence[Question], places: Sequence[int]) -> set[str]:
    return {area_name(questions[place].area) for place in places}
