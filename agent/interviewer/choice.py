"""Choose the interviewer: the rules, or a local model where one answers."""

from __future__ import annotations

from agent.brief import Brief
from agent.interviewer.mind import Mind, RulesMind
from agent.interviewer.plan import Plan


def choose_mind(spec: str | None, brief: Brief, plan: Plan) -> tuple[Mind, str]:
    """Return the interviewer for a session, and one plain line about it for the person."""
    return RulesMind(brief, plan), f"interviewer: {spec or 'rules'}"
