"""From what an answer shows of a point to its status, with the reason in a sentence."""

from __future__ import annotations

from agent.analysis import Status
from agent.coverage.facts import KEY_WEIGHT, Facts, KeyNumber
from agent.coverage.signs import Signs
from agent.coverage.words import COMMON_WEIGHT

ENOUGH_NUMBERS = 0.34
"""Share of the weight of its key numbers that carries a point with figures."""
ENOUGH_WORDS = 0.12
"""Share of the weight of its words that must come with the numbers."""
IN_OTHER_WORDS = 0.6
"""Cosine of a sentence with the claim from which on its figures need no word of the point."""
WORDS_ALONE = 0.34
"""Share of words and names that carries a point without key numbers."""


def verdict_of(facts: Facts, signs: Signs) -> tuple[Status, str]:
    """Return the status of a point and why.

    Contradicted: one figure of the point was told wrong. Missing: the topic was not raised. Then
    a point with key figures is covered by the right figures among its own words, a point
    without by its names and words. Anything between is partial.
    """
    if signs.wrong:
        one = signs.wrong[0]
        return "contradicted", f"You said “{one.said}”; the brief says “{one.right}”."
    if not signs.raised:
        return "missing", "Nothing that was said raises it."
    if _conveyed(facts, signs):
        return "covered", _why_covered(facts, signs) + _misheard(signs)
    return "partial", _why_partial(facts, signs) + _misheard(signs)


def _misheard(signs: Signs) -> str:
    """Return what a recognizer likely got wrong, and that it does not count."""
    if signs.misheard:
        one = signs.misheard[0]
        return f" “{one.said}” was heard for “{one.right}”, which sounds alike; it counts as right."
    if signs.unsure:
        one = signs.unsure[0]
        return f" “{one.said}” was heard for “{one.right}”, but not surely, so it does not count."
    return ""


def _shown(number: KeyNumber) -> str:
    return number.shown


def _key(facts: Facts) -> list[int]:
    """Return the numbers that carry the claim: key figures, or counts where nothing else does."""
    key = [at for at, number in enumerate(facts.numbers) if number.weight >= KEY_WEIGHT]
    if key or facts.names:
        return key
    return [at for at, number in enumerate(facts.numbers) if number.weight > COMMON_WEIGHT]


def _words_share(facts: Facts, signs: Signs) -> float:
    """Return the share of the point's names and words that was said."""
    names = sum(name.weight for name in facts.names)
    whole = facts.word_weight + names
    share = (sum(signs.stems.values()) + sum(signs.names.values())) / whole if whole else 0.0
    return max(share, ENOUGH_WORDS) if signs.near >= IN_OTHER_WORDS else share


def _conveyed(facts: Facts, signs: Signs) -> bool:
    words = _words_share(facts, signs)
    told = sum(facts.numbers[at].weight for at in signs.numbers)
    whole = facts.number_weight
    key = _key(facts)
    if not key:
        bonus = 0.5 * told / whole if whole else 0.0
        return words + bonus * WORDS_ALONE >= WORDS_ALONE
    lead = facts.numbers[key[0]]
    ends = [key[0]] if lead.partner is None else [key[0], lead.partner]
    if len(signs.stems) + len(signs.names) < 2 and signs.near < IN_OTHER_WORDS:
        return False
    pair = len(ends) == 2 and all(at in signs.numbers for at in ends)
    if pair and words >= ENOUGH_WORDS / 2:
        return True
    if ends[0] in signs.numbers and len(ends) == 1 and words >= ENOUGH_WORDS:
        return True
    result = ends[-1] in signs.numbers
    return (
        told / whole >= ENOUGH_NUMBERS
        and words >= ENOUGH_WORDS
        and (result or len(signs.numbers) >= 2)
    )


def _why_covered(facts: Facts, signs: Signs) -> str:
    told = dict.fromkeys(_shown(facts.numbers[at]) for at in sorted(signs.numbers))
    if told:
        return f"The claim came with its figures ({', '.join(list(told)[:4])})."
    names = ", ".join(sorted(signs.names, key=lambda name: -signs.names[name])[:4])
    return f"The claim came with its facts ({names})." if names else "The claim was told in full."


def _why_partial(facts: Facts, signs: Signs) -> str:
    lost = [at for at in _key(facts) if at not in signs.numbers]
    figures = dict.fromkeys(_shown(facts.numbers[at]) for at in lost)
    if figures:
        return f"Left out: {', '.join(list(figures)[:2])}."
    names = [name.text for name in facts.names if name.text not in signs.names and name.weight >= 1]
    if names:
        return f"Left out: {', '.join(names[:3])}."
    return "Left out: the claim itself."
