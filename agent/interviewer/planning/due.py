"""How urgent a question is after earlier sessions, and how long one that went well rests.

The rule of rest. Facts: in Cepeda, Vul, Rohrer, Wixted and Pashler (2008, Psychological Science
19(11), 1095-1102; over 1,350 people) the best gap between two studies grew with the time to the
test, and shrank as a share of it: 20 to 40 % of a week, 5 to 10 % of a year. A share of the days
that are left is therefore never far off, and gets shorter by itself as the interview comes near.
Expanding gaps remember no more in the end than equal ones (Latimier, Peyre and Ramus 2021,
Educational Psychology Review 33, 959-987: g = 0.03), but more on the way (Kang, Lindsey, Mozer and
Pashler 2014, Psychonomic Bulletin & Review 21, 1544-1550). Judgement: that the findings, made with
facts and words, hold for interview answers; the two shares; what is assumed for an unknown day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from agent.brief import Question
from agent.history import History, Past, PastArea
from agent.question_kind import area_name

REST_PERCENT = (10, 20)
"""Share of the days left for which a question rests that went well once, and more often."""
UNKNOWN_DAYS = 30
"""Days to an interview whose day is not known."""
LAST_DAYS = 2
"""With so many days left, or fewer, nothing rests: there is hardly a later session."""
WEAK_SHARE = 0.5
"""An area is weak where more of its answers were, one being added as fine: of two answers two."""
_NAMED_POINTS = 2
_MONTHS = (
    "January February March April May June July August September October November December"
).split()


class Urgency(IntEnum):
    """Why a question is due, the most urgent first."""

    UNANSWERED = 0
    WEAK = 1
    OWES = 2
    """It invites a talking point that is still to be made."""
    WEAK_AREA = 3
    NEVER_ASKED = 4
    RESTED = 5
    """It went well, and its rest is over."""
    RESTS = 6
    """It went well, and its rest is not over."""


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
    if past is not None and past.lacked:
        urgency = Urgency.WEAK if past.answered else Urgency.UNANSWERED
        what = f"your answer on {_day(past.last, history)} {past.lacked}"
        if not past.answered:
            what = f"it was not answered on {_day(past.last, history)}"
        return Due(urgency, past.last.toordinal(), f"{what}{'; ' + owes if owes else ''}")
    if names:
        return Due(Urgency.OWES, -len(names), owes, past is None)
    if past is not None and (wake := _wakes(past, history)) > history.today:
        went = f"it went well on {_day(past.last, history)}"
        return Due(Urgency.RESTS, wake.toordinal(), f"{went} and rests until {_day(wake, history)}")
    weak = _weak_area(question, history)
    if weak is not None:
        label = weak.area.replace("_", " ")
        told = f"{weak.weak} of {weak.answers} answers on {label} could be better"
        return Due(Urgency.WEAK_AREA, -_share(weak), told, past is None)
    if past is None:
        return Due(Urgency.NEVER_ASKED, 0, "it has not been asked yet", fresh=True)
    why = (
        "and nothing rests in the last days before the interview"
        if _is_near(history)
        else "which is long enough ago to ask it again"
    )
    again = f"it went well on {_day(past.last, history)}, {why}"
    return Due(Urgency.RESTED, past.last.toordinal(), again)


def _is_near(history: History) -> bool:
    return history.days_left is not None and history.days_left <= LAST_DAYS


def _wakes(past: Past, history: History) -> date:
    """Return the day from which a question that went well is asked again."""
    if _is_near(history):
        return history.today
    days = UNKNOWN_DAYS if history.interview is None else (history.interview - past.last).days
    percent = REST_PERCENT[min(past.well, len(REST_PERCENT)) - 1]
    return past.last + timedelta(days=max(1, (percent * days + 50) // 100))


def _weak_area(question: Question, history: History) -> PastArea | None:
    name = area_name(question.area)
    found = next((area for area in history.areas if area.area == name), None)
    return found if found is not None and _share(found) > WEAK_SHARE else None


def _share(area: PastArea) -> float:
    """Return the share of weak answers, one more taken for fine: one of one tells little."""
    return area.weak / (area.answers + 1)


def _day(day: date, history: History) -> str:
    year = "" if day.year == history.today.year else f" {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"
