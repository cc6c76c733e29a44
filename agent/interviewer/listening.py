"""How an answer to a move is listened to: what kind of pauses it deserves."""

from __future__ import annotations

from agent.bands import ADVISED_FOLLOW_UP_S, ADVISED_S, advised_s
from agent.interviewer.areas import asks_for_design
from agent.interviewer.plan import Plan
from agent.turns import Move
from voice.endpointing import QuestionKind

_INVITING = ("your_questions", "reply")
_OWN_QUESTION_S = 30.0
"""A question of the person's, with what leads up to it, takes no longer."""
_RAMBLING = 2
"""An answer of so many times its advised length is cut into, where that is wished for."""


def kind_of(move: Move, plan: Plan) -> QuestionKind:
    """Return the kind of question that a move asks, or stands for."""
    if move.kind == "opening":
        return QuestionKind.GREETING
    if move.kind in _INVITING:
        return QuestionKind.OPEN
    if move.probe == "number":
        return QuestionKind.FACT
    asked = [item.question for item in plan.items if item.question_index == move.question_index]
    return QuestionKind.DESIGN if any(map(asks_for_design, asked)) else QuestionKind.OPEN


def cut_in_s(move: Move, plan: Plan) -> float:
    """Return after how many seconds of an answer the interviewer may come in, with `--strict`.

    Twice the most that is advised for an answer of its kind and area (agent/bands.py).
    """
    if move.kind in _INVITING:
        return _RAMBLING * _OWN_QUESTION_S
    if move.kind == "follow_up":
        return _RAMBLING * ADVISED_FOLLOW_UP_S[1]
    same = [i.question.area for i in (*plan.items, *plan.reserve) if i.question.text == move.text]
    known = [
        i.question.area
        for i in (*plan.items, *plan.reserve)
        if move.question_index is not None and i.question_index == move.question_index
    ]
    area = next(iter((*same, *known)), "")
    return _RAMBLING * (advised_s("question", area) or ADVISED_S)[1]
