"""Which letters are spelled one by one: acronyms, names in camel case, letters with digits.

Whether capitals are a word ("NASA") or letters ("GDPR") is told by their shape: a word can be
pronounced in English, and has more than three letters. Exceptions are few and listed.
"""

from __future__ import annotations

import re

_MOST_UNSPELLED = 3
"""Up to so many capitals are letters ("API", "ICU"), unless they are listed as words."""
_FUNCTION_WORDS = frozenset(
    "a an all am and any are as at be big but by can could did do does for from get go had has have"
    " he her him his how i if in is its let me may more my new no nor not now of off old on one or"
    " our out own per she so than that the their then this to too two up via was we what when where"
    " which who why will with yes yet you your".split()
)
"""Words that people write in capitals for stress. "IT" and "US" are more often letters."""
_SAID = frozenset(
    "arm cad crispr dag dom gan gif git jax json lan mac max min nan nat pin rag ram rom saml sim"
    " sum var vim wan wasm wip yaml zip".split()
)
"""Acronyms that are said as words though they are short, or have no shape of a word."""
_NAMES = {
    "a11y": "accessibility",
    "i18n": "internationalization",
    "iaas": "eye ass",
    "ieee": "I triple E",
    "iot": "I-O-T",
    "ipsec": "I-P seck",
    "k8s": "Kubernetes",
    "kubectl": "kube control",
    "l10n": "localization",
    "latex": "lay tech",
    "lora": "lora",
    "nginx": "engine X",
    "numpy": "num pie",
    "oauth": "Oh-Auth",
    "paas": "pass",
    "ph": "P-H",
    "phd": "P-H-D",
    "postgresql": "Post Gres",
    "postgres": "Post Gres",
    "pypi": "pie P-I",
    "pytorch": "pie torch",
    "relu": "ray loo",
    "saas": "sass",
    "scipy": "sigh pie",
    "verl": "verl",
}
"""Names that no rule reads, as their own projects say them."""
_ONLY_IN_CAPITALS = frozenset(("ph", "iot", "latex", "lora"))
"""Of these, words in small letters ("latex gloves") or none."""
_TOKEN = re.compile(r"([^\W_]+)((?:['’][^\W_]+)*)")
_PIECES = re.compile(
    r"[A-Z]+(?=[A-Z][a-z]{2})|[A-Z]{2,}s?(?![a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+s(?![A-Za-z])|\d+"
)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|s)")
_HUMMED = frozenset("brr hmm mm mmm nth pfft psst shh st th tsk vs".split())
"""Small letters without a vowel that are said as they stand."""
_ONSETS = (
    "|[BCFGKPST]?[LR]|[BCDFGHJKLMNPQRSTVWYZ]|CH|CHR|GN|KN|PH|PHR|PS|QU|RH|SC|SCH|SCR|SH|SHR|SK|SKR"
    "|SL|SM|SN|SP|SPL|SPR|SQ|ST|STR|SW|TH|THR|TW|DR|DW|WH|WR|X"
)
_CODAS = (
    "|[BCDFGHKLMNPRSTVWXZ]|BB|CH|CK|CT|DD|FF|FT|GG|GH|LB|LD|LF|LK|LL|LM|LP|LS|LT|MP|MS|MM|NC|NCH"
    "|ND|NE|NG|NK|NN|NS|NT|NX|PH|PP|PS|PT|RB|RC|RD|RF|RG|RK|RL|RM|RN|RP|RS|RT|RV|SH|SK|SM|SP|SS|ST"
    "|TH|TS|TT|ZZ"
)
_PRONOUNCED = re.compile(
    rf"(?!AA|II|UU|UE)(?:{_ONSETS})[AEIOUY]+(?:[B-DF-HJ-NP-TV-XZ]{{1,2}}[AEIOUY]+|[LMNRS](?:{_ONSETS})"
    rf"[AEIOUY]+)*(?:{_CODAS})"
)
"""Beginning, vowels with one or two consonants between them, end, as English words have them."""
_SHOUTED = 0.6
"""The share of a sentence's words in capitals from which capitals mean nothing."""
_LONGEST = 24
"""Capitals. No acronym is longer; a longer run is a shouted word."""


def letters(word: str, plural: bool = False) -> str:
    """Write a word so that its letters are said one by one: "K-P-I", "S-L.A", "S-L-A's".

    A hyphen keeps Piper's letters apart: Whisper base heard "KKI" where "KPI" or "K.P.I" was said
    (tests/bench/spoken.py). After a hyphen eSpeak NG reads "A" as the article, after a point not.
    """
    said = "-".join(word.upper()).replace("-A", ".A")
    if not plural:
        return said
    return (f"{said[:-2]}-A" if said.endswith(".A") else said) + "'s"


def lettered(sentence: str) -> str:
    """Write acronyms as letters ("G-D-P-R") and part names in camel case ("Fast A-P-I")."""
    shouted = _is_shouted(sentence)
    return _TOKEN.sub(lambda found: _token(found[1], shouted) + found[2], sentence)


def _is_shouted(sentence: str) -> bool:
    """Tell whether most words are in capitals, so that capitals mean nothing."""
    words = [word for word in sentence.split() if sum(map(str.isalpha, word)) > 1]
    capitals = [word for word in words if word.isupper()]
    stressed = any(word.strip(".,:;?!").lower() in _FUNCTION_WORDS for word in capitals)
    return stressed and len(words) >= 4 and len(capitals) > _SHOUTED * len(words)


def _token(token: str, shouted: bool) -> str:
    """Write one run of letters and digits."""
    if not token.isascii() or token.isdigit() or _ORDINAL.fullmatch(token):
        return token
    known = _NAMES.get(token.lower())
    if known and not (token.islower() and token in _ONLY_IN_CAPITALS):
        return known
    if token.isalpha() and (token.islower() or token.istitle()) and _has_vowel(token):
        return token
    pieces = _PIECES.findall(token)
    said = [_piece(piece, at, pieces, shouted) for at, piece in enumerate(pieces)]
    return " ".join(said)


def _piece(piece: str, at: int, pieces: list[str], shouted: bool) -> str:
    """Write one part of a token: digits, a word, or letters."""
    if piece[0].isdigit():
        return piece
    if len(piece) > 2 and piece.endswith("s") and piece[:-1].isupper():
        word = _word(piece[:-1], shouted)
        return f"{word}s" if word else letters(piece[:-1], plural=True)
    if piece.isupper() and len(piece) > 1:
        return _word(piece, shouted) or _spelled(piece, pieces[at + 1 : at + 2])
    beside_digits = any(other[0].isdigit() for other in pieces[max(0, at - 1) : at + 2])
    short = len(piece) <= 2 and piece.islower() and (beside_digits or len(piece) == 1)
    if short or (piece.islower() and not _has_vowel(piece) and piece not in _HUMMED):
        return _spelled(piece, pieces[at + 1 : at + 2]) if len(piece) <= _LONGEST else piece
    return piece


def _spelled(piece: str, following: list[str]) -> str:
    """Return the letters of a piece; two before digits stand apart: "F P 16", not heard as FB16."""
    before_digits = bool(following) and following[0][0].isdigit()
    if before_digits and len(piece) == 2 and "a" not in piece.lower():
        return " ".join(piece.upper())
    return letters(piece)


def _word(piece: str, shouted: bool) -> str:
    """Return capitals as the word that they are said as; "" for those that are spelled."""
    small = piece.lower()
    if len(piece) == 4 and small.endswith("ram"):  # DRAM, VRAM
        return f"{piece[0]} ram"
    if small in _FUNCTION_WORDS | _SAID or len(piece) > _LONGEST or (shouted and _has_vowel(piece)):
        return small
    is_word = len(piece) > _MOST_UNSPELLED and _PRONOUNCED.fullmatch(piece)
    return small if is_word else ""


def _has_vowel(letters: str) -> bool:
    return any(letter in "aeiouyAEIOUY" for letter in letters)
