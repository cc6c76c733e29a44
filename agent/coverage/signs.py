"""What an answer shows of a point: the numbers, names and words that match, and wrong figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.coverage.facts import Facts, KeyNumber
from agent.coverage.said import Said, SaidNumber
from agent.coverage.sounds import find_name
from agent.coverage.words import content_words, with_what_follows

QUESTION_SHARE = 0.5
"""What a word counts that only repeats the question."""
NEARLY = 0.9
"""Share of that weight beside which a figure for the point's own quantity is looked at."""
LOCAL = 0.6
"""Weight of the point's own words that must stand near a number."""
EXACT = 0.005
"""Relative difference of figures that are the same."""
ROUNDED = 0.06
"""Relative difference that rounding explains: 72 hours told as "about 70"."""
LOOSE = 0.12
"""The same for a figure told as "over", "almost" or "about"."""
SMALL_COUNT = 20
"""Counts up to this must be exact and stand by what they count."""
SAME_SIZE = 30.0
"""A wrong figure for a quantity is at most this many times off; beyond, it is another quantity."""


_MADE = re.compile(
    r"\b(?:i|we) (?:built|wrote|made|created|designed|developed|implemented|started|led|ran)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Wrong:
    """A figure that contradicts the point."""

    index: int
    """Index of the point's number."""
    said: str
    """The figure as said."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""


@dataclass(frozen=True)
class Signs:
    """All that one answer, or several together, show of a point."""

    numbers: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Matched numbers of the point, with where they were said."""
    wrong: tuple[Wrong, ...] = ()
    """Figures that contradict it."""
    names: dict[str, float] = field(default_factory=dict)
    """Weight of each name found."""
    stems: dict[str, float] = field(default_factory=dict)
    """Weight of each stem found."""
    raised: bool = False
    """Whether the topic was clearly raised."""
    by_sentence: dict[int, float] = field(default_factory=dict)
    """How much each sentence shows."""

    @property
    def strength(self) -> float:
        """How much there is in all; orders quotes."""
        return 2.0 * len(self.numbers) + sum(self.names.values()) + sum(self.stems.values())


def merged(each: Sequence[Signs]) -> Signs:
    """Return what several answers show together.

    A wrong figure of one answer stands only as long as no other answer tells the right one.
    """
    numbers: dict[int, tuple[int, int]] = {}
    names: dict[str, float] = {}
    stems: dict[str, float] = {}
    for signs in each:
        numbers |= signs.numbers
        names |= {name: max(w, names.get(name, 0.0)) for name, w in signs.names.items()}
        stems |= {root: max(w, stems.get(root, 0.0)) for root, w in signs.stems.items()}
    wrong = tuple(one for signs in each for one in signs.wrong if one.index not in numbers)
    return Signs(numbers, wrong, names, stems, any(signs.raised for signs in each))


def signs_in(facts: Facts, said: Said, question: str = "") -> Signs:
    """Return what one answer shows of a point."""
    asked = {word.stem for word in content_words(question)}
    stems = _stems(facts, said, asked)
    names = _names(facts, said)
    support = _support(said, stems, names)
    matched = _numbers(facts, said, support)
    kinds = len({root for inside in stems for root in inside}) + len(names)
    kinds += any(weight >= 1.0 for _, weight in names.values())
    told = sum(facts.numbers[key].weight for key in matched)
    raised = _is_raised(facts, names, support, (told, kinds)) or _is_titled(facts, stems)
    raised = raised or _is_owned(facts, said, question)
    nearly = max(support[1].values(), default=0.0) >= NEARLY * facts.raised_at
    wrong = _wrong(facts, said, matched, support) if raised or matched or nearly else ()
    by_sentence = dict(support[0])
    spans: dict[int, tuple[int, int]] = {}
    for key, place in matched.items():
        number = said.numbers[place]
        spans[key] = (number.hit.start, number.hit.end)
        by_sentence[number.sentence] = by_sentence.get(number.sentence, 0.0) + 2.0
    best_stems: dict[str, float] = {}
    for inside in stems:
        best_stems |= inside
    return Signs(
        spans, wrong, {name: worth for name, (_, worth) in names.items()}, best_stems,
        raised or bool(wrong), by_sentence,
    )  # fmt: skip


def _stems(facts: Facts, said: Said, asked: set[str]) -> list[dict[str, float]]:
    """Return for each sentence the stems of the point that it has, with their weights."""
    return [
        {
            word.stem: facts.stems[word.stem] * (QUESTION_SHARE if word.stem in asked else 1.0)
            for word in sentence.words
            if word.stem in facts.stems
        }
        if sentence.stands
        else {}
        for sentence in said.sentences
    ]


def _names(facts: Facts, said: Said) -> dict[str, tuple[int, float]]:
    """Return for each name found its sentence and its weight."""
    starts = [sentence.start for sentence in said.sentences]
    found: dict[str, tuple[int, float]] = {}
    for name in facts.names:
        match = find_name(name.text, said.text)
        if match is None:
            continue
        place = max(0, bisect_right(starts, match.start) - 1)
        if said.sentences[place].stands:
            found[name.text] = (place, match.worth * name.weight)
    return found


_Support = tuple[dict[int, float], dict[int, float]]


def _support(
    said: Said, stems: list[dict[str, float]], names: dict[str, tuple[int, float]]
) -> _Support:
    """Return the weight found in each sentence, and in each sentence with its neighbors."""
    named: dict[int, float] = {}
    for place, weight in names.values():
        named[place] = named.get(place, 0.0) + weight
    alone, around = {}, {}
    for place in range(len(said.sentences)):
        alone[place] = sum(stems[place].values()) + named.get(place, 0.0)
        near = range(max(0, place - 1), min(len(stems), place + 2))
        roots = {root: weight for other in near for root, weight in stems[other].items()}
        around[place] = sum(roots.values()) + sum(named.get(other, 0.0) for other in near)
    return alone, around


def _is_raised(
    facts: Facts, names: dict[str, tuple[int, float]], support: _Support, told: tuple[float, int]
) -> bool:
    """Return whether the topic was raised: by its central name, or by enough of its words.

    Figures help (`told` is their weight), but only beside a sure name or two words of the point.
    """
    central = max(
        (
            names[name.text][1] / name.weight
            for name in facts.names
            if name.central and name.text in names
        ),
        default=0.0,
    )
    most = max(support[1].values(), default=0.0)
    weight, kinds = told
    if central >= 0.8 and most >= facts.raised_at * 0.4:
        return True
    return most + (weight if kinds >= 2 else 0.0) >= facts.raised_at and (
        most >= facts.raised_at * 0.4 or weight >= 2.0
    )


def _is_titled(facts: Facts, stems: list[dict[str, float]]) -> bool:
    """Return whether one sentence has all the special words of the point's name, two at least."""
    said = (frozenset(root for root, w in inside.items() if w >= 0.5) for inside in stems)
    return len(facts.title) >= 2 and any(facts.title <= inside for inside in said)


def _is_owned(facts: Facts, said: Said, question: str) -> bool:
    """Return whether the answer takes up the project that the question names: "I built the …"."""
    if not any(name.central and find_name(name.text, question) for name in facts.names):
        return False
    return any(
        sentence.stands
        and _MADE.search(said.text[sentence.start : sentence.end])
        and any(facts.stems.get(word.stem, 0.0) >= 0.5 for word in sentence.words)
        for sentence in said.sentences
    )


def _compatible(key: KeyNumber, number: SaidNumber) -> bool:
    if key.hit.kind == number.hit.kind:
        return True
    bare = not number.hit.kind and bool(key.hit.kind)
    return bare and (key.hit.kind in ("ratio", "money", "times") or key.raw == number.value)


def _same(key: KeyNumber, number: SaidNumber) -> bool:
    """Return whether the figure said is the point's figure, rounding allowed."""
    goal, value = key.value, number.value
    if key.hit.kind and not number.hit.kind:
        goal = key.raw
    if goal == value or (not key.hit.is_year and abs(goal - value) <= EXACT * abs(goal)):
        return True
    if key.hit.is_year or (not key.hit.kind and goal <= SMALL_COUNT) or value <= 0:
        return False
    off = (value - goal) / goal
    if abs(off) <= ROUNDED and _rounder(value, goal):
        return True
    near = number.hit.near
    if near == "over" or key.hit.near == "over":
        return -LOOSE <= off <= (ROUNDED if near == "over" else LOOSE)
    if near == "under":
        return -ROUNDED <= off <= LOOSE
    return bool(near) and abs(off) <= ROUNDED


def _rounder(value: float, goal: float) -> bool:
    """Return whether a figure has fewer digits than the one that it rounds."""
    return len(f"{value:.6g}".strip("0").replace(".", "")) < len(
        f"{goal:.6g}".strip("0").replace(".", "")
    )


def _numbers(facts: Facts, said: Said, support: _Support) -> dict[int, int]:
    """Return the matched numbers of the point with the index of the number said."""
    matched: dict[int, int] = {}
    for index, key in enumerate(facts.numbers):
        fitting = [
            place
            for place, number in enumerate(said.numbers)
            if _compatible(key, number) and _same(key, number)
            and _belongs(facts, key, number, support)
        ]  # fmt: skip
        if fitting:
            matched[index] = fitting[0]
    return matched


def _belongs(facts: Facts, key: KeyNumber, number: SaidNumber, support: _Support) -> bool:
    """Return whether a figure stands among the point's own words."""
    local = sum(facts.stems.get(root, 0.0) for root in number.near)
    around = support[1].get(number.sentence, 0.0)
    if not key.hit.kind and key.value <= SMALL_COUNT and key.partner is None:
        return bool(key.heads & number.after)
    if key.hit.is_year:
        return max(local, around) >= 1.0
    return local >= LOCAL or around >= 2 * LOCAL


def _wrong(
    facts: Facts, said: Said, matched: dict[int, int], support: _Support
) -> tuple[Wrong, ...]:
    """Return figures told for a quantity of the point that differ from it."""
    used = set(matched.values())
    wrong: list[Wrong] = []
    for index, key in enumerate(facts.numbers):
        if index in matched or (key.weight < 0.5 and not key.hit.is_year):
            continue
        for place, number in enumerate(said.numbers):
            if place in used or not _compatible(key, number):
                continue
            if any(_compatible(other, number) and _same(other, number) for other in facts.numbers):
                continue
            hit = number.hit
            if _same_quantity(facts, index, number, (matched, said, support)):
                wrong.append(
                    Wrong(
                        index, with_what_follows(said.text, hit.start, hit.end), hit.start, hit.end
                    )
                )
                used.add(place)
                break
    return tuple(wrong)


def _same_quantity(
    facts: Facts, index: int, number: SaidNumber, found: tuple[dict[int, int], Said, _Support]
) -> bool:
    """Return whether a figure is told for the quantity of the point's number `index`."""
    matched, said, support = found
    key = facts.numbers[index]
    goal = key.value if key.hit.kind == number.hit.kind else key.raw
    size = max(goal, number.value) / max(min(goal, number.value), 1e-12)
    if size > SAME_SIZE:
        return False
    if key.partner is not None and key.partner in matched:
        other = said.numbers[matched[key.partner]]
        if number.partner is not None and said.numbers[number.partner] is other:
            return True
        beside = abs(other.sentence - number.sentence) <= 1
        if beside and key.hit.kind and number.hit.kind == key.hit.kind:
            return True
    around = support[1].get(number.sentence, 0.0)
    if key.hit.is_year:
        shared = len(key.around & number.near)
        return number.hit.is_year and shared >= 2 and around >= facts.raised_at
    counted = bool(key.heads & number.after)
    small = not key.hit.kind and key.value <= SMALL_COUNT
    if counted:
        return around >= facts.raised_at * (0.9 if small else 0.6)
    shared = len(key.around & number.near)
    least = 1 if key.hit.kind == "ratio" else 2
    return bool(key.hit.kind) and shared >= least and around >= facts.raised_at
