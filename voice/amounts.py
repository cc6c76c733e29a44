"""Dates, times, ratios, powers, money, quantities with units and fractions, as they are said.

Every rule is a pattern and its words, in the order in which they are applied; every repeat is
bounded, so that each is linear in its input. Plain numbers stay: eSpeak NG reads them well.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Rule = tuple[str, str | Callable[[re.Match[str]], str]]

MONTHS = (
    "January February March April May June July August September October November December".split()
)
_MONTH = "|".join(MONTHS)
_DAYS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun|" + "|".join(month[:3] for month in MONTHS)
_NUMBER = r"\d[\d,]{0,20}(?:\.\d{1,15})?"
_SCALE = r"(?:\s?(?:thousand|million|billion|trillion)\b|\s?(?:bn|mn|[kKmMBT])(?![A-Za-z]))"
_AMOUNT = rf"{_NUMBER}{_SCALE}?[%x]?"
_SCALES = {"k": "thousand", "m": "million", "mn": "million", "b": "billion", "bn": "billion",
           "t": "trillion"}  # fmt: skip
_CURRENCIES = {"$": "dollar", "£": "pound", "€": "euro", "₹": "rupee", "¥": "yen"}
_CODES = {"USD": "dollars", "EUR": "euros", "GBP": "pounds", "CHF": "francs"}
_FRACTIONS = {
    (1, 2): "one half", (1, 3): "one third", (2, 3): "two thirds", (1, 4): "one quarter",
    (3, 4): "three quarters",
}  # fmt: skip
_PREFIXED = {
    "m": ("milli", "g L l m s mol W A V J Hz"),
    "μ": ("micro", "g L l m s mol A V"),
    "n": ("nano", "g m s mol"),
    "k": ("kilo", "g m W Wh V J Hz Pa cal bps bit B"),
    "c": ("centi", "m"),
    "d": ("deci", "L l"),
    "M": ("mega", "W Wh Hz Pa bps bit B"),
    "K": ("kilo", "B"),
    "G": ("giga", "W Wh Hz bps bit B"),
    "T": ("tera", "W Wh Hz bps bit B"),
    "P": ("peta", "B"),
}
"""Prefixes of the International System and the units that they are written before here."""
_BASES = {
    "g": "gram", "L": "liter", "l": "liter", "m": "meter", "s": "second", "mol": "mole",
    "W": "watt", "A": "amp", "V": "volt", "J": "joule", "Hz": "hertz", "Pa": "pascal",
    "Wh": "watt hour", "cal": "calorie", "B": "byte", "bit": "bit", "bps": "bit per second",
}  # fmt: skip
_OTHER_UNITS = {
    "g": "gram", "L": "liter", "l": "liter", "m": "meter", "s": "second", "V": "volt", "W": "watt",
    "h": "hour", "hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute", "sec": "second",
    "secs": "second", "yr": "year", "yrs": "year", "wk": "week", "wks": "week", "mo": "month",
    "mos": "month", "lb": "pound", "lbs": "pound", "oz": "ounce", "ft": "foot", "mi": "mile",
    "Hz": "hertz", "bps": "bit per second", "mcg": "microgram",
    "mph": "mile per hour", "fps": "frame per second", "rpm": "revolution per minute",
    "bpm": "beat per minute", "px": "pixel", "pp": "percentage point", "dB": "decibel",
    "KiB": "kibibyte", "MiB": "mebibyte", "GiB": "gibibyte", "TiB": "tebibyte",
    "Gb": "gigabit", "Mb": "megabit", "mmHg": "millimeter of mercury", "mEq": "milliequivalent",
    "IU": "international unit", "ppm": "part per million", "sqm": "square meter",
    "sqft": "square foot", "°C": "degree Celsius", "°F": "degree Fahrenheit", "°": "degree",
    "Ω": "ohm", "kΩ": "kiloohm", "req": "request",
}  # fmt: skip
_AREAS = {
    f"{unit}^{power}": f"{word} {name}"
    for unit, name in (("m", "meter"), ("km", "kilometer"), ("cm", "centimeter"), ("ft", "foot"))
    for power, word in ((2, "square"), (3, "cubic"))
}
_UNITS = {
    **{
        letter + unit: prefix + _BASES[unit]
        for letter, (prefix, units) in _PREFIXED.items()
        for unit in units.split()
    },
    **_OTHER_UNITS,
    **_AREAS,
}  # fmt: skip
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_UNITS_PER = {
    **{unit: name for unit, name in _UNITS.items() if unit != "°"},
    "d": "day", "y": "year",
}  # fmt: skip
_PER_WORDS = (
    "second|minute|hour|day|night|week|month|quarter|year|user|person|request|query|node|core|head"
)
_PER = "|".join(re.escape(unit) for unit in sorted(_UNITS_PER, key=len, reverse=True))
_PICTURES = r"\s(?:camera|display|image|monitor|resolution|screen|TV|video)"
"""After these a K is no thousand: "4K video"."""
_AFTER_TIME = r"\s?(?:[AaPp][.-]?[Mm]\b\.?|UTC|GMT|CET|[EPC][SD]?T\b|o'clock)"
_BEFORE_TIME = r"\b(?:at|by|from|until|till|since|after|before|around|about|to|and|between) "


def _iso_date(found: re.Match[str]) -> str:
    month, day = int(found[2]), int(found[3])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return found[0]
    return f"{MONTHS[month - 1]} {_ordinal(day)}, {found[1]}"


def _slashed_date(found: re.Match[str]) -> str:
    """Say a date of three numbers by its month only where one of the two is over 12."""
    first, second, year = int(found[1]), int(found[2]), found[3]
    if 1 <= first <= 12 < second <= 31:
        return f"{MONTHS[first - 1]} {_ordinal(second)}, {year}"
    if 1 <= second <= 12 < first <= 31:
        return f"{MONTHS[second - 1]} {_ordinal(first)}, {year}"
    return f"{found[1]} slash {found[2]} slash {year}"


def _day_first(found: re.Match[str]) -> str:
    return f"{_ordinal(int(found[1]))} of {found[2]}"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number < 14 else ending}"


def _decade(found: re.Match[str]) -> str:
    tens = "twenties thirties forties fifties sixties seventies eighties nineties".split()
    century = {"18": "eighteen ", "19": "nineteen ", "20": "twenty "}.get(found[1] or "", "")
    return century + tens[int(found[2]) - 2]


def _clock(found: re.Match[str]) -> str:
    """Say a time of day. "1:10" is a ratio unless a word beside it speaks of time."""
    before, digits, minute, after = found[1] or "", found[2], found[3], found[4] or ""
    hour = int(digits)
    if not (before or after) and digits == "1":
        return f"1 to {int(minute)}"
    if minute == "00":
        said = f"{hour}" if after else f"{hour} o'clock"
    else:
        said = f"{hour} oh {minute[1]}" if minute[0] == "0" else f"{hour} {minute}"
    return f"{before}{said}{after}"


def _area(found: re.Match[str]) -> str:
    return f"{found[1]} {_named(found[1], found[2])}"


def _power(found: re.Match[str]) -> str:
    exponent = found[1].strip("{}()")
    if exponent in ("2", "3"):
        return " squared" if exponent == "2" else " cubed"
    return " to the power of " + re.sub(r"^-", "minus ", exponent)


def _exponent(found: re.Match[str]) -> str:
    power = f"10 to the power of {'minus ' if found[2] == '-' else ''}{int(found[3])}"
    return power if found[1] == "1" else f"{found[1]} times {power}"


def _money(found: re.Match[str]) -> str:
    amount, scale, name = found[2], (found[3] or "").strip(), _CURRENCIES[found[1]]
    many = name if name == "yen" else f"{name}s"
    if scale:
        return f"{amount} {_SCALES.get(scale.lower(), scale)} {many}"
    whole, _, cents = amount.partition(".")
    if len(cents) == 2 and whole != "0":
        rest = f" {int(cents)}" if int(cents) > 9 else f" and {int(cents)} cents"
        return f"{whole} {name if whole == '1' else many}{rest if int(cents) else ''}"
    return f"{amount} {name if amount == '1' else many}"


def _money_after(found: re.Match[str]) -> str:
    return f"{found[1]} {_CURRENCIES[found[2]]}s"


def _named(number: str, unit: str) -> str:
    """Return the unit's name, in the plural unless there is exactly one."""
    name = _UNITS[unit]
    if number == "1" or name.endswith("hertz"):
        return name
    for tail in (" per ", " of ", " Celsius", " Fahrenheit"):
        head, found, rest = name.partition(tail)
        if found:
            return f"{head}s{found}{rest}"
    return (
        "square feet"
        if unit == "sqft"
        else re.sub("foot$", "feet", name)
        if name.endswith("foot")
        else f"{name}s"
    )


def _quantity(found: re.Match[str]) -> str:
    number, unit, per = found[1], found[2], found[3]
    said = f"{number} {_named(number, unit)}"
    for one in (per or "").split("/")[1:]:
        said += f" per {_UNITS_PER.get(one, one)}"
    return said


def _per(found: re.Match[str]) -> str:
    return f" per {_UNITS_PER.get(found[1], found[1])}"


def _fraction(found: re.Match[str]) -> str:
    above, below = int(found[1]), int(found[2])
    if words := _FRACTIONS.get((above, below)):
        return words
    is_school_year = 1900 <= above < 2100 and len(found[2]) == 2
    if is_school_year or above + below == 100 or (above, below) in ((24, 7), (9, 11)):
        return f"{found[1]} {found[2]}"
    return f"{found[1]} {'out of' if above <= below else 'over'} {found[2]}"


def _mixed(found: re.Match[str]) -> str:
    words = _FRACTIONS.get((int(found[2]), int(found[3])))
    return f"{found[1]} and {words.replace('one ', 'a ')}" if words else found[0]


RULES: tuple[Rule, ...] = (
    # Standards, dates and times.
    (r"\b((?:ISO|IEC|IEEE|EN|DIN|ANSI|NIST|FIPS)[\s/A-Z]{0,12}\s\d{1,6})[-:](?=\d)", r"\1, "),
    (r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-]|\.\d)", _iso_date),
    (r"(?<![\w/])(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)(?![\w/])", _slashed_date),
    (rf"(?<![\w.,])([1-9]|[12]\d|3[01])\s(?=(?:{_MONTH})\b)({_MONTH})", _day_first),
    (rf"\b({_DAYS})\s?[-–]\s?(?=(?:{_DAYS})\b)", r"\1 to "),
    (r"(?<![\w.,])'?(1[89]|20)?([2-9])0'?s\b", _decade),
    (
        rf"({_BEFORE_TIME})?(?<![\w:.,])([01]?\d|2[0-3]):([0-5]\d)(?![\w:]|\.\d)({_AFTER_TIME})?",
        _clock,
    ),
    (r"(?<=[A-Za-z]):(?=\d{4,5}\b)", " port "),
    (r"(?<=\d):(?=\d)", " to "),
    # Powers. Raised digits have become "^" and digits.
    (rf"(?<![\w.])({_NUMBER})\s?({'|'.join(map(re.escape, _AREAS))})(?!\w)", _area),
    (r"\s?\^\s?(\{-?\w{1,12}\}|\([\w+-]{1,12}\)|-?\w{1,12})", _power),
    (r"(?<![\w.])(\d{1,15}(?:\.\d{1,15})?)[eE]([+-]?)(\d{1,3})(?!\w)", _exponent),
    # Ranges, signs before numbers, money.
    (r"(?<=\d\) )(\d{3})-(?=\d{4}\b)", r"\1 "),  # a telephone number
    (
        rf"(?<![\w.-])([$£€])({_AMOUNT})\s?[-–]\s?\1?(?=[1-9]|0\.)({_AMOUNT})(?![\w-])",
        r"\2 to \1\3",
    ),
    (
        rf"(?<![\w.-])({_AMOUNT})\s?[-–]\s?(?=[1-9]|0\.)(?={_AMOUNT}(?:\s?(?:{_UNIT}))?(?![\w-]))",
        r"\1 to ",
    ),
    (r"(?<![\w)%\]}-])[-–](?=[$£€]?\d)", " minus "),
    (r"(?<![\w)+])\+(?=[$£€]?\d)", " plus "),
    (r"\b(?:US|CA|AU)(?=\$\d)", ""),
    (rf"([$£€₹¥])\s?({_NUMBER})({_SCALE})?", _money),
    (rf"({_NUMBER})\s?([€£])(?!\w)", _money_after),
    (rf"(?<=\d)\s?({'|'.join(_CODES)})\b", lambda found: f" {_CODES[found[1]]}"),
    # Quantities.
    (r"\b0x(?=[0-9A-Fa-f]{1,16}\b)", "hex "),
    (r"\b24x7\b", "24 7"),
    (r"(?<=\d)(?:x|\s?×\s?)(?=\d)", " by "),
    (r"(?<=\d)(?:x|\s?×)(?!\w|\s?[-+=*/^])", " times"),
    (r"(?<=\d)us\b", " microseconds"),
    (rf"(?<=\d)(?<!\b401)[kK](?![\w-]|{_PICTURES})", " thousand"),
    (r"(?<=\d)M(?!\w)", " million"),
    (r"(?<=\d)(?<![A-Z]\d)(?:bn|B)(?!\w)", " billion"),
    (r"(\d)'\s?(\d{1,2})(?:\"|''|″)", r"\1 foot \2"),
    (
        rf"(?<![\w.])({_NUMBER})[\s-]?({_UNIT})((?:/(?:{_PER}|{_PER_WORDS})){{1,3}})?(?![\w^])",
        _quantity,
    ),
    (rf"(?<=\w)\s?/\s?((?:{_PER_WORDS})s?|s|sec|min|h|hr|d|wk|mo|yr|y)\b(?!/)", _per),
    (r"\s?%", " percent"),
    # Fractions.
    (r"(?<![\w/.])(\d{1,4})\s([123])/([234])(?![\w/])", _mixed),
    (r"(?<![\w/.])(\d{1,4})/(\d{1,4})(?![\w/]|\.\d)", _fraction),
    # Versions and other numbers with several points.
    (r"(?<![\w.])[vV](?:er)?\.?\s?(?=\d)", "version "),
    (r"(?<=\d)\.(?=\d{1,5}\.\d)|(?<=\.\d)\.(?=\d)", " point "),
)
