"""The panel: who interviews, who asks which question, and how the floor is handed over."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from agent.brief import Brief, Persona
from agent.interview.bank import bank_questions
from agent.interview.moment import item_of
from agent.interview.plan import Plan, PlanItem
from agent.interview.wording import LISTENED, name_aloud, nth
from agent.session.turns import Move, Turn
from agent.text.question_kind import UNKNOWN, area_name, area_of

USUAL = (
    Persona(name="Robin", role="recruiter", areas=("warm_up", "motivation", "culture")),
    Persona(name="Morgan", role="hiring manager", areas=("behavioral",)),
    Persona(
        name="Alex",
        role="senior colleague",
        areas=("domain", "coding", "system_design"),
        manner="terse",
    ),
    Persona(name="Jordan", role="bar raiser", areas=("leadership", "domain")),
)
"""Who sits in a round of interviews at many companies; names that any voice can have."""
_OVER = ("{}, over to you.", "{} has the next question.", "I'll hand over to {}.")
"""How the floor is given to one who asks the next question."""
_BACK = "I'll hand back to {}."
"""How it is given to the chair for the last minutes."""
_LITTLE = frozenset({"", *LISTENED})
"""What an interviewer says only to have said something; anything else means something and stays."""
_TERSE = re.compile(r"\b(terse|brief|short|curt|brisk|direct|blunt|dry|formal|stern)", re.I)
"""A manner in which the little words are left out."""
_CHAIRED = ("opening", "your_questions", "reply", "closing")
_GONE = ("finish", "ended", "no_speech")
"""Turns after which nobody takes over: the person stopped, or cannot be heard."""


def panel_of(brief: Brief) -> tuple[Persona, ...]:
    """Return who of the brief's panel, else of the usual one, has something to ask on the brief."""
    people = brief.panel or USUAL
    areas = [question.area for question in brief.questions or bank_questions(brief)]
    askers = _askers(areas, people)
    return tuple(persona for persona in people if persona in askers)


def staffed(plan: Plan, panel: Sequence[Persona]) -> Plan:
    """Return the plan with who asks which question, the order as it was.

    An area is asked about by who names it, else by who names one of its group in question_kind.py.
    What nobody claims is asked by who claims nothing at all; else whoever has the floor keeps it.
    """
    askers = _askers([item.question.area for item in plan.items], panel)
    there = tuple(dict.fromkeys(askers))
    spare = _askers([item.question.area for item in plan.reserve], there)
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


def _asked_by(items: Sequence[PlanItem], askers: Sequence[Persona]) -> tuple[PlanItem, ...]:
    return tuple(replace(item, asked_by=p.name) for item, p in zip(items, askers, strict=True))


def _askers(areas: Sequence[str], panel: Sequence[Persona]) -> list[Persona]:
    """Return who asks about each area: who has the floor and a share left, else who asked least."""
    able = [_able(area, panel) for area in areas]
    counts = Counter(those[0] for those in able if len(those) == 1)
    fair = ceil(len(areas) / len(panel))
    asked: list[Persona] = []
    for claimants in able:
        those = claimants or [*asked[-1:], *(p for p in panel if not counts[p])] or panel
        keeps = bool(asked) and asked[-1] in those and counts[asked[-1]] < fair
        chosen = asked[-1] if keeps else min(those, key=counts.__getitem__)
        asked.append(chosen)
        counts[chosen] += len(claimants) != 1
    for at in range(1, len(asked) - 1):
        before, now = asked[at - 1], asked[at]
        # Nobody takes the floor for one question in between, who asks something else too.
        if before == asked[at + 1] != now and counts[now] > 1 and before in (able[at] or [before]):
            asked[at] = before
            counts[now] -= 1
    return asked


def _able(area: str, panel: Sequence[Persona]) -> Sequence[Persona]:
    """Return who claims an area, else who claims nothing; () where it is nobody's."""
    strongest = max(_claim(persona, area) for persona in panel)
    if strongest:
        return [persona for persona in panel if _claim(persona, area) == strongest]
    return [persona for persona in panel if not persona.areas]


def _claim(persona: Persona, area: str) -> int:
    """Return how strongly one of a panel claims an area: 2 by its name, 1 by its group, else 0."""
    if area_name(area) in map(area_name, persona.areas):
        return 2
    group = area_of(area)
    return int(group is not UNKNOWN and any(area_of(own) is group for own in persona.areas))


def by_panel(move: Move, turns: tuple[Turn, ...], plan: Plan) -> Move:
    """Return a move with who of the panel says it, and with the hand-over.

    Questions are asked by whom the plan names; follow-ups, repeats and encouragement come from
    who spoke last; the greeting, the person's own questions and the good-bye are the chair's, who
    is the first that asks. Whoever speaks for the first time says who they are.
    """
    if not plan.panel:
        return move
    chair = plan.panel[0]
    by_name = {persona.name: persona for persona in plan.panel}
    last = by_name.get(turns[-1].move.speaker, chair) if turns else chair
    speaker = by_name.get(_speaker(move, turns, plan), last)
    if speaker != last:
        return _handed_over(move, turns, last, speaker)
    little = move.kind in ("question", "follow_up") and move.lead_in in _LITTLE
    lead_in = "" if little and _TERSE.search(speaker.manner) else move.lead_in
    return replace(move, speaker=speaker.name, lead_in=lead_in)


def _speaker(move: Move, turns: tuple[Turn, ...], plan: Plan) -> str:
    """Return the name of who says a move, "" for who spoke last."""
    if move.kind == "question":
        item = item_of(move, plan)
        return item.asked_by if item else ""
    if move.kind == "closing" and turns and turns[-1].ended_by in _GONE:
        return ""
    return plan.panel[0].name if move.kind in _CHAIRED else ""


def _handed_over(move: Move, turns: tuple[Turn, ...], last: Persona, speaker: Persona) -> Move:
    """Return a move before which the floor changes; who leaves says what means something."""
    before = "Thank you." if move.lead_in in _LITTLE else move.lead_in
    name, asks = name_aloud(speaker.name), move.kind == "question"
    over = nth(_OVER, sum(bool(turn.move.hand_over) for turn in turns)) if asks else _BACK
    role = name_aloud(speaker.role, 6)
    hello = f"Hello, I'm {name}{f', {role} here' if role else ''}."
    if speaker.name in {turn.move.speaker for turn in turns}:
        hello = f"Thanks, {name_aloud(last.name)}."
    return replace(
        move,
        speaker=speaker.name,
        hand_over=f"{before} {over.format(name)}",
        lead_in=hello if asks else "",
    )
