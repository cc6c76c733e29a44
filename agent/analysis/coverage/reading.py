"""What a text shows of a talking point: how near it comes, and its figures, told right or wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from agent.analysis.coverage.meaning import Meaning
from agent.analysis.coverage.sentences import place_of, sentences_of
from agent.brief import TalkingPoint
from agent.text.alike import sounding_like
from agent.text.facts import Facts, facts_of
from agent.text.figures import (
    Figure,
    figures_of,
    may_be_misheard,
    same_kind,
    same_quantity,
    same_value,
    times_off,
)
from agent.text.names import find_name
from agent.text.words import content_words

LONG_LETTERS = 5
"""Words of fewer letters sound like too many others."""


@dataclass(frozen=True)
class Reading:
    """What a text shows of a point."""

    near: tuple[float, ...]
    """Likeness of each sentence to the point; 0 where it tells no deed of the speaker's, or where
    another point is nearer."""
    raised: bool = False
    """Whether a sentence is near enough to the point; without one no figure counts."""
    sure: bool = True
    """Whether that is sure: not where the question alone makes it so, or little is missing."""
    told: Mapping[int, Figure] = field(default_factory=dict)
    """The point's figures that were told, by their index, as they were said."""
    wrong: Mapping[int, Figure] = field(default_factory=dict)
    """Figures told for one of its quantities that differ from it, by its index."""


ONE_OF_A_KIND = frozenset("money euro pounds ratio".split())
"""Kinds of figures that a sentence about a point seldom has for another reason."""
BY_CHANCE = 20
"""A number up to this stands in an answer for many another reason."""
CLOSE_CHARS = 60
"""A bare number so soon after the other end of its change has its unit: "95 ms, and now 60"."""
FAR = 3.0
"""A wrong figure of that kind is at most so many times off."""
SCALE = 1000.0
"""What is so many times off leaves its scale out: "6.8 million before, and 4.9 after"."""


@dataclass(frozen=True)
class Said:
    """A text to be read for talking points."""

    text: str
    """What was said, with or without punctuation."""
    unsure: tuple[tuple[int, int], ...] = ()
    """Where the recognizer was unsure of a word: there it may have written another."""

    def heard(self, names: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
        """Return what sounds like a name or word, where the recognizer was unsure."""
        return sounding_like(names, self.text, self.unsure) if self.unsure else ()


def reading_of(
    point: TalkingPoint,
    said: Said,
    among: Sequence[TalkingPoint],
    meaning: Meaning,
    question: str = "",
) -> Reading:
    """Return what a text shows of a point.

    Args:
        point: the talking point.
        said: what was said.
        among: all points of the brief; a sentence belongs to the nearest.
        meaning: what compares sentences; shared words where there is nothing better.
        question: what the text answers; where it asks for the point, less raises it.
    """
    text, near = said.text, _owned(point, said, among, meaning)
    facts, sentences, every = facts_of(point.name, point.text), sentences_of(text), figures_of(text)
    places = [place_of(sentences, one.hit.start) for one in every]
    standing = [one for one, at in zip(every, places, strict=True) if sentences[at].stands]
    told = {
        at: one
        for at, own in enumerate(facts.figures)
        if (one := next((one for one in standing if same_value(own, one)), None))
    }
    heard = said.heard(facts.names) if said.unsure else ()
    names = sum(bool(find_name(name, text)) for name in facts.names) + len(heard)
    # "340,000 volumes" is hardly said for another reason, a "12" may be.
    by_chance = not any(_is_no_chance(facts.figures[at], one) for at, one in told.items())
    support = len(set(told.values())) + min(1, names) + (not by_chance)
    supported = support >= 2 or _asked_for(point, question, meaning)
    nearest = max(near, default=0.0)
    bar = meaning.raised_with_support if supported else meaning.raised
    if nearest < bar:
        return Reading(near, sure=nearest < meaning.doubtful)
    # "Six of them" points back to what was said before, wherever it stands.
    pairs = zip(every, places, strict=True)
    near_enough = [one for one, at in pairs if near[at] >= bar or one.of_all]
    # So does "360 guests", where the point has some 260.
    claims = [facts.figures[at] for at in facts.claims]
    known = {id(one) for one in near_enough}
    near_enough += [
        one
        for one in standing
        if id(one) not in known and any(_counts_alike(own, one) for own in claims)
    ]
    wrong = _differing(facts, told, near_enough, every)
    is_sure = bool(nearest >= meaning.raised or told or names or wrong)
    return Reading(near, True, is_sure, told, wrong)


@lru_cache(maxsize=2048)
def _asked_for(point: TalkingPoint, question: str, meaning: Meaning) -> bool:
    near = (meaning.likeness(claim, [question])[0] for claim in _claims(point))
    return max(near) >= meaning.raised_with_support


def _owned(
    point: TalkingPoint, said: Said, among: Sequence[TalkingPoint], meaning: Meaning
) -> tuple[float, ...]:
    """Return the likeness of each sentence to a point, 0 where another is nearer by a margin."""
    own = _likeness(point, said, meaning)
    others = (_likeness(other, said, meaning) for other in among if other != point)
    most = (max(each) - meaning.margin for each in zip(own, *others, strict=True))
    return tuple(max(0.0, near) * (near >= bar) for near, bar in zip(own, most, strict=True))


@lru_cache(maxsize=2048)
def _likeness(point: TalkingPoint, said: Said, meaning: Meaning) -> tuple[float, ...]:
    """Return how near each sentence is to a point, alone or with a neighbor."""
    text, sentences = said.text, sentences_of(said.text)
    near = [0.0] * len(sentences)
    heard = said.heard(_own_words(point)) if said.unsure else ()
    windows = [
        (first, last)
        for first in range(len(sentences))
        for last in (first, first + 1)
        if last < len(sentences) and sentences[first].stands and sentences[last].stands
    ]
    texts = [respelled(text, sentences[a].start, sentences[b].end, heard) for a, b in windows]
    for claim in _claims(point):
        for (first, last), like in zip(windows, meaning.likeness(claim, texts), strict=True):
            near[first], near[last] = max(near[first], like), max(near[last], like)
    return tuple(near)


@lru_cache(maxsize=512)
def _own_words(point: TalkingPoint) -> tuple[str, ...]:
    """Return the words of a point that a recognizer may write in another way."""
    words = content_words(f"{point.name}. {point.text}")
    return tuple(dict.fromkeys(word for word in words if len(word) >= LONG_LETTERS))


def respelled(text: str, start: int, end: int, heard: tuple[tuple[int, int, str], ...]) -> str:
    """Return a stretch of a text with the words that were misheard as the brief has them."""
    parts, at = [], start
    for first, last, word in heard:
        if at <= first and last <= end:
            parts += [text[at:first], word]
            at = last
    return "".join([*parts, text[at:end]]).strip()


def _claims(point: TalkingPoint) -> tuple[str, ...]:
    """Return what a text is compared with: the point with its name, and without."""
    return f"{point.name}. {point.text}", point.text or point.name


def _differing(
    facts: Facts, told: Mapping[int, Figure], said: Sequence[Figure], every: Sequence[Figure]
) -> dict[int, Figure]:
    """Return figures told for a quantity whose own figure was not told anywhere."""
    free = [one for one in said if not any(same_value(own, one) for own in facts.figures)]
    found: dict[int, Figure] = {}
    for at in facts.claims:
        own = facts.figures[at]
        if at in told:
            continue
        other = told.get(own.partner) if own.partner is not None else None
        others = [each for each in facts.figures if each != own]
        for one in free:
            if any(may_be_misheard(each, one) for each in others) and not may_be_misheard(own, one):
                continue  # It is another of its figures, misheard.
            alone = _is_only_one(own, one, facts, said)
            if alone or same_quantity(own, one) or _is_other_end(own, one, other, every):
                found[at] = one
                free.remove(one)
                break
    return found


def _is_no_chance(own: Figure, one: Figure) -> bool:
    """Return whether a figure is great and of the same thing."""
    same = own.counts & one.counts or own.hit.unit == one.hit.unit != ""
    return bool(same) and one.raw > BY_CHANCE


def surely_told(own: Figure, one: Figure) -> bool:
    """Return whether a figure is surely this one: no other thing is counted with it."""
    same_thing = own.hit.unit == one.hit.unit != "" or bool(own.counts & one.counts)
    return same_value(own, one) and (same_thing or not one.counts)


def _counts_alike(own: Figure, one: Figure) -> bool:
    """Return whether two figures count one thing, or have one unit, and are not far apart."""
    same = bool(own.counts & one.counts) or own.hit.unit == one.hit.unit != ""
    return same and times_off(own, one) <= FAR


def _is_only_one(own: Figure, one: Figure, facts: Facts, said: Sequence[Figure]) -> bool:
    """Return whether both are the only figures of their kind or unit, and not far apart."""
    if not own.hit.kind or own.hit.kind != one.hit.kind:
        return False
    alike = own.hit.kind in ONE_OF_A_KIND
    many = [
        sum(f.hit.kind == own.hit.kind if alike else f.hit.unit == own.hit.unit for f in each)
        for each in (facts.figures, said)
    ]
    if not (alike or own.hit.unit == one.hit.unit):
        return False
    return many == [1, 1] and times_off(own, one) <= FAR


def _is_other_end(own: Figure, one: Figure, other: Figure | None, every: Sequence[Figure]) -> bool:
    """Return whether a figure ends the change whose other end was told right.

    Where no "to" joins the two ("took nine hours. … now 90 minutes") they must have one unit.
    """
    if other is None or not same_kind(own, one) or times_off(own, one) >= SCALE:
        return False
    joined = one.partner is not None and every[one.partner] == other
    close = bool(one.hit.kind) or 0 < one.hit.start - other.hit.end <= CLOSE_CHARS
    return joined or (close and bool(own.hit.kind) and own.hit.kind == other.hit.kind)
