"""Clauses that can be said back whole: "you don't need a lot of process".

Only of a recognizer that writes full stops, since here every word is taken as written: a thing done
("I listened to him for ten minutes") or a view ("you have to let them do things"), short, and
without a word that means somebody else when the other one says it. The lists are our own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.interviewer.answer.deeds import DID, TALK, Mood
from agent.interviewer.answer.phrases import turned

WRITTEN = re.compile(r"[a-z0-9%][.?!](\s|$)")
"""A recognizer that writes full stops knows its words well enough to be taken at them."""
_CLAUSE = re.compile(r"[.,;:!?]+(?=\s|$)|[()\"“”—]|\s(?=(?:and|but|because|so) )")
_LEAD_IN = re.compile(
    r"^(?:(?:and|but|so|because|well|honestly|actually|then|basically|like|yeah|okay|for me"
    r"|for the \w+) )+",
    re.IGNORECASE,
)
_VIEW = re.compile(
    r"(?:I|[Ww]e) (?:don't|do not|like|love|try|prefer|always|never|usually|believe|want|need"
    r"|make sure|look for|would never|would always|would rather)\b"
)
_RULE = re.compile(r"[Yy]ou (?:have to|need to|can't|cannot|can not|must)\b")
_ACT = re.compile(
    r"(?:I|[Ww]e) (?:(?:also|then|just|even|only|always|never|simply) )?(?!used to\b)([a-z]+)\b"
)
_NOT_DONE = (
    "agreed",
    "noticed",
    "lost",
    "needed",
    "liked",
    "seemed",
    "happened",
    "loved",
    "hated",
    "feared",
    "tired",
    "scared",
)
_OTHERWISE = re.compile(
    r"\b(I'm|me|myself|am|\w+sel(?:f|ves)|said|says|um|uh|kind of|sort of|you know"
    r"|was|were|here|today|now|maybe"
    r"|(?<=\w )(I|you|your|my|our|we|us))\b"
)
"""What would mean another person or time when the interviewer says it, or is no more than noise."""
_HANGING = re.compile(
    r"\b(to|of|the|a|an|it's|is|with|for|if|that|in|on|at|by|as|or|not|(?<!at )all|where|who|what"
    r"|how|look|break|really|very|just|it)$"
)
"""A clause that ends so is cut off, or points at something that the other one cannot name."""
_LEAST_WORDS = 4
_MOST_WORDS = 11


@dataclass(frozen=True)
class Clause:
    """A clause as it can be said back."""

    said: str
    """The person's words as written."""
    told: str
    """As the other one tells it: "You said you don't need a lot of process."."""
    mood: Mood
    """did or holds."""
    is_weighty: bool
    """Whether it is more than a call or a word."""
    is_own: bool = True
    """Whether it is told of the person rather than of a team."""


def clauses_of(answer: str) -> list[Clause]:
    """Return the clauses of an answer that can be said back, in the order said."""
    if not WRITTEN.search(answer):
        return []
    pieces = (_LEAD_IN.sub("", piece.strip()) for piece in _CLAUSE.split(answer))
    return [clause for piece in pieces if (clause := _clause(piece)) is not None]


def _clause(piece: str) -> Clause | None:
    length = len(piece.split())
    if not _LEAST_WORDS <= length <= _MOST_WORDS or _HANGING.search(piece):
        return None
    if _OTHERWISE.search(piece):
        return None
    if _RULE.match(piece):
        return Clause(piece, f'You said "{piece[0].lower()}{piece[1:]}".', "holds", is_weighty=True)
    told = f"You said {turned(piece)}."
    if _VIEW.match(piece):
        return Clause(piece, told, "holds", is_weighty=True)
    act = _ACT.match(piece)
    verb = act.group(1) if act else ""
    done = verb in DID or (verb.endswith("ed") and len(verb) > 4)
    if not done or verb in _NOT_DONE:
        return None
    return Clause(piece, told, "did", is_weighty=verb in DID - TALK, is_own=piece[0] == "I")
