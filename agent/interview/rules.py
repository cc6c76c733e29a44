"""The interviewer's decision: one pure function from the turns so far to the next move.

What the person asked for comes first, then what is no answer, then a follow-up, then the next
question. Every move says in its reason which rule it was and on what evidence.
"""

import re
from dataclasses import replace

from agent.brief import Brief
from agent.interview import one_way, wording
from agent.interview.checks import problem_with
from agent.interview.follow_ups import FEW_WORDS, denies, follow_ups
from agent.interview.listening import beside, restated, tells_case
from agent.interview.moment import Moment, cut_in_s
from agent.interview.own_round import closing, in_the_round, invitation
from agent.interview.panel import by_panel
from agent.interview.plan import Plan, PlanItem
from agent.interview.probes import kind_of_question
from agent.interview.wording import nth
from agent.interview.words import telling, words_of
from agent.session.turns import Move, Turn
from agent.text.no_answer import asks_back, asks_us, declines, gives_up, only_yes, refuses

MOST_FOLLOW_UPS = 2
"""Follow-ups to one question at most; more feels like an interrogation."""
_SPENT_WORDS = 5
"""A follow-up answered with fewer words ends the topic."""
_UNHEARD_QUESTIONS = 3
"""So many questions in a row without a word mean that nothing can be heard."""
_IN_OTHER_WORDS = "rule in_other_words"
_ASKS_US = re.compile(r"\byour?\b[^.?!]*\?$")
"""An answer that ends in a question to the interviewer."""


def opening(plan: Plan, brief: Brief) -> Move:
    """Return the greeting."""
    text = one_way.opening_text(plan) if plan.one_way else wording.opening_text(plan, brief)
    return by_panel(Move("opening", text, "rule opening: it comes first"), (), plan)


def next_move(
    plan: Plan, brief: Brief, turns: tuple[Turn, ...], now_s: float, told: tuple[str, ...] = ()
) -> Move:
    """Return what to say next, and who of a panel says it; the same input, the same move.

    `turns` are all moves so far with what came back, `now_s` is session time without pauses, and
    `told` are follow-ups that must not be asked, since they were answered.
    """
    if plan.one_way:
        return one_way.next_move(plan, turns)
    return by_panel(_chosen(Moment(plan, brief, turns, now_s, told)), turns, plan)


def _chosen(moment: Moment) -> Move:
    if not moment.turns:
        item = moment.plan.items[0]
        return _question(item, wording.BEGIN, f"rule plan: {item.reason}")
    if move := _asked_for(moment) or _no_answer(moment):
        return move
    move = _follow_up(moment) or _onward(moment, "", "the question is answered")
    if move.kind in ("question", "follow_up") and _ASKS_US.search(moment.answer):
        return replace(move, lead_in=wording.NOT_KNOWN[-1])
    return move


def _asked_for(moment: Moment) -> Move | None:
    """Return what follows from how the turn ended, or from the clock."""
    last, number = moment.last, len(moment.topics)
    if last.ended_by == "finish":
        return closing("finish", "the person asked to stop")
    if last.ended_by == "ended":
        return closing("ended", "no more answers can come")
    if moment.own:
        return in_the_round(moment)
    if last.ended_by == "cut_in":
        advised_s = cut_in_s(last.move, moment.plan) / 2
        why = f"{last.end_s - last.start_s:.0f} s, twice the advised {advised_s:.0f} s"
        return _onward(moment, wording.CUT_IN, why, "cut_in")
    if moment.is_over:
        return _end(moment, "time", f"{moment.left_s:.0f} s are left of {moment.plan.total_s:.0f}")
    offered = last.move.kind == "nudge" and only_yes(moment.answer)
    if last.ended_by == "repeat" or offered:
        return _again(moment, wording.REPEATED, "rule repeat: the person asked for it")
    if last.ended_by == "skip" or (last.ended_by == "done" and not moment.answer):
        return _onward(moment, nth(wording.SKIPPED, number), "the person skipped the question")
    return None


def _no_answer(moment: Moment) -> Move | None:
    """Return what follows a silence, a question back, a refusal, and "I don't know"."""
    if not moment.answer:
        return _silence(moment)
    for told, lead_in, why in (
        (asks_back, wording.IN_YOUR_WAY, "question_back: the person asks what is meant"),
        (refuses, wording.ONCE_MORE, "stay: the answer is not to the question"),
    ):
        if told(moment.answer):
            if sum(map(told, moment.topic.answers)) > 1:
                return _left_open(moment, "it was put once more already")
            move = _again(moment, lead_in, f"rule {why}")
            if told is not asks_back:
                return move
            again = restated(moment.topic.question)
            return replace(move, text=again) if again else replace(move, text=lead_in, lead_in="")
    if gives_up(moment.answer):
        return _left_open(moment, "the person does not know")
    return _in_other_words(moment)


def _silence(moment: Moment) -> Move:
    """Encourage once; go on at the second silence; stop where nothing is ever heard."""
    unheard = [topic for topic in moment.topics[-_UNHEARD_QUESTIONS:] if not topic.answers]
    if not any(turn.move.kind == "nudge" for turn in moment.topic.turns):
        heard = moment.last.ended_by != "no_speech"
        text = wording.NOT_CAUGHT if heard else wording.TAKE_YOUR_TIME
        reason = "rule nudge: there was a voice but no word" if heard else "rule nudge: a silence"
        return Move("nudge", text, reason, moment.topic.first.question_index)
    if len(unheard) >= _UNHEARD_QUESTIONS:
        reason = f"rule unheard: {len(unheard)} questions in a row without a word"
        return Move("closing", wording.UNHEARD, reason)
    return _left_open(moment, "a second silence")


def _in_other_words(moment: Moment) -> Move | None:
    """Put a question in other words, once, where what came is none of an answer to it.

    A handful of words after that leave it open.
    """
    question, answer = moment.topic.question, moment.answer
    few = len(words_of(answer)) <= FEW_WORDS
    again = any(turn.move.reason.startswith(_IN_OTHER_WORDS) for turn in moment.topic.turns)
    if again or moment.topic.follow_ups:
        return _left_open(moment, "the person has none") if again and few else None
    if denies(question, answer):
        return None
    if declines(answer):
        return None if tells_case(answer) else _left_open(moment, "the person may not tell")
    kind, asks = kind_of_question(question), asks_us(answer)
    why = "it asks back" if asks else "" if few else beside(question, answer)
    if few and kind in ("story", "how", "design"):
        own = telling(answer) & telling(question.text)
        why = "" if own else "a few words, and none of the question's"
    text = restated(question) or asks * wording.ASSUME
    if not why or not text:
        return None
    index = moment.topic.first.question_index
    lead_in = wording.NOT_KNOWN[-1] if asks or _ASKS_US.search(answer) else ""
    if asks and kind not in ("person", "story"):
        text, lead_in = wording.ASSUME, ""
    return Move("repeat", text, f"{_IN_OTHER_WORDS}: {why}", index, lead_in=lead_in)


def _follow_up(moment: Moment) -> Move | None:
    """Return a question for what the answers leave open, where it is worth it and there is time."""
    topic = moment.topic
    spent = moment.last.move.kind == "follow_up" and len(words_of(moment.answer)) < _SPENT_WORDS
    if len(topic.follow_ups) >= MOST_FOLLOW_UPS or spent or moment.no_follow_up():
        return None
    for one in follow_ups(moment):
        for text in () if {*one.wordings} & {*moment.told} else one.wordings:
            points = moment.brief.talking_points
            if not problem_with(text, moment.asked, points, moment.said):
                return Move(
                    kind="follow_up",
                    text=text,
                    reason=f"rule {one.kind}: {one.because}",
                    question_index=topic.first.question_index,
                    probe=one.kind,
                    lead_in=nth(wording.LISTENED, len(moment.follow_ups), moment.last.move.lead_in),
                )
    return None


def _onward(moment: Moment, kind_word: str, why: str, rule: str = "onward") -> Move:
    """Go on with the next question that there is time for, or come to the end."""
    found = moment.next_item()
    if found is None:
        left = len(moment.open_items())
        reason = f"{why}; {left} questions are left, and no time for them" if left else why
        end = _end(moment, "time" if left else "done", f"{rule}: {reason}")
        lead_in = wording.CUT_IN if rule == "cut_in" else wording.KINDLY
        return replace(end, lead_in=lead_in) if kind_word else end
    item, next_why = found
    closed = "" if kind_word else moment.no_follow_up()
    short = f"; no follow-up, {closed}" if closed else ""
    reason = f"rule {rule}: {why}{short}; {next_why}: {item.reason}"
    return _question(item, kind_word, reason)


def _left_open(moment: Moment, why: str) -> Move:
    return _onward(moment, nth(wording.LEFT_OPEN, len(moment.topics)), why)


def _end(moment: Moment, why: str, reason: str) -> Move:
    """Invite the person's own questions where there is time for them, else say good-bye."""
    return invitation(moment, reason) or closing(why, reason)


def _question(item: PlanItem, lead_in: str, reason: str) -> Move:
    return Move("question", item.question.text, reason, item.question_index, lead_in=lead_in)


def _again(moment: Moment, lead_in: str, reason: str) -> Move:
    asked = moment.topic.asked
    return Move("repeat", asked.text, reason, asked.question_index, lead_in=lead_in)
