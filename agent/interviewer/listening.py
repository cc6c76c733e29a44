"""How an answer to a move is listened to: what kind of pauses it deserves."""

from __future__ import annotations

from agent.interviewer.areas import asks_for_design
from agent.interviewer.plan import Plan
from agent.turns import Move
from voice.endpointing import QuestionKind


def kind_of(move: Move, plan: Plan) -> QuestionKind:
    """Return the kind of question that a move asks, or stands for."""
    if move.kind == "opening":
        return QuestionKind.GREETING
    if move.probe == "number":
        return QuestionKind.FACT
    asked = [item.question for item in plan.items if item.question_index == move.question_index]
    return QuestionKind.DESIGN if any(map(asks_for_design, asked)) else QuestionKind.OPEN
