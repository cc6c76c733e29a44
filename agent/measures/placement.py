"""Where do the pauses lie: inside a clause, at its end, before a number?"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence

from agent.analysis import Pause, SpokenWord
from agent.text.number_words import ABOUT, FILLED_PAUSES, OVER, UNDER
from agent.text.numbers import find_numbers
from agent.text.words import word_set

_CLAUSE_END = (".", ",", ";", ":", "?", "!", "…", "—", "–")
_CLAUSE_STARTERS = word_set(
    "and but so because then when while which who where if although though since unless or "
    "i we you he she it they that's this there what how first second after before um uh"
)
_BEFORE_VALUE = ABOUT | OVER | UNDER | FILLED_PAUSES
"""Words that may stand between the pause and its number: "about", "over", "uh"."""
_LOOK_WORDS = 5
"""So many words after a pause are read for a number; the longest spoken forms start within."""


def placed_pauses(
    voice: Sequence[tuple[float, float]], words: Sequence[SpokenWord]
) -> tuple[Pause, ...]:
    """Return the silences between stretches of voice, each with its place among the words.

    A word lies before a pause when its middle does: recognizers' word times reach into silences.

    Args:
        voice: start and end of stretches of voice in seconds, rising, pauses between them.
        words: words of the answer in order, marked by measures.fillers.fillers_of.
    """
    punctuated = any(word.text.endswith(_CLAUSE_END) for word in words[:-1])
    middles = [(word.start_s + word.end_s) / 2 for word in words]
    pauses = []
    for (_, start), (end, _) in itertools.pairwise(voice):
        after = bisect.bisect_left(middles, (start + end) / 2)
        pauses.append(
            Pause(
                start_s=round(start, 3),
                end_s=round(end, 3),
                inside_clause=_inside_clause(words, after, punctuated=punctuated),
                before_number=_before_number(words[after : after + _LOOK_WORDS]),
            )
        )
    return tuple(pauses)


def _inside_clause(words: Sequence[SpokenWord], after: int, *, punctuated: bool) -> bool:
    """Return whether the clause goes on over the silence before word `after`.

    With punctuation the word before it tells; without any, a word that can start a clause
    ("and", "because", "I"…) after the silence says that the clause before had ended. A filled
    pause before the silence belongs to the hesitation: the word before that one tells.
    """
    before = after - 1
    while before > 0 and words[before].mark == "filled_pause":
        before -= 1
    if before < 0 or after >= len(words):
        return False
    if punctuated:
        return not words[before].text.endswith(_CLAUSE_END)
    return words[after].text.lower().strip(",.") not in _CLAUSE_STARTERS


def _before_number(following: Sequence[SpokenWord]) -> bool:
    """Return whether the words begin with a number, after filled pauses and "about" at most."""
    texts = [word.text for word in following]
    while texts and texts[0].lower().strip(",.…") in _BEFORE_VALUE:
        del texts[0]
    hits = find_numbers(" ".join(texts))
    return bool(hits) and hits[0].start == 0
