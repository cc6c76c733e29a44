"""How a written term may be said, in the 39 ARPAbet phones of CMUdict."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable

from voice import espeak

MOST_PRONUNCIATIONS = 4
"""Ways to say one term that are worth a recognizer's time."""
_LONGEST_TERM = 60
"""Characters; longer than this it is a sentence, not a term."""

# eSpeak NG's IPA for American English (phsource/ph_english_us), longest first when read; the
# right side is the phone set of CMUdict 0.7b without stress. T for the flap, as CMUdict does.
_IPA = {
    "aɪ": "AY",
    "aʊ": "AW",
    "eɪ": "EY",
    "oʊ": "OW",
    "ɔɪ": "OY",
    "əʊ": "OW",
    "dʒ": "JH",
    "tʃ": "CH",
    "ɑː": "AA",
    "ɔː": "AO",
    "oː": "AO",
    "iː": "IY",
    "uː": "UW",
    "ɜː": "ER",
    "ɚ": "ER",
    "ɝ": "ER",
    "æ": "AE",
    "ʌ": "AH",
    "ə": "AH",
    "ɐ": "AH",
    "ɛ": "EH",
    "ɪ": "IH",
    "ᵻ": "IH",
    "i": "IY",
    "ʊ": "UH",
    "u": "UW",
    "ɒ": "AA",
    "ɑ": "AA",
    "a": "AA",
    "ɔ": "AO",
    "o": "OW",
    "e": "EY",
    "ɾ": "T",
    "ʔ": "T",
    "ŋ": "NG",
    "θ": "TH",
    "ð": "DH",
    "ʃ": "SH",
    "ʒ": "ZH",
    "ɹ": "R",
    "r": "R",
    "j": "Y",
    "w": "W",
    "h": "HH",
    "ɡ": "G",
    "g": "G",
    "x": "K",
    "ç": "HH",
    "ɬ": "L",
    "ɫ": "L",
    "n̩": "AH N",
    "l̩": "AH L",
    "p": "P",
    "b": "B",
    "t": "T",
    "d": "D",
    "k": "K",
    "f": "F",
    "v": "V",
    "s": "S",
    "z": "Z",
    "m": "M",
    "n": "N",
    "l": "L",
    "y": "Y UW",
    "ø": "ER",
    "œ": "ER",
}
PHONES = frozenset(phone for said in _IPA.values() for phone in said.split())
"""The 39 phones of CMUdict."""
_SOUND = re.compile("|".join(sorted(map(re.escape, _IPA), key=len, reverse=True)))
_NAMES = (
    "EY|B IY|S IY|D IY|IY|EH F|JH IY|EY CH|AY|JH EY|K EY|EH L|EH M|EH N|OW|P IY|K Y UW|AA R|EH S"
    "|T IY|Y UW|V IY|D AH B AH L Y UW|EH K S|W AY|Z IY"
)
_LETTERS = dict(
    zip(string.ascii_lowercase, (name.split() for name in _NAMES.split("|")), strict=True)
)
"""The names of the letters, as CMUdict 0.7b has them."""
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_SAYABLE = re.compile(r"[^aeiou][aeiouy][^aeiou]")
_LAST_LATIN = "\u024f"
"""Other scripts are left out: eSpeak NG's English voice only says "Chinese letter"."""
_ALWAYS_READ = 6
"""Letters: capitals as long as this with a vowel between consonants are a word ("REINFORCE")."""


def split_term(term: str) -> list[str]:
    """Return the parts of a term as one would say them: "rSocket" gives r, Socket."""
    return [
        part
        for token in _TOKEN.findall(term)
        if max(token) <= _LAST_LATIN
        for part in _camel_parts(token)
    ]


def pronunciations(term: str) -> tuple[tuple[str, ...], ...]:
    """Return up to MOST_PRONUNCIATIONS ways to say a term, likeliest first, as ARPAbet phones.

    An acronym (capitals, or a part without a vowel) is spelled out, and also read as a word
    where that can be said ("DAPO"); a camel-case name is read part by part, and as one word.
    What cannot be said gives no pronunciation.

    Raises:
        ModelError: eSpeak NG cannot be loaded.
    """
    parts = split_term(unicodedata.normalize("NFC", term[:_LONGEST_TERM]))
    ways = [_said(parts, spell=_is_acronym)]
    if any(_is_acronym(part) and _is_sayable(part) for part in parts):
        ways.append(_said(parts, spell=lambda part: not _is_sayable(part)))
    whole = "".join(parts).lower()
    if len(parts) > 1 and whole.isalpha() and _SAYABLE.search(whole):
        ways.append(arpabet(whole))
    return tuple(dict.fromkeys(way for way in ways if way))[:MOST_PRONUNCIATIONS]


def arpabet(text: str) -> tuple[str, ...]:
    """Return the phones of a text as eSpeak NG's en-us voice would say it.

    Raises:
        ModelError: eSpeak NG cannot be loaded.
    """
    ipa = unicodedata.normalize("NFC", espeak.phonemes(text))
    ipa = re.sub(r"\([^)]*\)|[ˈˌ\s]", "", ipa)  # (en) marks a switch of language
    return tuple(phone for sound in _SOUND.findall(ipa) for phone in _IPA[sound].split())


def _camel_parts(token: str) -> list[str]:
    """Cut before a capital that follows a small letter or begins a word ("XML|Parser")."""
    starts = [0]
    for i in range(1, len(token)):
        before, here, after = token[i - 1], token[i], token[i + 1 :]
        begins_word = before.isupper() and after[:1].islower() and after != "s"
        if here.isupper() and (before.islower() or begins_word):
            starts.append(i)
    return [token[a:b] for a, b in zip(starts, [*starts[1:], len(token)], strict=True)]


def _said(parts: list[str], spell: Callable[[str], object]) -> tuple[str, ...]:
    return tuple(
        phone
        for part in parts
        for phone in (_spelled(part) if spell(part) else arpabet(part.lower()))
    )


def _is_acronym(part: str) -> bool:
    bare = _singular(part).replace(".", "")
    if not (bare.isascii() and bare.isalpha()):
        return False
    if bare.isupper():
        return len(bare) < _ALWAYS_READ or not _is_sayable(bare)
    return len(bare) == 1 or not re.search(r"[aeiouy]", bare.lower())


def _is_sayable(part: str) -> bool:
    return bool(_SAYABLE.search(_singular(part).lower()))


def _singular(part: str) -> str:
    """Return "GPU" for "GPUs"; other words as they are."""
    return part[:-1] if part[-1:] == "s" and part[:-1].isupper() else part


def _spelled(part: str) -> list[str]:
    letters = _singular(part)
    phones = [p for letter in letters.lower() for p in _LETTERS.get(letter, [])]
    if letters == part:
        return phones
    return [*phones, "Z"] if phones[-1] != "S" else [*phones, "IH", "Z"]
