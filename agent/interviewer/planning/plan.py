"""The plan: which questions, in which order, with how much time, and why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.brief import Brief, Persona, Question
from agent.errors import BriefError
from agent.history import History
from agent.interviewer.areas import area_of
from agent.interviewer.follow_ups.prepared import Prepared, prepared_probes
from agent.interviewer.follow_ups.wordings import opening
from agent.interviewer.planning.bank import bank_questions
from agent.interviewer.planning.due import Due, Urgency, due
from agent.interviewer.planning.mix import Chosen, carried_on, mixed
from agent.question_kind import area_name

OPENING_S = 20.0
"""Time kept for the greeting."""
CLOSING_S = 12.0
"""Time kept for thanks and good-bye."""
QUESTION_S = 210.0
"""A question with its follow-ups: 3 to 4 minutes (5 to 7 questions in 20 minutes)."""
OWN_QUESTIONS_S = 300.0
"""Kept for the person's own questions in a long session: the last 5 minutes, as in most rounds."""
_LONG_SESSION_S = 30 * 60.0
"""From this length on a session keeps time for the person's own questions."""
_EVERY_AREA_S = 45 * 60.0
"""From this length on every area of the brief is asked about."""
_LONGEST_S = 300.0
"""What a question of weight 1.0 may take at most, however long the session is."""
_SPREAD = 0.8
"""How strongly questions of one area are spread over the session, against order by difficulty."""
_HARDEST = 5


@dataclass(frozen=True)
class PlanItem:
    """One planned question."""

    question: Question
    """What is asked, verbatim."""
    question_index: int | None
    """Its place in the brief from 0; None for a question of our own."""
    budget_s: float
    """Time for asking it, its answer and its follow-ups, in seconds."""
    reason: str
    """Why it is in the plan, and where, in a sentence."""
    probes: tuple[Prepared, ...] = ()
    """Follow-ups prepared from the question's why."""
    asked_by: str = ""
    """Name of the one of the panel who asks it, "" where there is one interviewer."""


@dataclass(frozen=True)
class Plan:
    """A session before its first question."""

    items: tuple[PlanItem, ...]
    """The questions in the order they are asked, one at least."""
    total_s: float
    """Length of the session, greeting and good-bye included, in seconds."""
    reserve: tuple[PlanItem, ...] = ()
    """Questions to go on with where short answers leave time over."""
    own_questions_s: float = 0.0
    """Time kept at the end for what the person wants to ask, in seconds; 0 in short sessions."""
    panel: tuple[Persona, ...] = ()
    """Who interviews, in the order in which they speak first; () for one interviewer."""


def make_plan(
    brief: Brief,
    minutes: float,
    questions: int | None = None,
    only: tuple[int, ...] | None = None,
    history: History | None = None,
) -> Plan:
    """Choose the questions of a session, their order and their time; the same input, the same plan.

    Each area of the brief is given one question before any gets a second one; then the areas get
    shares by their size (D'Hondt). A brief without questions gets questions of our own.

    With a history those questions come back first that were left unanswered or went weakly, then
    the most urgent of each area (due.py). What rests is held in reserve, unless a number of
    questions was wished for, an area of a long session has nothing else, or all rest.

    Args:
        brief: what to ask about.
        minutes: length of the session in minutes; under one counts as one.
        questions: how many; by default one for 3.5 minutes.
        only: exactly these questions of the brief, from 0, in this order.
        history: the earlier sessions of the brief; one without sessions changes nothing.

    Raises:
        BriefError: `only` names a question that the brief does not have.
    """
    total_s = 60.0 * max(1.0, minutes)
    own_s = OWN_QUESTIONS_S if total_s >= _LONG_SESSION_S else 0.0
    asking_s = total_s - own_s
    if only:
        return Plan(_timed(_exactly(brief, only), asking_s), total_s, own_questions_s=own_s)
    known = _candidates(brief)
    wanted = questions if questions is not None else round(asking_s / QUESTION_S)
    every = questions is None and total_s >= _EVERY_AREA_S
    if every:
        wanted = max(wanted, len({area_name(item.question.area) for item in known}))
    count = min(max(1, wanted), len(known))
    dues = _dues(known, history)
    asked = [item.question for item in known]
    if dues:
        picks = carried_on(asked, dues, count, exact=questions is not None, every=every)
    elif brief.questions:
        picks = mixed(asked, count)
    else:
        picks = [Chosen(place, item.reason) for place, item in enumerate(known[:count])]
    chosen = _in_order([replace(known[pick.place], reason=pick.reason) for pick in picks], known)
    items = _timed(chosen, asking_s)
    rest = [] if questions is not None else _left_over(known, chosen, dues)
    spare = _timed(rest, asking_s * len(rest) / count, after=len(items))
    return Plan(items, total_s, spare, own_s)


def _dues(known: Sequence[PlanItem], history: History | None) -> tuple[Due, ...]:
    """Return how urgent each question is, () where no earlier session tells."""
    if history is None or not history.questions:
        return ()
    return tuple(due(item.question, item.question_index, history) for item in known)


def _left_over(
    known: Sequence[PlanItem], chosen: Sequence[PlanItem], dues: Sequence[Due]
) -> list[PlanItem]:
    """Return what is held in reserve, in order; what rests comes after all that is due."""
    taken = {item.question.text for item in chosen}
    left = [place for place, item in enumerate(known) if item.question.text not in taken]
    if not dues:
        return _in_order([known[place] for place in left], known)
    resting = [place for place in left if dues[place].urgency == Urgency.RESTS]
    awake = [place for place in left if dues[place].urgency != Urgency.RESTS]
    reasons = {item.question.text: one.reason for item, one in zip(known, dues, strict=True)}
    ordered = [
        item for some in (awake, resting) for item in _in_order([known[p] for p in some], known)
    ]
    return [replace(item, reason=reasons[item.question.text]) for item in ordered]


def _in_order(items: list[PlanItem], known: Sequence[PlanItem]) -> list[PlanItem]:
    """Order the brief's questions by difficulty; our own stay in the order that they have."""
    if any(item.question_index is None for item in known):
        places = {item.question.text: place for place, item in enumerate(known)}
        return sorted(items, key=lambda item: places[item.question.text])
    return _from_easy_to_hard(items)


def _candidates(brief: Brief) -> tuple[PlanItem, ...]:
    """Return every question that could be asked, once each, in the order of the brief."""
    if not brief.questions:
        why = "the brief has no questions, so this is one of our own"
        return tuple(PlanItem(question, None, 0.0, why) for question in bank_questions(brief))
    seen: dict[str, PlanItem] = {}
    for index, question in enumerate(brief.questions):
        key = " ".join(question.text.lower().split())
        seen.setdefault(key, PlanItem(question, index, 0.0, ""))
    return tuple(seen.values())


def _exactly(brief: Brief, only: tuple[int, ...]) -> list[PlanItem]:
    for index in only:
        if not 0 <= index < len(brief.questions):
            raise BriefError(
                f"there is no question {index + 1}: the brief has {len(brief.questions)};"
                " name one of those"
            )
    return [PlanItem(brief.questions[i], i, 0.0, "it was asked for by number") for i in only]


def _from_easy_to_hard(items: list[PlanItem]) -> list[PlanItem]:
    """Order by difficulty, with the questions of one area spread; easiest first, hardest last."""
    sizes: dict[str, int] = {}
    placed: list[tuple[float, PlanItem]] = []
    for item in items:
        sizes[area_name(item.question.area)] = sizes.get(area_name(item.question.area), 0) + 1
    nth = dict.fromkeys(sizes, 0)
    for item in sorted(items, key=lambda i: i.question_index or 0):
        name = area_name(item.question.area)
        share = (nth[name] + 0.5) / sizes[name]
        nth[name] += 1
        placed.append((area_of(name).level / _HARDEST + _SPREAD * share, item))
    ordered = [item for _, item in sorted(placed, key=lambda pair: pair[0])]
    if len(ordered) > 2:
        first = min(ordered, key=_level)
        last = max(reversed([item for item in ordered if item is not first]), key=_level)
        middle = [item for item in ordered if item is not first and item is not last]
        easiest, hardest = ("the easiest comes first, to warm up", "the hardest comes last")
        ordered = [_because(first, easiest), *middle, _because(last, hardest)]
    return ordered


def _because(item: PlanItem, where: str) -> PlanItem:
    return replace(item, reason=f"{item.reason}; {where}" if item.reason else "")


def _level(item: PlanItem) -> int:
    return area_of(item.question.area).level


def _timed(items: Sequence[PlanItem], total_s: float, after: int = 0) -> tuple[PlanItem, ...]:
    """Share the time out by the weight of the areas; number from `after`."""
    weights = [area_of(item.question.area).weight for item in items]
    free_s = max(0.0, total_s - OPENING_S - CLOSING_S)
    each_s = min(_LONGEST_S, free_s / math.fsum(weights)) if items else 0.0
    timed = []
    begun: set[str] = set()
    for number, (item, weight) in enumerate(zip(items, weights, strict=True), start=after + 1):
        probes = prepared_probes(item.question, begun)
        begun |= {opening(probe.text) for probe in probes}
        reason = _reason(item, number, each_s * weight)
        budget_s = round(each_s * weight, 1)
        timed.append(replace(item, budget_s=budget_s, reason=reason, probes=probes))
    return tuple(timed)


def _reason(item: PlanItem, number: int, budget_s: float) -> str:
    source = (
        "our own question" if item.question_index is None else f"question {item.question_index + 1}"
    )
    area = (area_name(item.question.area) or "no area").replace("_", " ")
    why = item.reason or "it is left for the time that short answers leave over"
    return (
        f"number {number} is {source} ({area}, level {_level(item)} of {_HARDEST},"
        f" {budget_s:.0f} s): {why}"
    )
