"""The words of English numbers, and a text cut into the tokens that numbers are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BELOW_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
SMALL = {word: float(value) for value, word in enumerate(_BELOW_TWENTY)}
TENS = {
    word: 20.0 + 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())
}
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "grand": 1e3, "million": 1e6, "mn": 1e6,
    "billion": 1e9, "bn": 1e9, "trillion": 1e12, "dozen": 12.0,
}  # fmt: skip
LETTER_SCALES = {"K": 1e3, "k": 1e3, "M": 1e6, "m": 1e6, "B": 1e9, "b": 1e9, "T": 1e12}
"""Scales only when written against digits: 6K, 675M, 8B."""
FRACTIONS = {
    "half": 1 / 2, "halves": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4,
    "quarters": 1 / 4, "fifth": 1 / 5, "fifths": 1 / 5, "tenth": 1 / 10, "tenths": 1 / 10,
}  # fmt: skip
FILLED_PAUSES = frozenset("um uh er erm uhm hmm".split())
"""Skipped inside a number: "six, uh, thousand"."""
ABOUT = frozenset("about around roughly approximately nearly almost some ~ ≈ circa".split())
OVER = frozenset("over above >".split())
UNDER = frozenset("under below sub within <".split())
NUMBER_WORDS = frozenset((*SMALL, *TENS, *SCALES, "half", "percent"))
"""Words that are compared as numbers."""

_TOKEN = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d|\d+(?:\.\d+){2,})|(?P<clock>\d{1,2}:\d\d(?!\d))"
    r"|(?P<part>(?<![\d/])(?:1/(?:2|3|4|5|8|10)|2/[35]|3/[458])(?![\d/]))"
    r"|(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\w)\.\d+)"
    r"|(?P<word>(?<=\d)[KkMB](?=[A-Z]{2})|[^\W\d_]+(?:['’][^\W\d_]+)*|µs)|(?P<sign>[^\w\s])"
)


@dataclass(frozen=True)
class Token:
    """A word, a stretch of digits, or one sign."""

    kind: str
    """word, digits, part (1/2), clock, date or sign."""
    word: str
    """Lower case."""
    written: str
    """As written."""
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """Return the tokens, without filled pauses, the commas around them, and hyphens in words."""
    found = [
        Token(str(m.lastgroup), m.group().lower().replace("’", "'"), m.group(), m.start(), m.end())
        for m in _TOKEN.finditer(text)
    ]
    kept: list[Token] = []
    after_pause = False
    for at, token in enumerate(found):
        if token.word in FILLED_PAUSES:
            if kept and kept[-1].word == ",":
                kept.pop()
            after_pause = True
        elif not (after_pause and token.word == ",") and not _is_hyphen(found, at):
            kept.append(token)
            after_pause = False
    return kept


def _is_hyphen(found: list[Token], at: int) -> bool:
    """Return whether the token joins two words, or digits with a word."""
    if found[at].word not in "-‑" or not 0 < at < len(found) - 1:
        return False
    before, after = found[at - 1], found[at + 1]
    touching = before.end == found[at].start and found[at].end == after.start
    return touching and after.kind == "word" and before.kind in ("word", "digits")
