"""The interviewer as the rehearsal sees it: rules alone, or with a local model's wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from agent import llm
from agent.brief import Brief
from agent.errors import InterviewerError
from agent.interview import rules
from agent.interview.ollama import OllamaInterviewer
from agent.interview.plan import Plan
from agent.session.turns import Move, Turn

_INSIST_S = 3.0
"""How long a server that was insisted on may take to name its models."""
_GOOD_SIZE_BYTES = 1_000_000_000
"""Smaller models seldom keep to one question; of the larger ones the smallest answers in time."""
_BETTER = "Ollama with `ollama pull llama3.2` gets more natural follow-ups"


class Interviewer(Protocol):
    """An interviewer of one session."""

    @property
    def name(self) -> str:
        """Which it is, for the session's engines: "rules", "ollama:llama3.2"."""

    @property
    def plan(self) -> Plan:
        """What it set out to ask."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong so far, one plain line each; grows during a session."""

    def opening(self) -> Move:
        """Return the greeting."""

    def next_move(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return what to say next; a closing ends the interview (see rules.next_move)."""

    def at_once(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return the rules' move; what next_move is still thinking of is dropped."""


@dataclass(frozen=True)
class RulesInterviewer:
    """The interviewer by rules: it needs no model, and the same turns give the same moves."""

    brief: Brief
    plan: Plan
    name: str = "rules"
    notes: tuple[str, ...] = ()

    def opening(self) -> Move:
        """Return the greeting."""
        return rules.opening(self.plan, self.brief)

    def next_move(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return what to say next."""
        return rules.next_move(self.plan, self.brief, turns, now_s)

    def at_once(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return what to say next: rules never take long."""
        return self.next_move(turns, now_s)


def choose_interviewer(spec: str | None, brief: Brief, plan: Plan) -> tuple[Interviewer, str]:
    """Return the interviewer for a session, and one plain line about it for the person.

    Args:
        spec: "rules"; "auto" or None for a local model when one answers within half a second,
            else the rules; "ollama:NAME" insists on that model, "ollama" on any.
        brief: what the interview is about.
        plan: what to ask.

    Raises:
        InterviewerError: a model was insisted on and is not there, or `spec` is none of these.
    """
    kind, _, name = (spec or "auto").strip().partition(":")
    name = name.strip()
    if kind not in ("rules", "auto", "ollama") or (name and kind != "ollama"):
        raise InterviewerError(
            f"there is no interviewer {spec!r}; use rules, auto, or ollama:MODEL (ollama:llama3.2)"
        )
    why = ""
    if kind == "ollama" and name:
        llm.insist_on_local(name, _INSIST_S)
    elif kind == "ollama":
        name = _preferred(llm.models(_INSIST_S))
        if not name:
            raise InterviewerError("Ollama has no local model; fetch one: ollama pull llama3.2")
    elif kind == "auto":
        try:
            name, why = _preferred(llm.models(llm.PROBE_S)), f"; {_BETTER}"
        except InterviewerError as error:
            # A server elsewhere was named by the person: say why it is not used.
            why = f"; {error if 'OLLAMA_HOST' in str(error) else _BETTER}"
    if name:
        return OllamaInterviewer(name, brief, plan), f"Follow-ups: {name}."
    return RulesInterviewer(brief, plan), f"Follow-ups: built-in rules{why}."


def _preferred(there: tuple[llm.LocalModel, ...]) -> str:
    """Return the smallest model that is large enough, else the largest; "" for none."""
    ordered = sorted(there, key=lambda model: (model.size_bytes, model.name))
    large = [model for model in ordered if model.size_bytes >= _GOOD_SIZE_BYTES]
    return next((model.name for model in (*large[:1], *ordered[-1:])), "")
