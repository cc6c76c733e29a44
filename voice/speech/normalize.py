"""English text as the words that a reader says: abbreviations, amounts, signs, letters.

Rules, applied in order, then acronyms. Each is linear in its input: every repeat is bounded, or
begins where no other repeat of its rule can reach. Plain numbers stay: eSpeak NG reads them well.
"""

import re
import unicodedata
from collections.abc import Callable

Rule = tuple[str, str | Callable[[re.Match[str]], str]]

_DROPPED = {"Cc", "Cf", "Co", "Cs", "Cn", "So", "Sk"}
"""Unicode categories that are never said: controls (\\x01 starts an eSpeak command), emoji."""
_FORMS = str.maketrans(
    {"№": "No. ", "’": "'", "‑": "-", "¼": " 1/4", "½": " 1/2", "¾": " 3/4"}
    | {raised: f"^{plain}" for raised, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ", "0123456789n", strict=True)}
)
"""Signs that NFKC would make something else of."""
_SHORT = {
    "approx": "approximately", "avg": "average", "dept": "department", "dr": "doctor",
    "etc": "et cetera", "fig": "figure", "jr": "junior", "max": "maximum", "min": "minimum",
    "mr": "mister", "mrs": "missus", "ms": "miz", "mt": "mount", "prof": "professor",
    "sr": "senior", "vs": "versus", "sept": "September",
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "aug": "August",
    "sep": "September", "oct": "October", "nov": "November", "dec": "December",
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
    return words if rest or not found[0].endswith(".") else f"{words}."


def _address(found: re.Match[str]) -> str:
    said = found[0]
    for sign, word in ((".", "dot"), ("@", ", at"), ("/", "slash"), ("_", "underscore")):
        said = said.replace(sign, f" {word} ")
    return said.replace("-", " dash ")


def _clock(found: re.Match[str]) -> str:
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
    (r"(?<![\w.])(\d{1,2}(?:[:.]\d\d)?)\s?([AaPp])\.?[Mm]\b\.?",
     lambda found: _ended(found, f"{found[1]} {found[2].upper()}-M")),
    (r"(?<![\w.])(?:[A-Za-z]\.){2,6}(?!\w)", lambda f: _ended(f, letters(f[0].replace(".", "")))),
    (r"(?<!\w)St\.(?=\s[A-Z])", "saint"),
    (r"(?<![\w.])[Nn]os?\.\s?(?=\d)|(?<![\w#])#\s?(?=\d)", "number "),
    (rf"(?i:(?<![\w.-])(?<!\d )({_either(_SHORT)})\.(?!\w))",
     lambda found: _ended(found, _SHORT[found[1].lower()])),
    (r"\b[vV]s\b", "versus"),
    (r"(?<![\w.])[A-Za-z][\w-]{0,40}(?:\.[a-z][\w-]{0,30}){1,5}(?!\w)", _address),
    (r"(?<![\w.])\.(?=[A-Za-z])", " dot "),
    (rf"(?<!\w)([OΘΩ])\({_INNER}\)", r"big \1 of \2"),
    (r"\bC#(?!\w)", "C sharp"),
    (r"(?<=\w)\+\+", " plus plus"),
    # Times and ratios.
    (r"(?<![\w:.,])([01]?\d|2[0-3]):([0-5]\d)(?![\w:]|\.\d)(\s?[AaPp]-?M\b)?", _clock),
    (r"(?<=\d):(?=\d{1,3}\b)", " to "),
    # Powers. Raised digits have become "^" and digits.
    (r"\s?\^\s?(\{-?\w{1,12}\}|\([\w+-]{1,12}\)|-?\w{1,12}(?:\^\d){0,8})", _power),
    (r"(?<=\d)[eE]-(?=\d)", " E minus "),
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
    (r"(?<=\d)[kK](?![\w-])", " thousand"),
    (r"(?<=\d)M(?!\w)", " million"),
    (r"(?<=\d)(?<![A-Z]\d)(?:bn|B)(?!\w)", " billion"),
    (rf"(?<![\w.])({_NUMBER})[\s-]?({_either(_UNITS)})"
     rf"((?:/(?:{_either(_PER)}|{_PER_WORDS})){{1,3}})?(?![\w^])", _quantity),
    (rf"(?<=\w)\s?/\s?((?:{_PER_WORDS})s?|s|sec|min|h|hr|d|wk|mo|yr|y)\b(?!/)",
     lambda found: f" per {_PER.get(found[1], found[1])}"),
    (r"\s?%", " percent"),
    (r"(?<=\d) 1/2\b", " and a half"),
    (r"(?<![\w/.])(\d{1,4})/(\d{1,4})(?![\w/]|\.\d)", _fraction),
    (r"(?<![\w.])[vV]\.?\s?(?=\d)", "version "),
    (r"(?<=\d)\.(?=\d{1,5}\.\d)|(?<=\.\d)\.(?=\d)", " point "),
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
    (r"&", " and "),
    (r"@", " at "),
    # Slashes between words are not said, beside digits they are.
    (r"(?<=\d)/(?=[A-Za-z])|(?<=[A-Za-z])/(?=[A-Za-z]{1,6}\d)", " slash "),
    (r"\b([A-Z])/(?=[A-Z]\b)", r"\1-"),
    (r"(?<=\w)/(?=\w)", " "),
    # What is left is not said.
    (r"(?<=\w)\s?[—–]\s?(?=\w)|(?<=\w)\s-{1,3}\s(?=\w)", ", "),
    (r"(?<=\w)-(?=\d)|(?<=\w)_(?=\w)", " "),
    (r"[*`|\\^{}~<>=_#•·/\[\]+$£€]|(?<!\w)-|-(?!\w)|[–—]", " "),
    (r"\s{1,9}(?=[,;:.?!])", ""),
)  # fmt: skip
_RULES = tuple((re.compile(pattern), words) for pattern, words in _RULES_AS_WRITTEN)

# Which letters are spelled one by one. Whether capitals are a word ("NASA") or letters ("GDPR") is
# told by their shape: a word can be pronounced in English, and has more than three letters.
_MOST_UNSPELLED = 3
"""Up to so many capitals are letters ("API", "ICU"), unless they are listed as words."""
_STRESSED = frozenset("all and any but for how not only or the was what who why yes you".split())
"""Words that people write in capitals for stress."""
_SAID = frozenset("arm git jax json lan mac max min net pin ram rom sim var zip".split())
_NAMES = {
    "ieee": "I triple E", "iot": "I-O-T", "ipsec": "I-P seck", "k8s": "Kubernetes",
    "kubectl": "kube control", "nginx": "engine X", "numpy": "num pie", "oauth": "Oh-Auth",
    "phd": "P-H-D", "postgres": "Post Gres", "postgresql": "Post Gres", "pytorch": "pie torch",
    "relu": "ray loo", "saas": "sass",
}  # fmt: skip
_TOKEN = re.compile(r"([^\W_]+)((?:['’][^\W_]+)*)")
_PIECES = re.compile(
    r"[A-Z]+(?=[A-Z][a-z]{2})|[A-Z]{2,}s?(?![a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+s(?![A-Za-z])|\d+"
)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|s)")
_CONSONANT = "[BCDFGHJ-NP-TV-Z]"
_PRONOUNCED = re.compile(
    rf"(?:S[CKLMNPQTW]|[BCDFGKPSTW][HLR]|{_CONSONANT})?[AEIOUY]{{1,2}}"
    rf"(?:{_CONSONANT}{{1,2}}[AEIOUY]{{1,2}})*(?:[LMNRSC]?[BCDFGKLMNPRSTVXZ])?"
)
"""Beginning, vowels with one or two consonants between them, end, as English words have them."""


def letters(word: str, plural: bool = False) -> str:
    """Write a word so that its letters are said one by one: "K-P-I", "S-L.A", "S-L-A's".

    Hyphens keep Piper's letters apart; after one eSpeak NG reads "A" as the article, after a point
    not.
    """
    said = "-".join(word.upper()).replace("-A", ".A")
    if not plural:
        return said
    return (f"{said[:-2]}-A" if said.endswith(".A") else said) + "'s"


def lettered(sentence: str) -> str:
    """Write acronyms as letters ("G-D-P-R") and part names in camel case ("Fast A-P-I")."""
    if sentence.isupper() and len(sentence.split()) > 3:
        return sentence.lower()
    return _TOKEN.sub(lambda found: _token(found[1]) + found[2], sentence)


def _token(token: str) -> str:
    if not token.isascii() or token.isdigit() or _ORDINAL.fullmatch(token):
        return token
    if token.lower() in _NAMES:
        return _NAMES[token.lower()]
    if token.isalpha() and (token.islower() or token.istitle()) and _has_vowel(token):
        return token
    pieces = _PIECES.findall(token)
    return " ".join(_piece(piece, at, pieces) for at, piece in enumerate(pieces))


def _piece(piece: str, at: int, pieces: list[str]) -> str:
    if piece[0].isdigit():
        return piece
    before_digits = at + 1 < len(pieces) and pieces[at + 1][0].isdigit()
    if piece.isupper() and len(piece) > 1:
        if word := _word(piece):
            return word
        return _spelled(piece, before_digits)
    if len(piece) > 2 and piece.endswith("s") and piece[:-1].isupper():
        word = _word(piece[:-1])
        return f"{word}s" if word else letters(piece[:-1], plural=True)
    beside_digits = before_digits or (at > 0 and pieces[at - 1][0].isdigit())
    short = len(piece) == 1 or (len(piece) == 2 and beside_digits)
    if piece.islower() and (short or not _has_vowel(piece)):
        return _spelled(piece, before_digits)
    return piece


def _spelled(piece: str, before_digits: bool) -> str:
    """Return the letters of a piece; two before digits stand apart: "F P 16", not heard as FB16."""
    apart = before_digits and len(piece) == 2 and "a" not in piece.lower()
    return " ".join(piece.upper()) if apart else letters(piece)


def _word(piece: str) -> str:
    small = piece.lower()
    is_word = len(piece) > _MOST_UNSPELLED and _PRONOUNCED.fullmatch(piece)
    return small if is_word or small in _STRESSED | _SAID else ""


def _has_vowel(letters: str) -> bool:
    return any(letter in "aeiouyAEIOUY" for letter in letters)
