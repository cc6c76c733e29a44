"""Filled pauses, filler words and hedges in text and in timed words.

Which words count: filled pauses by their sound; "you know", "I mean", "well" and "like" by the
rules of filler_rules.py, told apart from their literal uses. "so", "right", "basically",
"just", "okay" and "actually" are never fillers: hand-marked calls (Switchboard, the NLTK sample)
have at most 11 % fillers among them and words alone do not tell which. Hedges: the words of Hyland,
"Metadiscourse" (2005), appendix, that take back what is claimed; not those that tell how exact
a number is ("about", "around") nor modal verbs.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from agent.analysis import Filler, Fillers, SpokenWord
from agent.measures import filler_rules
from agent.measures.like_rules import is_like
from agent.measures.repetitions import repetitions_of
from agent.measures.tokens import Token, tokens_of
from agent.text.numbers import find_numbers

FillerKind = Literal["filled_pause", "filler_word", "hedge"]

MIN_RATE_S = 10.0
"""Shorter answers get no rate: one "um" more or less would change the class."""
MIN_RATE_WORDS = 8
"""Fewer words get no share of words."""

_FILLED_PAUSE = re.compile(r"(?:u+h*m+|u+h+|e+r+m*|e+h+m+|h+m+|m{2,}|a+h+)\Z")
_PHRASES: tuple[tuple[tuple[str, ...], FillerKind, Callable[[Sequence[Token], int], bool]], ...] = (
    (("you", "know"), "filler_word", filler_rules.is_you_know),
    (("i", "mean"), "filler_word", filler_rules.is_i_mean),
    (("well",), "filler_word", filler_rules.is_well),
    (("like",), "filler_word", is_like),
    (("kind", "of"), "hedge", filler_rules.is_kind_of),
    (("sort", "of"), "hedge", filler_rules.is_kind_of),
    (("kinda",), "hedge", filler_rules.is_any),
    (("sorta",), "hedge", filler_rules.is_any),
    (("i", "think"), "hedge", filler_rules.is_i_think),
    (("i", "guess"), "hedge", filler_rules.is_i_think),
    (("i", "suppose"), "hedge", filler_rules.is_i_think),
    (("i", "believe"), "hedge", filler_rules.is_i_think),
    (("i", "assume"), "hedge", filler_rules.is_i_think),
    (("i", "suspect"), "hedge", filler_rules.is_i_think),
    (("i'd", "say"), "hedge", filler_rules.is_i_think),
    (("i", "would", "say"), "hedge", filler_rules.is_any),
    (("i'm", "not", "sure"), "hedge", filler_rules.is_any),
    (("i", "feel", "like"), "hedge", filler_rules.is_i_think),
    (("it", "seems"), "hedge", filler_rules.is_any),
    (("to", "some", "extent"), "hedge", filler_rules.is_any),
    (("in", "my", "opinion"), "hedge", filler_rules.is_any),
    (("apparently",), "hedge", filler_rules.is_any),
    (("presumably",), "hedge", filler_rules.is_any),
    (("more", "or", "less"), "hedge", filler_rules.is_any),
    (("maybe",), "hedge", filler_rules.is_any),
    (("perhaps",), "hedge", filler_rules.is_any),
    (("probably",), "hedge", filler_rules.is_any),
    (("possibly",), "hedge", filler_rules.is_possibly),
    (("somewhat",), "hedge", filler_rules.is_any),
)
_BY_FIRST = {
    first: tuple(entry for entry in _PHRASES if entry[0][0] == first)
    for first in {entry[0][0] for entry in _PHRASES}
}


@dataclass(frozen=True)
class FillerHit:
    """One filled pause, filler word or hedge in a text."""

    text: str
    """The characters as written."""
    kind: FillerKind
    """Which list it is on."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""


def find_fillers(text: str) -> list[FillerHit]:
    """Return the fillers and hedges of a text, in order, never overlapping.

    Works with and without punctuation and in any case. A hedge directly before a number is
    left out: "maybe fifty" and "probably 50 ms" tell how exact the number is.
    """
    tokens = tokens_of(text)
    numbers = [hit.start for hit in find_numbers(text)]
    hits: list[FillerHit] = []
    at = 0
    while at < len(tokens):
        found = _at(tokens, at, numbers)
        if found is None:
            at += 1
            continue
        length, kind = found
        start, end = tokens[at].start, tokens[at + length - 1].end
        hits.append(FillerHit(text[start:end], kind, start, end))
        at += length
    return hits


def _at(tokens: list[Token], at: int, numbers: list[int]) -> tuple[int, FillerKind] | None:
    """Return how many tokens the filler at `at` has and its kind."""
    word = tokens[at].word
    if _FILLED_PAUSE.match(word):
        return (1, "filled_pause") if filler_rules.is_filled_pause(tokens, at) else None
    for words, kind, is_one in _BY_FIRST.get(word, ()):
        said = tuple(token.word for token in tokens[at : at + len(words)])
        if said != words or any(tokens[at + k].after for k in range(len(words) - 1)):
            continue
        if is_one(tokens, at) and not (
            kind == "hedge" and _number_after(tokens, at + len(words), numbers)
        ):
            return len(words), kind
    return None


def _number_after(tokens: list[Token], at: int, numbers: list[int]) -> bool:
    """Return whether a number starts at token `at` or after "about" and the like."""
    while at < len(tokens) and tokens[at].word in ("about", "around", "roughly", "like", "some"):
        at += 1
    if at >= len(tokens):
        return False
    place = bisect.bisect_left(numbers, tokens[at].start - 1)
    return place < len(numbers) and numbers[place] <= tokens[at].start


def fillers_of(
    words: Sequence[SpokenWord], duration_s: float
) -> tuple[Fillers, tuple[SpokenWord, ...]]:
    """Return the fillers with their times, and the words with `mark` set.

    Args:
        words: the words of one answer (or of all), in order, with times in seconds.
        duration_s: seconds from the first to the last voice; the base of per_minute, which is
            None below MIN_RATE_S.
    """
    starts, text = _joined(words)
    found: dict[str, list[Filler]] = {"filled_pause": [], "filler_word": [], "hedge": []}
    marked = list(words)
    for hit in find_fillers(text):
        first = bisect.bisect_right(starts, hit.start) - 1
        last = bisect.bisect_right(starts, hit.end - 1) - 1
        found[hit.kind].append(
            Filler(text=hit.text, start_s=words[first].start_s, end_s=words[last].end_s)
        )
        for place in range(first, last + 1):
            marked[place] = marked[place].model_copy(update={"mark": hit.kind})
    spoken = sum(word.mark != "filled_pause" for word in marked)
    found["repetition"] = list(repetitions_of(marked))
    return _with_rates(found, spoken, duration_s), tuple(marked)


def _joined(words: Iterable[SpokenWord]) -> tuple[list[int], str]:
    starts, parts, at = [], [], 0
    for word in words:
        starts.append(at)
        parts.append(word.text)
        at += len(word.text) + 1
    return starts, " ".join(parts)


def _with_rates(found: dict[str, list[Filler]], spoken: int, duration_s: float) -> Fillers:
    count = len(found["filled_pause"]) + len(found["filler_word"])
    return Fillers(
        filled_pauses=tuple(found["filled_pause"]),
        filler_words=tuple(found["filler_word"]),
        hedges=tuple(found["hedge"]),
        repetitions=tuple(found["repetition"]),
        per_minute=round(60 * count / duration_s, 2) if duration_s >= MIN_RATE_S else None,
        per_100_words=round(100 * count / spoken, 2) if spoken >= MIN_RATE_WORDS else None,
    )


def total_fillers(parts: Sequence[Fillers], spoken_words: int, duration_s: float) -> Fillers:
    """Return the fillers of all answers pooled, with rates over all words and seconds."""
    found = {
        "filled_pause": [one for part in parts for one in part.filled_pauses],
        "filler_word": [one for part in parts for one in part.filler_words],
        "hedge": [one for part in parts for one in part.hedges],
        "repetition": [one for part in parts for one in part.repetitions],
    }
    return _with_rates(found, spoken_words, duration_s)
