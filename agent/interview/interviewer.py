"""The interviewer as the rehearsal sees it: rules alone, or with a local model that reads."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from agent import llm
from agent.brief import Brief
from agent.errors import InterviewerError
from agent.interview import rules
from agent.interview.ollama import OllamaInterviewer
from agent.interview.plan import Plan
from agent.interview.trial import tried
from agent.session.turns import Move, Turn

TRIAL_S = 20.0
"""How long an interview waits for a trial; the rules ask alone until it is over."""
_GOOD_SIZE_BYTES = 1_500_000_000
"""A smaller model is tried only where it is named: one of 1.1 GB misreads too much. Of the larger
ones the smallest answers in time."""


class Interviewer(Protocol):
    """An interviewer of one session."""

    @property
    def name(self) -> str:
        """Which it is, for the session's engines: "rules", "ollama:llama3.2"."""

    @property
    def plan(self) -> Plan:
        """What it set out to ask."""

    @property
    def engine(self) -> str:
        """Who asked so far, for the session's engines at its end: "rules", a count."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What was found out so far, one plain line each; grows during a session."""

    def opening(self) -> Move:
        """Return the greeting."""

    def next_move(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return what to say next; a closing ends the interview (see rules.next_move)."""

    def at_once(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return the rules' move; what next_move is still thinking of is dropped."""

    def chosen(self, move: Move) -> None:
        """Be told which of the moves that were thought of is said now."""


@dataclass(frozen=True)
class RulesInterviewer:
    """The interviewer by rules: it needs no model, and the same turns give the same moves."""

    brief: Brief
    plan: Plan
    name: str = "rules"
    engine: str = "rules"
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

    def chosen(self, move: Move) -> None:
        """Nothing is to be prepared."""


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
    found, why = None, ""
    if kind == "ollama":
        found = llm.insist_on_local(name, llm.LIST_S) if name else preferred(llm.LIST_S)
        if not found:
            raise InterviewerError(
                "Ollama has no local model that is large enough; fetch one: ollama pull llama3.2"
            )
    elif kind == "auto":
        try:
            found = preferred(llm.PROBE_S)
        except InterviewerError as error:
            # A server elsewhere was named by the person: say why it is not used.
            why = f"; {error}" if "OLLAMA_HOST" in str(error) else ""
    if not found:
        return RulesInterviewer(brief, plan), f"Follow-ups: built-in rules{why}."
    interviewer = OllamaInterviewer(found, brief, plan)
    if interviewer.tried.wait(TRIAL_S):
        line = interviewer.notes[0]
        return (interviewer if interviewer.reads else RulesInterviewer(brief, plan)), line
    return interviewer, f"Follow-ups: built-in rules until {found.name} has been tried."


def try_ahead(spec: str | None) -> None:
    """Try the model that would lead, while other engines load; whoever waits for it is quicker."""
    kind, _, name = (spec or "auto").strip().partition(":")
    if kind == "rules":
        return
    with suppress(InterviewerError):
        found = llm.insist_on_local(name.strip(), llm.LIST_S) if name else preferred(llm.PROBE_S)
        if found:
            tried(found)


def preferred(deadline_s: float) -> llm.LocalModel | None:
    """Return the smallest of the models that are large enough, None for none."""
    large = [one for one in llm.models(deadline_s) if one.size_bytes >= _GOOD_SIZE_BYTES]
    return min(large, key=lambda one: (one.size_bytes, one.name), default=None)
