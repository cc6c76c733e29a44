"""The words of English numbers, and a text cut into the tokens that numbers are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNITS = {
    word: value
    for value, word in enumerate("zero one two three four five six seven eight nine".split())
}
TEENS = {
    word: 10 + value
    for value, word in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 20 + 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())
} | {"fourty": 40}
SCALES = {
    "thousand": 1e3, "k": 1e3, "grand": 1e3, "million": 1e6, "mn": 1e6, "mio": 1e6,
    "billion": 1e9, "bn": 1e9, "trillion": 1e12,
}  # fmt: skip
LETTER_SCALES = {"K": 1e3, "k": 1e3, "M": 1e6, "m": 1e6, "B": 1e9, "b": 1e9, "T": 1e12}
"""Scales only when written against digits: 6K, 675M, 8B."""
FRACTIONS = {
    "half": 1 / 2, "halves": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4,
    "quarters": 1 / 4, "fourth": 1 / 4, "fourths": 1 / 4, "fifth": 1 / 5, "fifths": 1 / 5,
    "eighth": 1 / 8, "eighths": 1 / 8, "tenth": 1 / 10, "tenths": 1 / 10,
}  # fmt: skip
SKIPPED = frozenset("um uh er erm uhm hmm".split())
"""Filled pauses inside a number: "six, uh, thousand"."""
ABOUT = frozenset("about around roughly approximately nearly almost some ~ ≈ circa".split())
OVER = frozenset("over above >".split())
UNDER = frozenset("under below sub within <".split())

_TOKEN = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d|\d+(?:\.\d+){2,})|(?P<clock>\d{1,2}:\d\d(?!\d))"
    r"|(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\w)\.\d+)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*|µs)|(?P<sign>[^\w\s])"
)


_MOST_DIGITS = 15
"""A float holds every whole number of so many digits exactly (C's DBL_DIG, IEEE 754)."""


def is_identifier(digits: str) -> bool:
    """Return whether the whole part has too many digits for a quantity: a card, an order number."""
    return len(digits.split(".", maxsplit=1)[0].replace(",", "")) > _MOST_DIGITS


@dataclass(frozen=True)
class Token:
    """A word, a stretch of digits, or one sign."""

    kind: str
    """word, digits, clock, date or sign."""
    word: str
    """Lower case."""
    written: str
    """As written."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""


class Row:
    """Tokens looked at by index; outside of them there are empty words."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens

    def word(self, at: int) -> str:
        """Return the lower-case token at `at`, "" outside."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def touching(self, at: int) -> bool:
        """Return whether token `at` follows the one before without a space."""
        return 0 < at < len(self.tokens) and self.tokens[at].start == self.tokens[at - 1].end


def tokens_of(text: str) -> list[Token]:
    """Return the tokens, without filled pauses, the commas around them, and hyphens in words."""
    found = [
        Token(str(m.lastgroup), m.group().lower().replace("’", "'"), m.group(), m.start(), m.end())
        for m in _TOKEN.finditer(text)
    ]
    kept: list[Token] = []
    dropped = False
    for here, token in enumerate(found):
        if token.word in SKIPPED:
            if kept and kept[-1].word == ",":
                kept.pop()
            dropped = True
            continue
        if dropped and token.word == ",":
            continue
        dropped = False
        if token.word in "-‑" and _joins_words(found, here):
            continue
        kept.append(token)
    return kept


def _joins_words(found: list[Token], here: int) -> bool:
    """Return whether the hyphen at `here` joins two words, or digits with a word."""
    if not 0 < here < len(found) - 1:
        return False
    before, after = found[here - 1], found[here + 1]
    touching = before.end == found[here].start and found[here].end == after.start
    return touching and after.kind == "word" and before.kind in ("word", "digits")
