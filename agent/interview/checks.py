"""What no follow-up may do, whoever worded it: give an answer away, repeat, ask twice."""

import re
from collections.abc import Sequence
from functools import lru_cache

from agent.brief import TalkingPoint
from agent.interview.words import COMMON, telling, words_of
from agent.text.names import find_name, names_in
from agent.text.numbers import find_numbers

MOST_WORDS = 25
"""A follow-up longer than this is not understood at once by ear."""
_DISTINCTIVE = 2
"""So many telling words of an unmade point in one follow-up are a hint; one can be chance."""
_SAME = 0.8
"""Two texts that share more than this of their telling words ask the same."""
_MARKUP = re.compile(
    r"[*_#`<>{}\[\]|\\\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]|https?:|^\s*[-•]|\([^)]*\)"
    r"|^\s*[\w-]+:\s|\n"
)
"""Markdown, an arrow or emoji, an address, a list, a stage direction, a speaker's name."""


def leaks(text: str, point: TalkingPoint, said: str) -> bool:
    """Return whether `text` gives away something of a talking point that nobody has said yet.

    Given away are: a name of the point, a number of it in any reading, or two and more of its
    telling words.

    Args:
        text: what the interviewer is about to say.
        point: the talking point.
        said: the questions asked and the answers given so far, each on its own line.
    """
    names, values, words = _facts(point)
    if any(find_name(name, text) and not find_name(name, said) for name in names):
        return True
    given = _values(text) & values
    if given and given.difference(*map(_values, said.splitlines())):
        return True
    hints = telling(text) & words
    return len(hints) >= _DISTINCTIVE and len(hints - telling(said)) >= _DISTINCTIVE


def problem_with(text: str, asked: Sequence[str], points: Sequence[TalkingPoint], said: str) -> str:
    """Return why a follow-up must not be spoken, in a few words, or "".

    Args:
        text: the follow-up.
        asked: everything asked so far; it must not come again.
        points: the talking points of the brief.
        said: the questions asked and the answers given so far.
    """
    for problem, found in (
        ("it is empty", not words_of(text)),
        ("it does not ask exactly one question", text.count("?") != 1 or text[-1:] != "?"),
        (f"it has more than {MOST_WORDS} words", len(text.split()) > MOST_WORDS),
        ("it holds markup or a stage direction", bool(_MARKUP.search(text))),
        ("it was asked before", any(_same(text, earlier) for earlier in asked)),
        ("it gives away a talking point", any(leaks(text, point, said) for point in points)),
    ):
        if found:
            return problem
    return ""


def _same(text: str, earlier: str) -> bool:
    """Return whether two texts ask the same: equal words, or nearly the same telling words."""
    ours, theirs = telling(text), telling(earlier)
    alike = len(ours) >= 3 and len(ours & theirs) / len(ours | theirs) > _SAME
    return alike or words_of(text) == words_of(earlier)


@lru_cache(maxsize=256)
def _facts(point: TalkingPoint) -> tuple[tuple[str, ...], frozenset[float], frozenset[str]]:
    """Return a point's names, number values, and telling stems."""
    texts = (point.name, point.text)
    names = tuple(dict.fromkeys(name for text in texts for name in _names(text)))
    return names, _values("\n".join(texts)), telling(" ".join(texts))


def _names(text: str) -> list[str]:
    """Return the words of names; figures ("6K") are compared as numbers."""
    spans = (text[start:end] for start, end in names_in(text))
    words = (re.sub(r"['’]\w+$", "", word) for span in spans for word in span.split())
    return [word for word in words if word.lower() not in COMMON and not find_numbers(word)]


@lru_cache(maxsize=512)
def _values(text: str) -> frozenset[float]:
    found = find_numbers(text)
    return frozenset(v for hit in found for v in (*hit.values, *hit.base))
