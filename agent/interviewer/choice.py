"""Choose the interviewer: the rules, or a local model where one answers."""

from __future__ import annotations

from agent import llm
from agent.brief import Brief
from agent.errors import InterviewerError
from agent.interviewer.interviewer import Interviewer, RulesInterviewer
from agent.interviewer.local_model.ollama_interviewer import OllamaInterviewer
from agent.interviewer.planning.plan import Plan

_INSIST_S = 3.0
"""How long a server that was insisted on may take to name its models."""
_GOOD_SIZE_BYTES = 1_000_000_000
"""Smaller models seldom keep to one question; of the larger ones the smallest answers in time."""
_BETTER = "Ollama with `ollama pull llama3.2` gets more natural follow-ups"


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
    if kind == "rules" and not name:
        return RulesInterviewer(brief, plan), "Follow-ups: built-in rules."
    if kind == "auto" and not name:
        return _best(brief, plan)
    if kind == "ollama":
        return _insisted(name.strip(), brief, plan)
    raise InterviewerError(
        f"there is no interviewer {spec!r}; use rules, auto, or ollama:MODEL (ollama:llama3.2)"
    )


def _best(brief: Brief, plan: Plan) -> tuple[Interviewer, str]:
    try:
        there = llm.models(llm.PROBE_S)
    except InterviewerError as error:
        # A server elsewhere was named by the person: say why it is not used.
        why = str(error) if "OLLAMA_HOST" in str(error) else _BETTER
        return RulesInterviewer(brief, plan), f"Follow-ups: built-in rules; {why}."
    if not there:
        return RulesInterviewer(brief, plan), f"Follow-ups: built-in rules; {_BETTER}."
    return _with_model(_preferred(there), brief, plan)


def _insisted(name: str, brief: Brief, plan: Plan) -> tuple[Interviewer, str]:
    if name:
        llm.insist_on_local(name, _INSIST_S)
        return _with_model(name, brief, plan)
    there = llm.models(_INSIST_S)
    if not there:
        raise InterviewerError("Ollama has no local model; fetch one: ollama pull llama3.2")
    return _with_model(_preferred(there), brief, plan)


def _preferred(there: tuple[llm.LocalModel, ...]) -> str:
    """Return the smallest model that is large enough, else the largest."""
    ordered = sorted(there, key=lambda model: (model.size_bytes, model.name))
    return next((m for m in ordered if m.size_bytes >= _GOOD_SIZE_BYTES), ordered[-1]).name


def _with_model(name: str, brief: Brief, plan: Plan) -> tuple[Interviewer, str]:
    interviewer = OllamaInterviewer(name, brief, plan)
    return interviewer, f"{name} leads the follow-ups here."
