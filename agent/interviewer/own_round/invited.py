"""What a person says who was invited to ask: a question, that there is none, or something else.

A recognizer may leave out every mark and capital, so questions are known by their words.
"""

from __future__ import annotations

import re

from agent.interviewer.words import words_of
from agent.no_answer import gives_orders

_LONGEST_NO_WORDS = 14
"""A longer turn says more than that there is no question."""
_LONGEST_QUESTION_WORDS = 45
_NO_MORE = re.compile(
    r"^(no|nope|nothing|none|nah)$|^no (thank you|thanks|that'?s|i'?m|i am|not|nothing|i do"
    r"|i don'?t|i think|more|further|other|all|it'?s)\b|^(not really|not at the moment"
    r"|not right now)\b"
    r"|\b(that'?s|that is|that was|that would be|this is) (all|it|everything)\b"
    r"|\b(i'?m|i am|we'?re) (all )?(good|fine|done|set|okay|ok)\b"
    r"|\b(no|any) (more|other|further) questions?\b|\bno questions?\b"
    r"|\b(don'?t|do not) have (any|more|anything|a|another|further)\b|\bnothing (else|more|from)\b"
    r"|\ball (my )?questions (are|were|have been) answered\b|\banswered (all )?(of )?my questions\b"
    r"|\b(covered|answered) (everything|it all|all)\b"
)
_MEANT = re.compile(
    r"^(\w+ ){0,2}(what (exactly )?do you mean|what does that mean|(could|can) you clarify"
    r"|could you explain that|can you explain that|like what|about what)\b( \w+){0,4}$"
)
_ANNOUNCED = re.compile(
    r"^(yes|yeah|yep|sure|of course|certainly|actually|please)( (yes|please|sure|i do|i have))*$"
    r"|\b(i|we)('ve)?( (do|actually|just|still|also|maybe|have|got|had))+"
    r" (a|an|one|two|three|some|several|another|more)( \w+){0,3} (questions?|things?)\b"
    r"( \w+){0,3}$"
)
_ACKNOWLEDGED = frozenset(
    "ok okay right good great fine cool nice well thanks thank you i see got it that that's is was"
    " very really interesting helpful sounds makes sense clear all alright so much understood"
    " perfect wonderful hm mhm oh ah um uh".split()
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_BE = r"(is|are|was|were|'s|do|does|did|will|would|can|could|should|has|have|might|may)"
_ASKED = re.compile(
    rf"\b(what|how|when|where|who|whose|whom|why|which|what's|how's|who's|where's) {_BE}\b"
    r"|\bwhat(?:'s|’s)|\b(how|who|where|when)(?:'s|’s)"
    r"|\bhow (many|much|big|large|small|long|often|old|far|soon|high|low|tall|hard|well|good"
    r"|fast)\b"
    r"|\b(do|did|will|would|can|could|should|are|were|have) (you|your|we|i)\b"
    r"|(?<!\bi )(?<!we )(?<!you )(?<!they )(?<!\bhe )(?<!she )(?<!it )(?<!that )(?<!who )(?<!to )"
    r"\b(do|does|did) (the|they|it|he|she|this|that|a|an|all|any|most|people|new|each|every)\b"
    r"|\b(is|are|will|would|could) there\b"
    r"|\b(which|what|whose) (?!(i|we|you|they)\b)\w+( \w+)?( \w+)? " + _BE + r"\b"
    r"|\b(what|how) about\b|\b(in|for|at|to|with|on|of|from|by) (which|what|whom)\b"
)
_OPENS = re.compile(
    r"^(and |so |but |okay |ok |well |yes |also |then |um |uh |great |thanks |thank you |maybe )*"
    r"(what (?!i\b|we\b|you\b|they\b)\w|how|who|whose|why|which|any|is|are|do|does|did|will|would"
    r"|can|could|should|have|has)\b"
)
_REQUEST = re.compile(
    r"\b(tell|give|read|show|print|reveal|explain to|walk|repeat) (me|us)\b"
    r"|\b(i'd|i would|i'd also|we'd|i) (really )?(like|love|want) to (know|hear|ask|learn"
    r"|understand)\b"
    r"|\b(i'?m|i am|i was|i'?ve been|just) (just |also |also just )?(curious|wondering"
    r"|interested in|asking)\b|\bi (wonder|wondered|ask myself)\b|\bmy (first |next |last "
    r"|other )?question\b"
    r"|^(please )?(describe|explain|print|read|list|repeat|reveal|say more)\b"
)


def wants_no_more(said: str) -> bool:
    """Return whether the person says that there is nothing (more) to ask."""
    words = words_of(said)
    text = " ".join(words)
    if len(words) > _LONGEST_NO_WORDS or not _NO_MORE.search(text):
        return False
    return "?" not in said and not _ASKED.search(_NO_MORE.sub(" ", text))


def asks_what_is_meant(said: str) -> bool:
    """Return whether the person only asks what the interviewer meant."""
    return bool(_MEANT.search(" ".join(words_of(said))))


def announces_one(said: str) -> bool:
    """Return whether the person says that there is a question, and does not ask it yet."""
    return bool(_ANNOUNCED.search(" ".join(words_of(said))))


def only_acknowledges(said: str) -> bool:
    """Return whether the person only takes note: "okay, great, thanks"."""
    return _ACKNOWLEDGED.issuperset(words_of(said))


def question_in(said: str) -> str:
    """Return the question in a turn, "" where there is none.

    Of a statement that goes on with a question only the question is returned; an order, such as
    to read something out, is one too, so that it gets an answer.
    """
    if gives_orders(said):
        return said
    if asks_what_is_meant(said):
        return ""
    asked = [part for part in _last_sentences(said) if _is_question(part)]
    if not asked:
        return ""
    return " ".join((_from_its_start(asked[0]), *asked[1:]))


def _last_sentences(said: str) -> list[str]:
    """Return the last sentences of a turn: whoever tells a story first asks at its end."""
    last: list[str] = []
    for sentence in reversed(_SENTENCE.split(said.strip())):
        words = sentence.split()
        left = _LONGEST_QUESTION_WORDS - len(" ".join(last).split())
        if len(words) > left:
            # Without a full stop the end of a long turn is all that is known of its sentence.
            return last or [" ".join(words[-left:])]
        last.insert(0, sentence)
    return last


def _is_question(sentence: str) -> bool:
    text = " ".join(words_of(sentence))
    found = _ASKED.search(text) or _OPENS.search(text) or _REQUEST.search(text)
    return "?" in sentence or bool(found)


def _from_its_start(sentence: str) -> str:
    """Return a sentence without what is told before its question: "I read it so what is next"."""
    lower = sentence.lower().replace("’", "'")
    found = [m.start() for m in (_ASKED.search(lower), _REQUEST.search(lower)) if m]
    start = min(found, default=0)
    return sentence[start:].strip()
