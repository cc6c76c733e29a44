"""A talking point taken apart once: its numbers, names and words, and how much each weighs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from agent.brief import TalkingPoint
from agent.coverage.lists import word_set
from agent.coverage.numbers import NumberHit, find_numbers
from agent.coverage.words import COMMON_WEIGHT, content_words, meaning, weight_of, with_what_follows

TAIL_WEIGHT = 0.3
"""Weight of words after the claim: "…, which demonstrates the rigor that they look for"."""
KEY_WEIGHT = 0.9
"""Numbers of at least this weight are key figures."""
NAME_WEIGHT = 1.5
"""A name says more than a word."""
RAISED = 2.4
"""Weight of stems and names within three sentences that raises a topic of many words."""
RAISED_SHARE = 0.4
"""The share of all its weight that raises a topic of few words."""
RAISED_LEAST = 1.6
"""What the shortest topic needs."""
LISTED_WEIGHT = 0.5
"""A name in brackets is an example of what the words before say."""
EARLY = 60
"""A coined name within so many characters of the claim's start names the project."""
HEAD_WORDS = 3
"""Words after a number that tell what it counts."""

_TAIL = re.compile(
    r"(?:\s[—–-]+\s|—|;\s+|,\s+)(?:and\s+|which\s+|this\s+)?"
    r"(?:directly|demonstrat|align|maps?\b|shows?\b|showing\b|prov(?:es|ing)\b|signal|highlight"
    r"|relevant|reflect|illustrat|a rare\b|rare\b|evidence of|what they\b|exactly\b|fits\b"
    r"|this \w+|speaks? to)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W_]+(?:\+\+|#)?(?:['’]s)?")
_COMPOUND = re.compile(r"\b[a-z]+-[a-z]+\b", re.IGNORECASE)
_PLAIN_PARTS = word_set(
    "one two three four five six seven eight nine ten low high end large small multi sub real hand "
    "long full day post non self well on off up in to of by co re first second half year month "
    "week time level scale custom cross"
)
"""Parts of hyphenated words that make no term: "low-level", "end-to-end"."""
_NOT_NAMES = word_set(
    "I The A An In At On By For To From And Or But With We My Our It This That Built Led Ran Cut "
    "Wrote Designed Created Reduced Scaled End Since After Before When Over As Of CI CIs TP99 FY23 "
    "Every Each All One Two Three Four Five Six Seven Eight Nine Ten US UK OK"
)


@dataclass(frozen=True)
class KeyNumber:
    """One number that the point claims."""

    value: float
    """In the base unit of its kind."""
    raw: float
    """In the unit as written."""
    shown: str
    """As written, with what it counts."""
    hit: NumberHit
    """Where it stands in the point's text."""
    heads: frozenset[str]
    """Stems of what it counts: the words after it, else the words before it."""
    around: frozenset[str]
    """Stems within the same clause."""
    weight: float
    """1 for a figure that carries the claim, less for a small count, a year, or the tail."""
    partner: int | None = None
    """Index of the other end of its range: "from 72 hours to 4 minutes"."""


@dataclass(frozen=True)
class Name:
    """A name that the point mentions."""

    text: str
    """As written."""
    weight: float
    """NAME_WEIGHT, less in the tail."""
    central: bool
    """Whether it names the project itself: in the point's name, or a coined word in its claim."""


@dataclass(frozen=True)
class Facts:
    """All that a point claims."""

    claim: str
    """Its text, or its name where it has no text."""
    numbers: tuple[KeyNumber, ...]
    """In the order of the text."""
    names: tuple[Name, ...]
    """Each once."""
    stems: dict[str, float]
    """Weight of every stem of name and text."""
    title: frozenset[str]
    """Stems of its name that say something by themselves."""

    @property
    def number_weight(self) -> float:
        """Sum of the weights of its numbers."""
        return sum(number.weight for number in self.numbers)

    @property
    def word_weight(self) -> float:
        """Sum of the weights of its stems."""
        return sum(self.stems.values())

    @property
    def raised_at(self) -> float:
        """Weight of its words and names close together that raises the topic."""
        whole = self.word_weight + sum(name.weight for name in self.names)
        return min(RAISED, max(RAISED_LEAST, RAISED_SHARE * whole))


@lru_cache(maxsize=256)
def facts_of(point: TalkingPoint, among: tuple[TalkingPoint, ...] = ()) -> Facts:
    """Return what a point claims; words that other points of `among` share weigh less."""
    text = f"{point.name}. {point.text}"
    tail = _tail_start(text)
    shared = _shared(point, among)
    names = _names(text, len(point.name), tail, shared)
    stems: dict[str, float] = {}
    for word in content_words(text):
        weight = weight_of(word.stem) * (TAIL_WEIGHT if word.start >= tail else 1.0)
        weight /= 1 + shared.get(word.stem, 0)
        stems[word.stem] = max(stems.get(word.stem, 0.0), weight)
    for name in names:
        stems.pop(meaning(name.text), None)
    title = frozenset(
        word.stem for word in content_words(point.name) if stems.get(word.stem, 0.0) >= 0.5
    )
    return Facts(point.text or point.name, _numbers(text, tail), names, stems, title)


def _tail_start(text: str) -> int:
    """Return where the claim ends and its meaning for the reader begins."""
    for match in _TAIL.finditer(text):
        if match.start() > len(text) / 3:
            return match.start()
    return len(text)


def _shared(point: TalkingPoint, among: tuple[TalkingPoint, ...]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for other in among:
        if other == point:
            continue
        for root in {word.stem for word in content_words(f"{other.name}. {other.text}")}:
            counts[root] = counts.get(root, 0) + 1
    return counts


def _names(text: str, title: int, tail: int, shared: dict[str, int]) -> tuple[Name, ...]:
    found: dict[str, Name] = {}
    for match in _NAME.finditer(text):
        word = re.sub(r"['’]s$", "", match.group())
        coined = bool(re.search(r"[a-z][A-Z]|[A-Z]{2}|\+\+|^[a-z]+[A-Z]", word))
        opening = match.start() == 0 or text[: match.start()].rstrip()[-1:] in ".:—–"
        capital = word[:1].isupper() and not opening and match.start() > title
        if word in _NOT_NAMES or word.isdigit() or not (coined or capital) or len(word) < 2:
            continue
        weight = NAME_WEIGHT * (TAIL_WEIGHT if match.start() >= tail else 1.0)
        weight *= LISTED_WEIGHT if _in_brackets(text, match.start()) else 1.0
        weight /= 1 + shared.get(meaning(word), 0)
        early = match.start() < title or (coined and match.start() < title + EARLY)
        central = early and match.start() < tail and weight >= 1
        if word.lower() not in found:
            found[word.lower()] = Name(word, weight, central)
    for word in _spelled_small(text[:tail]):
        found.setdefault(word, Name(word, 1.0, central=True))
    for match in _COMPOUND.finditer(text[:tail]):
        if not set(match.group().lower().split("-")) & _PLAIN_PARTS:
            central = match.start() < title
            found.setdefault(match.group().lower(), Name(match.group(), 1.0, central))
    return tuple(found.values())


def _in_brackets(text: str, at: int) -> bool:
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)


def _spelled_small(text: str) -> list[str]:
    """Return lower-case coined words right after "the": "the aeval platform"."""
    found = re.findall(
        r"\b[Tt]he ([a-z]{4,12}) (?:platform|project|system|app|tool|program)\b", text
    )
    return [word for word in found if weight_of(meaning(word)) == 1.0]


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of the clause around a number."""
    left = max(text.rfind(mark, 0, start) for mark in (", ", "; ", ". ", ": ", " — ", "("))
    stops = [
        at for mark in (", ", "; ", ". ", ": ", " — ", ")") if (at := text.find(mark, end)) >= 0
    ]
    return max(left, 0), min(stops, default=len(text))


def _numbers(text: str, tail: int) -> tuple[KeyNumber, ...]:
    numbers: list[KeyNumber] = []
    previous: NumberHit | None = None
    for hit in find_numbers(text):
        left, right = _clause(text, hit.start, hit.end)
        after = [word.stem for word in content_words(text[hit.end : right])][:HEAD_WORDS]
        before = [word.stem for word in content_words(text[left : hit.start])]
        if len(before) + len(after) < 2:
            before = [word.stem for word in content_words(text[: hit.start])][-2 * HEAD_WORDS :]
        shown = with_what_follows(text, hit.start, hit.end)
        joined = previous is not None and _is_to(text[previous.end : hit.start])
        for place, value in enumerate(hit.base):
            partner = None
            if place == 1 or (joined and place == 0):
                partner = len(numbers) - 1
                first = numbers[-1]
                weight = max(first.weight, _change_weight(hit, tail))
                numbers[-1] = replace(first, partner=len(numbers), weight=weight)
            weight = _number_weight(hit, value) * (TAIL_WEIGHT if hit.start >= tail else 1.0)
            if partner is not None:
                weight = max(weight, _change_weight(hit, tail))
            numbers.append(
                KeyNumber(
                    value, hit.values[place], shown, hit,
                    frozenset(after or before[-HEAD_WORDS:]), frozenset(before + after),
                    weight, partner,
                )
            )  # fmt: skip
        previous = hit
    return tuple(numbers)


def _change_weight(hit: NumberHit, tail: int) -> float:
    """Return the weight of both ends of a change: the claim, even as small counts (14 to 5)."""
    return 0.0 if hit.is_year else TAIL_WEIGHT if hit.start >= tail else 1.0


def _is_to(between: str) -> bool:
    return bool(
        re.fullmatch(
            r"\s*(?:down |up |all the way )?to\s*(?:about|around|just|under)?[\s~$]*", between
        )
    )


def _number_weight(hit: NumberHit, value: float) -> float:
    if hit.is_year or value == 0:
        return COMMON_WEIGHT
    if not hit.kind and value <= 20:
        return 0.6
    return 1.0
