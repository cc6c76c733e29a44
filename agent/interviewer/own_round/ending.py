"""How an interview ends: the person's own questions, where there is time for them, then good-bye.

What the person asks is answered from the brief (own_questions.py) and belongs to no topic.
"""

from __future__ import annotations

from itertools import takewhile

from agent.interviewer import wording
from agent.interviewer.moment import Moment
from agent.interviewer.own_round.invited import (
    announces_one,
    asks_what_is_meant,
    only_acknowledges,
    question_in,
    wants_no_more,
)
from agent.interviewer.own_round.own_questions import reply_to
from agent.interviewer.topic import answer_of
from agent.no_answer import gives_orders
from agent.turns import Move, Turn

_LEAST_ROUND_S = 40.0
"""With less time left nobody is invited to ask."""
_LEAST_TURN_S = 20.0
"""An answer of 45 words takes so long."""
_MOST_ORDERS = 2
"""Orders in place of a question that are still answered."""
_MOST_STRAYED = 2
"""Turns in a row without a question after which one is asked for; a third one ends the round."""


def closing(why: str, reason: str) -> Move:
    """Return the good-bye for one of done, asked, time, finish, ended."""
    return Move("closing", wording.good_bye(why), f"rule closing: {reason}")


def invitation(moment: Moment, reason: str) -> Move | None:
    """Return the invitation to ask, or None where the session has no time for it."""
    left_s = moment.pace.own_left_s
    if not moment.plan.own_questions_s or left_s < _LEAST_ROUND_S:
        return None
    text = wording.invitation(len(moment.topics), left_s)
    return Move("your_questions", text, f"rule your_questions: {reason}; {left_s:.0f} s are left")


def in_the_round(moment: Moment) -> Move:
    """Return what follows a turn in which the person was invited to ask."""
    last, said, left_s = moment.last, moment.answer, moment.pace.own_left_s
    if last.ended_by == "skip" or (last.ended_by == "done" and not said):
        return closing("asked", "the person asks nothing more")
    if left_s < _LEAST_TURN_S:
        return closing("time", f"{left_s:.0f} s are left for questions of the person's")
    if last.ended_by == "repeat":
        return _again(last.move)
    if not said:
        return _into_silence(moment)
    if wants_no_more(said):
        return closing("asked", f'the person has no more questions: "{said}"')
    orders = sum(gives_orders(turn.answer) for turn in moment.own)
    if orders > _MOST_ORDERS and gives_orders(said):
        return closing("asked", "the person only gives orders")
    question = question_in(said)
    return _replied(moment, question) if question else _no_question(moment)


def _again(move: Move) -> Move:
    return Move(
        move.kind,
        move.text,
        "rule repeat: the person asked for it",
        lead_in=wording.REPEATED,
        evidence=move.evidence,
    )


def _into_silence(moment: Moment) -> Move:
    if any(map(_is_silent, moment.own[-2:-1])):
        return closing("asked", "a second silence")
    return Move("your_questions", wording.TIME_TO_ASK, "rule nudge: a silence")


def _is_silent(turn: Turn) -> bool:
    return not turn.answer and turn.ended_by != "repeat"


def _no_question(moment: Moment) -> Move:
    """Ask for a question; twice in a row, and where a turn as long still fits."""
    strayed = len(list(takewhile(_strays, reversed(moment.own[:-1]))))
    took_s = moment.last.end_s - moment.last.start_s
    if strayed >= _MOST_STRAYED or took_s > moment.pace.own_left_s:
        return closing("asked", "the person asks nothing")
    text = _asking_for_one(moment.answer, strayed)
    return Move("your_questions", text, "rule your_questions: what was said is no question")


def _strays(turn: Turn) -> bool:
    """Return whether something was said in a turn, and no question."""
    said = answer_of(turn)
    return bool(said) and not question_in(said)


def _asking_for_one(said: str, strayed: int) -> str:
    if asks_what_is_meant(said):
        return wording.ABOUT_US
    if announces_one(said):
        return wording.GO_AHEAD
    if only_acknowledges(said):
        return wording.ANYTHING_TO_ASK
    return wording.NO_QUESTION_CAUGHT[strayed]


def _replied(moment: Moment, question: str) -> Move:
    replied = tuple(t.move.evidence for t in moment.own if t.move.kind == "reply")
    reply = reply_to(question, moment.brief, replied)
    left_s = moment.pace.own_left_s - _LEAST_TURN_S
    reason = "the brief says so" if reply.evidence else "the brief does not say"
    return Move(
        "reply",
        f"{reply.text} {wording.what_else(len(replied), left_s)}",
        f"rule reply: {reason}",
        evidence=reply.evidence,
    )
