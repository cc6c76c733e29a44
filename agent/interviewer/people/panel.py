"""The panel: who interviews, and who asks which question of the plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from agent.brief import Brief, Persona
from agent.interviewer.areas import UNKNOWN, area_of
from agent.interviewer.planning.bank import bank_questions
from agent.interviewer.planning.plan import Plan, PlanItem
from agent.interviewer.wording import name_aloud
from agent.question_kind import area_name

USUAL = (
    Persona(
        name="Robin",
        role="recruiter",
        areas=("warm_up", "motivation", "culture"),
        manner="warm",
    ),
    Persona(name="Morgan", role="engineering manager", areas=("behavioral",), manner="warm"),
    Persona(
        name="Alex",
        role="staff engineer",
        areas=("domain", "coding", "system_design"),
        manner="terse",
    ),
    Persona(name="Jordan", role="bar raiser", areas=("leadership", "domain"), manner="challenging"),
)
"""Who sits in a round of interviews at many companies; names that any voice can have."""
_ELSEWHERE = {"engineering manager": "hiring manager", "staff engineer": "senior colleague"}
"""What the usual ones are called where no engineer is looked for."""
_ENGINEERING = re.compile(
    r"engineer|develop|software|data|scientist|research|machine learning|\b(ml|ai|sre|devops)\b",
    re.IGNORECASE,
)
_ENGINEERS_AREAS = ("coding", "system_design")


def panel_of(brief: Brief) -> tuple[Persona, ...]:
    """Return who of the brief's panel, else of the usual one, has something to ask on the brief.

    Of two with the same name the first counts; a name without a letter is nobody's.
    """
    people = _by_name(brief.panel) or _usual(brief)
    areas = [question.area for question in brief.questions or bank_questions(brief)]
    askers = _askers(areas, people)
    return tuple(persona for persona in people if persona in askers)


def staffed(plan: Plan, panel: Sequence[Persona]) -> Plan:
    """Return the plan with who asks which question, the order as it was; () changes nothing.

    An area is asked about by who names it, else by who names one of its group (areas.py). What
    nobody claims is asked by who claims nothing at all; else whoever has the floor keeps it, but
    for those who would have nothing to ask. What is in reserve goes to those who are there anyway.
    """
    if not panel:
        return plan
    askers = _askers([item.question.area for item in plan.items], panel)
    there = tuple(dict.fromkeys(askers))
    spare = _askers([item.question.area for item in plan.reserve], there, askers)
    return replace(
        plan,
        items=_asked_by(plan.items, askers),
        reserve=_asked_by(plan.reserve, spare),
        panel=there,
    )


def seated(plan: Plan, brief: Brief, wished: bool | None) -> Plan:
    """Return the plan with a panel where one is wished for; by default where the brief has one."""
    wanted = bool(brief.panel) if wished is None else wished
    return staffed(plan, panel_of(brief)) if wanted else plan


def panel_lines(plan: Plan, brief: Brief) -> tuple[str, ...]:
    """Return a plain line on who interviews, and one on who of the brief's own has no question."""
    if not plan.panel:
        return ()
    roles = ((name_aloud(p.name), name_aloud(p.role, words=6)) for p in plan.panel)
    people = ", ".join(f"{name} ({role})" if role else name for name, role in roles)
    idle = [name_aloud(persona.name) for persona in brief.panel if persona not in plan.panel]
    left = f"{' and '.join(idle)} {'have' if len(idle) > 1 else 'has'} no question this time."
    return (f"On the panel: {people}.", *([left] if idle else []))


def _by_name(panel: Sequence[Persona]) -> tuple[Persona, ...]:
    named: dict[str, Persona] = {}
    for persona in panel:
        if any(map(str.isalpha, persona.name)):
            named.setdefault(persona.name.casefold(), persona)
    return tuple(named.values())


def _usual(brief: Brief) -> tuple[Persona, ...]:
    areas = {area_name(question.area) for question in brief.questions}
    if _ENGINEERING.search(f"{brief.role} {brief.stack}") or areas & set(_ENGINEERS_AREAS):
        return USUAL
    return tuple(p.model_copy(update={"role": _ELSEWHERE.get(p.role, p.role)}) for p in USUAL)


def _asked_by(items: Sequence[PlanItem], askers: Sequence[Persona]) -> tuple[PlanItem, ...]:
    return tuple(replace(item, asked_by=p.name) for item, p in zip(items, askers, strict=True))


def _askers(
    areas: Sequence[str], panel: Sequence[Persona], before: Sequence[Persona] = ()
) -> list[Persona]:
    """Return who asks about each of the areas, in order; `before` asked before them."""
    able = [_able(area, panel) for area in areas]
    counts = Counter([*before, *(those[0] for those in able if len(those) == 1)])
    fair = ceil((len(before) + len(areas)) / len(panel))
    asked = list(before)
    for claimants in able:
        if len(claimants) == 1:
            asked.append(claimants[0])
            continue
        those = claimants or [*asked[-1:], *(p for p in panel if not counts[p])] or panel
        keeps = asked and asked[-1] in those and counts[asked[-1]] < fair
        asked.append(asked[-1] if keeps else min(those, key=counts.__getitem__))
        counts[asked[-1]] += 1
    return _without_ping_pong(asked[len(before) :], able, counts)


def _able(area: str, panel: Sequence[Persona]) -> Sequence[Persona]:
    """Return who claims an area, else who claims nothing; () where it is nobody's."""
    strongest = max(_claim(persona, area) for persona in panel)
    if strongest:
        return [persona for persona in panel if _claim(persona, area) == strongest]
    return [persona for persona in panel if not persona.areas]


def _without_ping_pong(
    asked: Sequence[Persona], able: Sequence[Sequence[Persona]], counts: Counter[Persona]
) -> list[Persona]:
    """Return who asks, the floor kept where it would come right back after a single question.

    Only from who asks something else too, and by who may ask that question.
    """
    kept = list(asked)
    for at in range(1, len(kept) - 1):
        around, between = kept[at - 1], kept[at]
        comes_back = around == kept[at + 1] != between
        if comes_back and counts[between] > 1 and around in (able[at] or [around]):
            kept[at] = around
            counts[between] -= 1
    return kept


def _claim(persona: Persona, area: str) -> int:
    """Return how strongly one of a panel claims an area: 2 by its name, 1 by its group, else 0."""
    if area_name(area) in map(area_name, persona.areas):
        return 2
    group = area_of(area)
    return int(group is not UNKNOWN and any(area_of(own) is group for own in persona.areas))
