"""English text as the words that a reader says: addresses, abbreviations, amounts, signs, letters.

One list of rules, applied in order. Each is linear in its input: every repeat is bounded, or
begins where no other repeat of its rule can reach. Plain numbers stay: eSpeak NG reads them well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from voice.speech.lettering import lettered, letters

Rule = tuple[str, str | Callable[[re.Match[str]], str]]

_DROPPED = {"Cc", "Cf", "Co", "Cs", "Cn", "So", "Sk"}
"""Unicode categories that are never said: controls (\\x01 starts an eSpeak command), emoji."""
_FORMS = str.maketrans(
    {"№": "No. ", "’": "'", "‑": "-", "¼": " 1/4", "½": " 1/2", "¾": " 3/4"}
    | {raised: f"^{plain}" for raised, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ", "0123456789n", strict=True)}
)
"""Signs that NFKC would make something else of."""
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_SHORT = {
    "approx": "approximately", "avg": "average", "dept": "department", "dr": "doctor",
    "etc": "et cetera", "fig": "figure", "jr": "junior", "max": "maximum", "min": "minimum",
    "mr": "mister", "mrs": "missus", "ms": "miz", "mt": "mount", "prof": "professor",
    "sr": "senior", "vs": "versus", "sept": "September",
    **{month[:3].lower(): month for month in _MONTHS if month != "May"},
}  # fmt: skip
"""What is written for short, with a full stop, and read in full."""
_NUMBER = r"\d[\d,]{0,20}(?:\.\d{1,15})?"
_SCALE = r"(?:\s?(?:thousand|million|billion|trillion)\b|\s?(?:bn|[kKmMBT])(?![A-Za-z]))"
_AMOUNT = rf"{_NUMBER}{_SCALE}?[%x]?"
_SCALES = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion", "t": "trillion"}
_CURRENCIES = {"$": "dollar", "£": "pound", "€": "euro"}
_FRACTIONS = {"1/2": "one half", "1/3": "one third", "2/3": "two thirds", "1/4": "one quarter",
              "3/4": "three quarters"}  # fmt: skip
_UNITS = {
    "g": "gram", "kg": "kilogram", "mg": "milligram", "mcg": "microgram", "L": "liter",
    "l": "liter", "mL": "milliliter", "ml": "milliliter", "m": "meter", "km": "kilometer",
    "cm": "centimeter", "mm": "millimeter", "ft": "foot", "s": "second", "ms": "millisecond",
    "μs": "microsecond", "us": "microsecond", "min": "minute", "h": "hour", "hr": "hour",
    "hrs": "hour", "yr": "year", "yrs": "year", "W": "watt", "kW": "kilowatt", "V": "volt",
    "Hz": "hertz", "kHz": "kilohertz", "GHz": "gigahertz", "kB": "kilobyte", "KB": "kilobyte",
    "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte", "PB": "petabyte",
    "Mbps": "megabit per second", "Gbps": "gigabit per second", "fps": "frame per second",
    "dB": "decibel", "mmHg": "millimeter of mercury", "°C": "degree Celsius",
    "°F": "degree Fahrenheit", "°": "degree", "req": "request",
}  # fmt: skip
_PER = {**_UNITS, "d": "day", "y": "year"}
_PER_WORDS = (
    "second|minute|hour|day|night|week|month|quarter|year|user|person|request|query|node|core|head"
)


def _either(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def plain(text: str) -> str:
    """Return the text composed (NFC) and on one line, without characters that are never said."""
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if letter.isspace() else letter for letter in composed)
    return "".join(c for c in spaced if c in "°^№℃" or unicodedata.category(c) not in _DROPPED)


def spoken(sentence: str) -> str:
    """Write one sentence as it is said: words, plain numbers, and letters with hyphens."""
    said = unicodedata.normalize("NFKC", plain(sentence).translate(_FORMS))
    for pattern, words in _RULES:
        said = pattern.sub(words, said)
    return " ".join(lettered(said).split())


def _ended(found: re.Match[str], words: str) -> str:
    """Return the words, with the full stop of the sentence that the abbreviation ended."""
    rest = found.string[found.end() : found.end() + 3].strip("\"') ")
    return words if rest else f"{words}."


def _half_day(found: re.Match[str]) -> str:
    said = f"{found[1]} {found[2].upper()}-M"
    return _ended(found, said) if found[0].endswith(".") else said


def _address(found: re.Match[str]) -> str:
    """Say the signs of an e-mail or web address, or of a file's name."""
    said = found[0]
    for sign, word in ((".", "dot"), ("@", ", at"), ("/", "slash"), ("_", "underscore")):
        said = said.replace(sign, f" {word} ")
    return said.replace("-", " dash ")


def _iso_date(found: re.Match[str]) -> str:
    month, day = int(found[2]), int(found[3])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return found[0]
    return f"{_MONTHS[month - 1]} {_ordinal(day)}, {found[1]}"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number // 10 != 1 else 0, "th")
    return f"{number}{ending}"


def _decade(found: re.Match[str]) -> str:
    tens = "twenties thirties forties fifties sixties seventies eighties nineties".split()
    century = {"18": "eighteen ", "19": "nineteen ", "20": "twenty "}.get(found[1] or "", "")
    return century + tens[int(found[2]) - 2]


def _clock(found: re.Match[str]) -> str:
    """Say a time of day; "1:10" alone is a ratio."""
    hour, minute, half = int(found[1]), found[2], found[3] or ""
    if found[1] == "1" and not half:
        return f"1 to {int(minute)}"
    if minute == "00":
        return f"{hour}{half}" if half else f"{hour} o'clock"
    return f"{hour} {f'oh {minute[1]}' if minute[0] == '0' else minute}{half}"


def _power(found: re.Match[str]) -> str:
    exponent = found[1].strip("{}()").replace("^", "")
    if exponent in ("2", "3"):
        return " squared" if exponent == "2" else " cubed"
    return " to the power of " + re.sub(r"^-", "minus ", exponent)


def _exponent(found: re.Match[str]) -> str:
    power = f"10 to the power of {'minus ' if found[2] == '-' else ''}{int(found[3])}"
    return power if found[1] == "1" else f"{found[1]} times {power}"


def _money(found: re.Match[str]) -> str:
    amount, scale, name = found[2], (found[3] or "").strip(), _CURRENCIES[found[1]]
    if scale:
        return f"{amount} {_SCALES.get(scale.lower(), scale)} {name}s"
    return f"{amount} {name if amount == '1' else f'{name}s'}"


def _quantity(found: re.Match[str]) -> str:
    """Say a number and its unit, in the plural unless there is exactly one, and what it is per."""
    number, name = found[1], _UNITS[found[2]]
    if number != "1" and not name.endswith("hertz"):
        head, *rest = re.split(r"(?= per | of | Celsius| Fahrenheit)", name, maxsplit=1)
        name = ("feet" if head == "foot" else f"{head}s") + "".join(rest)
    per = "".join(f" per {_PER.get(one, one)}" for one in (found[3] or "").split("/")[1:])
    return f"{number} {name}{per}"


def _fraction(found: re.Match[str]) -> str:
    above, below = found[1], found[2]
    ordered = f"{above} out of {below}" if int(above) <= int(below) else f"{above} {below}"
    return _FRACTIONS.get(f"{above}/{below}", ordered)


_INNER = r"([^()]{1,60}(?:\([^()]{0,30}\)[^()]{0,30}){0,3})"
_RULES_AS_WRITTEN: tuple[Rule, ...] = (
    # Addresses.
    (r"\[\[|\]\]", " "),  # Piper's and eSpeak's brackets around raw phonemes
    (r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", _address),
    (r"https?://(?:www\.)?", ""),
    (r"(?<![\w./@-])[A-Za-z][\w-]{0,62}(?:\.[a-z][\w-]{0,62}){1,5}(?:/[\w-]{1,63}){1,9}", _address),
    # Abbreviations.
    (r"(?<![\w.])e\.\s?g\.(?!\w),?", "for example,"),
    (r"(?<![\w.])i\.\s?e\.(?!\w),?", "that is,"),
    (r"(?<![\w.])(\d{1,2}(?:[:.]\d\d)?)\s?([AaPp])\.?[Mm]\b\.?", _half_day),
    (r"(?<![\w.])(?:[A-Za-z]\.){2,6}(?!\w)", lambda f: _ended(f, letters(f[0].replace(".", "")))),
    (r"(?<!\w)St\.(?=\s[A-Z])", "saint"),
    (r"(?<=\w )St\.", lambda found: _ended(found, "street")),
    (r"(?<![\w.])[Nn]os?\.\s?(?=\d)|(?<![\w#])#\s?(?=\d)", "number "),
    (rf"(?i:(?<![\w.-])(?<!\d )({_either(_SHORT)})\.(?!\w))",
     lambda found: _ended(found, _SHORT[found[1].lower()])),
    (r"\b[vV]s\b", "versus"),
    (r"(?<![\w.])([A-Z])\.(?=\s[A-Z])", r"\1"),
    (r"\b[wW]/(?=\s|\w{2})", "with "),
    (r"(?<![\w.])[A-Za-z][\w-]{0,40}(?:\.[a-z][\w-]{0,30}){1,5}(?!\w)", _address),
    (r"(?<![\w.])\.(?=[A-Za-z])", " dot "),
    # Code.
    (rf"(?<!\w)([OΘΩ])\({_INNER}\)", r"big \1 of \2"),
    (rf"(?<![\w.])([a-zA-Z]|log|max|min)\({_INNER}\)", r"\1 of \2"),
    (r"\bC#(?!\w)", "C sharp"),
    (r"(?<=\w)\+\+", " plus plus"),
    # Dates, times and ratios.
    (r"(?<=[A-Z] )(\d{1,6}):(?=\d{4}\b)", r"\1, "),  # ISO 9001:2015
    (r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-]|\.\d)", _iso_date),
    (rf"(?<![\w.,])([1-9]|[12]\d|3[01])\s(?=(?:{'|'.join(_MONTHS)})\b)",
     lambda found: f"{_ordinal(int(found[1]))} of "),
    (r"(?<![\w.,])'?(1[89]|20)?([2-9])0'?s\b", _decade),
    (r"(?<![\w:.,])([01]?\d|2[0-3]):([0-5]\d)(?![\w:]|\.\d)(\s?[AaPp]-?M\b)?", _clock),
    (r"(?<=\d):(?=\d)", " to "),
    # Powers. Raised digits have become "^" and digits.
    (r"\s?\^\s?(\{-?\w{1,12}\}|\([\w+-]{1,12}\)|-?\w{1,12}(?:\^\d){0,8})", _power),
    (r"(?<![\w.])(\d{1,15}(?:\.\d{1,15})?)[eE]([+-]?)(\d{1,3})(?!\w)", _exponent),
    # Ranges, signs before numbers, money.
    (rf"(?<![\w.-])([$£€])({_AMOUNT})\s?[-–]\s?\1?(?=[1-9]|0\.)({_AMOUNT})(?![\w-])",
     r"\2 to \1\3"),
    (rf"(?<![\w.-])({_AMOUNT})\s?[-–]\s?(?=[1-9]|0\.)"
     rf"(?={_AMOUNT}(?:\s?(?:{_either(_UNITS)}))?(?![\w-]))", r"\1 to "),
    (r"(?<![\w)%\]}-])[-–](?=[$£€]?\d)", " minus "),
    (r"(?<![\w)+])\+(?=[$£€]?\d)", " plus "),
    (rf"([$£€])\s?({_NUMBER})({_SCALE})?", _money),
    # Quantities.
    (r"(?<=\d)(?:x|\s?×\s?)(?=\d)", " by "),
    (r"(?<=\d)(?:x|\s?×)(?!\w|\s?[-+=*/^])", " times"),
    (r"(?<=\d)(?<!\b401)[kK](?![\w-]|\s(?:image|resolution|video))", " thousand"),
    (r"(?<=\d)M(?!\w)", " million"),
    (r"(?<=\d)(?<![A-Z]\d)(?:bn|B)(?!\w)", " billion"),
    (r"(\d)'\s?(\d{1,2})(?:\"|''|″)", r"\1 foot \2"),
    (rf"(?<![\w.])({_NUMBER})[\s-]?({_either(_UNITS)})"
     rf"((?:/(?:{_either(_PER)}|{_PER_WORDS})){{1,3}})?(?![\w^])", _quantity),
    (rf"(?<=\w)\s?/\s?((?:{_PER_WORDS})s?|s|sec|min|h|hr|d|wk|mo|yr|y)\b(?!/)",
     lambda found: f" per {_PER.get(found[1], found[1])}"),
    (r"\s?%", " percent"),
    (r"(?<=\d) 1/2\b", " and a half"),
    (r"(?<![\w/.])(\d{1,4})/(\d{1,4})(?![\w/]|\.\d)", _fraction),
    (r"(?<![\w.])[vV]\.?\s?(?=\d)", "version "),
    (r"(?<=\d)\.(?=\d{1,5}\.\d)|(?<=\.\d)\.(?=\d)", " point "),
    # Signs. A variable is no article.
    (r"\b[aA](?=\s?(?:[=!<>]=|[=<>≤≥≠×])|\s\+\s)", "eigh"),
    (r"[~≈]\s?(?=[$£€]?\d)", "about "),
    (r"\+/-|±", " plus or minus "),
    (r"\s?(?:->|→|⇒|=>)\s?", " to "),
    (r"<=|≤", " at most "),
    (r">=|≥", " at least "),
    (r"(?<![<-])<(?![<-])", " less than "),
    (r"(?<![>-])>(?!>)(?<!^.)", " more than "),
    (r"!==?|≠", " is not equal to "),
    (r"(?<=[\w)])\s?={1,3}\s?(?=[\w(-])", " equals "),
    (r"(?<=\d)\+(?!\w)", " plus"),
    (r"(?<=[\w)])\s\+\s(?=[\w(])", " plus "),
    (r"−", " minus "),
    (r"(?<=\d)\s?[*·]\s?(?=\d)|×", " times "),
    (r"\b([A-Z]{1,3})&(?=[A-Z]\b)", lambda found: f"{letters(found[1])} and "),
    (r"&", " and "),
    (r"@", " at "),
    # Slashes between words are not said, beside digits they are.
    (r"(?<=\d)/(?=[A-Za-z])|(?<=[A-Za-z])/(?=[A-Za-z]{1,6}\d)", " slash "),
    (r"\b([A-Z])/(?=[A-Z]\b)", r"\1-"),
    (r"(?<=\w)/(?=\w)", " "),
    (r"\b([A-Z][a-z]{2,15}) (I{2,3})\b", lambda found: f"{found[1]} {len(found[2])}"),
    # What is left is not said.
    (r"(?<=\w)\s?[—–]\s?(?=\w)|(?<=\w)\s-{1,3}\s(?=\w)", ", "),
    (r"(?<=\w)-(?=\d)|(?<=\w)_(?=\w)", " "),
    (r"[*`|\\^{}~<>=_#•·/\[\]+$£€]|(?<!\w)-|-(?!\w)|[–—]", " "),
    (r"\s{1,9}(?=[,;:.?!])", ""),
)  # fmt: skip
_RULES = tuple((re.compile(pattern), words) for pattern, words in _RULES_AS_WRITTEN)
