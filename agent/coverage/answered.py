"""Whether a question was answered at all; None where that cannot be told."""

from __future__ import annotations

import re

from agent.text.words import content_words

SHORT_WORDS = 30
"""An answer of more words than this that gives up at one place says something at another."""
ENOUGH_WORDS = 20
"""An answer of so many words that takes up the question has answered it."""
TAKEN_UP = 2
"""Words of the question that take it up."""

_GIVES_UP = re.compile(
    r"\b(?:i(?: really| honestly| just)? (?:don't|do not) (?:know"
    r"|have (?:an?|any) (?:answer|example|idea|experience))"
    r"|i(?: really| honestly)? (?:can't|cannot) (?:think of|answer|remember|say)"
    r"|(?:i have )?no (?:idea|clue|answer|example)|nothing comes to mind|i(?:'d| would) rather not"
    r"|(?:can|could|may|let's|let us|i'd like to|i will|i'll) (?:we |i )?(?:skip|pass)\b"
    r"|(?:skip|pass)\W*$|next question|i(?:'ve| have) never (?:done|had|worked|seen|used))",
    re.IGNORECASE,
)
_ASKS_BACK = re.compile(
    r"\b(?:repeat|say that again|rephrase|come again|what do you mean|which one do you mean"
    r"|did(?:n't| not) (?:catch|get|understand)|can you hear me)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:but|however|although|still|instead|what i (?:did|would)|i would"
    r"|i'd (?:start|try|look))\b",
    re.IGNORECASE,
)


def is_answered(question: str, text: str) -> bool | None:
    """Return whether a text answers its question.

    False for short answers that give up, skip, or only ask back; True for those of ENOUGH_WORDS
    that take up the question's words or tell what the speaker did. Anything else cannot be told
    without understanding it, and a wrong "not answered" hurts, so it is None. Word lists written
    by hand.
    """
    words = len(text.split())
    if not question.strip() or not words:
        return None
    if words <= SHORT_WORDS:
        gives_up = _GIVES_UP.search(text)
        if gives_up and not _GOES_ON.search(text[gives_up.end() :]):
            return False
        if _ASKS_BACK.search(text) and text.rstrip().endswith("?"):
            return False
    if words < ENOUGH_WORDS:
        return None
    asked = {word.stem for word in content_words(question)}
    said = {word.stem for word in content_words(text)}
    return True if len(asked & said) >= TAKEN_UP else None
