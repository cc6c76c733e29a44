"""The words of numbers and units, and a text cut into the tokens that numbers are made of."""

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


@dataclass(frozen=True)
class Unit:
    """One unit of measurement."""

    name: str
    """Short canonical name: ms, h, %, $…"""
    kind: str
    """What it measures: time, ratio, money, bytes, length, mass, volume, times, frequency."""
    factor: float
    """One of it in the base unit of its kind: seconds, 1, dollars, bytes, meters, grams, liters."""


_MONTH_S = 365.25 * 86_400 / 12
_TABLE = f"""
time 1e-9 ns nanosecond+ | 1e-6 µs us microsecond+ | 1e-3 ms millisecond+ msec
time 1 s second+ sec+ | 60 min minute+ mins | 3600 h hour+ hr+ | 86400 day+ | 604800 week+ wk+
time {_MONTH_S} month+ | {12 * _MONTH_S} year+ yr+ | {120 * _MONTH_S} decade+
ratio 0.01 % percent
money 1 $ dollar+ bucks usd | 0.01 ¢ cent+
euro 1 € euro+ eur
pounds 1 £ pound+ lb+
bytes 1e3 kB kb kilobyte+ | 1e6 MB mb megabyte+ | 1e9 GB gb gigabyte+ gig+
bytes 1e12 TB tb terabyte+ | 1e15 PB pb petabyte+
length 1e-3 mm millimeter+ | 1e-2 cm centimeter+ | 1 m meter+ metre+ | 1e3 km kilometer+
length 1609.344 mile+ | 0.3048 ft foot feet
mass 1e-6 mcg microgram+ | 1e-3 mg milligram+ | 1 g gram+ | 1e3 kg kilogram+ kilos
volume 1e-3 ml milliliter+ | 1 l liter+ litre+
times 1 x times fold
frequency 1 Hz hz hertz | 1e3 kHz khz kilohertz | 1e6 MHz mhz
degrees 1 ° degree+
"""
UNITS = {
    form: Unit(words[0].removesuffix("+"), row.split()[0], float(factor))
    for row in _TABLE.strip().splitlines()
    for factor, *words in (one.split() for one in row.partition(" ")[2].split("|"))
    for word in words
    for form in {word.removesuffix("+"), word.replace("+", "s")}
}
"""Every unit by its word or sign; "+" in the table: with an s, too."""
ONLY_TOUCHING = frozenset("s h m g l x us ft lb ° ¢ $ £".split())
"""Units only against digits: "25s", "10x"; alone they mean something else."""
MONEY_SIGNS = frozenset("$€£")
"""They stand before their number."""
SHARE = Unit("share", "ratio", 1.0)
"""The unit of a fraction: three quarters is 75 percent."""

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
