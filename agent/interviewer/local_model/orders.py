"""Orders to a language model in what people say, and signs in what it writes that it obeyed one.

The two aims of such orders are that the model does something else and that it gives its
instructions away (Perez and Ribeiro 2022, "Ignore Previous Prompt"; LLM01 and LLM07 of OWASP's Top
10 for LLM Applications 2025). The word lists are our own. Both err on the strict side: where they
find something, the rules' follow-up is asked, and nothing is lost.
"""

from __future__ import annotations

import re

from agent.interviewer.words import QUOTED, words_of

_ORDERS = re.compile(
    r"\b(ignore|forget|disregard|override|bypass) ((all|any|of|your|the|my|those|these|previous"
    r"|prior|above|earlier|other) )+(instructions?|rules|prompts?|orders|guidelines|questions?)\b"
    r"|\byou are now\b|\bfrom now on you\b|\bpretend (to be|that you|you)\b"
    r"|\b(respond|reply|answer) only (with|in)\b|\bsystem (prompt|override)\b"
    r"|\b(tell|show|give|print|read|reveal|repeat|list|output|say|name) (\w+ ){0,3}"
    r"(talking points?|your (prompt|instructions|rules)|the brief)\b"
)
_OBEYED = re.compile(
    r"\b(as|i am|i'm|being) an? (\w+ )?(ai|language model|llm|chat ?bot|assistant|machine|robot)\b"
    r"|\bmy (prompt|instructions?|guidelines|programming|training|rules)\b|\bsystem prompt\b"
    r"|\btalking points?\b|\b(the|your|this|my) brief\b|\bi was (told|instructed|programmed)\b"
    r"|\bi('m| am) (sorry|unable|not able|not allowed|afraid)\b|\bhere (is|are)\b|\bhere's\b"
    r"|\bi (can|can't|cannot|could not|couldn't|won't|will not) (not )?(help|assist|comply|share"
    r"|reveal|provide|answer|continue|do that)\b|\bhow (can|may) i (help|assist)\b"
    r"|^(sure|certainly|absolutely)\b"
)
_OF_LISTENING = re.compile(
    r"\b(i see|i hear( you)?|i understand|i('d| would) (like|love) to|if i"
    r"|(may|can|could|should) i)\b"
)
_OF_ITSELF = re.compile(r"\b(i|i'm|i've|i'd|i'll|my|mine|we|our|ours)\b")


def holds_orders(answer: str) -> bool:
    """Return whether a language model is told what to do anywhere in an answer.

    agent.no_answer.gives_orders tells of answers that are nothing else.
    """
    return bool(_ORDERS.search(" ".join(words_of(answer))))


def obeys(text: str) -> bool:
    """Return whether a text reads as if its writer took orders, and not as an interviewer speaks.

    That is: it speaks of its instructions or of being a machine, it serves or refuses, or it tells
    of itself outside of a quote.
    """
    said = QUOTED.sub(" ", text.lower().replace("’", "'"))
    itself = _OF_ITSELF.search(_OF_LISTENING.sub(" ", said))
    return bool(itself or _OBEYED.search(" ".join(words_of(said))))
