"""Syllables of English words, counted by rule from the spelling."""

from __future__ import annotations

import re
from functools import lru_cache

from agent.coverage.lists import word_list

_EXCEPTIONS = {
    word: count
    for count, words in {
        1: word_list(
            "the queue queues queued real hours hour our ours where were there lives sure "
            "while fire hired cache cached"
        ),
        2: word_list(
            "every business people being something sometimes someone somewhere different "
            "interest evening colonel maybe doing going create creates science really "
            "wednesday safety quiet diet client clients trial giant poem issue issues "
            "nineteen ninety player cafe caches data ui ux ml ai rl ok"
        ),
        3: word_list(
            "everyone everything area idea ideas interesting created creating recipe museum "
            "anyone realize realized w genuine areas somebody apache api cpu gpu gpus sql"
        ),
        4: word_list("reliable"),
        6: word_list("reliability"),
    }.items()
    for word in words
}
_VOWELS = re.compile(r"[aeiouy]+")
_SPLIT_PAIRS = re.compile(
    r"[aeiouy]ing|ia(?!n\b|l\b|ls\b|lly\b|ge|tion)|iu|io(?!n|us)|[^aeiouctgsx]ious|uou|eo(?!u|ple|n\b)"
    r"|[^q]ua(?!r|l\b|ge|i)|ue(?=l\b|t\b|n)|(?<=[bcdfghjklmnprstvw])ie(?=t|nc|r\b)|(?<![tc])[iy]e(?=nt)|(?<=t)h(?=ms?$)"
)
_SMALL = word_list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = word_list("twenty thirty forty fifty sixty seventy eighty ninety")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_MARKS = {"%": "percent", "$": "dollars", "+": "plus", "&": "and", "@": "at", "=": "equals"}
_SUFFIXES = {
    "k": "thousand", "m": "million", "b": "billion", "ms": "milliseconds", "s": "seconds",
    "x": "times", "gb": "gigabytes", "mb": "megabytes",
}  # fmt: skip


@lru_cache(maxsize=8192)
def count_syllables(word: str) -> int:
    """Return the syllables of a word as it would be spoken; 0 for punctuation alone.

    Numbers in digits are spelled ("50K" is "fifty thousand", 3 syllables … 4 for "2,019"),
    words of capitals without vowels by their letters ("TPS" 3). The rules count groups of
    vowels, drop silent endings, and split pairs that are two syllables ("i-o" in "audio");
    rule counters of this kind are wrong on about 4 % of words and 0.4 % in the sum.
    """
    return sum(_part(part) for part in _parts(word))


def _parts(word: str) -> list[str]:
    """Return the words of a token: numbers spelled, signs said, hyphens split."""
    parts: list[str] = []
    at = 0
    for match in _NUMBER.finditer(word):
        parts += re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[%$+&@=]", word[at : match.start()])
        parts += _spelled(match.group().replace(",", ""))
        at = match.end()
        suffix = re.match(r"[A-Za-z]+", word[at:])
        if suffix and suffix.group().lower() in _SUFFIXES:
            parts.append(_SUFFIXES[suffix.group().lower()])
            at += suffix.end()
    parts += re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[%$+&@=]", word[at:])
    return [_MARKS.get(part, part) for part in parts]


def _spelled(figure: str) -> list[str]:
    whole, _, decimals = figure.partition(".")
    words = _whole(int(whole)) if len(whole) <= 12 else [_SMALL[int(digit)] for digit in whole]
    if decimals:
        words += ["point", *(_SMALL[int(digit)] for digit in decimals)]
    return words


def _whole(value: int) -> list[str]:
    """Return the words of a whole number; years from 1100 to 1999 and 2010 to 2099 in pairs."""
    if 1100 <= value <= 1999 or 2010 <= value <= 2099:
        low = value % 100
        tail = ["hundred"] if not low else (["oh"] if low < 10 else []) + _whole(low)
        return _whole(value // 100) + tail
    for size, name in (
        (10**9, "billion"),
        (10**6, "million"),
        (1000, "thousand"),
        (100, "hundred"),
    ):
        if value >= size:
            rest = _whole(value % size) if value % size else []
            return [*_whole(value // size), name, *rest]
    if value < 20:
        return [_SMALL[value]]
    return [_TENS[value // 10 - 2], *([_SMALL[value % 10]] if value % 10 else [])]


def _part(part: str) -> int:
    word = part.lower().replace("’", "'")
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    if part.isupper() and len(part) > 1 and (len(part) <= 3 or not _VOWELS.search(word)):
        return sum(3 if letter == "w" else 1 for letter in word)
    if len(word) > 1 and not _VOWELS.search(word):
        return 1 if len(word) <= 3 else 2
    stem = re.sub(r"'(?:s|t|d|m|re|ve|ll)$", "", word)
    extra = int(word.endswith(("n't",)) and stem[-2:-1] in "dsr") if "'" in word else 0
    count = len(_VOWELS.findall(stem)) + len(_SPLIT_PAIRS.findall(stem))
    return max(1, count - _silent(stem) + extra)


def _silent(stem: str) -> int:
    """Return how many written vowel groups of the ending are not spoken."""
    if re.search(r"[^aeiouyl]le$|[^aeiouyl]les$", stem):
        return 0
    if re.search(r"[^aeiouytd]ed$", stem) and not re.search(r"[^aeiouyl]led$|[^aeiouyr]red$", stem):
        return 1
    if re.search(r"(?:[^aeiouyscgzxh]|[^cs]h|th)es$", stem):
        return 1
    silent = len(re.findall(r"[^aeiouyl]e(?=ly$|ment|ful|less|ness)", stem))
    silent += len(re.findall(r"^some(?=[bhwpt])|^every(?=[btwdo])", stem)) + stem.endswith("ically")
    silent -= stem.endswith(("ism", "isms"))
    return silent + int(bool(re.search(r"[^aeiouy]e$|ue$", stem)) and len(stem) > 2)
