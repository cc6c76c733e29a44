"""Filled pauses, filler words and hedges in text and in timed words.

Which words count: filled pauses by their sound; "you know", "I mean", "well" and "like" where they
are not meant literally. "so", "right", "basically", "just", "okay" and "actually" are never
fillers: hand-marked calls (Switchboard) have at most 11 % fillers among them and words alone do not
tell which. Hedges: the words of Hyland, "Metadiscourse" (2005), appendix, that take back what is
claimed; no modal verbs, and not "about" or "around", which tell how exact a number is.
"""

import bisect
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from agent.analysis import Filler, Fillers, SpokenWord
from agent.analysis.measures import filler_words as rules
from agent.analysis.measures.filler_words import Rule, Token
from agent.text.words import word_set

FillerKind = Literal["filled_pause", "filler_word", "hedge"]

MIN_RATE_S = 10.0
"""Shorter answers get no rate: one "um" more or less would change the class."""

_FILLED_PAUSE = re.compile(r"(?:u+h*m+|u+h+|e+r+m*|e+h+m+|h+m+|m{2,}|a+h+)\Z")
_I = word_set("i i'm i've i'd i'll")
_WE = word_set("we we're we've we'd we'll")
_RULES: dict[str, Rule] = {
    "you know": rules.is_you_know,
    "i mean": rules.is_i_mean,
    "well": rules.is_well,
    "like": rules.is_like,
    **dict.fromkeys(("kind of", "sort of"), rules.is_kind_of),
}
_HEDGES = (
    "kind of|sort of|kinda|sorta|i think|i guess|i suppose|i believe|i assume|i'd say|i would say|"
    "i'm not sure|i feel like|it seems|to some extent|in my opinion|apparently|presumably|"
    "more or less|maybe|perhaps|probably|possibly|somewhat"
).split("|")
_KINDS: dict[str, FillerKind] = {
    **dict.fromkeys(("you know", "i mean", "well", "like"), "filler_word"),
    **dict.fromkeys(_HEDGES, "hedge"),
}
_PHRASES = tuple((tuple(text.split()), kind, _RULES.get(text)) for text, kind in _KINDS.items())


@dataclass(frozen=True)
class FillerHit:
    """One filled pause, filler word or hedge in a text."""

    text: str
    """The characters from start to end, as written."""
    kind: FillerKind
    start: int
    end: int


def find_fillers(text: str) -> list[FillerHit]:
    """Return the fillers and hedges of a text, in order, never overlapping; in any case."""
    tokens = rules.tokens_of(text)
    hits: list[FillerHit] = []
    at = 0
    while at < len(tokens):
        found = _at(tokens, at)
        if found is None:
            at += 1
            continue
        length, kind = found
        start, end = tokens[at].start, tokens[at + length - 1].end
        hits.append(FillerHit(text[start:end], kind, start, end))
        at += length
    return hits


def _at(tokens: list[Token], at: int) -> tuple[int, FillerKind] | None:
    if _FILLED_PAUSE.match(tokens[at].word):
        return (1, "filled_pause") if rules.is_filled_pause(tokens, at) else None
    for words, kind, is_one in _PHRASES:
        end = at + len(words)
        if tokens[at].word != words[0] or tuple(one.word for one in tokens[at:end]) != words:
            continue
        together = not any(one.after for one in tokens[at : end - 1])
        if together and (is_one is None or is_one(tokens, at)):
            return len(words), kind
    return None


def fillers_of(
    words: Sequence[SpokenWord], duration_s: float
) -> tuple[Fillers, tuple[SpokenWord, ...]]:
    """Return the fillers of an answer, their rate over `duration_s`, and its words marked."""
    starts = [0, *itertools.accumulate(len(word.text) + 1 for word in words)]
    found: dict[str, list[Filler]] = {"filled_pause": [], "filler_word": [], "hedge": []}
    marked = list(words)
    for hit in find_fillers(" ".join(word.text for word in words)):
        first = bisect.bisect_right(starts, hit.start) - 1
        last = bisect.bisect_right(starts, hit.end - 1) - 1
        found[hit.kind].append(
            Filler(text=hit.text, start_s=words[first].start_s, end_s=words[last].end_s)
        )
        for place in range(first, last + 1):
            marked[place] = marked[place].model_copy(update={"mark": hit.kind})
    fillers = Fillers(
        filled_pauses=tuple(found["filled_pause"]),
        filler_words=tuple(found["filler_word"]),
        hedges=tuple(found["hedge"]),
    )
    return total_fillers([fillers], duration_s), tuple(marked)


def total_fillers(parts: Sequence[Fillers], duration_s: float) -> Fillers:
    """Return the fillers of several answers pooled, with their rate over all the seconds."""
    whole = Fillers(
        filled_pauses=tuple(one for part in parts for one in part.filled_pauses),
        filler_words=tuple(one for part in parts for one in part.filler_words),
        hedges=tuple(one for part in parts for one in part.hedges),
    )
    if duration_s < MIN_RATE_S:
        return whole
    rate = round(60 * len(whole.counted) / duration_s, 2)
    return whole.model_copy(update={"per_minute": rate})


def i_and_we(words: Sequence[SpokenWord]) -> tuple[int, int]:
    """Return how often "I" and "we" were said, but in "I mean" and "I think"; shown, not judged."""
    plain = [
        one.text.lower().replace("’", "'").strip('.,;:!?"()…') for one in words if not one.mark
    ]
    return sum(word in _I for word in plain), sum(word in _WE for word in plain)
