"""Whether a follow-up takes up what the person said: a quote, a number, or a telling word."""

from __future__ import annotations

from agent.coverage.numbers import find_numbers
from agent.coverage.words import stem
from agent.interviewer.words import COMMON, QUOTED, words_of

SAME_LETTERS = 5
"""Words that begin with so many equal letters are of one family: "reduced" and "reduction"."""
_ASKING = frozenset(
    "bring concrete elsewhere explain figures further largest little pay prepared roughly somewhere"
    " thinking compromises attention personally spoke full reason led".split()
)
"""Words of our own wordings (asking.py) that a person may have said by chance."""


def taken_up(text: str, answers: str) -> str:
    """Return the person's words that a follow-up takes up, "" for none.

    Args:
        text: the follow-up.
        answers: what was said to its question, follow-ups included.
    """
    spoken = f" {' '.join(words_of(answers))} "
    for quote in QUOTED.findall(text):
        words = " ".join(words_of(quote))
        if words and f" {words} " in spoken:
            return words
    said = {value for hit in find_numbers(answers) for value in hit.values}
    for hit in find_numbers(text):
        if said.intersection(hit.values):
            return hit.text
    heard = words_of(answers)
    known = {stem(word) for word in heard} | {w[:SAME_LETTERS] for w in heard if len(w) > 4}
    taken = [
        word
        for word in words_of(text)
        if word not in COMMON
        and word not in _ASKING
        and (stem(word) in known or (len(word) > 4 and word[:SAME_LETTERS] in known))
    ]
    return " ".join(taken)
