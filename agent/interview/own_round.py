"""How an interview ends: the person's own questions, where there is time for them, then good-bye.

A question is answered with the sentence of the brief that is nearest to it in meaning, verbatim, or
not at all. Only what the brief says of the company, the team, the role, the panel and the day is
read: never the talking points, the likely questions or their whys.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from agent.analysis.coverage.meaning import OVERLAP, Meaning, find_meaning
from agent.brief import Brief
from agent.interview import wording
from agent.interview.moment import Moment
from agent.interview.words import words_of
from agent.session.turns import Move
from agent.text.names import find_name, names_in
from agent.text.no_answer import gives_orders
from agent.text.words import content_stems

MOST_WORDS = 45
"""An answer of about 18 seconds."""
NEAR = 0.40
"""Likeness from which a sentence answers. Of 128 questions on seven briefs, 73 of which the brief
answers: by vectors 82 % of what is given is right and 64 % is found, by words 88 % and 38 %."""
_LEAST_ROUND_S = 40.0
"""With less time left nobody is invited to ask."""
_LEAST_TURN_S = 20.0
"""An answer of 45 words takes so long."""
_LONGEST_NO_WORDS = 14
"""A longer turn says more than that there is no question."""

_STACK = "Tech stack, tools and programming languages: "
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_CLAUSE = re.compile(r"[,;:]\s+(?![^(]*\))")
_ASKS = re.compile(
    r"\b(what|how|when|where|who|whose|why|which|whether)\b|\b(what|how|who|where)['’]s\b"
    r"|\b(do|did|will|would|can|could|are|were|have) (you|your)\b|\bcan i\b|\bi (wonder|'d like to)"
    r"|^((and|so|but|okay|well) )?(is|are|do|does|did|will|would|can|could|should|has|have) \w"
    r"|\b(tell|read|give|show|explain) (me|us)\b|\blike to (know|hear|ask|learn)\b|\bcurious\b"
)
_NO_MORE = re.compile(
    r"^(no|nope|nothing|none|nah)\b|^not (really|at the moment|right now)\b"
    r"|\b(that'?s|that is|that was|would be|this is) (all|it|everything)\b"
    r"|\b(i'?m|i am|we'?re) (all )?(good|fine|done|set)\b|\bno (more|further|other)?\s?questions?\b"
    r"|\b(don'?t|do not) have (any|more|anything)\b|\b(answered|covered) (it )?(all|everything)\b"
)
_ANNOUNCES = re.compile(r"^(yes|yeah|yep|sure|of course)\b(\W\w+){0,3}\W*$|\bquestions?\W*$")


def closing(why: str, reason: str) -> Move:
    """Return the good-bye for one of done, asked, time, finish, ended."""
    return Move("closing", wording.GOOD_BYES[why], f"rule closing: {reason}")


def invitation(moment: Moment, reason: str) -> Move | None:
    """Return the invitation to ask, or None where the session has no time for it."""
    left_s = moment.own_left_s
    if not moment.plan.own_questions_s or left_s < _LEAST_ROUND_S:
        return None
    text = wording.invitation(left_s)
    return Move("your_questions", text, f"rule your_questions: {reason}; {left_s:.0f} s are left")


def in_the_round(moment: Moment) -> Move:
    """Return what follows a turn in which the person was invited to ask."""
    last, said = moment.last, moment.answer
    if last.ended_by == "skip" or (last.ended_by == "done" and not said):
        return closing("asked", "the person asks nothing more")
    if moment.own_left_s < _LEAST_TURN_S:
        return closing("time", f"{moment.own_left_s:.0f} s are left for questions of the person's")
    if last.ended_by == "repeat":
        move, why = last.move, "rule repeat: the person asked for it"
        repeated = wording.REPEATED
        return Move(move.kind, move.text, why, lead_in=repeated, evidence=move.evidence)
    if not said:
        if any(not turn.answer and turn.ended_by != "repeat" for turn in moment.own[-2:-1]):
            return closing("asked", "a second silence")
        return Move("your_questions", wording.TIME_TO_ASK, "rule nudge: a silence")
    if wants_no_more(said):
        return closing("asked", f'the person has no more questions: "{said}"')
    question = question_in(said)
    return _replied(moment, question) if question else _no_question(moment)


def _no_question(moment: Moment) -> Move:
    """Ask for a question, twice at most, and where a turn as long still fits."""
    tries = sum(turn.move.text in (wording.GO_AHEAD, *wording.NO_QUESTION) for turn in moment.own)
    took_s = moment.last.end_s - moment.last.start_s
    if tries >= len(wording.NO_QUESTION) or took_s > moment.own_left_s:
        return closing("asked", "the person asks nothing")
    text = wording.NO_QUESTION[tries]
    if tries == 0 and _ANNOUNCES.search(moment.answer.lower()):
        text = wording.GO_AHEAD
    return Move("your_questions", text, "rule your_questions: what was said is no question")


def _replied(moment: Moment, question: str) -> Move:
    replied = tuple(t.move.evidence for t in moment.own if t.move.kind == "reply")
    reply = reply_to(question, moment.brief, replied)
    return Move(
        "reply",
        reply.text,
        f"rule reply: the brief {'says so' if reply.evidence else 'does not say'}",
        evidence=reply.evidence,
        lead_in=wording.WHAT_I_HAVE if reply.evidence else "",
        invites=wording.what_else(len(replied), moment.own_left_s - _LEAST_TURN_S),
    )


def wants_no_more(said: str) -> bool:
    """Return whether the person says that there is nothing (more) to ask."""
    text = " ".join(words_of(said))
    brief = len(text.split()) <= _LONGEST_NO_WORDS
    return brief and bool(_NO_MORE.search(text)) and not question_in(said)


def question_in(said: str) -> str:
    """Return the last question in a turn, "" for none; a recognizer may leave out all marks."""
    parts = _SENTENCE.split(said.strip())
    asked = [p for p in parts if "?" in p or _ASKS.search(" ".join(words_of(p)))]
    return " ".join(" ".join(asked[-1:]).split()[-MOST_WORDS:])


@dataclass(frozen=True)
class Reply:
    """An answer to a question of the person's, or a passage of the brief that can be one."""

    text: str
    """What to say."""
    evidence: str
    """The words of the brief that it is made of, "" where the brief does not say."""
    about: str = ""
    """What a passage is about, for the comparison alone."""


def reply_to(
    question: str, brief: Brief, replied: tuple[str, ...] = (), meaning: Meaning | None = None
) -> Reply:
    """Return the answer from the brief, or that there is none; `replied` is the evidence so far."""
    meaning = meaning or find_meaning() or OVERLAP
    found = None if gives_orders(question) else _nearest(question, brief, meaning)
    if found is None:
        return Reply(wording.nth(wording.NOT_KNOWN, replied.count("")), "")
    said = any(found.evidence in evidence for evidence in replied)
    return Reply(wording.SAID_BEFORE, found.evidence) if said else found


def _nearest(question: str, brief: Brief, meaning: Meaning) -> Reply | None:
    """Return what is nearest to a question: it shares a word with it, and holds its names."""
    known = f"{brief.company} {brief.role}"
    names = [question[start:end] for start, end in names_in(question)]
    names = [name for name in names if not find_name(name, known)]
    asked = content_stems(question) - content_stems(brief.company)
    best, nearest = None, NEAR
    for passage in _passages(brief):
        whole = f"{passage.about}{passage.text}"
        if asked & content_stems(whole) and all(find_name(name, passage.text) for name in names):
            likeness = max(meaning.likeness(question, [passage.text, whole]))
            if likeness >= nearest:
                best, nearest = passage, likeness
    return best


@lru_cache(maxsize=8)
def _passages(brief: Brief) -> tuple[Reply, ...]:
    """Return what can be said: the brief's sentences, long ones by clause, and who and when."""
    found = []
    for about, text in (("", brief.snapshot), (_STACK, brief.stack)):
        for sentence in _SENTENCE.split(" ".join(text.split())):
            pieces = [sentence]
            if len(sentence.split()) > MOST_WORDS:
                pieces = [piece.strip(" .") for piece in _CLAUSE.split(sentence)]
            for piece in pieces:
                if 0 < len(piece.split()) <= MOST_WORDS:
                    closed = piece if piece[-1] in ".!?" else f"{piece}."
                    found.append(Reply(closed, piece, about))
    people = "; ".join(", ".join(p for p in (one.name, one.role) if p) for one in brief.panel)
    for said, evidence in (
        ("The interview is on {}.", brief.interview_date),
        ("The panel of interviewers is: {}.", people),
        ("The role is called {}.", brief.role),
    ):
        if evidence and len(evidence.split()) <= MOST_WORDS:
            found.append(Reply(said.format(evidence), evidence))
    return tuple(found)
