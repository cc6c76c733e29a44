"""The interviewer as the rehearsal sees it: rules alone, or rules with a local model's wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from agent.brief import Brief
from agent.interviewer.planning.plan import Plan
from agent.interviewer.rules import next_move, opening
from agent.turns import Move, Turn


class Interviewer(Protocol):
    """An interviewer of one session."""

    @property
    def name(self) -> str:
        """Which interviewer it is, for the session's engines: "rules", "ollama:llama3.2"."""

    @property
    def plan(self) -> Plan:
        """What it set out to ask."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong so far, one plain line each; grows during a session."""

    def opening(self) -> Move:
        """Return the greeting."""

    def next_move(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return what to say next; a closing ends the interview.

        Args:
            turns: everything asked so far with what came back, in order.
            now_s: session time in seconds, pauses excluded.
        """

    def at_once(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return the rules' move, where next_move is not waited for any longer.

        What next_move is still thinking of is given up.
        """


@dataclass(frozen=True)
class RulesInterviewer:
    """The interviewer by rules: it needs no model, and the same turns give the same moves."""

    brief: Brief
    """What the interview is about."""
    plan: Plan
    """What to ask."""
    name: str = "rules"
    """Its name among the engines."""
    notes: tuple[str, ...] = ()
    """Nothing can go wrong."""

    def opening(self) -> Move:
        """Return the greeting."""
        return opening(self.plan, self.brief)

    def next_move(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return what to say next."""
        return next_move(self.plan, self.brief, turns, now_s)

    def at_once(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return what to say next: rules never take long."""
        return self.next_move(turns, now_s)
