"""What an answer shows of a point: the numbers, names and words that match."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.coverage.facts import KEY_WEIGHT, Facts
from agent.coverage.figures import (
    Support,
    Wrong,
    misheard_numbers,
    same_values,
    told_numbers,
    wrong_from,
    wrong_numbers,
)
from agent.coverage.meaning import Meaning
from agent.coverage.nearness import nearness
from agent.coverage.rivals import rival_of
from agent.coverage.said import Said
from agent.coverage.sounds import find_name
from agent.coverage.words import content_words

QUESTION_SHARE = 0.5
"""What a word counts that only repeats the question."""
LEAST_NAME = 0.5
"""Weight of a name whose place another one can take."""
BESIDE = 1.0
"""Weight of the point's own words around such another name."""
LEAST_SHOWN = 0.5
"""Weight of the point's words in a sentence whose meaning is looked at."""
RAISED_NEAR = 0.6
"""Cosine of a sentence that raises the topic; one in 350 sentences about other things has it."""
TOO_FAR = 0.35
"""Cosine up to which words that the point has too are about something else."""
BELONGS_NEAR = 0.5
"""Cosine of a sentence whose numbers are looked at as the point's."""
BELONGS = 1.2
"""What such a sentence counts as, in weight of the point's words."""
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
    """Figures and names that contradict it."""
    misheard: tuple[Wrong, ...] = ()
    """Figures that count as told, though a recognizer wrote another that sounds the same."""
    unsure: tuple[Wrong, ...] = ()
    """Figures and names that would contradict it, had they been heard surely."""
    names: dict[str, float] = field(default_factory=dict)
    """Weight of each name found."""
    stems: dict[str, float] = field(default_factory=dict)
    """Weight of each stem found."""
    raised: bool = False
    """Whether the topic was clearly raised."""
    near: float = 0.0
    """Cosine of its nearest sentence with the claim, 0 without sentence vectors."""
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
    wrong = tuple(
        one
        for signs in each
        for one in signs.wrong
        if one.index not in numbers and one.right not in names
    )
    misheard = tuple(one for signs in each for one in signs.misheard)
    raised = any(signs.raised for signs in each)
    near = max((signs.near for signs in each), default=0.0)
    unsure = tuple(one for signs in each for one in signs.unsure)
    return Signs(numbers, wrong, misheard, unsure, names, stems, raised, near)


def signs_in(facts: Facts, said: Said, question: str = "", meaning: Meaning | None = None) -> Signs:
    """Return what one answer shows of a point.

    Sentence vectors (`meaning`) widen where its numbers are looked for, raise a topic that was told
    in other words, and take back one that only its words seem to raise.
    """
    asked = {word.stem for word in content_words(question)}
    stems = _stems(facts, said, asked)
    names = _names(facts, said)
    support = _support(said, stems, names)
    near = _nearness(facts, said, support, meaning)
    wide = (support[0], _widened(support[1], near))
    matched = told_numbers(facts, said, wide)
    alike = misheard_numbers(facts, said, wide, matched)
    misheard = tuple(wrong_from(facts, key, said, said.numbers[at]) for key, at in alike.items())
    matched |= alike
    kinds = len({root for inside in stems for root in inside}) + len(names)
    kinds += any(weight >= 1.0 for _, weight in names.values())
    told = sum(facts.numbers[key].weight for key in matched)
    raised = _is_raised(facts, names, support, (told, kinds)) or _is_titled(facts, stems)
    raised = raised or _is_owned(facts, said, question)
    if near:
        figured = any(facts.numbers[at].weight >= KEY_WEIGHT for at in matched)
        raised = max(near.values()) >= RAISED_NEAR or (
            raised and (figured or max(near.values()) > TOO_FAR)
        )
    nearly = max(support[1].values(), default=0.0) >= NEARLY * facts.raised_at
    wrong = wrong_numbers(facts, said, matched, support) if raised or matched or nearly else ()
    wrong += _wrong_names(facts, said, question, support) if raised else ()
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
        spans, wrong, misheard, (), {name: worth for name, (_, worth) in names.items()}, best_stems,
        raised or bool(wrong), max(near.values(), default=0.0), by_sentence,
    )  # fmt: skip


def _nearness(
    facts: Facts, said: Said, support: Support, meaning: Meaning | None
) -> dict[int, float]:
    """Return how near to the claim the sentences are that show something of it."""
    shows = {place for place, weight in support[0].items() if weight >= LEAST_SHOWN}
    return nearness(facts.claim, said, shows | same_values(facts, said), meaning)


def _widened(around: dict[int, float], near: dict[int, float]) -> dict[int, float]:
    """Return the support with that of sentences near in meaning: their right numbers count."""
    return {
        place: weight + (BELONGS if near.get(place, 0.0) >= BELONGS_NEAR else 0.0)
        for place, weight in around.items()
    }


def _wrong_names(facts: Facts, said: Said, question: str, support: Support) -> tuple[Wrong, ...]:
    """Return the name told in the place of one of the point's, beside the point's own words."""
    names = tuple(name.text for name in facts.names if name.weight >= LEAST_NAME)
    rival = rival_of(facts.claim, names, said, question)
    if rival is None:
        return ()
    starts = [sentence.start for sentence in said.sentences]
    place = max(0, bisect_right(starts, rival.start) - 1)
    if support[1].get(place, 0.0) < BESIDE:
        return ()
    return (Wrong(-1, rival.name, rival.said, rival.start, rival.end),)


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
