"""How an answer to a move is listened to: what kind of pauses it deserves."""

from __future__ import annotations

from agent.bands import ADVISED_FOLLOW_UP_S, ADVISED_S, advised_s
from agent.brief import Question
from agent.interviewer.areas import asks_for_design
from agent.interviewer.planning.plan import Plan
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
    asked = _question_of(move, plan)
    return QuestionKind.DESIGN if asked and asks_for_design(asked) else QuestionKind.OPEN


def cut_in_s(move: Move, plan: Plan) -> float:
    """Return after how many seconds of an answer the interviewer may come in, with `--strict`.

    Twice the most that is advised for an answer of its kind and area (agent/bands.py).
    """
    if move.kind in _INVITING:
        return _RAMBLING * _OWN_QUESTION_S
    if move.kind == "follow_up":
        return _RAMBLING * ADVISED_FOLLOW_UP_S[1]
    asked = _question_of(move, plan)
    return _RAMBLING * (advised_s("question", asked.area if asked else "") or ADVISED_S)[1]


def _question_of(move: Move, plan: Plan) -> Question | None:
    """Return the question that a move asks or belongs to, None where the plan does not tell."""
    items = (*plan.items, *plan.reserve)
    same = [item.question for item in items if item.question.text == move.text]
    index = move.question_index
    known = [i.question for i in items if index is not None and i.question_index == index]
    return next(iter((*same, *known)), None)
