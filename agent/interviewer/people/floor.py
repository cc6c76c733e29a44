"""Who of a panel has the floor: the speaker of each move, and how the floor is handed over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from agent.brief import Persona
from agent.interviewer.interviewer import Interviewer
from agent.interviewer.people.manner import in_manner
from agent.interviewer.planning.plan import Plan
from agent.interviewer.topic import is_item
from agent.interviewer.wording import name_aloud
from agent.turns import Move, Turn

_OVER = (
    "{name}, over to you.",
    "{name} has the next question.",
    "{name}, the next one is yours.",
    "I'll hand over to {name}.",
)
"""How the floor is given to one who asks the next question."""
_BACK = "I'll hand back to {name}."
"""How it is given to the chair for the last minutes."""
_ACKNOWLEDGED = "Thank you."
"""Said before a hand-over where nothing else is."""
_NEXT = re.compile(r",? next question\b|\b(Here is the n|N)ext one\.", re.IGNORECASE)
"""What announces a question, cut where it is another one who asks it."""
_TURN_TO = re.compile(r"\s*(Let's turn to .*)")
"""What names the area to come: it belongs to who asks about it."""
_CHAIRED = ("opening", "your_questions", "reply", "closing")
_GONE = ("finish", "ended", "no_speech")
"""Turns after which nobody takes over: the person stopped, or cannot be heard."""
_WITHOUT_ARTICLE = re.compile(
    r"(an?|the|one|your|our|my|head|chief|vice|vp|director of|c[a-z]o|[^a-z].*)\b", re.IGNORECASE
)
"""Roles that only one person has, and names of roles that stand alone."""
_AN = re.compile(r"[aeio]|u(?!ni|se|ti|k\b)|[FHLMNRSX][A-Z]|h(?:our|onest)")
"""Beginnings of words that "an" stands before."""


@dataclass(frozen=True)
class PanelInterviewer:
    """An interviewer whose moves are said by a panel."""

    interviewer: Interviewer
    """Chooses what to say; its plan names the panel."""

    @property
    def name(self) -> str:
        """Which interviewer it is, for the session's engines."""
        return self.interviewer.name

    @property
    def plan(self) -> Plan:
        """What it set out to ask."""
        return self.interviewer.plan

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong so far, one plain line each."""
        return self.interviewer.notes

    def opening(self) -> Move:
        """Return the greeting, by the chair."""
        return by_panel(self.interviewer.opening(), (), self.plan)

    def next_move(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return what to say next, and who says it."""
        return by_panel(self.interviewer.next_move(turns, now_s), turns, self.plan)

    def at_once(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return the rules' move, and who says it."""
        return by_panel(self.interviewer.at_once(turns, now_s), turns, self.plan)


def by_panel(move: Move, turns: tuple[Turn, ...], plan: Plan) -> Move:
    """Return a move with who of the panel says it, in their manner, and with the hand-over.

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
        spoke = {chair.name, *(turn.move.speaker for turn in turns)}
        return _handed_over(move, turns, (last, speaker), is_known=speaker.name in spoke)
    if not turns and move.kind == "question":
        role = with_article(speaker.role)
        lead_in = f"I'm {role} here, and I'll begin." if role else move.lead_in
        return replace(move, speaker=speaker.name, lead_in=lead_in)
    lead_in = in_manner(move, speaker.manner, turns)
    return replace(move, speaker=speaker.name, lead_in=lead_in)


def with_article(role: str) -> str:
    """Return a role as it is said of oneself: "a staff engineer", "an HR partner", "head of data".

    An approximation by the first letters.
    """
    aloud = " ".join(name_aloud(role, 6).split())
    if not aloud or _WITHOUT_ARTICLE.match(aloud):
        return aloud
    return f"{'an' if _AN.match(aloud) else 'a'} {aloud}"


def _speaker(move: Move, turns: tuple[Turn, ...], plan: Plan) -> str:
    """Return the name of who says a move, "" for who spoke last."""
    if move.kind == "question":
        items = (*plan.items, *plan.reserve)
        return next((item.asked_by for item in items if is_item(item, move)), "")
    if move.kind == "closing" and turns and turns[-1].ended_by in _GONE:
        return ""
    return plan.panel[0].name if move.kind in _CHAIRED else ""


def _handed_over(
    move: Move, turns: tuple[Turn, ...], floor: tuple[Persona, Persona], *, is_known: bool
) -> Move:
    """Return a move before which the floor changes.

    What the interviewer wanted to say first is said by who leaves, but for what announces the area.

    Args:
        move: as the interviewer chose it.
        turns: everything asked so far.
        floor: who has it, and who takes it.
        is_known: whether the one who takes it spoke before.
    """
    last, speaker = floor
    turn_to = _TURN_TO.search(move.lead_in)
    before = move.lead_in[: turn_to.start()] if turn_to else move.lead_in
    before = " ".join(_NEXT.sub("", before).split()) or _ACKNOWLEDGED
    number = sum(bool(turn.move.hand_over) for turn in turns)
    over = _OVER[number % len(_OVER)] if move.kind == "question" else _BACK
    hello = f"Thanks, {name_aloud(last.name)}." if is_known else _hello(speaker)
    announced = turn_to[1] if turn_to else ""
    return replace(
        move,
        speaker=speaker.name,
        hand_over=f"{before} {over.format(name=name_aloud(speaker.name))}",
        lead_in=f"{hello} {announced}".strip() if move.kind == "question" else "",
    )


def _hello(persona: Persona) -> str:
    """Return the first words of one who speaks for the first time."""
    role = with_article(persona.role)
    return f"Hello, I'm {name_aloud(persona.name)}{f', {role} here' if role else ''}."
