"""Numbers in every reading: written, spoken, ranges, fractions, with units and sizes.

The spoken forms were collected from earnings calls (Earnings-21, revdotcom/speech-datasets):
"one fifty" is 150, "two oh three" 203, "twelve eighty nine" 1289, "twenty twenty" 2020.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from agent.text.number_parts import Reading
from agent.text.number_reader import Reader
from agent.text.number_words import ABOUT, OVER, UNDER, Token, tokens_of
from agent.text.units import PREFIX_SIGNS, SIGN_UNITS, Unit


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
        return (
            plain
            and not self.kind
            and all(v.is_integer() and 1900 <= v < 2100 for v in self.values)
        )


@lru_cache(maxsize=1024)
def _find(text: str) -> tuple[NumberHit, ...]:
    reader = Reader(tokens_of(text))
    hits: list[NumberHit] = []
    at = 0
    while at < len(reader.tokens):
        reading = reader.read(at)
        if reading is None:
            at += 1
            continue
        second = _second_end(reader, at, reading)
        hits.append(_hit(text, reader.tokens, at, reading, second))
        at = (second or reading).end
    return tuple(hits)


def find_numbers(text: str) -> list[NumberHit]:
    """Return the numbers of a text, in order, never overlapping.

    Names that hold digits (TP99, H100, "p ninety nine"), dates and versions are not numbers;
    nor are ordinals, "one" as a pronoun, and vague amounts ("a few hundred").
    """
    return list(_find(text))


def _digits(value: float) -> int:
    return int(math.log10(value)) + 1 if value >= 1 else 0


def _second_end(reader: Reader, at: int, first: Reading) -> Reading | None:
    """Return the other end of the range that starts with `first`, if one does."""
    start = reader.after_range_word(at, first)
    if start is None:
        return None
    second = reader.read(start)
    if second is None:
        return None
    if first.unit is not None and second.unit not in (None, first.unit):
        return None
    return second


def _scaled(first: Reading, second: Reading) -> float:
    """Return the first end with the scale of the second: "six to fifty thousand" starts at 6000.

    It takes over the scale when it has none of its own and is not longer than the second's
    leading figure: "413 to 8 billion" starts at 413, "ninety to forty thousand" at 90,000.
    """
    bare = first.scale == 1 and first.unit is None
    rising = first.value < second.leading
    same = _digits(first.value) == _digits(second.leading)
    if bare and second.scale > 1 and (rising or (same and second.scale >= 1000)):
        return first.value * second.scale
    return first.value


def _scaled_back(first: Reading, second: Reading) -> float:
    """Return the second end with the scale of the first: "6.8 million to 4.9" ends at 4.9 million.

    It takes it over when it has none of its own and as many digits as the first's figure.
    """
    bare = second.scale == 1 and second.unit is None and not float(second.value).is_integer()
    same = _digits(first.leading) == _digits(second.value)
    return second.value * first.scale if first.scale >= 1000 and bare and same else second.value


def _hit(
    text: str, tokens: list[Token], at: int, first: Reading, second: Reading | None
) -> NumberHit:
    last = second or first
    values: tuple[float, ...] = (float(first.value),)
    unit = first.unit
    if second is not None:
        values = (float(_scaled(first, second)), float(_scaled_back(first, second)))
        unit = second.unit or first.unit
    start, end = tokens[at].start, tokens[last.end - 1].end
    if at and tokens[at - 1].word in PREFIX_SIGNS:
        start, unit = tokens[at - 1].start, SIGN_UNITS[tokens[at - 1].word]
    return NumberHit(
        text[start:end], values, start, end,
        unit.name if unit else "", unit.kind if unit else "",
        _base(values, unit), _near(tokens, at, last),
    )  # fmt: skip


def _base(values: tuple[float, ...], unit: Unit | None) -> tuple[float, ...]:
    return tuple(value * unit.factor for value in values) if unit else values


def _near(tokens: list[Token], at: int, last: Reading) -> str:
    before = [token.word for token in tokens[max(0, at - 3) : at] if token.word not in PREFIX_SIGNS]
    one = before[-1] if before else ""
    two = tuple(before[-2:])
    if one in OVER or two in (("more", "than"), ("at", "least"), ("north", "of")) or last.plus:
        return "over"
    if one in UNDER or two in (("less", "than"), ("fewer", "than"), ("at", "most"), ("up", "to")):
        return "under"
    return "about" if one in ABOUT else ""
