"""How specific an answer is: its numbers, names and terms; and whose actions it tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.analysis import SpokenWord
from agent.coverage.lists import word_set
from agent.coverage.numbers import find_numbers

MOST_CAPITALS = 0.7
"""A text with a larger share of capitalized words is a heading or shouts: capitals name nothing."""

_OWN = word_set("i i'm i've i'd i'll")
_TEAM = word_set("we we're we've we'd we'll")
_WORD = re.compile(r"[^\W_]+(?:['’.+#-][^\W_]+)*[+#]*")
_NO_NAME = word_set("i i'm i've i'd i'll ok okay mr mrs ms dr")


def own_share(words: Sequence[SpokenWord]) -> float | None:
    """Return the share of "I" among "I" and "we", contractions included, from 0 to 1.

    None where neither was said. "I mean" and "I think" are marked as fillers and hedges: they tell
    of no action and do not count.
    """
    said = [
        word.text.lower().replace("’", "'").strip('.,;:!?"()…') for word in words if not word.mark
    ]
    own = sum(word in _OWN for word in said)
    team = sum(word in _TEAM for word in said)
    return round(own / (own + team), 3) if own + team else None


def specifics_of(text: str) -> int:
    """Return how many numbers, names and terms a text has, each name and term counted once.

    Names are capitalized within a sentence, neighbors being one name ("New York"); terms have a
    capital or a digit inside ("rSocket", "TP99"). A text without capitals, as some recognizers
    give it, shows only its numbers.
    """
    numbers = find_numbers(text)
    counted = {place for hit in numbers for place in range(hit.start, hit.end)}
    return len(numbers) + len(_names(text, counted))


def _names(text: str, counted: set[int]) -> set[str]:
    words = [match for match in _WORD.finditer(text) if match.start() not in counted]
    capitals = sum(match.group()[0].isupper() for match in words)
    if capitals > MOST_CAPITALS * len(words):
        return set()
    names: set[str] = set()
    run: list[str] = []
    end = 0
    for match in words:
        between = text[end : match.start()]
        is_name = _is_name(match.group(), end == 0 or any(mark in between for mark in ".?!:"))
        if run and not (is_name and between == " "):
            names.add(" ".join(run))
            run = []
        if is_name:
            run.append(match.group().lower())
        end = match.end()
    return names | ({" ".join(run)} if run else set())


def _is_name(word: str, begins: bool) -> bool:
    if word.lower().replace("’", "'") in _NO_NAME:
        return False
    inside = any(letter.isupper() or letter.isdigit() for letter in word[1:])
    return inside or (word[0].isupper() and not begins)
