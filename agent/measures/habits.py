"""Words and phrases that stand out: one crutch word, and phrases said again and again."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.analysis import Answer, Filler, Habit, Span, SpokenWord
from agent.bands import FEW_PER_MINUTE
from agent.coverage.lists import word_set

CRUTCH_SHARE = 0.5
"""A crutch is one word that makes up at least half of all fillers."""
CRUTCH_LEAST = 5
"""With fewer, one word in front is chance: of four fillers of two kinds, three are the same in
half of all sessions."""
CRUTCH_PER_MINUTE = FEW_PER_MINUTE / 2
"""So often one word alone makes half of what listeners begin to notice (Laske 2024)."""
PHRASE_LEAST = 4
"""A phrase said less often is no habit."""
PHRASE_ANSWERS = 3
"""In so many answers it must come: one topic that keeps its words is none."""
PHRASE_RATIO = 20.0
"""It must come so many times as often as its words would meet by chance; this keeps out pairs of
words that are frequent each ("the team")."""
TOLD_AGAIN = 8
"""So many words in a row that come twice are a story told again, not a habit."""
MOST_PHRASES = 3
"""More are not told."""
_LENGTHS = range(6, 1, -1)
_SAME = 0.75
"""A shorter phrase that comes mostly inside a longer one is left out."""

_UM = re.compile(r"(?:u+h*m+|e+r+m+|h+m+|m{2,})\Z")
_FUNCTION = word_set(
    "a an the and or but so if then than because as of in on at to for from with by about into "
    "out up down over off i you he she it we they me him her us them my your his its our their "
    "this that these those there here what which who when where how why is am are was were be been "
    "being have has had do does did will would can could should may might must not no yes yeah "
    "i'm i've i'd i'll you're you've he's she's it's we're we've we'd they're that's there's don't "
    "didn't wasn't isn't doesn't couldn't wouldn't can't just also very really some any all more "
    "one two three get got go went going make made like know think mean okay well oh um uh "
    "too now again"
)
"""A phrase of these alone is grammar, no habit."""
_NO_END = word_set("the a an and or but so i you he she we they my our your was is were had have")
"""A phrase that ends so goes on."""


@dataclass(frozen=True)
class _Said:
    """One phrase at one place."""

    answer: int
    """Number of the answer."""
    span: Span
    """When it was said."""


Places = dict[tuple[str, ...], list[_Said]]


def habits_of(answers: Sequence[Answer], known: str) -> tuple[Habit, ...]:
    """Return the crutch word, if there is one, and the pet phrases, the most frequent first.

    Args:
        answers: the answers with their words and fillers.
        known: the brief and the questions; phrases with a content word from there are topics.
    """
    return (*_crutch(answers), *_pet_phrases(answers, known))


def _crutch(answers: Sequence[Answer]) -> Iterator[Habit]:
    moments: dict[str, list[Filler]] = defaultdict(list)
    for answer in answers:
        for one in answer.fillers.counted:
            moments[_folded(one.text)].append(one)
    total = sum(map(len, moments.values()))
    minutes = sum(answer.pacing.duration_s for answer in answers) / 60
    for text, said in moments.items():
        often = len(said) >= max(CRUTCH_LEAST, CRUTCH_PER_MINUTE * minutes)
        if minutes > 0 and often and len(said) >= CRUTCH_SHARE * total:
            spans = tuple(Span(start_s=one.start_s, end_s=one.end_s) for one in said)
            yield Habit(text=text, count=len(said), kind="crutch", moments=spans)
            return


def _folded(text: str) -> str:
    """Return a filler in one spelling: recognizers write "umm", "uhm" and "um" by chance."""
    plain = " ".join(_plain(word) for word in text.split())
    if _UM.match(plain):
        return "um"
    return "uh" if re.match(r"(?:u+h+|e+r+|e+h+|a+h+)\Z", plain) else plain


def _pet_phrases(answers: Sequence[Answer], known: str) -> list[Habit]:
    again = _told_again(answers)
    runs = [
        list(_runs([word for word in answer.words if word.mark != "filled_pause"], again))
        for answer in answers
    ]
    counts = Counter(_plain(word.text) for part in runs for run in part for word in run)
    topics = frozenset(_plain(word) for word in re.findall(r"[\w'’]+", known)) - _FUNCTION
    found: Places = {}
    for length in _LENGTHS:
        for phrase, said in _places(runs, length).items():
            topic = not topics.isdisjoint(phrase)
            if (
                not topic
                and not _is_part(phrase, said, found)
                and _stands_out(phrase, said, counts)
            ):
                found[phrase] = said
    spread = min(PHRASE_ANSWERS, len(answers))
    wide = [each for each in found.items() if len({one.answer for one in each[1]}) >= spread]
    return [
        Habit(
            text=" ".join(phrase),
            count=len(said),
            kind="pet_phrase",
            moments=tuple(one.span for one in said),
        )
        for phrase, said in sorted(wide, key=lambda each: -len(each[1]))[:MOST_PHRASES]
    ]


def _places(runs: Sequence[Sequence[Sequence[SpokenWord]]], length: int) -> Places:
    """Return every phrase of a length with where it was said."""
    here: Places = defaultdict(list)
    for number, part in enumerate(runs):
        for run in part:
            for phrase, span in _phrases(run, length):
                here[phrase].append(_Said(number, span))
    return here


def _told_again(answers: Sequence[Answer]) -> frozenset[tuple[str, ...]]:
    """Return the stretches of TOLD_AGAIN words that come more than once."""
    counts: Counter[tuple[str, ...]] = Counter()
    for answer in answers:
        counts.update(_stretches([w for w in answer.words if w.mark != "filled_pause"]))
    return frozenset(stretch for stretch, count in counts.items() if count > 1)


def _stretches(words: Sequence[SpokenWord]) -> list[tuple[str, ...]]:
    plain = [_plain(word.text) for word in words]
    return [tuple(plain[at : at + TOLD_AGAIN]) for at in range(len(plain) - TOLD_AGAIN + 1)]


def _runs(
    words: Sequence[SpokenWord], again: frozenset[tuple[str, ...]]
) -> Iterator[list[SpokenWord]]:
    """Yield the words between sentence ends, stories told again left out."""
    told: set[int] = set()
    for at, stretch in enumerate(_stretches(words)):
        if stretch in again:
            told.update(range(at, at + TOLD_AGAIN))
    run: list[SpokenWord] = []
    for at, word in enumerate(words):
        if at not in told:
            run.append(word)
        if at in told or word.text.endswith((".", "?", "!", ";", ":")):
            yield run
            run = []
    yield run


def _phrases(run: Sequence[SpokenWord], length: int) -> Iterator[tuple[tuple[str, ...], Span]]:
    plain = [_plain(word.text) for word in run]
    for at in range(len(run) - length + 1):
        phrase = tuple(plain[at : at + length])
        if phrase[-1] in _NO_END or all(word in _FUNCTION for word in phrase):
            continue
        if all(phrase) and not any(sign.isdigit() for word in phrase for sign in word):
            yield phrase, Span(start_s=run[at].start_s, end_s=run[at + length - 1].end_s)


def _stands_out(phrase: tuple[str, ...], said: Sequence[_Said], counts: Counter[str]) -> bool:
    """Return whether a phrase comes often, and more than by chance.

    By chance its words would meet as often as the product of their shares says, at every place
    of all that was said (the expectation under independence that mutual information starts
    from: Church and Hanks, "Word association norms", Computational Linguistics 16 (1990), 22-29).
    """
    if len(said) < PHRASE_LEAST:
        return False
    total = sum(counts.values())
    expected = float(total)
    for word in phrase:
        expected *= counts[word] / total
    return len(said) >= PHRASE_RATIO * expected


def _is_part(phrase: tuple[str, ...], said: Sequence[_Said], found: Places) -> bool:
    """Return whether a longer phrase that was found holds this one nearly every time."""
    text = f" {' '.join(phrase)} "
    return any(
        text in f" {' '.join(longer)} " and len(held) >= _SAME * len(said)
        for longer, held in found.items()
    )


def _plain(text: str) -> str:
    return re.sub(r"[^\w']", "", text.lower().replace("’", "'")).strip("'")
