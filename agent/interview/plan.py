"""The plan: which questions, in which order, with how much time, and why."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from agent.analysis.history import History
from agent.brief import Brief, Persona, Question
from agent.brief.text import probe_parts
from agent.errors import BriefError, RehearseError
from agent.interview.bank import bank_questions
from agent.interview.due import Due, Urgency, carried_on, due
from agent.interview.probes import opening, prepared_probes
from agent.session.settings import KeptProbe
from agent.text.question_kind import area_name, area_of

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
    question_index: int | None
    """Its place in the brief from 0; None for a question of our own."""
    budget_s: float
    """Time for asking it, its answer and its follow-ups, in seconds."""
    reason: str
    """Why it is in the plan, and where, in a sentence."""
    probes: tuple[KeptProbe, ...] = ()
    asked_by: str = ""
    """Name of the one of the panel who asks it, "" where there is one interviewer."""

    @property
    def text(self) -> str:
        """The question, as session.json keeps it."""
        return self.question.text

    @property
    def level(self) -> int:
        """How hard its area is, 0 to 5."""
        return area_of(self.question.area).level

    @property
    def area(self) -> str:
        """Its area in the form of the lists, "" for none."""
        return area_name(self.question.area)


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
    one_way: bool = False
    """Whether nobody asks on: a recorded one-way interview."""


def make_plan(
    brief: Brief,
    minutes: float,
    questions: int | None = None,
    only: tuple[int, ...] | None = None,
    history: History | None = None,
) -> Plan:
    """Choose the questions of a session, their order and their time; the same input, the same plan.

    Each area of the brief is given one question before any gets a second one. With a history what
    was left unanswered or went weakly comes back first (due.py), and what rests is held in reserve.
    `only` are exactly these questions, from 0; BriefError for one that the brief does not have.
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
        wanted = max(wanted, len({item.area for item in known}))
    count = min(max(1, wanted), len(known))
    dues = [_due(item, known, history) for item in known]
    asked = [item.question for item in known]
    places = carried_on(asked, dues, count, exact=questions is not None, every=every)
    told = [replace(item, reason=one.reason) for item, one in zip(known, dues, strict=True)]
    items = _timed(_with_ends(_in_order([told[place] for place in sorted(places)])), asking_s)
    left = [p for p in range(len(known)) if questions is None and p not in places]
    rest: list[PlanItem] = []
    for rests in (False, True):
        some = [told[p] for p in left if (dues[p].urgency == Urgency.RESTS) == rests]
        rest += _in_order(some)
    spare = _timed(rest, asking_s * len(rest) / count, after=len(items))
    return Plan(items, total_s, spare, own_s)


def with_own_questions(
    make: Callable[[float], Plan], minutes: float, own_min: float | None
) -> Plan:
    """Return the plan that `make` makes, with `own_min` (None: as usual) for own questions."""
    if own_min is None:
        return make(minutes)
    asking_min = minutes - own_min
    if asking_min < 1:
        raise RehearseError(
            f"{own_min:g} of {minutes:g} minutes for your own questions leave no time for others;"
            " give --own-questions less or --minutes more"
        )
    plan = make(asking_min)
    if plan.own_questions_s:
        plan = make(asking_min + plan.own_questions_s / 60)
    return replace(plan, total_s=60 * minutes, own_questions_s=60 * own_min)


def _due(item: PlanItem, known: Sequence[PlanItem], history: History | None) -> Due:
    """Return how urgent a question is: all are alike where no earlier session tells."""
    if history is not None and history.questions:
        return due(item.question, item.question_index, history)
    if item.question_index is None:
        why = "the brief has no questions, so this is one of our own"
        return Due(Urgency.NEVER_ASKED, 0, why)
    size = sum(one.area == item.area for one in known)
    about = f"on {item.area.replace('_', ' ')}" if item.area else "without an area"
    return Due(
        Urgency.NEVER_ASKED, 0, f"{'the only one' if size == 1 else f'one of {size}'} {about}"
    )


def _candidates(brief: Brief) -> list[PlanItem]:
    """Return every question that could be asked, once each, in the order of the brief."""
    if not brief.questions:
        return [PlanItem(question, None, 0.0, "") for question in bank_questions(brief)]
    seen: dict[str, PlanItem] = {}
    for index, question in enumerate(brief.questions):
        key = " ".join(question.text.lower().split())  # "Why C?" is not "Why C++?"
        seen.setdefault(key, PlanItem(question, index, 0.0, ""))
    return list(seen.values())


def _exactly(brief: Brief, only: tuple[int, ...]) -> list[PlanItem]:
    for index in only:
        if not 0 <= index < len(brief.questions):
            raise BriefError(
                f"there is no question {index + 1}: the brief has {len(brief.questions)};"
                " name one of those"
            )
    why = "it was asked for by number"
    return [PlanItem(brief.questions[i], i, 0.0, why) for i in dict.fromkeys(only)]


def _in_order(items: Sequence[PlanItem]) -> list[PlanItem]:
    """Order by difficulty, the questions of one area spread; those of our own stay as they are."""
    if any(item.question_index is None for item in items):
        return list(items)
    sizes = Counter(item.area for item in items)
    nth: Counter[str] = Counter()
    placed = []
    for item in sorted(items, key=lambda item: item.question_index or 0):
        share = (nth[item.area] + 0.5) / sizes[item.area]
        nth[item.area] += 1
        placed.append((item.level / _HARDEST + _SPREAD * share, item))
    ordered = [item for _, item in sorted(placed, key=lambda pair: pair[0])]
    if len(ordered) <= 2:
        return ordered
    first = min(ordered, key=lambda item: item.level)
    last = max(reversed([i for i in ordered if i is not first]), key=lambda item: item.level)
    return [first, *(item for item in ordered if item not in (first, last)), last]


def _with_ends(items: Sequence[PlanItem]) -> list[PlanItem]:
    """Return the questions in order, with why the first and the last stand where they do."""
    if len(items) <= 2 or items[0].question_index is None:
        return list(items)
    first, *middle, last = items
    easiest = replace(first, reason=f"{first.reason}; the easiest comes first, to warm up")
    return [easiest, *middle, replace(last, reason=f"{last.reason}; the hardest comes last")]


def _timed(items: Sequence[PlanItem], total_s: float, after: int = 0) -> tuple[PlanItem, ...]:
    """Share the time out by the weight of the areas; number from `after`."""
    weights = [area_of(item.question.area).weight for item in items]
    free_s = max(0.0, total_s - OPENING_S - CLOSING_S)
    each_s = min(_LONGEST_S, free_s / math.fsum(weights)) if items else 0.0
    timed = []
    # No built-in one begins as one of the brief's own.
    begun = {opening(probe_parts(own)[0]) for item in items for own in item.question.probes}
    for number, (item, weight) in enumerate(zip(items, weights, strict=True), start=after + 1):
        probes = prepared_probes(item.question, begun)
        begun |= {opening(probe.text) for probe in probes}
        reason = _reason(item, number, each_s * weight)
        budget_s = round(each_s * weight, 1)
        timed.append(replace(item, budget_s=budget_s, reason=reason, probes=probes))
    return tuple(timed)


def _reason(item: PlanItem, number: int, budget_s: float) -> str:
    index = item.question_index
    source = "our own question" if index is None else f"question {index + 1}"
    area = (item.area or "no area").replace("_", " ")
    told = f"({area}, level {item.level} of {_HARDEST}, {budget_s:.0f} s): {item.reason}"
    return f"number {number} is {source} {told}"
