"""English text as the words that a reader says: addresses, abbreviations, amounts, signs, letters.

One list of rules, applied in order. Each is linear in its input: every repeat is bounded, or
begins where no other repeat of its rule can reach.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from voice.amounts import MONTHS, RULES, Rule
from voice.lettering import lettered, letters

_DROPPED = {"Cc", "Cf", "Co", "Cs", "Cn", "So", "Sk"}
"""Unicode categories that are never said: controls (\\x01 starts an eSpeak command), emoji."""
_KEPT = frozenset("°^№℃℉")
"""Signs of these categories that have words."""
_FORMS = str.maketrans(
    {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
    | dict(zip("ﬀﬁﬂﬃﬄ", ("ff", "fi", "fl", "ffi", "ffl"), strict=True))
    | {"℃": "°C", "℉": "°F", "’": "'", "\u2010": "-", "\u2011": "-", "µ": "μ", "\u2044": "/"}
    | {"¼": " 1/4", "½": " 1/2", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3"}
    | {chr(0x2080 + digit): str(digit) for digit in range(10)}
)
"""Other forms of letters and signs: full width, the ligatures of PDF files, indices."""
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0123456789+-n")
_SHORT = {
    "approx": "approximately", "asst": "assistant", "avg": "average", "ca": "circa",
    "cf": "compare", "dept": "department", "dr": "doctor", "est": "estimated",
    "etc": "et cetera", "ext": "extension", "fig": "figure", "figs": "figures",
    "govt": "government", "hrs": "hours", "inc": "incorporated", "incl": "including",
    "jr": "junior", "ltd": "limited", "max": "maximum", "mgr": "manager", "min": "minimum",
    "mr": "mister", "mrs": "missus", "ms": "miz", "mt": "mount", "prof": "professor",
    "resp": "respectively", "sr": "senior", "viz": "namely", "vs": "versus", "yrs": "years",
    "sept": "September",
    **{month[:3].lower(): month for month in MONTHS if month != "May"},
}  # fmt: skip
"""What is written for short, with a full stop, and read in full."""
_SHORT_WORDS = "|".join(sorted(_SHORT, key=len, reverse=True))


_SIGNS_IN_ADDRESSES = (
    (".", "dot"), ("@", ", at"), ("/", "slash"), ("_", "underscore"), ("-", "dash"),
)  # fmt: skip


def plain(text: str) -> str:
    """Return the text composed (NFC) and on one line, without characters that are never said."""
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if letter.isspace() else letter for letter in composed)
    return "".join(c for c in spaced if c in _KEPT or unicodedata.category(c) not in _DROPPED)


def normalized(sentence: str) -> str:
    """Write one sentence as it is said: words, plain numbers, and letters with hyphens."""
    said = plain(sentence).translate(_FORMS)
    for pattern, words in _RULES:
        said = pattern.sub(words, said)
    return " ".join(lettered(said).split())


def _ended(found: re.Match[str], words: str) -> str:
    """Return the words, with the full stop of the sentence that the abbreviation ended."""
    rest = found.string[found.end() : found.end() + 3].strip("\"') ")
    return words if rest else f"{words}."


def _in_full(found: re.Match[str]) -> str:
    return _ended(found, _SHORT[found[1].lower()])


def _street(found: re.Match[str]) -> str:
    return _ended(found, "street" if found[1] == "St" else "drive")


def _initials(found: re.Match[str]) -> str:
    return _ended(found, letters(found[0].replace(".", "")))


def _half_day(found: re.Match[str]) -> str:
    said = f"{found[1]} {found[2].upper()}-M"
    return _ended(found, said) if found[0].endswith(".") else said


def _address(found: re.Match[str]) -> str:
    """Say the signs of an e-mail or web address, of a file or a path."""
    said = found[0]
    for sign, word in _SIGNS_IN_ADDRESSES:
        said = said.replace(sign, f" {word} ")
    return re.sub(r"[+:?=&#%]", " ", said)


def _power_sign(found: re.Match[str]) -> str:
    return f"^{found[0].translate(_RAISED)}"


def _order(at_number: str, otherwise: str) -> Callable[[re.Match[str]], str]:
    """Return words for a sign of order: one way before a number, the other in a formula."""

    def words(found: re.Match[str]) -> str:
        return f" {at_number if found[1] else otherwise} "

    return words


_ROMAN = {"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}


def _roman(found: re.Match[str]) -> str:
    return f"{found[1]} {_ROMAN[found[2]]}"


_NUMBER_NEXT = r"\s?(?=([$£€]?-?\d)?)"
_ADDRESSES: tuple[Rule, ...] = (
    (r"\[\[|\]\]", " "),  # Piper's and eSpeak's brackets around raw phonemes
    (r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", _address),
    (r"https?://(?:www\.)?", ""),
    (r"(?<![\w./@-])[A-Za-z][\w-]{0,62}(?:\.[a-z][\w-]{0,62}){1,5}(?:/[\w-]{1,63}){1,9}", _address),
    (r"(?<![\w/.<])(?:/[A-Za-z_][\w.-]{0,40}){2,9}(?![\w/])", _address),
    (r"(?<![\w/.<])/(?=[a-z]{2,40}\b(?!/))", " slash "),
)
_ABBREVIATIONS: tuple[Rule, ...] = (
    (r"(?<![\w.])e\.\s?g\.(?!\w),?", "for example,"),
    (r"(?<![\w.])i\.\s?e\.(?!\w),?", "that is,"),
    (r"(?<![\w.])(\d{1,2}(?:[:.]\d\d)?)\s?([AaPp])\.?[Mm]\b\.?", _half_day),
    (r"(?<![\w.])(?:[A-Za-z]\.){2,6}(?!\w)", _initials),
    (r"(?<!\w)St\.(?=\s[A-Z])", "saint"),
    (r"(?<=\w )(St|Dr)\.(?!\s?[A-Z])", _street),
    (r"(?<![\w.])[Nn]os?\.\s?(?=\d)", "number "),
    (r"№\s?|(?<![\w#])#\s?(?=\d)", "number "),
    (rf"(?i:(?<![\w.-])(?<!\d )({_SHORT_WORDS})\.(?!\w))", _in_full),
    (r"\b[vV]s\b", "versus"),
    (r"(?<![\w.])([A-Z])\.(?=\s[A-Z])", r"\1"),
    (r"\b[wW]/o\b", "without"),
    (r"\b[wW]/(?=\s|\w{2})", "with "),
    (r"\b[nN]/[aA]\b", "not applicable"),
    (r"\b([A-Z]\w{0,40})\.js\b", r"\1 J-S"),
    (r"(?<![\w.])[A-Za-z][\w-]{0,40}(?:\.(?:[a-z][\w-]{0,30}|NET\b)){1,5}(?!\w)", _address),
    (r"(?<!\w)\.NET\b", "dot net"),
    (r"(?<![\w.])\.(?=[A-Za-z])", " dot "),
    (r"(?<![\w.])\.(?=\d)", "0."),
    (r"(?<=[A-Za-z])\.(?=[A-Z][a-z])", ". "),
)
_INNER = r"([^()]{1,60}(?:\([^()]{0,30}\)[^()]{0,30}){0,3})"
_SIGNS_OF_CODE: tuple[Rule, ...] = (
    (rf"(?<!\w)([OΘΩ])\({_INNER}\)", r"big \1 of \2"),
    (r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]{1,9}", _power_sign),
    (r"(?<=\w)\*\*(?=[\d-])", "^"),
    (r"(?<=\w)\(\)", ""),
    (rf"(?<![\w.])([a-zA-Z]|log\d{{0,2}}|ln|sin|cos|exp|max|min|sqrt)\({_INNER}\)", r"\1 of \2"),
    (r"\blog(\d{1,2})\b", r"log base \1"),
    (r"\b([A-G])#(?!\w)", r"\1 sharp"),
    (r"(?<=\w)\+\+", " plus plus"),
)
_SIGNS: tuple[Rule, ...] = (
    # A variable is no article, "n-1" no name.
    (r"\b[aA](?=\s?(?:[=!<>]=|[=<>≤≥≠×])|\s\+\s)", "eigh"),
    (r"\b([A-D])\+(?!\w)", r"\1 plus"),
    (r"(?<![\w-])([a-z])-(?=\d)|(?<!\w)([a-zA-Z])\s-\s(?=[a-zA-Z\d]\b)", r"\1\2 minus "),
    (r"[~≈]\s?(?=[$£€]?\d)", "about "),
    (r"≈", " is about "),
    (r"\+/-|\+-|±", " plus or minus "),
    (r"\s*(?:<->|<=>|↔|⇔)\s*", " to and from "),
    (r"\s?(?:->|→|⇒|=>)\s?", " to "),
    (r"(?:<=|≤|⩽)" + _NUMBER_NEXT, _order("at most", "is at most")),
    (r"(?:>=|≥|⩾)" + _NUMBER_NEXT, _order("at least", "is at least")),
    (r"</?[a-z]{1,10}>", " "),
    (r"(?<![<-])<(?![<-])" + _NUMBER_NEXT, _order("less than", "is less than")),
    (r"(?<![>-])>(?!>)(?<!^.)" + _NUMBER_NEXT, _order("more than", "is greater than")),
    (r"!==?|≠", " is not equal to "),
    (r"(?<=[\w)])\s?={1,3}\s?(?=[\w(-])", " equals "),
    (r"(?<=\d)\+(?!\w)", " plus"),
    (r"(?<=[\w)])\s\+\s(?=[\w(])", " plus "),
    (r"(?<=[\w)])\s[−]\s(?=[\w(])|−", " minus "),
    (r"(?<=\d)\s?[*×·⋅]\s?(?=\d)|×", " times "),
    (r"÷", " divided by "),
    (r"√", " square root of "),
    (r"∞", " infinity "),
    (r"\b([A-Z]{1,3})&(?=[A-Z]\b)", lambda found: f"{letters(found[1])} and "),
    (r"&", " and "),
    (r"@", " at "),
    (r"§\s?", " section "),
    # Slashes between words are not said, beside digits they are.
    (r"(?<=\d)/(?=[A-Za-z])|(?<=[A-Za-z])/(?=[A-Za-z]{1,6}\d)", " slash "),
    (r"\b([A-Z])/(?=[A-Z]\b)", r"\1-"),
    (r"(?<=\w)/(?=\w)", " "),
    (r"\b([A-Z][a-z]{2,15}) (II|III|IV|VI|VII|VIII|IX)\b", _roman),
    # What is left is not said.
    (r"(?<=\w)\s?[—–]\s?(?=\w)|(?<=\w)\s-{1,3}\s(?=\w)", ", "),
    (r"(?<=\w)-(?=\d)", " "),
    (r"(?<=\w)_(?=\w)", " "),
    (r"[*`|\\^{}~<>=_#•·/\[\]+$£€¥₹]|(?<!\w)-|-(?!\w)|[–—]", " "),
    (r"\s{1,9}(?=[,;:.?!])", ""),
)
_RULES = tuple(
    (re.compile(pattern), words)
    for rules in (_ADDRESSES, _ABBREVIATIONS, _SIGNS_OF_CODE, RULES, _SIGNS)
    for pattern, words in rules
)
