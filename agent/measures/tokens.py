"""The words of a text with what stands between them, for rules that look around a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*|\+\+[a-z]+\+\+", re.IGNORECASE)
_ENDS = frozenset(".?!;:…")


@dataclass(frozen=True)
class Token:
    """One word of a text with what follows it."""

    word: str
    """Lower case, straight apostrophes."""
    written: str
    """As written."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    after: str
    """Punctuation up to the next word, without spaces."""


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text; recognizers' marks ("++um++") lose their plus signs."""
    matches = list(_TOKEN.finditer(text))
    tokens = []
    for here, match in enumerate(matches):
        after = text[match.end() : matches[here + 1].start() if here + 1 < len(matches) else None]
        written = match.group().strip("+")
        word = written.lower().replace("’", "'")
        marks = (len(match.group()) - len(written)) // 2
        start, end = match.start() + marks, match.end() - marks
        tokens.append(Token(word, written, start, end, after.strip()))
    return tokens


def word_at(tokens: Sequence[Token], at: int) -> str:
    """Return the word at a place, "" outside the text."""
    return tokens[at].word if 0 <= at < len(tokens) else ""


def break_before(tokens: Sequence[Token], at: int) -> bool:
    """Return whether the text starts here or punctuation comes before token `at`."""
    return at == 0 or bool(tokens[at - 1].after)


def ends_sentence(token: Token) -> bool:
    """Return whether a sentence ends after this token."""
    return any(mark in _ENDS for mark in token.after)
