"""An answer cut into clauses, with and without punctuation, for cues to be looked for in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.analysis import SpokenWord
from agent.coverage.lists import word_set
from agent.coverage.numbers import find_numbers
from agent.measures.past_forms import PAST

CUT_PAUSE_S = 0.5
"""A silence of this length ends a clause; set by hand, twice the shortest pause that is counted."""
LEAST_WORDS = 4
"""A clause starter cuts nothing shorter off: "and then we" begins one clause, not three."""

_FILLED = re.compile(r"(?:u+h*m+|u+h+|e+r+m*|h+m+|mm+)$")
_EDGE = re.compile(r"^[^\w$€£]+|[^\w%]+$|#")
_STARTERS = word_set(
    "so then but because finally eventually afterwards however since looking anyway instead whereas"
)
"""Words that mostly begin a clause (conjunctions and sequence adverbs, Quirk et al. 1985)."""
_AFTER_AND = word_set(
    "i we i'd i'll i've we'd then so it it's that the in after they he she by as my nobody there "
    "if when to at today looking eventually finally now also since every"
)
"""What follows "and" where it joins clauses rather than nouns."""
_SUBJECTS = word_set("i we i'd i'll i've we'd we'll he she they there if when after")
_BOUND = word_set(
    "and or but so then if when that what how who which where why because as while until since "
    "before after than whether i we to the a of for with from by first also did do would could "
    "should can will had have is are was were let maybe think say says said sure make mean know "
    "per every each later one"
)
"""After these a pronoun goes on with the clause that is being said."""
_ORDINALS = word_set("first second third next later")
"""They begin a clause only before "i" or "we": "first I looked", not "the second one"."""
_OPENING = re.compile(
    r"(?:in the end|as a result|by the end|to check|let's say|since then|next time|what i"
    r"|my (?:task|goal|job|role|manager|boss)|the (?:downside|alternative|lesson|result|price)"
    r"|the worst case|\w+ (?:day|week|month|year)s? later"
    rf"|(?:the|our|my) \w+ (?:was|were|is|are|has|had|goes|{PAST}|\w{{3,}}ed)"
    r"|\w+ing (?:would|is|makes|takes)|(?:each|every) \w+ \w{3,}s"
    r"|(?:it|that|this) (?:was|is|went|has|had|took|takes|costs?|saved|made|makes|means|showed"
    r"|taught|turned))(?!\w)"
)
"""Beginnings of clauses, matched against three words."""


@dataclass(frozen=True)
class Clause:
    """A stretch of words with one verb or so."""

    first: int
    """Index of its first word."""
    last: int
    """Index of its last word."""
    text: str
    """Its words in lower case, without punctuation and filled pauses; "#" before each word of a
    number."""
    starts: tuple[tuple[int, int], ...]
    """For each word of the text: its first character and the index of the spoken word."""
    breaks: bool = False
    """Whether a sentence end or a pause follows, rather than a clause starter."""

    @property
    def words(self) -> int:
        """How many spoken words it has, filled pauses included."""
        return self.last - self.first + 1


def bare(text: str) -> str:
    """Return a word in lower case with straight apostrophes and no punctuation around it."""
    return _EDGE.sub("", text.lower().replace("’", "'"))


def clauses_of(words: Sequence[SpokenWord]) -> list[Clause]:
    """Return the clauses of an answer, in order, covering every word.

    Cut at the ends of sentences, at pauses of CUT_PAUSE_S, and at words that begin a clause.

    Args:
        words: the words in order, times in seconds; typed words have equal times, and no pauses.
    """
    plain = [bare(word.text) for word in words]
    written = any(word.text.rstrip().endswith((".", "?", "!", ";")) for word in words[:-1])
    numbers = _numbered(plain)
    clauses: list[Clause] = []
    first = 0
    for at in range(1, len(words) + 1):
        ends = at == len(words) or _ends(words, at)
        if ends or (at - first >= LEAST_WORDS and _starts(plain, at, written)):
            clauses.append(_clause(plain, numbers, (first, at - 1), ends))
            first = at
    return clauses


def _ends(words: Sequence[SpokenWord], at: int) -> bool:
    before = words[at - 1]
    return (
        before.text.rstrip("\"'”’) ").endswith((".", "?", "!", ";", ":", "…"))
        or words[at].start_s - before.end_s >= CUT_PAUSE_S
    )


def _starts(plain: Sequence[str], at: int, written: bool) -> bool:
    """Return whether a clause begins at a word, as far as its neighbors tell."""
    word, before = plain[at], plain[at - 1]
    after = plain[at + 1] if at + 1 < len(plain) else ""
    if before in ("and", "so", "but", "then", "or"):
        return False
    if word == "and":
        return after in _AFTER_AND
    if word in _ORDINALS:
        return after in ("i", "we") and before not in _BOUND
    if word in _STARTERS:
        return True
    if written or before in _BOUND:
        return False
    return word in _SUBJECTS or bool(_OPENING.match(" ".join(plain[at : at + 3])))


def _numbered(plain: Sequence[str]) -> frozenset[int]:
    """Return the words that belong to a number."""
    owner: list[int] = []
    for at, word in enumerate(plain):
        owner.extend([at] * (len(word) + 1))
    text = " ".join(plain)
    return frozenset(
        owner[place] for hit in find_numbers(text) for place in range(hit.start, hit.end)
    )


def _clause(
    plain: Sequence[str], numbers: frozenset[int], span: tuple[int, int], breaks: bool
) -> Clause:
    parts: list[str] = []
    starts: list[tuple[int, int]] = []
    length = 0
    for at in range(span[0], span[1] + 1):
        if not plain[at] or _FILLED.match(plain[at]):
            continue
        part = f"#{plain[at]}" if at in numbers else plain[at]
        starts.append((length, at))
        parts.append(part)
        length += len(part) + 1
    return Clause(*span, " ".join(parts), tuple(starts), breaks)
