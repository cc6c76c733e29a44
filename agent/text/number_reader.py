"""One number read from tokens: its value, scale and unit."""

from __future__ import annotations

from dataclasses import replace

from agent.text.number_parts import Reading, read_fraction, read_special
from agent.text.number_words import (
    LETTER_SCALES,
    SCALES,
    TEENS,
    TENS,
    UNITS,
    Row,
    Token,
    is_identifier,
)
from agent.text.units import ONLY_TOUCHING, PREFIX_SIGNS, SIGN_UNITS, WORD_UNITS
from agent.text.words import word_set

_VAGUE = word_set("few several many")
_NAME_BEFORE = word_set("p tp pee percentile")
_PERCENTILES = frozenset((50.0, 75.0, 90.0, 95.0, 99.0, 999.0, 5.0, 9.0))
"""With the last words of ninety-five and ninety-nine, which must not be read alone either."""
_JOINED_BEFORE = word_set("sub under over near pre post mid top to and or x")
_ONE_AFTER_NOT = word_set(
    "this that the no any every each which another last next other some big only good bad best "
    "first red green new old same right wrong main single"
)
_ONE_BEFORE_NOT = word_set(
    "of thing things day time way point side hand reason another more who that could can and is "
    "was were are or by for to in on at we i you it they the a an with as so but if has had have "
    "would will did does do where when which because than too from then not might may must"
)


class Reader:
    """Read numbers at any place of one list of tokens."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.row = Row(tokens)
        self.word = self.row.word
        self.touching = self.row.touching

    def read(self, at: int) -> Reading | None:
        """Return the number that starts at token `at`, with its unit, or None."""
        kind = self.tokens[at].kind if at < len(self.tokens) else "sign"
        if kind in ("sign", "date"):
            return None
        if kind == "digits" and (self._in_name(at) or is_identifier(self.word(at))):
            return None
        if kind == "clock":
            hours, minutes = self.word(at).split(":")
            return Reading(int(hours) + int(minutes) / 60, at + 1)
        if kind == "word" and self.word(at - 1) in _VAGUE:
            return None
        found = read_fraction(self.row, at) or read_special(self.row, at) or self._amount(at)
        if found is None or (self._percentile(at) and found.value in _PERCENTILES):
            return None
        if found.end == at + 1 and self.word(at) == "one" and not self._counts(at):
            return None
        return self._with_unit(found)

    def after_range_word(self, at: int, first: Reading) -> int | None:
        """Return where the second end of a range would start after `first`, or None."""
        here = first.end
        word = self.word(here)
        if word in ("up", "down"):
            here, word = here + 1, self.word(here + 1)
        if word == "all" and self.word(here + 1) == "the" and self.word(here + 2) == "way":
            here += 3
            word = self.word(here + 1) if self.word(here) in ("up", "down") else self.word(here)
            here += self.word(here) in ("up", "down")
        dashed = word in ("-", "–", "—") and self.touching(here) and self.touching(here + 1)
        between = word == "and" and "between" in (self.word(at - 1), self.word(at - 2))
        if not (word in ("to", "through", "till", "or") or dashed or between):
            return None
        here += 1
        while self.word(here) in (
            "about",
            "around",
            "roughly",
            "nearly",
            "over",
            "almost",
            "$",
            "~",
        ):
            here += 1
        return here

    def _in_name(self, at: int) -> bool:
        """Return whether the digits belong to a name: TP99, GPT-4, v2, 3D."""
        after = self.word(at + 1)
        if self.touching(at + 1) and self.tokens[at + 1].kind == "word":
            joined = self.tokens[at + 1].written
            known = joined in LETTER_SCALES or after in WORD_UNITS or after in SCALES
            hyphen = self.tokens[at + 1].start > self.tokens[at].end
            if not (known or hyphen or after in ("st", "nd", "rd", "th")):
                return True
            if after in ("st", "nd", "rd", "th"):
                return True
        if not self.touching(at):
            return False
        before = self.tokens[at - 1]
        if before.kind == "word":
            return before.word not in _JOINED_BEFORE
        if before.word in "-‑" and self.touching(at - 1) and self.tokens[at - 2].kind == "word":
            return self.word(at - 2) not in _JOINED_BEFORE and len(self.tokens[at - 2].word) > 0
        return before.word in ("_", "#", ".") and self.touching(at - 1)

    def _percentile(self, at: int) -> bool:
        """Return whether the number names a percentile: "p ninety nine"."""
        start = at - 1 if self.word(at - 1) in TENS and self.word(at) in UNITS else at
        return self.word(start - 1) in _NAME_BEFORE and not self.touching(start)

    def _counts(self, at: int) -> bool:
        """Return whether "one" is a number here and no pronoun."""
        if len(self.tokens) == 1:
            return True
        if self.word(at - 1) in _ONE_AFTER_NOT or at + 1 >= len(self.tokens):
            return False
        after = self.tokens[at + 1]
        return after.kind == "word" and after.word not in _ONE_BEFORE_NOT

    def _amount(self, at: int) -> Reading | None:
        """Read a whole or decimal number with its scale words."""
        group = self._group(at)
        group = self._decimals(group if group else Reading(0, at), bool(group))
        if group is None:
            return None
        whole = self._half_more(self._with_scale(group))
        while whole.scale >= 1000:
            more = self._lower_part(whole)
            if more is None:
                break
            whole = more
        return whole

    def _lower_part(self, whole: Reading) -> Reading | None:
        """Read what follows a scale: "nineteen" in "two thousand nineteen"."""
        here = whole.end
        if self.word(here) == ",":
            here += 1
        if self.word(here) == "and":
            here += 1
        if here >= len(self.tokens) or self.tokens[here].kind != "word":
            return None
        low = self._group(here)
        if low is None:
            return None
        low = self._with_scale(low)
        if low.value >= whole.scale or (self.word(here - 1) == "," and low.value < 100):
            return None
        return replace(whole, value=whole.value + low.value, end=low.end, scale=low.scale)

    def _half_more(self, whole: Reading) -> Reading:
        """Read "and a half" after the number: half of its scale, or before a scale word."""
        here = whole.end
        if (self.word(here), self.word(here + 1), self.word(here + 2)) != ("and", "a", "half"):
            return whole
        more = replace(whole, value=whole.value + 0.5 * whole.scale, end=here + 3)
        if whole.scale == 1:
            return self._with_scale(replace(more, leading=more.value))
        return more

    def _with_scale(self, group: Reading) -> Reading:
        """Take the scale words that follow."""
        here = group.end
        word = self.word(here)
        written = self.tokens[here].written if word else ""
        digits = self.tokens[here - 1].kind == "digits" if here else False
        size = SCALES.get(word, 0.0)
        if not size and written in LETTER_SCALES and digits and self.touching(here):
            size = LETTER_SCALES[written]
        if not size and word == "dozen":
            size = 12.0
        if not size and word == "hundred" and group.value < 100:
            size = 100.0
        if not size:
            return group
        if word == "k" and not digits and not self.word(here - 1):
            return group
        return Reading(group.value * size, here + 1, group.value, size)

    def _decimals(self, group: Reading, whole: bool) -> Reading | None:
        """Read "point five", "point two five", "point ninety nine" after the whole part."""
        here = group.end
        if self.word(here) != "point":
            return group if whole else None
        figures, at = "", here + 1
        while (word := self.word(at)) and len(figures) < 6:
            if word in UNITS or word in ("oh", "o"):
                figures += str(UNITS.get(word, 0))
            elif not figures and (two := self._two(at)) is not None and two[0] >= 10:
                figures, at = str(int(two[0])), two[1] - 1
            elif word.isdecimal() and not figures:
                figures = word
            else:
                break
            at += 1
        if not figures:
            return group if whole else None
        value = group.value + float(f"0.{figures}")
        return Reading(value, at, value)

    def _two(self, at: int) -> tuple[float, int] | None:
        """Read a number word below 100."""
        word = self.word(at)
        if word in TENS:
            more = UNITS.get(self.word(at + 1), 0)
            return TENS[word] + more, at + (2 if more else 1)
        value = TEENS.get(word, UNITS.get(word))
        return None if value is None else (value, at + 1)

    def _group(self, at: int) -> Reading | None:
        """Read a number below its scale words: digits, "a hundred and four", "one fifty"."""
        if at >= len(self.tokens):
            return None
        word = self.word(at)
        if self.tokens[at].kind == "digits":
            value = float(word.replace(",", ""))
            return Reading(value, at + 1, value)
        if word in ("oh", "o") and (len(self.tokens) == 1 or self.word(at + 1) == "point"):
            return Reading(0, at + 1)
        article = word in ("a", "an")
        if article or word in ("hundred", "thousand", "million", "billion"):
            here = at + article
            if self.word(here) == "hundred":
                return self._after_hundred(1, here)
            large = self.word(here) in ("thousand", "million", "billion", "trillion")
            return Reading(1, here, 1) if large else None
        two = self._two(at)
        if two is None:
            return None
        value, here = two
        if self.word(here) == "hundred" and value:
            return self._after_hundred(value, here)
        return self._colloquial(value, here)

    def _after_hundred(self, count: float, at: int) -> Reading:
        """Read on from the token "hundred": "two hundred (and) nineteen"."""
        value, here = count * 100, at + 1
        after = here + (self.word(here) == "and")
        more = self._two(after)
        again = more is not None and self.word(more[1]) == "hundred"
        if more is not None and more[0] and not again:
            return Reading(value + more[0], more[1], value + more[0])
        return Reading(value, here, value if count >= 10 else count, 1 if count >= 10 else 100)

    def _colloquial(self, value: float, at: int) -> Reading:
        """Read "one fifty", "two oh three", "twelve eighty nine", "twenty twenty"."""
        plain = Reading(value, at, value)
        if self.word(at) in ("oh", "zero") and value and UNITS.get(self.word(at + 1)):
            low = value * 100 + UNITS[self.word(at + 1)]
            return Reading(low, at + 2, low)
        more = self._two(at)
        if more is None or not value or more[0] < 10:
            return plain
        if value >= 10 and not (value in (19, 20) or more[0] >= 20):
            return plain
        both = value * 100 + more[0]
        return Reading(both, more[1], both)

    def _with_unit(self, found: Reading) -> Reading:
        """Take the unit and the "+" that follow."""
        here = found.end
        plus = self.word(here) in ("+", "plus") and (
            self.touching(here) or self.word(here) == "plus"
        )
        here += plus
        unit = found.unit
        word = self.word(here)
        decade = float(found.value).is_integer() and found.value % 10 == 0 and found.value >= 20
        if unit is None and (word in SIGN_UNITS or word in WORD_UNITS):
            short = word in ONLY_TOUCHING
            sure = self.touching(here) if short or word in SIGN_UNITS else True
            if word in PREFIX_SIGNS and self.touching(here + 1):
                sure = False
            spread = word == "s" and decade and (found.value < 100 or found.value >= 1900)
            if sure and not spread:
                unit, here = WORD_UNITS[word], here + 1
        elif unit is None and word == "per" and self.word(here + 1) == "cent":
            unit, here = WORD_UNITS["percent"], here + 2
        end = here if unit is not found.unit or plus else found.end
        done = replace(found, end=end, unit=unit, plus=plus)
        return self._cents(done) if word == "dollars" else done

    def _cents(self, dollars: Reading) -> Reading:
        """Read "two dollars (and) twenty five (cents)"."""
        joined = self.word(dollars.end) == "and"
        cents = self._two(dollars.end + joined)
        if cents is None or (joined and self.word(cents[1]) not in ("cent", "cents")):
            return dollars
        end = cents[1] + (self.word(cents[1]) in ("cent", "cents"))
        return replace(dollars, value=dollars.value + cents[0] / 100, end=end)
