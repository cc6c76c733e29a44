"""What no follow-up may do, whoever worded it: give an answer away, praise, repeat, ask twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.brief import TalkingPoint
from agent.interviewer.words import COMMON, QUOTED, plain, words_of
from agent.text.numbers import find_numbers
from agent.text.words import stem

MOST_WORDS = 25
"""A follow-up longer than this is not understood at once by ear."""
_DISTINCTIVE_STEMS = 2
"""So many telling words of an unmade point in one follow-up are a hint; a single one can be
chance ("latency")."""

_NAME = re.compile(r"[A-Za-z0-9][\w.+#'’-]*")
_PRAISE = "great|good|excellent|impressive|perfect|wonderful|nice|amazing|fantastic|interesting"
_PRAISE += "|awesome|brilliant|terrific|fascinating|correct|right|exactly|absolutely|well done"
_JUDGES = re.compile(
    rf"(^|[.!?]\s+)({_PRAISE})\b[^?]{{0,40}}[,.!]"
    r"|\b(that'?s|that is|this is|it'?s|sounds|what an?) (a |an |really |very |quite |so )*"
    rf"({_PRAISE})\b"
    rf"|\b({_PRAISE}) (answer|point|question|job|work|example|start|thinking)\b"
    r"|\b(that|it) makes (a lot of |perfect |total )?sense\b|\b(i'?m|i am) (\w+ )?impressed\b"
    r"|\bwow\b|\b(good|glad|happy|great|sorry|sad) to hear\b"
    r"|\b(solid|strong|clever|smart|weak) (answer|point|example|work|thinking|approach|choice"
    r"|move|decision|idea|story|start)\b"
    r"|\bi (like|love) (that|your|how)\b|\b(unfortunately|disappointing|that'?s wrong|incorrect)\b"
)
MARKUP = re.compile(
    r"[*_#`<>{}\[\]|\\\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]|https?:|^\s*[-•]|\([^)]*\)"
    r"|^\s*[\w-]+:\s|\n"
)
"""Markdown, an arrow or emoji, an address, a list, a stage direction in brackets, a speaker's name,
a line break."""
_SMALL = 2.0
"""One and two count words of the question itself ("how do the two go together")."""


def leaks(text: str, point: TalkingPoint, said: str) -> bool:
    """Return whether `text` gives away something of a talking point that nobody has said yet.

    Given away are: a number of the point in any reading, a name (a capitalized or mixed-case word
    inside a sentence, an acronym, a word with a digit), or two and more of its telling words.

    Args:
        text: what the interviewer is about to say.
        point: the talking point.
        said: the questions asked and the answers given so far, each on its own line.
    """
    names, values, stems = _facts(point)
    lines = [_said(line) for line in said.splitlines()]
    used = words_of(text)
    written = {plain(word) for word in used} | {
        n for n in names if len(n) >= 5 and n in plain(text)
    }
    for name in written & names:
        if not any(
            name in line.words or (len(name) >= 5 and name in line.letters) for line in lines
        ):
            return True
    given = _values(text) & values
    if given and given.difference(*map(_values, said.splitlines())):
        return True
    telling = {stem(word) for word in used if word not in COMMON} & stems
    return len(telling.difference(*(line.stems for line in lines))) >= _DISTINCTIVE_STEMS


def problem_with(
    text: str, asked: Sequence[str], points: Sequence[TalkingPoint], said: str, most_words: int
) -> str:
    """Return why a follow-up must not be spoken, in a few words, or "".

    Args:
        text: the follow-up.
        asked: everything asked so far; it must not come again.
        points: the talking points of the brief.
        said: the questions asked and the answers given so far.
        most_words: how long it may be.
    """
    for problem, found in (
        ("it is empty", not words_of(text)),
        ("it does not ask exactly one question", text.count("?") != 1 or text[-1:] != "?"),
        (f"it has more than {most_words} words", len(text.split()) > most_words),
        ("it holds markup or a stage direction", bool(MARKUP.search(text))),
        ("it judges the answer", judges(text)),
        ("it quotes what was not said", not _quotes_are_said(text, said)),
        ("it was asked before", any(_same(text, earlier) for earlier in asked)),
    ):
        if found:
            return problem
    if any(leaks(text, point, said) for point in points):
        return "it gives away a talking point"
    return ""


def judges(text: str) -> bool:
    """Return whether a text praises or judges."""
    return bool(_JUDGES.search(text.lower().replace("’", "'")))


def is_said(words: str, said: str) -> bool:
    """Return whether words stand in a text as they are, punctuation and capitals left aside."""
    return f" {' '.join(words_of(words))} " in f" {' '.join(words_of(said))} "


def unsaid_fact(text: str, said: str) -> str:
    """Return the first name or number of a text that nobody said, "" for none.

    A number of times is none: "at ten times the load?" is asked, not told.
    """
    heard = _said(" ".join(said.split()))
    for name in _names(text):
        word = plain(re.sub(r"['’]\w+$", "", name))
        known = word in COMMON or word in heard.words or (len(word) > 4 and word in heard.letters)
        if not known and name.lower() not in COMMON:
            return name
    values = _values(" ".join(said.split()))
    for hit in find_numbers(text):
        told = hit.unit != "x" and max(hit.values) > _SMALL
        if told and not values.intersection((*hit.values, *hit.base)):
            return hit.text
    return ""


def _quotes_are_said(text: str, said: str) -> bool:
    return all(is_said(quote, said) for quote in QUOTED.findall(text))


def _same(text: str, earlier: str) -> bool:
    """Return whether two texts ask the same: equal words, or nearly the same telling words."""
    if words_of(text) == words_of(earlier):
        return True
    ours = {stem(w) for w in words_of(text) if w not in COMMON}
    theirs = {stem(w) for w in words_of(earlier) if w not in COMMON}
    return len(ours) >= 3 and len(ours & theirs) / len(ours | theirs) > 0.8


@lru_cache(maxsize=256)
def _facts(point: TalkingPoint) -> tuple[frozenset[str], frozenset[float], frozenset[str]]:
    """Return a point's names (letters and digits only), number values, and telling stems."""
    texts = (point.name, point.text)
    names = {plain(word) for text in texts for word in _names(text)} - {""}
    values = frozenset[float]().union(*(_values(text) for text in texts))
    words = {word for text in texts for word in words_of(text) if word.isalpha()}
    stems = frozenset(stem(word) for word in words - COMMON if word not in names)
    return frozenset(names - COMMON), values, stems


def _names(text: str) -> list[str]:
    """Return the words that are written like names; figures ("6K") are compared as numbers."""
    found = []
    start = True
    for match in _NAME.finditer(text):
        word = match.group().strip(".-'’")
        if find_numbers(word):
            start = False
            continue
        inner = any(letter.isupper() for letter in word[1:]) or any(c.isdigit() for c in word)
        if inner or (word[:1].isupper() and not start):
            found.append(word)
        after = text[match.end() : match.end() + 2].strip()
        start = match.group().endswith(".") or after[:1] in (".", "!", "?", ":")
    return found


@dataclass(frozen=True)
class _Said:
    """One thing said, in the forms that are compared."""

    stems: frozenset[str]
    """Stems of its words."""
    words: frozenset[str]
    """Its words, letters and digits only."""
    letters: str
    """All of it as one run of letters and digits: "r socket" holds "rsocket"."""


@lru_cache(maxsize=1024)
def _said(line: str) -> _Said:
    words = words_of(line)
    return _Said(
        stems=frozenset(stem(word) for word in words),
        words=frozenset(plain(word) for word in words),
        letters=plain(line),
    )


@lru_cache(maxsize=512)
def _values(text: str) -> frozenset[float]:
    found = find_numbers(text)
    return frozenset(v for hit in found for v in (*hit.values, *hit.base))
