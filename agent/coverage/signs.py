"""What an answer shows of a point: the numbers, names and words that match."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.coverage.facts import Facts
from agent.coverage.figures import Support, Wrong, told_numbers, wrong_numbers
from agent.coverage.said import Said
from agent.coverage.sounds import find_name
from agent.coverage.words import content_words

QUESTION_SHARE = 0.5
"""What a word counts that only repeats the question."""
NEARLY = 0.9
"""Share of that weight beside which a figure for the point's own quantity is looked at."""


_MADE = re.compile(
    r"\b(?:i|we) (?:built|wrote|made|created|designed|developed|implemented|started|led|ran)\b",
    re.IGNORECASE,
)


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
    matched = told_numbers(facts, said, support)
    kinds = len({root for inside in stems for root in inside}) + len(names)
    kinds += any(weight >= 1.0 for _, weight in names.values())
    told = sum(facts.numbers[key].weight for key in matched)
    raised = _is_raised(facts, names, support, (told, kinds)) or _is_titled(facts, stems)
    raised = raised or _is_owned(facts, said, question)
    nearly = max(support[1].values(), default=0.0) >= NEARLY * facts.raised_at
    wrong = wrong_numbers(facts, said, matched, support) if raised or matched or nearly else ()
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


def _support(
    said: Said, stems: list[dict[str, float]], names: dict[str, tuple[int, float]]
) -> Support:
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
    facts: Facts, names: dict[str, tuple[int, float]], support: Support, told: tuple[float, int]
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
