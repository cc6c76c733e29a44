"""The figures of a text with what they count, and how two of them compare."""

import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from agent.text.numbers import NumberHit, find_numbers
from agent.text.words import content_stems, is_stopword

EXACT = 0.005
"""Relative difference of figures that are the same."""
ROUNDED = 0.06
"""Relative difference that rounding explains: 72 hours told as "70"."""
LOOSE = 0.12
"""The same for a figure told as "over", "almost" or "about"."""
SAME_SIZE = 30.0
"""A wrong figure is at most this many times off; beyond, it is of something else."""
SMALL_COUNT = 20
"""Counts up to this are exact."""
_NEAR_CHARS = 200
"""A figure's clause reaches no further (ours)."""
_CLAUSE = re.compile(r"[,;:.!?—–()](?=\s|$)")
_TO = re.compile(r"\s*(?:[a-z%/]+\s+){0,4}?(?:in)?to\s+(?:\w+\s+){0,2}?[~$€£]?", re.IGNORECASE)
_OF_THEM = re.compile(r" of (?:them|these|those|whom)\b", re.IGNORECASE)
_LABEL = re.compile(r"([A-Za-z]\w{1,30})[ -]$")
_NEXT = re.compile(r"[ -]([^\W\d_]+)(?!\w)")
_ONE_IN = re.compile(r"\bone (?:[a-z]+ ){0,2}?(?:in|out of) (?:every )?$", re.IGNORECASE)
_IN = re.compile(r"\s(?:in|out of|of)(?: every| the)?\s", re.IGNORECASE)
_PART_OF = re.compile(r"\bthe (?:last|first|past|next|other) $", re.IGNORECASE)
_TIME_OF_DAY = re.compile(
    r" ?(?:o['’]clock|[ap]\.?m|in the (?:morning|afternoon|evening)|at night)\b", re.IGNORECASE
)
_OUT_OF = re.compile(
    r"(?:\bout of|(?:^|[,.;:!?] )(?:(?:and|but|so) )?of)(?: every| the| those| my| our)? $",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…]\s")
_ALL_BUT = re.compile(r"\ball (?:(?:of )?(?:us|them|those) )?(?:but|except) $", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """One number of a text, or one end of a range, with its unit."""

    value: float
    """In the base unit of its kind."""
    raw: float
    """In the unit as written."""
    hit: NumberHit
    """Where it stands in the text; the whole range for one end of it."""
    shown: str
    """As written, with up to three words of what it counts."""
    counts: frozenset[str]
    """Stems of what it counts, none where a function word or a comma follows."""
    around: frozenset[str]
    """Stems of its clause."""
    is_claim: bool
    """Whether a point can fail on it: no year, label ("machine 3") or rate ("per 1,000")."""
    of_all: bool = False
    """Whether it is a part of what was counted before: "six of them"."""
    partner: int | None = None
    """Index of the other end of its change: "from 72 hours to 4 minutes"."""
    share: float = 0.0
    """The share that it tells, alone ("25 percent", "0.25") or with another ("one in four"); 0 for
    none."""


@lru_cache(maxsize=512)
def figures_of(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text, in order; a time of day is none."""
    figures: list[Figure] = []
    previous: NumberHit | None = None
    hits = [one for one in find_numbers(text) if not _is_time_of_day(text, one)]
    for hit, following in zip(hits, [*hits[1:], None], strict=False):
        years = previous is None or previous.is_year or hit.is_year
        joined = (
            previous and not years and _TO.fullmatch(text[previous.end : hit.start][:_NEAR_CHARS])
        )
        figure = _figure(text, hit)
        bare = not (hit.kind or figure.counts)
        before = text[max(0, hit.start - _NEAR_CHARS) : hit.start]
        if previous and bare and _PART_OF.search(before[-12:]):
            # "Eleven years, the last six": what the number before it counts.
            own = _measured_as(previous, hit)
            figure = replace(figure, hit=own, counts=figures[-1].counts)
        if rest := _ALL_BUT.search(before):
            joins = following and _IN.fullmatch(text[hit.end : following.start][:_NEAR_CHARS])
            whole = _figure(text, following) if following and joins else _whole_of(hit, figures)
            if whole is None:
                continue
            figure = _all_but(figure, whole, hit.start - len(rest[0]))
        for place, value in enumerate(figure.hit.base):
            partner = len(figures) - 1 if figures and (place or joined) else None
            if partner is not None:
                claim = not hit.is_year
                figures[partner] = replace(figures[partner], partner=len(figures), is_claim=claim)
                figure = replace(figure, partner=partner, is_claim=claim)
            raw = figure.hit.values[place]
            share = figure.share or _share(figure, value)
            figures.append(replace(figure, value=value, raw=raw, share=share))
        if previous:
            _tell_share(figures, text, previous, hit)
        of = figures[-1]
        if not (of.share or of.hit.kind or of.counts) and of.raw > 1 and _ONE_IN.search(before):
            figures[-1] = replace(of, share=1 / of.raw)
        previous = figure.hit
    return tuple(figures)


def _is_time_of_day(text: str, hit: NumberHit) -> bool:
    return ":" in hit.text or bool(_TIME_OF_DAY.match(text, hit.end))


def _whole_of(hit: NumberHit, figures: list[Figure]) -> Figure | None:
    """Return the last greater count before a number: the ten of "ten people. … All but two"."""
    counts = (one for one in reversed(figures) if not (one.hit.kind or one.hit.is_year))
    return next((one for one in counts if one.raw > hit.values[0]), None)


def _all_but(figure: Figure, whole: Figure, start: int) -> Figure:
    """Return "all but two" of ten as eight."""
    all_of = whole.hit.values[0]
    left = (all_of - figure.hit.values[0],)
    shown = "all but " + figure.shown
    hit = replace(figure.hit, values=left, base=left, start=start)
    counts = figure.counts or whole.counts
    return replace(figure, hit=hit, counts=counts, shown=shown, of_all=True, share=left[0] / all_of)


def _tell_share(figures: list[Figure], text: str, previous: NumberHit, hit: NumberHit) -> None:
    """Give the last two figures the share that they tell: "1 in 8", "out of ten … seven"."""
    between = text[previous.end : hit.start]
    if _IN.fullmatch(between[:_NEAR_CHARS]):
        figures[-2:] = _parted(*figures[-2:])
        return
    apart = len(between) > _NEAR_CHARS or _SENTENCE_END.search(between) or figures[-2].share
    if not apart and _OUT_OF.search(text[: previous.start][-30:]):
        part, whole = _parted(*figures[:-3:-1])
        figures[-2:] = whole, part


def _measured_as(other: NumberHit, hit: NumberHit) -> NumberHit:
    """Return a bare number in the unit of another one."""
    size = other.base[0] / other.values[0] if other.values[0] else 1.0
    base = tuple(value * size for value in hit.values)
    return replace(hit, unit=other.unit, kind=other.kind, base=base)


def _share(figure: Figure, value: float) -> float:
    """Return the share that a figure tells alone: "25 percent", "a quarter of", "0.25"."""
    if figure.hit.kind == "ratio":
        return value
    return value if 0 < value < 1 and not (figure.hit.kind or figure.counts) else 0.0


def _parted(part: Figure, whole: Figure) -> tuple[Figure, Figure]:
    """Return two figures that may tell a share together: "1 in 8", "three out of ten"."""
    countable = whole.hit.kind in ("", "money", "euro", "pounds") and not whole.hit.is_year
    if part.hit.kind or not countable or not 0 < part.raw < whole.raw:
        return part, whole
    share = part.raw / whole.raw
    return replace(part, share=share), replace(whole, share=share)


def _figure(text: str, hit: NumberHit) -> Figure:
    before = _CLAUSE.split(text[max(0, hit.start - _NEAR_CHARS) : hit.start])[-1]
    after = _CLAUSE.split(text[hit.end : hit.end + _NEAR_CHARS])[0]
    end = hit.end
    for _ in range(3):
        word = _NEXT.match(text, end)
        if word is None or is_stopword(word[1]):
            break
        end = word.end()
    counts = content_stems(text[hit.end : end])
    around = content_stems(before) | content_stems(after)
    label = _LABEL.search(before)
    labelled = label is not None and (
        label[1].lower() == "per" or not (counts or hit.kind or is_stopword(label[1]))
    )
    claim = not (hit.is_year or labelled)
    of_all = bool(_OF_THEM.match(text, hit.end))
    return Figure(0.0, 0.0, hit, text[hit.start : end], counts, around, claim, of_all)


def same_kind(own: Figure, said: Figure) -> bool:
    """Return whether two figures can be of one quantity; speech may leave a unit out."""
    bare = not said.hit.kind and not said.counts
    return own.hit.kind == said.hit.kind or (bare and bool(own.hit.kind))


def same_value(own: Figure, said: Figure) -> bool:
    """Return whether a figure said is the own one, rounding allowed; counts and years are exact."""
    goal = _goal(own, said)
    if _same_share(own, said):
        return True
    if not same_kind(own, said) or goal == said.value:
        return same_kind(own, said)
    small = not own.hit.kind and goal <= SMALL_COUNT
    if own.hit.is_year or small or goal <= 0 or said.value <= 0:
        return False  # Nothing but a zero rounds to zero.
    off = abs(said.value - goal) / goal
    if said.hit.near or own.hit.near:
        return off <= LOOSE
    return off <= EXACT or (off <= ROUNDED and _digits(said.value) < _digits(goal))


def _same_share(own: Figure, said: Figure) -> bool:
    """Return whether both tell one share, in whatever form: 0.84, "84 percent", "one in four"."""
    if own.share and said.share:
        return abs(own.share - said.share) <= EXACT * own.share or (
            own.hit.kind != said.hit.kind and abs(own.share - said.share) <= ROUNDED * own.share
        )
    # "From 71 to 84", where the brief says 0.71 to 0.84.
    bare = not (own.hit.kind or said.hit.kind or own.counts or said.counts)
    return bare and 0 < own.raw < 1 and said.raw >= 10 and said.raw == round(100 * own.raw, 6)


def _goal(own: Figure, said: Figure) -> float:
    return own.raw if own.hit.kind and not said.hit.kind else own.value


def _digits(value: float) -> int:
    return len(f"{value:.6g}".strip("0").replace(".", ""))


def times_off(own: Figure, said: Figure) -> float:
    """Return how many times the greater of two figures is the smaller, infinite for zero."""
    low, high = sorted((_goal(own, said), said.value))
    return high / low if low > 0 else math.inf


def same_quantity(own: Figure, said: Figure) -> bool:
    """Return whether two figures are told of one thing.

    Both count the same word, or a part of what was counted; or they have one unit (or neither says
    what it counts) and share a word of their clauses. Their sizes must not be too far apart.
    """
    if not same_kind(own, said) or times_off(own, said) > SAME_SIZE:
        return False
    if own.counts & said.counts or (own.of_all and said.of_all):
        return True
    plain = not own.counts and not said.counts
    alike = own.hit.unit == said.hit.unit and (bool(own.hit.kind) or plain)
    return alike and bool(own.around & said.around)


def sound_alike(one: float, other: float) -> bool:
    """Return whether two whole numbers differ in -teen and -ty alone: 15 and 50, 113 and 130."""
    if not (float(one).is_integer() and float(other).is_integer()) or one // 100 != other // 100:
        return False
    low, high = sorted((one % 100, other % 100))
    return 13 <= low <= 19 and high == (low - 10) * 10


def may_be_misheard(own: Figure, said: Figure) -> bool:
    """Return whether a recognizer may have written one for the other: "fifteen" for 50."""
    pairs = ((own.raw, said.raw), (own.value, said.value))
    return any(sound_alike(a / size, b / size) for a, b in pairs for size in (1.0, 1e3, 1e6))
