"""One number read from tokens: its value, scale and unit."""

import re
from dataclasses import dataclass, replace

from agent.text import number_words as words
from agent.text.number_words import FRACTIONS, SCALES, SMALL, TENS, UNITS, Token, Unit
from agent.text.words import is_stopword

_VAGUE = ("few", "several", "many")
_PERCENTILE = ("p", "tp", "percentile")
_HALVED = frozenset("of the my our your their his her them us".split())
"""Words after "half" where it tells a share."""
_PREFIXES = frozenset("sub under over near pre post mid to and or x".split())
"""Words that stand against a number without making a name of it: "sub-25ms"."""
_BEFORE_SHARE = words.ABOUT | words.OVER | words.UNDER | {"by", "to", "than"}
_TWO = re.compile(r"\d\d")
_MOST_DIGITS = 15
"""A float holds every whole number of so many digits exactly (C's DBL_DIG, IEEE 754); more are a
card or an order number."""


@dataclass(frozen=True)
class Reading:
    """A number read up to token `end`."""

    value: float
    """The number in its unit."""
    end: int
    """Index of the token after it."""
    lead: float = 0.0
    """The figure before the last scale word: 50 in "fifty thousand"."""
    scale: float = 1.0
    """The last scale word: 1000 in "fifty thousand", 1 without one."""
    unit: Unit | None = None
    """Its unit, None for a bare number."""
    plus: bool = False
    """Whether a "+" or "plus" follows."""


def _plain(value: float, end: int) -> Reading:
    return Reading(value, end, value)


class Reader:
    """Read numbers at any place of one list of tokens."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens

    def word(self, at: int) -> str:
        """Return the lower-case token at `at`, "" outside."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def touching(self, at: int) -> bool:
        """Return whether token `at` follows the one before without a space."""
        return 0 < at < len(self.tokens) and self.tokens[at].start == self.tokens[at - 1].end

    def read(self, at: int) -> Reading | None:
        """Return the number that starts at token `at`, with its unit, or None."""
        kind = self._kind(at)
        if kind in ("", "sign", "date") or (kind == "digits" and self._in_name(at)):
            return None
        if kind == "word" and self.word(at - 1) in _VAGUE:
            return None
        found = self._written(at) or self._part(at) or self._amount(at)
        if found is None or self._is_percentile(at, found.value):
            return None
        return self._with_smaller(self._with_unit(found))

    def is_lone_one(self, at: int, found: Reading) -> bool:
        """Return whether the number is a "one" that counts no unit: as a rule a pronoun.

        In "all but one" it is a number.
        """
        alone = self.word(at) == "one" and found.end == at + 1 and self.word(at - 1) != "but"
        return alone and len(self.tokens) > 1 and not found.plus

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def _in_name(self, at: int) -> bool:
        """Return whether the digits belong to a name or an ordinal: TP99, GPT-4, v2, 3D, 4th."""
        if len(self.word(at).split(".")[0].replace(",", "")) > _MOST_DIGITS:
            return True
        if self._kind(at + 1) == "word" and self.touching(at + 1):
            after = self.tokens[at + 1]
            if not (after.written in words.LETTER_SCALES or after.word in {*UNITS, *SCALES}):
                return True
        if not self.touching(at) or self.word(at + 1) == "%":
            return False  # "In the N64%" is what recognizers make of "in the end, 64%".
        before = at - 1 - (self.word(at - 1) in "-‑" and self.touching(at - 1))
        if self._kind(before) == "word":
            return self.word(before) not in _PREFIXES
        return self.word(before) in ("_", "#", ".") and self.touching(before)

    def _is_percentile(self, at: int, value: float) -> bool:
        """Return whether it names a percentile: "p ninety nine", of which "nine" is no number."""
        start = at - (self.word(at - 1) in TENS and self.word(at) in SMALL)
        return value < 1000 and self.word(start - 1) in _PERCENTILE and not self.touching(start)

    def _written(self, at: int) -> Reading | None:
        """Read "9:30" and "3/4"."""
        if self._kind(at) == "clock":
            hours, minutes = self.word(at).split(":")
            return Reading(int(hours) + int(minutes) / 60, at + 1)
        if self._kind(at) == "part":
            top, bottom = self.word(at).split("/")
            return Reading(int(top) / int(bottom), at + 1, int(top), unit=words.SHARE)
        return None

    def _part(self, at: int) -> Reading | None:
        """Read "half of", "three quarters", "a day and a half", "a couple hundred"."""
        word, after, third, *more = (self.word(at + step) for step in range(5))
        if word in ("a", "an") and after in UNITS and third == "and":
            one = Reading(1.0, at + 2, 1.0, unit=UNITS[after])
            whole = self._half_more(one)
            whole = self._with_smaller(one) if whole is one else whole
            return None if whole is one else whole
        size, fraction = SCALES.get(third, 0.0), FRACTIONS.get(word, 0.0)
        if word in ("half", "quarter") and after in ("a", "an") and (size or third in UNITS):
            return Reading(fraction * (size or 1), at + 2 + bool(size), fraction, size or 1.0)
        by = self.word(at - 1) in _BEFORE_SHARE
        half_alone = by and self._is_alone(at + 1)
        if word == "half" and (after in _HALVED or self.word(at - 1) in ("by", "in") or half_alone):
            return Reading(0.5, at + 1, unit=words.SHARE)
        if (word, after) == ("a", "couple"):
            at += third == "of"
            size = SCALES.get(self.word(at + 2), 0.0)
            return Reading(2 * size, at + 3, 2, size) if size else None
        top = 1.0 if word == "a" else SMALL.get(word, 0.0)
        if after not in FRACTIONS or not 0 < top < 10 or (word, after) == ("two", "quarters"):
            return None
        end = at + 3
        if third == "of" and more[0] in ("a", "an"):
            size, end = SCALES.get(more[1], 0.0), at + 5  # "A quarter of a million".
        if size and (top == 1 or end == at + 5):
            return Reading(top * FRACTIONS[after] * size, end, 1, size)
        sure = after.endswith("s") if top > 1 else word == "one" or third == "of"
        sure = sure or (by and self._is_alone(at + 2))
        return Reading(top * FRACTIONS[after], at + 2, top, unit=words.SHARE) if sure else None

    def _is_alone(self, at: int) -> bool:
        """Return whether no noun follows: "under a fifth now", not "to a third floor"."""
        return self._kind(at) != "word" or is_stopword(self.word(at))

    def _amount(self, at: int) -> Reading | None:
        """Read a whole or decimal number with its scale words: "two thousand and nineteen"."""
        group = self._decimals(self._group(at), at)
        if group is None:
            return None
        whole = self._half_more(self._scaled(group))
        while whole.scale >= 1000:
            comma = self.word(whole.end) == ","
            here = whole.end + comma
            and_ = self.word(here) == "and"
            here += and_
            low = self._group(here) if self._kind(here) == "word" else None
            low = low and self._scaled(low)
            apart = comma and not and_
            if low is None or low.value >= whole.scale or (apart and low.value < 100):
                break
            whole = replace(low, value=whole.value + low.value, lead=whole.lead)
        return whole

    def _half_more(self, whole: Reading) -> Reading:
        """Read "and a half" after the number: half of its scale, or before a scale word."""
        if [self.word(whole.end + step) for step in range(3)] != ["and", "a", "half"]:
            return whole
        value = whole.value + 0.5 * whole.scale
        more = replace(whole, value=value, end=whole.end + 3)
        return self._scaled(replace(more, lead=value)) if whole.scale == 1 else more

    def _scaled(self, group: Reading) -> Reading:
        """Take the scale word that follows."""
        word, digits = self.word(group.end), self._kind(group.end - 1) == "digits"
        size = SCALES.get(word, 0.0)
        if not size and digits and self.touching(group.end):
            size = words.LETTER_SCALES.get(self.tokens[group.end].written, 0.0)
        if not size or (word == "hundred" and group.value >= 100):
            return group
        return Reading(group.value * size, group.end + 1, group.value, size)

    def _decimals(self, group: Reading | None, at: int) -> Reading | None:
        """Read "point five", "point two five", "point ninety nine" after the whole part."""
        here = group.end if group else at
        if self.word(here) != "point":
            return group
        figures, here = "", here + 1
        while len(figures) < 6:
            word, two = self.word(here), self._two(here)
            if two is not None and (two[0] < 10 or not figures):
                figures, here = figures + str(int(two[0])), two[1]
            elif word in ("oh", "o"):
                figures, here = figures + "0", here + 1
            elif word.isdecimal() and not figures:
                figures, here = word[:6], here + 1
            else:
                break
        if not figures:
            return group
        return _plain((group.value if group else 0.0) + float(f"0.{figures}"), here)

    def _two(self, at: int) -> tuple[float, int] | None:
        """Read a number word below 100, with the index after it."""
        word = self.word(at)
        if word in TENS:
            more = SMALL.get(self.word(at + 1), 0)
            return (TENS[word] + more, at + 2) if 0 < more < 10 else (TENS[word], at + 1)
        return (SMALL[word], at + 1) if word in SMALL else None

    def _group(self, at: int) -> Reading | None:
        """Read a number below its scale words: digits, "a hundred and four", "one fifty"."""
        word, after = self.word(at), self.word(at + 1)
        if self._kind(at) == "digits":
            value, more = float(word.replace(",", "")), self.word(at + 2)
            hundreds = value in range(100, 1000, 100) and after == "and" and _TWO.fullmatch(more)
            if hundreds and "between" not in (self.word(at - 1), self.word(at - 2)):
                # "100 and 30", as recognizers write one number said with a rest in it.
                return _plain(value + int(more), at + 3)
            return _plain(value, at + 1)
        if word in ("oh", "o") and (len(self.tokens) == 1 or after == "point"):
            return Reading(0, at + 1)
        count, here = self._two(at) or (1.0, at + (word in ("a", "an")))
        if self.word(here) == "hundred" and count:
            return self._after_hundred(count, here)
        if here == at or word in ("a", "an"):
            counts = SCALES.get(self.word(here)) or (word, after) == ("a", "dollar")
            return Reading(1, here, 1) if counts else None
        return self._run_together(count, here)

    def _after_hundred(self, count: float, at: int) -> Reading:
        """Read on from the token "hundred": "two hundred (and) nineteen"."""
        value, here = count * 100, at + 1
        more = self._two(here + (self.word(here) == "and"))
        if more and more[0] and self.word(more[1]) != "hundred":
            return _plain(value + more[0], more[1])
        return _plain(value, here) if count >= 10 else Reading(value, here, count, 100)

    def _run_together(self, value: float, at: int) -> Reading:
        """Read "one fifty", "two oh three", "twelve eighty nine", "twenty twenty"."""
        more, low = self._two(at), SMALL.get(self.word(at + 1), 0)
        if self.word(at) in ("oh", "zero") and 0 < low < 10:
            more = (low, at + 2)
        elif more and (more[0] < 10 or (value >= 10 and value not in (19, 20) and more[0] < 20)):
            more = None
        return _plain(value * 100 + more[0], more[1]) if more and value else _plain(value, at)

    def _with_smaller(self, found: Reading) -> Reading:
        """Read on in "a minute and forty seconds", "two dollars and five cents"."""
        unit, here = found.unit, found.end + (self.word(found.end) == "and")
        if unit is None or unit.kind not in ("time", "money"):
            return found
        more = self._amount(here)
        more = more and self._with_unit(more)
        less = more.unit if more else None
        if not more or not less or less.kind != unit.kind or less.factor >= unit.factor:
            return found
        value = found.value + more.value * less.factor / unit.factor
        return replace(found, value=value, end=more.end)

    def _with_unit(self, found: Reading) -> Reading:
        """Take the unit and the "+" that follow."""
        here = found.end
        plus = self.word(here) == "plus" or (self.word(here) == "+" and self.touching(here))
        here += plus
        word, unit = self.word(here), found.unit
        if word == "per" and self.word(here + 1) == "cent":
            word, here = "percent", here + 1
        if unit is None and word in UNITS and self._is_unit(here, word, found.value):
            unit, here = UNITS[word], here + 1
        taken = plus or unit is not found.unit
        return replace(found, end=here if taken else found.end, unit=unit, plus=plus)

    def _is_unit(self, at: int, word: str, value: float) -> bool:
        if word in words.ONLY_TOUCHING and not self.touching(at):
            return False
        if word in words.MONEY_SIGNS and self.touching(at + 1):
            return False  # It belongs to the next number.
        decade = value % 10 == 0 and (20 <= value < 100 or value >= 1900)
        return not (word == "s" and decade)
