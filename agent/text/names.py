"""Names in a text: words written as names, and where a name was said."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.text.words import is_stopword

LEAST_LETTERS = 3
"""A name of fewer letters ("AI", "RL", "C") stands in too many texts to show anything."""
MOST_WORDS = 5
"""So many words of a text may spell one name: "t p s", "time scale d b"."""

MOST_HEARD_WORDS = 4
"""So many words may be heard for one."""
LEAST_SOUNDS = 3
"""A name of fewer sounds is like too many words."""
LOOSE_SOUNDS = 5
"""A name of so many sounds may differ by one."""
_SOUNDS = "PTKSNLR"
_SPELLINGS = tuple(
    pair.split(":")
    for pair in "ph:f tch:s sch:sk ch:s sh:s th:t ck:k ce:se ci:si cy:si wh:w gh: kn:n wr:r".split()
)
_GROUPS = str.maketrans(
    dict(zip("bpfvdtgkqcszjxmnlr", "PPPPTTKKKKSSSSNNLR", strict=True))
    | dict.fromkeys("aeiouy", ".")
    | dict.fromkeys("hw", "")
)
"""Robert Russell's groups (Soundex, 1918), the labials together."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_NAME = re.compile(r"(?<!\w)[A-Za-z]\w*(?:[.'’&]\w+)*(?:\+\+|#)?")
_SENTENCE_END = re.compile(r"(?:^|(?P<dotted>(?<=\.[A-Za-z])\.)|[.!?:])\s*[\"'“‘(]?$")
"""What is "dotted" ends no sentence before a name: the U.S. Army."""
_SKIPPED = frozenset("I I'm I've I'd I'll AND OR NOT OK".split())


def names_in(text: str) -> list[tuple[int, int]]:
    """Return where names stand, in order.

    These are words with a capital inside, or at their beginning where no sentence begins; words
    of one name ("Apple Silicon") lie in one span.
    """
    names: list[tuple[int, int]] = []
    for found in _NAME.finditer(text):
        start, end = found.start(), found.end() - 2 * found[0].endswith(("'s", "’s"))
        begun = _SENTENCE_END.search(text[max(0, start - 5) : start])
        starts = begun and not (begun["dotted"] and not is_stopword(found[0]))
        inner = any(mark.isupper() for mark in found[0][1:])
        if found[0] in _SKIPPED or not (inner or (found[0][0].isupper() and not starts)):
            continue
        if names and text[names[-1][1] : start] == " ":
            names[-1] = (names[-1][0], end)
        else:
            names.append((start, end))
    return names


def find_name(name: str, text: str) -> tuple[int, int] | None:
    """Return where a name was said, however it is spaced ("r socket"), or None."""
    spelling = _letters(name)
    return _runs(text).get(spelling) or _runs(text).get(f"{spelling}s")


@lru_cache(maxsize=256)
def _runs(text: str) -> dict[str, tuple[int, int]]:
    """Return every run of words by its letters, the first where it comes twice."""
    words = [m.span() for m in _WORD.finditer(text)]
    found: dict[str, tuple[int, int]] = {}
    for at, (start, _) in enumerate(words):
        for _, end in words[at : at + MOST_WORDS]:
            said = re.sub(r"['’]s\b", "", text[start:end])
            found.setdefault(_letters(said), (start, end))
    return found


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


@lru_cache(maxsize=512)
def sounding_like(names: tuple[str, ...], text: str) -> tuple[tuple[int, int, str], ...]:
    """Return where names may have been misheard: "four cliffs" for forklifts.

    A long name may differ by one sound; one that stands in the text was heard.
    """
    runs, found = _sounds(text), []
    for name in names:
        sound = _joined([_sound(name)])
        if len(sound) < LEAST_SOUNDS or _letters(name) in _runs(text):
            continue
        near = _one_off(sound) if len(sound) >= LOOSE_SOUNDS else ()
        span = next((runs[one] for one in (sound, *near) if one in runs), None)
        # Few sounds are like too many runs of words.
        if span and (len(sound) > LEAST_SOUNDS or " " not in text[slice(*span)]):
            found.append((*span, name))
    return tuple(sorted(found))


@lru_cache(maxsize=256)
def _sounds(text: str) -> dict[str, tuple[int, int]]:
    """Return every short run of words by its sounds, the shortest and first for each."""
    words = [(m.start(), m.end(), _sound(m[0])) for m in _WORD.finditer(text)]
    found: dict[str, tuple[int, int]] = {}
    for many in range(1, MOST_HEARD_WORDS + 1):
        for at in range(len(words) - many + 1):
            said = words[at : at + many]
            found.setdefault(_joined([sound for *_, sound in said]), (said[0][0], said[-1][1]))
    return found


@lru_cache(maxsize=8192)
def _sound(word: str) -> str:
    """Return a word in the groups of Soundex, "." for every vowel.

    A small letter before a capital is spoken by itself: rSocket begins like "are".
    """
    spelled = re.sub(r"^[flmnrsx](?=[A-Z])", r"e\g<0>", word)
    plain = re.sub(r"[^a-z]", "", spelled.lower())
    for written, heard in _SPELLINGS:
        plain = plain.replace(written, heard)
    return plain.translate(_GROUPS)


def _joined(sounds: list[str]) -> str:
    """Return the consonants of words in a row, "A" first where a vowel begins."""
    whole = re.sub(r"(.)\1+", r"\1", "".join(sounds))
    return ("A" if whole.startswith(".") else "") + whole.replace(".", "")


def _one_off(sound: str) -> list[str]:
    """Return the sounds with one more, one less, or another one."""
    parts = [(sound[:at], sound[at:]) for at in range(1, len(sound) + 1)]
    fewer = [before + after[1:] for before, after in parts if after]
    other = [before + one + after[1:] for before, after in parts if after for one in _SOUNDS]
    more = [before + one + after for before, after in parts for one in _SOUNDS]
    return [*other, *fewer, *more]
