"""What no follow-up may do, whoever worded it: give an answer away, praise, repeat, ask twice."""

from __future__ import annotations

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
_SMALL = 2.0
"""One and two count words of the question itself ("how do the two go together")."""

QUOTED = re.compile(r"[\"“”]([^\"“”]+)[\"“”]")
"""Words in quotation marks, as they are spoken of."""
_PRAISE = "great|good|excellent|impressive|perfect|nice|amazing|interesting|brilliant|right|exactly"
_JUDGES = re.compile(
    rf"(^|[.!?]\s+)({_PRAISE})\b[^?]{{0,40}}[,.!]|\b({_PRAISE}) (answer|point|job|work|example)\b"
    rf"|\b(that'?s|this is|it'?s|sounds|what an?) (a |an |really |very )*({_PRAISE})\b"
    r"|\bmakes (perfect )?sense\b|\bimpressed\b|\bi (like|love) (that|your|how)\b"
)
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
        ("it judges the answer", bool(_JUDGES.search(text.lower().replace("’", "'")))),
        ("it quotes what was not said", not all(is_said(q, said) for q in QUOTED.findall(text))),
        ("it was asked before", any(_same(text, earlier) for earlier in asked)),
        ("it gives away a talking point", any(leaks(text, point, said) for point in points)),
    ):
        if found:
            return problem
    return ""


def is_said(words: str, said: str) -> bool:
    """Return whether words stand in a text as they are, punctuation and capitals left aside."""
    return f" {' '.join(words_of(words))} " in f" {' '.join(words_of(said))} "


def unsaid_fact(text: str, said: str) -> str:
    """Return the first name or number of a text that nobody said, "" for none.

    A number of times is none: "at ten times the load?" is asked, not told.
    """
    for name in _names(text):
        if not find_name(name, said):
            return name
    values = _values(" ".join(said.split()))
    for hit in find_numbers(text):
        told = hit.unit != "x" and max(hit.values) > _SMALL
        if told and not values.intersection((*hit.values, *hit.base)):
            return hit.text
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
