"""Names in a text: words written as names, and where a name was said."""

import re
from functools import lru_cache

from agent.text.words import is_stopword

LEAST_LETTERS = 3
"""A name of fewer letters ("AI", "RL", "C") stands in too many texts to show anything."""
MOST_WORDS = 5
"""So many words of a text may spell one name: "t p s", "time scale d b"."""

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
