"""Names found by their sound: "arse socket" is rSocket, "auto eval" AutoEval, "g r p o" GRPO.

A recognizer without the name in its dictionary writes words that sound alike. The key drops
vowels and merges consonants that are confused (voiced with voiceless, m with n), in the manner
of Soundex and Metaphone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from agent.coverage.words import STOPWORDS, all_words

LONGEST_WINDOW = 6
"""Most words that one name is searched in: "time scale d b" has four."""
LONGEST_SOUND = 4
"""The same by sound."""
MIN_SOUND = 3
"""Names of fewer consonants are compared by spelling only."""
COMMON_MATCH = 0.4
"""What a match by sound is worth whose words are all everyday words: "into it" for Intuit."""
SHORT_MATCH = 0.6
"""Share of that worth for keys of MIN_SOUND consonants, which everyday words hit by chance."""
SOUND_MATCH = 0.8
"""What any other match by sound is worth."""

_RULES = (
    (r"^kn|^gn", "n"), (r"^wr", "r"), (r"^ps", "s"), (r"tch", "X"), (r"sch", "SK"), (r"ph", "F"),
    (r"(?<=[aeiou])gh", ""), (r"gh", "K"), (r"ck", "K"), (r"[sc]h|sh", "X"), (r"th", "T"),
    (r"dg(?=e)|j", "X"), (r"[ct]i(?=on|ou|al)", "X"), (r"qu?", "K"), (r"x", "KS"),
    (r"c(?=[eiy])", "S"), (r"c", "K"), (r"g(?=[eiy])", "X"), (r"[gk]", "K"), (r"[bp]", "P"),
    (r"[dt]", "T"), (r"[vf]", "F"), (r"[zs]", "S"), (r"[mn]", "N"), (r"l", "L"), (r"r", "R"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), key) for pattern, key in _RULES)
_POSSESSIVE = re.compile(r"['’]s?$")
_LETTERS = {
    "a": "ay", "e": "ee", "f": "eff", "h": "aitch", "i": "eye", "l": "el", "m": "em", "n": "en",
    "o": "oh", "q": "cue", "r": "ar", "s": "es", "u": "you", "w": "double you", "x": "ex",
    "y": "why", "z": "zee",
}  # fmt: skip


@lru_cache(maxsize=16384)
def sound_of(word: str) -> str:
    """Return the key of a word: its consonants as heard, "A" for a vowel at its start."""
    said = re.sub(r"[^a-z]", "", word.lower())
    first = "A" if said[:1] in tuple("aeiou") else said[:1].upper() if said[:1] in "hwy" else ""
    for pattern, key in _COMPILED:
        said = pattern.sub(key, said)
    return first + re.sub(r"(.)\1+", r"\1", re.sub(r"[^A-Z]", "", said))


def _append(key: str, more: str) -> str:
    """Return the key of words said in one go: no vowel starts inside, no consonant twice."""
    more = more.lstrip("A") if key else more
    return key + (more[1:] if key[-1:] == more[:1] else more)


def _joined(keys: list[str]) -> str:
    whole = ""
    for key in keys:
        whole = _append(whole, key)
    return whole


def spelling_of(name: str) -> str:
    """Return letters and digits of a name in lower case."""
    return re.sub(r"[\W_]+", "", name.lower())


@dataclass(frozen=True)
class SoundMatch:
    """Where a name was found."""

    start: int
    """Offset of the first character."""
    end: int
    """Offset after the last character."""
    worth: float
    """1 for the spelling, less for the sound."""


@dataclass(frozen=True)
class Sound:
    """A name prepared for the search."""

    spelling: str
    """Letters and digits, lower case."""
    keys: frozenset[str]
    """How it may sound, empty for names too short to tell."""


@lru_cache(maxsize=2048)
def sound_keys(name: str) -> Sound:
    """Return a name's spelling and its keys: as one word, and by its parts with letters spelled."""
    parts = re.findall(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Z]", name)
    spoken: list[str] = []
    for part in parts:
        letters = (part.isupper() and len(part) <= 4) or len(part) == 1
        spoken += [_LETTERS.get(c, c) for c in part.lower()] if letters else [part]
    keys = {_joined([sound_of(word) for word in spoken])} if spoken else set()
    keys.add(sound_of(spelling_of(name)))
    return Sound(spelling_of(name), frozenset(key for key in keys if len(key) >= MIN_SOUND))


def _is_everyday(word: str) -> bool:
    return word in STOPWORDS or len(word) <= 2


@lru_cache(maxsize=256)
def _windows(text: str) -> tuple[dict[str, tuple[int, int]], dict[str, tuple[int, int, float]]]:
    """Return every run of words by its joined spelling and by its sound."""
    words = [
        (word, sound_of(word) if not word[0].isdigit() else "", _is_everyday(word), start, end)
        for spoken, start, end in all_words(text)
        for word in [_POSSESSIVE.sub("", spoken)]
    ]
    by_spelling: dict[str, tuple[int, int]] = {}
    by_sound: dict[str, tuple[int, int, float]] = {}
    for at, (_, _, _, start, _) in enumerate(words):
        spelling, key, common = "", "", True
        for count, (word, sound, everyday, _, end) in enumerate(words[at : at + LONGEST_WINDOW]):
            spelling += word
            by_spelling.setdefault(spelling, (start, end))
            if count >= LONGEST_SOUND or not sound:
                continue
            key, common = _append(key, sound), common and everyday
            worth = COMMON_MATCH if common else SOUND_MATCH
            if key not in by_sound or by_sound[key][2] < worth:
                by_sound[key] = (start, end, worth)
    return by_spelling, by_sound


def find_name(name: str, text: str) -> SoundMatch | None:
    """Return the best place where a name was said, by spelling, plural, or sound, or None."""
    by_spelling, by_sound = _windows(text)
    sound = sound_keys(name)
    for spelling in (sound.spelling, sound.spelling + "s"):
        if spelling in by_spelling:
            start, end = by_spelling[spelling]
            return SoundMatch(start, end, _worth(name, text[start:end], text))
    found = [
        (start, end, worth if len(key) > MIN_SOUND else worth * SHORT_MATCH)
        for key in sound.keys
        for start, end, worth in [by_sound.get(key, (0, 0, 0.0))]
        if worth
    ]
    if not found:
        near = frozenset(v for key in sound.keys if len(key) >= 5 for v in _one_less(key))
        found = [(s, e, w * 0.8) for s, e, w in (by_sound[k] for k in near if k in by_sound)]
    return SoundMatch(*max(found, key=lambda place: place[2])) if found else None


def _worth(name: str, said: str, text: str) -> float:
    """Return less for a name that is a word too, said small in a text with capitals: "brain"."""
    plain = name.istitle() or (name.isupper() and len(re.findall("[AEIOU]", name)) >= 2)
    small = said.islower() and any(c.isupper() for c in text[1:].replace("I", ""))
    return COMMON_MATCH if plain and small else 1.0


@lru_cache(maxsize=2048)
def _one_less(key: str) -> frozenset[str]:
    """Return the key with one consonant left out, never the first."""
    return frozenset(key[:at] + key[at + 1 :] for at in range(1, len(key)))
