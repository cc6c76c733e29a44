"""Parts and round amounts: "half of", "three quarters", "half a dozen", "a couple hundred"."""

from __future__ import annotations

from dataclasses import dataclass

from agent.text.number_words import FRACTIONS, SCALES, UNITS, Row
from agent.text.units import WORD_UNITS, Unit

SHARE = Unit("share", "ratio", 1.0)
"""The unit of a fraction: three quarters is 75 percent."""


@dataclass(frozen=True)
class Reading:
    """A number read from `start` to before token `end`."""

    value: float
    """The number in its unit."""
    end: int
    """Index of the token after it."""
    leading: float = 0.0
    """The figure before the last scale word: 50 in "fifty thousand"."""
    scale: float = 1.0
    """The last scale word: 1000 in "fifty thousand", 1 without one."""
    unit: Unit | None = None
    """Its unit, None for a bare number."""
    plus: bool = False
    """Whether a "+" or "plus" follows."""


def read_fraction(row: Row, at: int) -> Reading | None:
    """Read "half of", "three quarters", "one third", "1/2"."""
    word, after = row.word(at), row.word(at + 1)
    if word == "half" and after in ("of", "the", "our", "their", "my"):
        return Reading(0.5, at + 1, 0.5, 1, SHARE)
    if word == "half" and row.word(at - 1) in ("by", "in") and after != "a":
        return Reading(0.5, at + 1, 0.5, 1, SHARE)
    if word in ("a", "one", "two", "three", "four") and after in FRACTIONS:
        top = 1 if word == "a" else UNITS[word]
        plural = after.endswith("s")
        sure = plural if top > 1 else (word == "one" or row.word(at + 2) == "of")
        if sure and not (word == "two" and after == "quarters"):
            return Reading(top * FRACTIONS[after], at + 2, top, 1, SHARE)
    if after == "/" and row.touching(at + 1) and row.touching(at + 2):
        return _written_fraction(row, at)
    return None


def _written_fraction(row: Row, at: int) -> Reading | None:
    top, bottom = row.word(at), row.word(at + 2)
    if not (top.isdecimal() and bottom in ("2", "3", "4", "5", "8", "10")):
        return None
    if not 0 < int(top) < int(bottom) or row.word(at + 3) == "/" or row.word(at - 1) == "/":
        return None
    return Reading(int(top) / int(bottom), at + 3, int(top), 1, SHARE)


def read_special(row: Row, at: int) -> Reading | None:
    """Read "half a million", "half an hour", "half a dozen", "a dozen", "a couple hundred"."""
    word = row.word(at)
    if word in ("half", "quarter") and row.word(at + 1) in ("a", "an", "of"):
        here = at + (3 if row.word(at + 1) == "of" and row.word(at + 2) == "a" else 2)
        part = FRACTIONS[word]
        size = SCALES.get(row.word(here), 12.0 if row.word(here) == "dozen" else 0.0)
        if size:
            return Reading(part * size, here + 1, part, size)
        if row.word(here) in WORD_UNITS and word == "half":
            return Reading(part, here, part)
        return None
    if word in ("a", "one") and row.word(at + 1) == "quarter" and row.word(at + 2) in SCALES:
        size = SCALES[row.word(at + 2)]
        return Reading(size / 4, at + 3, 0.25, size)
    if word in ("a", "the") and row.word(at + 1) == "couple":
        here = at + (3 if row.word(at + 2) == "of" else 2)
        size = SCALES.get(row.word(here), 100.0 if row.word(here) == "hundred" else 0.0)
        return Reading(2 * size, here + 1, 2, size) if size else None
    if word == "a" and row.word(at + 1) == "dozen":
        return Reading(12, at + 2, 1, 12)
    if word == "a" and row.word(at + 1) == "dollar":
        return Reading(1, at + 1, 1)
    return None
