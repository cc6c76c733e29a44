"""Numbers in every reading: written, spoken, ranges, fractions, with units and sizes.

The spoken forms were collected from earnings calls (Earnings-21, revdotcom/speech-datasets):
"one fifty" is 150, "two oh three" 203, "twelve eighty nine" 1289, "twenty twenty" 2020.
"""

import math
from dataclasses import dataclass, replace
from functools import lru_cache

from agent.text.number_reader import Reader, Reading
from agent.text.number_words import ABOUT, MONEY_SIGNS, OVER, UNDER, UNITS, Token, tokens_of


@dataclass(frozen=True)
class NumberHit:
    """One number, or a range with both its ends, in a text."""

    text: str
    """The characters as written, unit included."""
    values: tuple[float, ...]
    """The value in the unit said; of a range both ends in the order said."""
    start: int
    """Offset of the first character."""
    end: int
    """Offset after the last character."""
    unit: str = ""
    """Canonical unit (ms, h, %, $, …), "" for a bare number."""
    kind: str = ""
    """What the unit measures (time, ratio, money…), "" for a bare number."""
    base: tuple[float, ...] = ()
    """The values in the base unit of the kind, comparable with each other: 3 days == 72 hours."""
    near: str = ""
    """"about", "over" or "under" where the number is said to be so."""

    @property
    def is_year(self) -> bool:
        """Whether it can be a calendar year: bare, from 1900 to 2099, said as years are."""
        plain = "," not in self.text and not self.text.lower().endswith(("thousand", "k"))
        whole = all(v.is_integer() and 1900 <= v < 2100 for v in self.values)
        return plain and not self.kind and whole


def find_numbers(text: str) -> list[NumberHit]:
    """Return the numbers of a text, in order, never overlapping.

    Names that hold digits (TP99, H100, "p ninety nine"), dates and versions are not numbers;
    nor are ordinals, "one" where it counts no unit, and vague amounts ("a few hundred").
    """
    return list(_find(text))


@lru_cache(maxsize=1024)
def _find(text: str) -> tuple[NumberHit, ...]:
    reader = Reader(tokens_of(text))
    hits: list[NumberHit] = []
    at = 0
    while at < len(reader.tokens):
        first = reader.read(at)
        second = _second_end(reader, at, first) if first else None
        if first and not (reader.is_lone_one(at, first) and not second):
            hits.append(_hit(text, reader.tokens, at, (first, second)))
            at = (second or first).end
        else:
            at += 1
    return tuple(hits)


def _second_end(reader: Reader, at: int, first: Reading) -> Reading | None:
    """Return the other end of the range that starts with `first`, if one does."""
    here = first.end + (reader.word(first.end) in ("up", "down"))
    word = reader.word(here)
    dashed = word in ("-", "–", "—") and reader.touching(here) and reader.touching(here + 1)
    between = word == "and" and "between" in (reader.word(at - 1), reader.word(at - 2))
    if not (word in ("to", "through", "or") or dashed or between):
        return None
    here += 1
    while reader.word(here) in ABOUT | OVER | MONEY_SIGNS:
        here += 1
    second = reader.read(here)
    if second and first.unit is not None and second.unit not in (None, first.unit):
        return None
    return second


def _hit(
    text: str, tokens: list[Token], at: int, ends: tuple[Reading, Reading | None]
) -> NumberHit:
    first, second = ends
    last = second or first
    values = (float(first.value),) if second is None else _range(first, second)
    unit = last.unit or first.unit
    start, end = tokens[at].start, tokens[last.end - 1].end
    if at and tokens[at - 1].word in MONEY_SIGNS:
        start, unit = tokens[at - 1].start, UNITS[tokens[at - 1].word]
    base = tuple(value * unit.factor for value in values) if unit else values
    name, kind = (unit.name, unit.kind) if unit else ("", "")
    near = _near(tokens, at, last)
    return NumberHit(text[start:end], values, start, end, name, kind, base, near)


def _range(first: Reading, second: Reading) -> tuple[float, float]:
    """Return both ends of a range, the scale of the one given to the other that has none.

    "six to fifty thousand" starts at 6000, as "ninety to forty thousand" does at 90,000, but "413
    to 8 billion" at 413; "6.8 million to 4.9" ends at 4.9 million. "6 to 50,000" starts at 6000
    too: so recognizers write "six to fifty thousand".
    """
    low, high = float(first.value), float(second.value)
    if second.scale == 1 and high >= 10_000 and high % 1000 == 0 and low < high / 1000:
        second = replace(second, lead=high / 1000, scale=1000.0)
    if first.scale == 1 and first.unit is None and second.scale > 1:
        same = _digits(low) == _digits(second.lead)
        if low < second.lead or (same and second.scale >= 1000):
            low *= second.scale
    back = first.scale >= 1000 and second.scale == 1 and second.unit is None
    if back and not high.is_integer() and _digits(first.lead) == _digits(high):
        high *= first.scale
    return low, high


def _digits(value: float) -> int:
    return int(math.log10(value)) + 1 if value >= 1 else 0


def _near(tokens: list[Token], at: int, last: Reading) -> str:
    before = [token.word for token in tokens[max(0, at - 3) : at] if token.word not in MONEY_SIGNS]
    one, two = " ".join(before[-1:]), " ".join(before[-2:])
    if one in OVER or two in ("more than", "at least", "north of") or last.plus:
        return "over"
    if one in UNDER or two in ("less than", "fewer than", "at most", "up to"):
        return "under"
    return "about" if one in ABOUT else ""
