"""Two figures for one quantity that do not go together, in different answers of a session.

Rather none than a wrong one: nobody likes to be told of a contradiction that is none. So only what
is told twice in much the same words is compared. The rules were set on pairs of statements that
differ in one telling word (tests/bench/contradictions.txt) and on answers of many people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.coverage.figures import LOOSE, ROUNDED, SAME_SIZE, sound_alike
from agent.coverage.lists import word_set
from agent.coverage.said import Said, SaidNumber, said_of
from agent.coverage.words import all_words, weight_of

LEAST_SHARED = 3
"""Telling words that both figures stand among, what is counted left aside; with two, 4 of 84 pairs
of tests/bench/contradictions.txt that mean different things are taken for one."""
_WORDS_BEFORE = 4
"""Words that are quoted before a figure, so that it is known which one is meant."""
_SIZES = (1.0, 60.0, 3600.0, 86_400.0, 604_800.0, 1e-3, 1e-2, 1e3, 1e6)
"""Units in which 15 and 50 of them sound alike: of time, of ratios, thousands, millions."""
_WHICH = word_set(
    "average mean median tail typical peak busiest quiet max maximum min minimum worst best p50 p95"
    " p99 first second third fourth last next final initial original old new another other others"
    " before after earlier later then now today yesterday since until morning evening night noon"
    " weekend weekday weekdays monday tuesday wednesday thursday friday saturday sunday january"
    " february march april may june july august september october november december spring summer"
    " autumn fall winter quarter each per every daily weekly monthly yearly total altogether alone"
    " half rest remaining more fewer less additional extra only without except goal target planned"
    " expected promised budget limit right wrong good bad true false planning design testing review"
    " preparation rollout from grew fell rose dropped climbed shrank increased decreased doubled"
    " halved"
)
"""Words that tell which of several figures is meant; where they differ, so may the figures."""
_LETTER = re.compile(r"(?<=\S )(?!I\b)[A-Z]\b")
"""What is told apart by a letter: "terminal B"."""
_COUNTED = re.compile(r"\s+[^\W\d_]{3,}")


@dataclass(frozen=True)
class Pair:
    """Two figures that do not go together, each in the person's words."""

    before: str
    """What was said first: "40 percent"."""
    after: str
    """What was said later: "60 percent"."""
    quote: str
    """What was said first, with up to four words before it."""


def conflicting_figures(earlier: Sequence[str], answer: str) -> Iterator[Pair]:
    """Yield figures of an answer that differ from one in an earlier answer for the same thing.

    The same thing has the same unit, or is counted by the same word, and both figures stand among
    exactly the same telling words, three at least: a single one that is there but once may name
    another thing. No figure that the other answer has too, none that rounding or mishearing
    ("fifteen", "fifty") may explain, none more than 30 times off, and none where a word such as
    "median" or "last", or another number, says that another one is meant.
    """
    after = said_of(answer)
    for text in earlier if after.numbers else ():
        yield from _between(said_of(text), after)


def _between(before: Said, after: Said) -> Iterator[Pair]:
    told = {(number.hit.kind, number.value) for number in before.numbers}
    again = {(number.hit.kind, number.value) for number in after.numbers}
    for one in before.numbers:
        for other in after.numbers:
            if (one.hit.kind, one.value) in again or (other.hit.kind, other.value) in told:
                continue
            same = _same_quantity(one, other) and _end(one, before) == _end(other, after)
            if same and _differ(one, other) and _which(one, before) == _which(other, after):
                first, second = _words(one, before), _words(other, after)
                yield Pair(first, second, " ".join([*_words_before(one, before), first]))


def _same_quantity(one: SaidNumber, other: SaidNumber) -> bool:
    kind = one.hit.kind
    counted = {one.counts} & {other.counts} - {""}
    if kind != other.hit.kind or one.hit.is_year or other.hit.is_year or not (kind or counted):
        return False
    if not kind and min(one.value, other.value) < 2:
        return False  # "One nurse" is any nurse.
    ours, theirs = (
        {root for root in number.near - counted if weight_of(root) == 1.0}
        for number in (one, other)
    )
    return len(ours) >= LEAST_SHARED and ours == theirs


def _end(number: SaidNumber, said: Said) -> str:
    """Return which end of a change a figure is, as in "from 94 to 38"; a single one is the end."""
    is_start = number.partner is not None and said.numbers.index(number) < number.partner
    return "start" if is_start else "end"


def _differ(one: SaidNumber, other: SaidNumber) -> bool:
    """Return whether two figures cannot be the same one rounded or misheard."""
    small, large = sorted((one.value, other.value))
    rounded = LOOSE if one.hit.near or other.hit.near else ROUNDED
    if small <= 0 or large / small > SAME_SIZE or (large - small) / large <= rounded:
        return False
    return not any(sound_alike(round(small / size, 6), round(large / size, 6)) for size in _SIZES)


def _which(number: SaidNumber, said: Said) -> frozenset[str]:
    """Return the words and numbers of a figure's sentence that tell which figure is meant."""
    sentence = said.sentences[number.sentence]
    text = said.text[sentence.start : sentence.end]
    words = {word for word, _, _ in all_words(text)} & _WHICH
    beside = (
        f"{one.value:g}"
        for one in said.numbers
        if one.sentence == number.sentence and one != number and not _is_change(one, number, said)
    )
    return frozenset([*words, *_LETTER.findall(text), *beside])


def _is_change(one: SaidNumber, other: SaidNumber, said: Said) -> bool:
    """Return whether two numbers are the ends of one change: no days fall to a percentage."""
    partner = None if one.partner is None else said.numbers[one.partner]
    return partner == other and one.hit.kind == other.hit.kind


def _words(number: SaidNumber, said: Said) -> str:
    """Return a figure as said, with the word that it counts."""
    end = number.hit.end
    counted = _COUNTED.match(said.text, end) if number.counts and not number.hit.kind else None
    return " ".join(said.text[number.hit.start : counted.end() if counted else end].split())


def _words_before(number: SaidNumber, said: Said) -> list[str]:
    start = said.sentences[number.sentence].start
    return said.text[start : number.hit.start].split()[-_WORDS_BEFORE:]
