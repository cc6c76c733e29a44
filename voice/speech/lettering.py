"""Which letters are spelled one by one: acronyms, names in camel case, letters with digits.

Whether capitals are a word ("NASA") or letters ("GDPR") is told by their shape: a word can be
pronounced in English, and has more than three letters. Exceptions are few and listed.
"""

from __future__ import annotations

import re

_MOST_UNSPELLED = 3
"""Up to so many capitals are letters ("API", "ICU"), unless they are listed as words."""
_STRESSED = frozenset("all and any but for how not only or the was what who why yes you".split())
"""Words that people write in capitals for stress."""
_SAID = frozenset("arm git jax json lan mac max min net pin ram rom sim var zip".split())
"""Acronyms that are said as words though they are short."""
_NAMES = {
    "ieee": "I triple E",
    "iot": "I-O-T",
    "ipsec": "I-P seck",
    "k8s": "Kubernetes",
    "kubectl": "kube control",
    "nginx": "engine X",
    "numpy": "num pie",
    "oauth": "Oh-Auth",
    "phd": "P-H-D",
    "postgres": "Post Gres",
    "postgresql": "Post Gres",
    "pytorch": "pie torch",
    "relu": "ray loo",
    "saas": "sass",
}
"""Names that no rule reads, as their own projects say them."""
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
_SHOUTED = 0.6
"""The share of a sentence's words in capitals from which capitals mean nothing."""
_FEWEST_SHOUTED = 8
"""Capitals, a vowel among them. No acronym is so long: it is a word in capitals."""


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
    words = [word for word in sentence.split() if sum(map(str.isalpha, word)) > 1]
    capitals = [word for word in words if word.isupper()]
    stressed = any(word.strip(".,:;?!").lower() in _STRESSED for word in capitals)
    shouted = stressed and len(words) >= 4 and len(capitals) > _SHOUTED * len(words)
    return _TOKEN.sub(lambda found: _token(found[1], shouted) + found[2], sentence)


def _token(token: str, shouted: bool) -> str:
    """Write one run of letters and digits."""
    if not token.isascii() or token.isdigit() or _ORDINAL.fullmatch(token):
        return token
    if token.lower() in _NAMES:
        return _NAMES[token.lower()]
    if token.isalpha() and (token.islower() or token.istitle()) and _has_vowel(token):
        return token
    pieces = _PIECES.findall(token)
    return " ".join(_piece(piece, at, pieces, shouted) for at, piece in enumerate(pieces))


def _piece(piece: str, at: int, pieces: list[str], shouted: bool) -> str:
    """Write one part of a token: digits, a word, or letters."""
    if piece[0].isdigit():
        return piece
    before_digits = at + 1 < len(pieces) and pieces[at + 1][0].isdigit()
    if piece.isupper() and len(piece) > 1:
        if word := _word(piece, shouted):
            return word
        return _spelled(piece, before_digits)
    if len(piece) > 2 and piece.endswith("s") and piece[:-1].isupper():
        word = _word(piece[:-1], shouted)
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


def _word(piece: str, shouted: bool) -> str:
    """Return capitals as the word that they are said as; "" for those that are spelled."""
    small = piece.lower()
    if small in _STRESSED | _SAID or (shouted and _has_vowel(piece)):
        return small
    is_word = _PRONOUNCED.fullmatch(piece) or (len(piece) >= _FEWEST_SHOUTED and _has_vowel(piece))
    return small if len(piece) > _MOST_UNSPELLED and is_word else ""


def _has_vowel(letters: str) -> bool:
    return any(letter in "aeiouyAEIOUY" for letter in letters)
