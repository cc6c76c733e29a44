"""Why the interviewer said what it said, and how well it kept to its plan and its own rules.

The plan is read from session.json, all else from the journal of a session. The shares are measured
from its times, the counts are made by rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.after.decisions import Decision, Decisions, read_decisions
from agent.kept_plan import KeptItem, KeptPlan, KeptProbe
from agent.session import StoredSession

OVER_BUDGET = 1.25
"""A question took too long from so much of its budget on: there its follow-ups are dropped."""
OWN = "own"
"""Kind of the follow-ups that stand in the brief."""
_LEAVES = ("question", "your_questions", "closing")
"""What ends the time of a question, besides a hand-over that was heard to its end."""


@dataclass(frozen=True)
class HeldReady:
    """A follow-up that was prepared."""

    kind: str
    """trade_off, number, ownership…"""
    text: str
    """How it was to be asked."""
    because: str
    """What of the question called for it."""
    asked: bool
    """Whether a follow-up to its question asked it, in these words or in others."""


@dataclass(frozen=True)
class Planned:
    """One planned question and what became of it."""

    question_index: int | None
    """Its place in the brief from 0; None for one of our own."""
    text: str
    """The question."""
    area: str
    """What it probes."""
    budget_s: float
    """The time it was given, in seconds."""
    reason: str
    """Why it was in the plan, and where."""
    asked_by: str
    """Who of a panel was to ask it, "" for one interviewer."""
    probes: tuple[HeldReady, ...]
    """The follow-ups held ready for it."""
    place: int | None
    """Where it stands among the decisions; None where it was never reached."""
    took_s: float | None
    """From its first word to what came after its last answer, in seconds, measured."""


@dataclass(frozen=True)
class Audit:
    """The interviewer measured by its own rules."""

    talk_share: float | None
    """Its part of all the speaking, 0 to 1, measured; None where it was not spoken."""
    follow_ups: int
    """Follow-ups that were asked."""
    double_questions: tuple[int, ...]
    """Places among the decisions of follow-ups that ask two things at once; one of the brief is
    asked word for word, and is not held to that."""
    cut_offs: tuple[int, ...]
    """Places where it came in too early and gave the floor back."""
    cut_in: int
    """How often it cut in on an answer that ran on (`--strict`)."""
    interrupted: int
    """How often the person interrupted it."""
    planned_s: float | None
    """Length that was planned, in seconds; None where the session does not say."""
    ended_s: float
    """When its last word was said, in seconds."""
    over_budget: tuple[int, ...]
    """Places in the plan of the questions that took OVER_BUDGET of their time or more."""
    spoke_s: dict[str, float]
    """How long each of a panel spoke, in seconds, in the order of their first word; empty where it
    was not spoken."""


@dataclass(frozen=True)
class Why:
    """The plan of a session, all decisions and the audit."""

    plan: tuple[Planned, ...]
    """In the order planned; empty for sessions from before it was kept."""
    own_questions_s: float
    """Time that was kept for the person's own questions, in seconds."""
    not_reached: str
    """Why planned questions were never reached; "" where all were."""
    decisions: tuple[Decision, ...]
    """In order of time."""
    audit: Audit
    """The summary."""


def why_of(stored: StoredSession) -> Why:
    """Return a session's plan with what became of it, every decision, and the audit."""
    read = read_decisions(stored)
    kept = stored.meta.plan or KeptPlan()
    plan = tuple(_followed(kept.items, read))
    missed = any(item.place is None for item in plan)
    return Why(
        plan,
        kept.own_questions_s,
        _closing_reason(read.said) if missed else "",
        read.said,
        _audit(read, plan, stored),
    )


def _followed(items: Sequence[KeptItem], read: Decisions) -> Iterator[Planned]:
    """Yield what became of each planned question."""
    decisions = read.said
    left = [n for n, one in enumerate(decisions) if one.kind == "question" and one.was_made]
    for item in items:
        place = next((n for n in left if _is_asked_by(decisions[n], item)), None)
        topic: Sequence[Decision] = ()
        took_s = None
        if place is not None:
            left.remove(place)
            after = decisions[place + 1 :]
            count = next((n for n, one in enumerate(after) if _ends_topic(one)), len(after))
            topic = after[:count]
            until_s = after[count].start_s if count < len(after) else read.ended_s
            took_s = max(0.0, until_s - decisions[place].start_s)
        asked = [one for one in topic if one.kind == "follow_up" and one.was_made]
        yield Planned(
            question_index=item.question_index,
            text=item.text,
            area=item.area,
            budget_s=item.budget_s,
            reason=item.reason,
            asked_by=item.asked_by,
            probes=tuple(_held(one, asked) for one in item.probes),
            place=place,
            took_s=took_s,
        )


def _held(probe: KeptProbe, asked: Sequence[Decision]) -> HeldReady:
    """Return a follow-up held ready; one of its kind in other words counts, but of the brief's."""
    was_asked = any(
        _words(probe.text) in _words(one.text) or (probe.kind == one.probe != OWN) for one in asked
    )
    return HeldReady(probe.kind, probe.text, probe.because, was_asked)


def _is_asked_by(decision: Decision, item: KeptItem) -> bool:
    """Return whether a decision asks a planned question: by its number, else by its words."""
    if item.question_index is not None:
        return decision.question_index == item.question_index
    return _words(decision.text) == _words(item.text)


def _ends_topic(decision: Decision) -> bool:
    if decision.kind == "hand_over":
        return not decision.stopped_by
    return decision.kind in _LEAVES and decision.was_made


def _words(text: str) -> str:
    """Return a text's words with a space around each, to be found in another's."""
    return " ".join(["", *re.findall(r"[^\W_]+", text.casefold()), ""])


def _closing_reason(decisions: Sequence[Decision]) -> str:
    """Return why the interviewer closed, or that it did not."""
    reasons = [one.reason for one in decisions if one.kind == "closing" and one.reason]
    return reasons[-1] if reasons else "the session ended before the interviewer closed it"


def _audit(read: Decisions, plan: Sequence[Planned], stored: StoredSession) -> Audit:
    decisions, spoken_s = read.said, read.answers_s
    said_s = sum(map(_length_s, decisions))
    asked = [
        (place, one)
        for place, one in enumerate(decisions)
        if one.kind == "follow_up" and one.stopped_by != "resumed_answer"
    ]
    ruled = [(place, one) for place, one in asked if one.probe != OWN]
    minutes = stored.meta.settings.minutes
    return Audit(
        talk_share=said_s / (said_s + spoken_s) if said_s > 0 else None,
        follow_ups=len(asked),
        double_questions=tuple(place for place, one in ruled if one.text.count("?") > 1),
        cut_offs=tuple(n for n, one in enumerate(decisions) if one.stopped_by == "resumed_answer"),
        cut_in=read.cut_in,
        interrupted=sum(one.stopped_by == "interruption" for one in decisions),
        planned_s=None if minutes is None else 60.0 * minutes,
        ended_s=max((one.end_s for one in decisions), default=0.0),
        over_budget=tuple(
            place
            for place, one in enumerate(plan)
            if one.took_s is not None and one.took_s > OVER_BUDGET * one.budget_s
        ),
        spoke_s={
            name: sum(_length_s(one) for one in decisions if one.speaker == name)
            for name in dict.fromkeys(
                one.speaker for one in decisions if one.speaker and said_s > 0
            )
        },
    )


def _length_s(one: Decision) -> float:
    return max(0.0, one.end_s - one.start_s)
