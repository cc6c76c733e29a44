"""The interviewer's decision: one pure function from the turns so far to the next move.

The rules stand in `_RULES` in the order in which they are tried; the first that has something to
say is followed, then a follow-up is looked for, then the next question. Every move says in its
reason which rule it was and on what evidence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from agent.brief import Brief
from agent.interviewer import wording
from agent.interviewer.checks import MOST_WORDS, problem_with
from agent.interviewer.follow_ups.choose import FEW_WORDS, Answered, follow_ups
from agent.interviewer.follow_ups.wordings import asks_for, restated
from agent.interviewer.listening import cut_in_s
from agent.interviewer.moment import Moment
from agent.interviewer.own_round.ending import closing, in_the_round, invitation
from agent.interviewer.planning.plan import Plan, PlanItem
from agent.interviewer.words import COMMON, words_of
from agent.no_answer import asks_back, gives_up, refuses
from agent.turns import Move, Turn

MOST_FOLLOW_UPS = 2
"""Follow-ups to one question at most; more feels like an interrogation."""
_SPENT_WORDS = 5
"""A follow-up answered with fewer words ends the topic."""
_UNHEARD_QUESTIONS = 3
"""So many questions in a row without a word mean that nothing can be heard."""
_IN_OTHER_WORDS = "rule in_other_words"
_YES = frozenset("yes yeah yep sure ok okay please thanks thank you i do have".split())


def opening(plan: Plan, brief: Brief) -> Move:
    """Return the greeting."""
    return Move("opening", wording.opening_text(plan, brief), "rule opening: it comes first")


def next_move(plan: Plan, brief: Brief, turns: tuple[Turn, ...], now_s: float) -> Move:
    """Return what to say next; the same input gives the same move.

    Args:
        plan: what to ask.
        brief: what the interview is about.
        turns: everything asked so far, repeats and nudges included, with what came back.
        now_s: session time in seconds, pauses excluded.
    """
    if not turns:
        first = plan.items[0]
        lead_in = wording.transition(0, first, None)
        return _question(first, lead_in, f"rule plan: {first.reason}")
    moment = Moment(plan, brief, turns, now_s)
    return settled(moment) or follow_up(moment) or onward(moment)


def settled(moment: Moment) -> Move | None:
    """Return the move where there is nothing to weigh: an end, a request, a silence, a refusal."""
    for rule in _RULES:
        move = rule(moment)
        if move is not None:
            return move
    return None


def onward(moment: Moment) -> Move:
    """Return what follows a question that is answered: the next one, or the end."""
    return _onward(moment, "", "the question is answered")


def is_spent(moment: Moment) -> bool:
    """Return whether no follow-up is to be asked: enough of them, no time, or nothing to come."""
    topic = moment.topic
    spent = moment.last.move.kind == "follow_up" and len(words_of(moment.answer)) < _SPENT_WORDS
    return len(topic.follow_ups) >= MOST_FOLLOW_UPS or spent or bool(moment.pace.follow_up_fits())


def _finish(moment: Moment) -> Move | None:
    """Close where the person asks for it, or where no more can come."""
    if moment.last.ended_by == "finish":
        return closing("finish", "the person asked to stop")
    if moment.last.ended_by == "ended":
        return closing("ended", "no more answers can come")
    return None


def _own_questions(moment: Moment) -> Move | None:
    return in_the_round(moment) if moment.own else None


def _cut_in(moment: Moment) -> Move | None:
    """Go on after an answer that was cut into, and never ask on about it."""
    last = moment.last
    if last.ended_by != "cut_in":
        return None
    advised_s = cut_in_s(last.move, moment.plan) / 2
    why = f"{last.end_s - last.start_s:.0f} s, twice the advised {advised_s:.0f} s"
    return _onward(moment, wording.cut_in(len(moment.topics)), why, "cut_in")


def _time_is_up(moment: Moment) -> Move | None:
    if not moment.pace.is_over:
        return None
    left = f"{moment.pace.left_s:.0f} s are left of {moment.plan.total_s:.0f}"
    return _end(moment, "time", left)


def _repeat(moment: Moment) -> Move | None:
    """Say the open question again, where the person asks for it or says yes to the offer."""
    offered = moment.last.move.kind == "nudge" and _says_yes(moment.answer)
    if moment.last.ended_by != "repeat" and not offered:
        return None
    return _again(moment, wording.REPEATED, "rule repeat: the person asked for it")


def _skip(moment: Moment) -> Move | None:
    by_key = moment.last.ended_by == "done" and not moment.answer
    if moment.last.ended_by != "skip" and not by_key:
        return None
    kind_word = wording.after_skip(len(moment.topics))
    return _onward(moment, kind_word, "the person skipped the question")


def _silence(moment: Moment) -> Move | None:
    """Encourage once; go on at the second silence; stop where nothing is ever heard."""
    if moment.answer:
        return None
    unheard = [topic for topic in moment.topics[-_UNHEARD_QUESTIONS:] if not topic.answers]
    if not moment.topic.nudged:
        heard = moment.last.ended_by != "no_speech"
        text = wording.NOT_CAUGHT if heard else wording.TAKE_YOUR_TIME
        reason = "rule nudge: there was a voice but no word" if heard else "rule nudge: a silence"
        return Move("nudge", text, reason, moment.topic.question.question_index)
    if len(unheard) >= _UNHEARD_QUESTIONS:
        reason = f"rule unheard: {len(unheard)} questions in a row without a word"
        return Move("closing", wording.UNHEARD, reason)
    return _onward(moment, wording.left_open(len(moment.topics)), "a second silence")


def _ask_again_plainly(moment: Moment) -> Move | None:
    """Meet a question back with the same question, once, and without explaining it."""
    if not asks_back(moment.answer):
        return None
    if sum(asks_back(answer) for answer in moment.topic.answers) > 1:
        kind_word = wording.left_open(len(moment.topics))
        return _onward(moment, kind_word, "the person asked back twice")
    return _again(moment, wording.IN_YOUR_WAY, "rule question_back: the person asks what is meant")


def _stay_with_it(moment: Moment) -> Move | None:
    """Put the question once more where it is refused or met with orders; then go on."""
    if not refuses(moment.answer):
        return None
    if sum(map(refuses, moment.topic.answers)) > 1:
        kind_word = wording.left_open(len(moment.topics))
        return _onward(moment, kind_word, "the person does not answer it")
    return _again(moment, wording.ONCE_MORE, "rule stay: the answer is not to the question")


def _no_idea(moment: Moment) -> Move | None:
    if not gives_up(moment.answer):
        return None
    kind_word = wording.after_no_idea(len(moment.topics))
    return _onward(moment, kind_word, "the person does not know")


def _in_other_words(moment: Moment) -> Move | None:
    """Put a question for a story in other words, once, where what came is plainly none of it.

    A handful of words after that leave it open.
    """
    question, words = moment.topic_question, words_of(moment.answer)
    if len(words) > FEW_WORDS:
        return None
    if moment.last.move.reason.startswith(_IN_OTHER_WORDS):
        kind_word = wording.left_open(len(moment.topics))
        return _onward(moment, kind_word, "the person has none")
    if moment.last.move.kind != "question":
        return None
    if asks_for(question) != "story" or {*words} & {*words_of(question.text)} - COMMON:
        return None
    text = restated(question)
    reason = f"{_IN_OTHER_WORDS}: {len(words)} words, and none of the question's"
    return Move("repeat", text, reason, moment.topic.question.question_index) if text else None


def follow_up(moment: Moment) -> Move | None:
    """Return a question for what the answers leave open, where it is worth it and there is time."""
    if is_spent(moment):
        return None
    topic = moment.topic
    answered = _answered(moment)
    points = moment.brief.talking_points
    for one in follow_ups(answered):
        for text in one.wordings:
            if not problem_with(text, moment.asked, points, moment.said, MOST_WORDS):
                return Move(
                    kind="follow_up",
                    text=text,
                    reason=f"rule {one.kind}: {one.because}",
                    question_index=topic.question.question_index,
                    probe=one.kind,
                    point_index=one.point_index,
                    lead_in=wording.listened(len(moment.turns), moment.last.move.lead_in),
                )
    return None


_RULES: tuple[Callable[[Moment], Move | None], ...] = (
    _finish,
    _own_questions,
    _cut_in,
    _time_is_up,
    _repeat,
    _skip,
    _silence,
    _ask_again_plainly,
    _stay_with_it,
    _no_idea,
    _in_other_words,
)


def _answered(moment: Moment) -> Answered:
    topic = moment.topic
    answers = tuple(a for a in topic.answers if not (asks_back(a) or _says_yes(a) or refuses(a)))
    earlier = tuple(answer for before in moment.topics[:-1] for answer in before.answers)
    return Answered(
        brief=moment.brief,
        question=moment.topic_question,
        answers=answers or topic.answers,
        earlier=earlier,
        later=tuple(item.question for item in moment.pace.open_items()),
        ready=topic.item.probes if topic.item else (),
        asked=tuple(t.move for t in moment.turns if t.move.kind == "follow_up"),
        asked_here=topic.follow_ups,
    )


def _onward(moment: Moment, kind_word: str, why: str, rule: str = "onward") -> Move:
    """Go on with the next question that there is time for, or come to the end."""
    found = moment.pace.next_item()
    if found is None:
        left = len(moment.pace.open_items())
        reason = f"{why}; {left} questions are left, and no time for them" if left else why
        end = _end(moment, "time" if left else "done", f"{rule}: {reason}")
        lead_in = wording.CUT_IN_AT_THE_END if rule == "cut_in" else wording.KINDLY
        return replace(end, lead_in=lead_in) if kind_word else end
    item, next_why = found
    number = len(moment.topics)
    lead_in = kind_word or wording.transition(
        number, item, moment.topic.item, moment.last.move.lead_in
    )
    closed = moment.pace.follow_up_fits() if not kind_word else ""
    short = f"; no follow-up, {closed}" if closed else ""
    return _question(item, lead_in, f"rule {rule}: {why}{short}; {next_why}: {item.reason}")


def _end(moment: Moment, why: str, reason: str) -> Move:
    """Invite the person's own questions where there is time for them, else say good-bye."""
    return invitation(moment, reason) or closing(why, reason)


def _question(item: PlanItem, lead_in: str, reason: str) -> Move:
    return Move("question", item.question.text, reason, item.question_index, lead_in=lead_in)


def _says_yes(answer: str) -> bool:
    """Return whether the answer is no more than a yes."""
    return bool(answer) and _YES.issuperset(words_of(answer))


def _again(moment: Moment, lead_in: str, reason: str) -> Move:
    asked = moment.topic.asked
    return Move("repeat", asked.text, reason, asked.question_index, lead_in=lead_in)
