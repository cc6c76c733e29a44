"""A recorded one-way interview: each question once, 30 s to prepare, 2 minutes to answer."""

import re
from dataclasses import replace

from agent.analysis.history import History
from agent.brief import Brief
from agent.interview import wording
from agent.interview.moment import ANSWER_S
from agent.interview.plan import CLOSING_S, OPENING_S, Plan, make_plan
from agent.session.turns import Move, Turn
from agent.text.display import plural

PREPARE_S = 30.0
"""As on the platforms for recorded interviews, which give half a minute."""
TELL_AT_S = (20.0, 10.0, 5.0)
"""Seconds left at which the person is told so."""
BEGIN_NOW = "Please begin."
"""Said where nobody began earlier."""
_QUESTIONS = 5
_ASKING_S = 20.0
"""For saying a question."""
_READY = re.compile(
    r"^(ok(ay)?|yes|so|well)?\W*(i'?m|i am|we'?re)?\W*(ready|let'?s go|start)\W*$", re.I
)


def one_way_plan(
    brief: Brief,
    questions: int | None,
    only: tuple[int, ...] | None = None,
    history: History | None = None,
) -> Plan:
    """Return the plan: five questions, or as many as there are or are wished for."""
    plan = make_plan(brief, 20.0, questions or _QUESTIONS, only, history)
    each_s = PREPARE_S + ANSWER_S + _ASKING_S
    items = tuple(replace(item, budget_s=each_s, probes=()) for item in plan.items)
    return Plan(items, OPENING_S + each_s * len(items) + CLOSING_S, one_way=True)


def opening_text(plan: Plan) -> str:
    """Return the greeting: what will happen, and how to begin earlier."""
    return (
        f"Hello, and welcome. I have {plural(len(plan.items), 'question')} for you. After each one"
        " you have 30 seconds to prepare and two minutes to answer. To begin earlier, press Enter"
        " or say: I'm ready. Nobody asks on."
    )


def is_ready(said: str) -> bool:
    """Return whether a turn says no more than that the person is ready."""
    return bool(_READY.match(said.replace("’", "'").strip()))


def next_move(plan: Plan, turns: tuple[Turn, ...]) -> Move:
    """Return the next question, the last one again where that was asked for, or the good-bye."""
    if turns and turns[-1].ended_by in ("finish", "ended"):
        why = turns[-1].ended_by
        return Move("closing", wording.GOOD_BYES[why], f"rule closing: {why}")
    asked = sum(turn.move.kind == "question" for turn in turns)
    if turns and turns[-1].ended_by == "repeat":
        last = turns[-1].move
        reason = "rule repeat: the person asked for it"
        return Move("repeat", last.text, reason, last.question_index, lead_in=wording.REPEATED)
    if asked == len(plan.items):
        return Move("closing", wording.GOOD_BYES["done"], "rule closing: the plan is done")
    late = f"{wording.TIME_IS_UP} " if turns and turns[-1].ended_by == "cut_in" else ""
    item = plan.items[asked]
    return Move(
        "question",
        item.question.text,
        f"rule plan: {item.reason}",
        item.question_index,
        lead_in=f"{late}Question {asked + 1} of {len(plan.items)}.",
        invites="You have 30 seconds.",
    )
