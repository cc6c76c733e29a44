"""Figures compared: which number said is the point's, and which contradicts it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent.coverage.facts import Facts, KeyNumber
from agent.coverage.said import Said, SaidNumber
from agent.coverage.words import with_what_follows

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

Support = tuple[dict[int, float], dict[int, float]]
"""Weight of the point's words in each sentence, and in each with its neighbors."""


@dataclass(frozen=True)
class Wrong:
    """A figure or a name that contradicts the point."""

    index: int
    """Index of the point's number, -1 for a name."""
    right: str
    """The figure or the name as the point has it."""
    said: str
    """The same as said."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""


def _compatible(key: KeyNumber, number: SaidNumber) -> bool:
    if key.hit.kind == number.hit.kind:
        return True
    if key.hit.kind == "time" and number.counts:
        return False  # "nine hundred cars" are no 900 days.
    bare = not number.hit.kind and bool(key.hit.kind)
    return bare and (key.hit.kind in ("ratio", "money", "times") or key.raw == number.value)


def _same(key: KeyNumber, number: SaidNumber) -> bool:
    """Return whether the figure said is the point's figure, rounding allowed."""
    goal, value = key.value, number.value
    if key.hit.kind and not number.hit.kind:
        goal = key.raw
    if goal == value or (not key.hit.is_year and abs(goal - value) <= EXACT * abs(goal)):
        return True
    if key.hit.is_year or (not key.hit.kind and goal <= SMALL_COUNT):
        return False
    if goal <= 0 or value <= 0:
        return False  # Nothing but a zero rounds to zero: "0 % data loss" is not "2 %".
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


def told_numbers(facts: Facts, said: Said, support: Support) -> dict[int, int]:
    """Return the matched numbers of the point with the index of the number said."""
    return _fitting(facts, said, support, _same)


def same_values(facts: Facts, said: Said) -> set[int]:
    """Return the sentences with a number of the point, whatever stands around it."""
    return {
        number.sentence
        for number in said.numbers
        if any(_compatible(key, number) and _same(key, number) for key in facts.numbers)
    }


def misheard_numbers(
    facts: Facts, said: Said, support: Support, matched: dict[int, int]
) -> dict[int, int]:
    """Return numbers that were not told, but one that sounds the same: "fifteen" for 50."""
    alike = _fitting(facts, said, support, _alike)
    used = set(matched.values())
    return {
        index: place for index, place in alike.items() if index not in matched and place not in used
    }


def _fitting(
    facts: Facts, said: Said, support: Support, fits: Callable[[KeyNumber, SaidNumber], bool]
) -> dict[int, int]:
    matched: dict[int, int] = {}
    for index, key in enumerate(facts.numbers):
        places = (
            place
            for place, number in enumerate(said.numbers)
            if _compatible(key, number) and fits(key, number)
            and _belongs(facts, key, number, support)
        )  # fmt: skip
        place = next(places, None)
        if place is not None:
            matched[index] = place
    return matched


def _alike(key: KeyNumber, number: SaidNumber) -> bool:
    """Return whether two numbers differ in -teen and -ty alone, which recognizers confuse."""
    bare = not number.hit.kind or not key.hit.kind
    own = key.raw if bare else key.value
    said = number.value
    # The unit's factor drops out: 15 min and 50 min in seconds, 15 thousand and 50 thousand.
    factors = {1.0, 1e3, 1e6, key.value / key.raw if key.raw else 1.0}
    return any(sound_alike(own / factor, said / factor) for factor in factors if factor)


def sound_alike(one: float, other: float) -> bool:
    """Return whether two whole numbers sound alike: 15 and 50, 113 and 130."""
    if not (one.is_integer() and other.is_integer()) or one // 100 != other // 100:
        return False
    low, high = sorted((one % 100, other % 100))
    return 13 <= low <= 19 and high == (low - 10) * 10


def _belongs(facts: Facts, key: KeyNumber, number: SaidNumber, support: Support) -> bool:
    """Return whether a figure stands among the point's own words."""
    local = sum(facts.stems.get(root, 0.0) for root in number.near)
    around = support[1].get(number.sentence, 0.0)
    if not key.hit.kind and key.value <= SMALL_COUNT and key.partner is None:
        return bool(key.heads & number.after)
    if key.hit.is_year:
        return max(local, around) >= 1.0
    return local >= LOCAL or around >= 2 * LOCAL


def wrong_numbers(
    facts: Facts, said: Said, matched: dict[int, int], support: Support
) -> tuple[Wrong, ...]:
    """Return figures told for a quantity of the point that differ from it."""
    used = set(matched.values())
    wrong: list[Wrong] = []
    for index, key in enumerate(facts.numbers):
        if index in matched or (key.weight < 0.5 and not key.hit.is_year):
            continue
        if key.value == 1 and not key.hit.kind:
            continue  # "without one accident" counts nothing.
        for place, number in enumerate(said.numbers):
            if place in used or not _compatible(key, number):
                continue
            if any(_compatible(other, number) and _same(other, number) for other in facts.numbers):
                continue
            if _same_quantity(facts, index, number, (matched, said, support)):
                wrong.append(wrong_from(facts, index, said, number))
                used.add(place)
                break
    return tuple(wrong)


def wrong_from(facts: Facts, index: int, said: Said, number: SaidNumber) -> Wrong:
    """Return a number said against the point's number `index`, both with what they count."""
    hit = number.hit
    shown = with_what_follows(said.text, hit.start, hit.end)
    return Wrong(index, facts.numbers[index].shown, shown, hit.start, hit.end)


def _same_quantity(
    facts: Facts, index: int, number: SaidNumber, found: tuple[dict[int, int], Said, Support]
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
