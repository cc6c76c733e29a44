"""What can be said back of an answer in good English ("You said you moved the jobs to a queue").

A recognizer's garbled words seldom fall into a pattern, so more than the brief's words is said
back only where it stands in one: a number with its unit or noun, "I" or "we" with a verb of work
and its object (deeds.py), a noun after a determiner (nouns.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

from agent.coverage.lists import word_set
from agent.coverage.numbers import NumberHit, find_numbers
from agent.coverage.words import meaning, stem, weight_of
from agent.interviewer.answer.clauses import WRITTEN, Clause, clauses_of
from agent.interviewer.answer.deeds import Deed, Mood, deeds_of, told
from agent.interviewer.answer.nouns import NOUNS, PLURAL, noun_phrase, trusted_nouns
from agent.interviewer.answer.phrases import (
    ADJECTIVES,
    NOT_THERE,
    SAID_BACK,
    like_noun,
    phrases_of,
)
from agent.interviewer.checks import is_said
from agent.interviewer.words import COMMON, words_of

_TOO_PLAIN = word_set(
    "case day part result results people figure week hour evening morning night year role story"
    " topic change value head quarter season winter weekend"
)
"""Nouns that do not name anything when they stand alone."""
_LONG_S = 60.0
_CLAUSE = re.compile(r"[.,;:!?]+(?=\s|$)|[()\"“”—]")
_NAME = re.compile(r"(?<=[a-z0-9,;:] )(?!I\b)[A-Z][\w-]*")
_SHORT_WORDS = 45
"""In an answer of fewer words, about 20 s, whatever is named may be asked about."""
_LONGEST_ANSWER_WORDS = 4
"""A whole answer of so many words is said back as it is."""
_RECENT_WORDS = 150
"""Of a long answer its last minute is said back, which both still have in their ears."""
_PLAIN_ANSWERS = word_set("fine yes yeah no maybe good great okay ok hard easy difficult")


@dataclass(frozen=True)
class SaidBack:
    """A piece of an answer, turned to the person."""

    words: str
    """The person's own words in lower case; nothing is said back twice."""
    statement: str
    """As the interviewer says it: "You mentioned 22 milliseconds."."""
    thing: str = ""
    """As a noun phrase, "the release calendar"; "" for a deed or a number."""
    mood: Mood | None = None
    """Of a deed: whether it was done once, is done always, or would be done."""
    is_weighty: bool = False
    """Of a deed: whether it is more than a call or a word."""
    is_figure: bool = False
    """Whether it is a number, of which not everything can be asked."""

    @property
    def head(self) -> str:
        """The last word, which mostly says what it is about; "" for a number."""
        return "" if self.is_figure else self.words.rsplit(maxsplit=1)[-1]


def said_back(
    answers: Sequence[str], known: Mapping[str, str], dull: frozenset[str]
) -> list[SaidBack]:
    """Return what can be said back, the last answer's first, the most telling first.

    Args:
        answers: what was said to one question, in order.
        known: words of the brief with their spelling.
        dull: stems of the question's words, which say nothing new.
    """
    text = " ".join(answers)
    trusted = trusted_nouns(text) | {word for word in known if " " not in word and _is_noun(word)}
    often = _often(text)
    found: list[SaidBack] = []
    for whole in reversed(answers):
        answer = " ".join(whole.split()[-_RECENT_WORDS:])
        phrases = phrases_of(answer, known, dull)
        telling = [p for p in phrases if p.is_telling]
        plain = [p for p in phrases if not p.is_telling]
        clauses = [words_of(clause) for clause in _CLAUSE.split(answer)]
        found += [_mentioned(p.words, p.spoken) for p in telling]
        found += _told(answer, trusted)
        found += [_mentioned(p.words, p.spoken) for p in plain if often(p.words)]
        found += [
            thing
            for words in reversed(clauses)
            for thing in _things(words, trusted, dull)
            if often(thing.words)
        ]
        found += [number for _, number in sorted(_numbers(answer), key=lambda row: row[0])]
        found += _whole(answer, trusted | known.keys())
    return list({piece.words: piece for piece in reversed(found)}.values())[::-1]


def _is_noun(word: str) -> bool:
    return word not in COMMON and like_noun(word) and weight_of(meaning(word)) == 1.0


def _often(text: str) -> Callable[[str], bool]:
    """Return a test of whether a thing is what an answer is about, not named in passing.

    That is: two nouns together, or its noun is said twice, or the answer is short.
    """
    said = words_of(text)
    counts = Counter(stem(word) for word in said)

    def often(thing: str) -> bool:
        *before, noun = thing.split()
        compound = bool(before) and before[-1] not in ADJECTIVES
        return compound or counts[stem(noun)] > 1 or len(said) < _SHORT_WORDS

    return often


def _mentioned(words: str, spoken: str) -> SaidBack:
    return SaidBack(words, f"You mentioned {spoken}.", spoken)


def _told(answer: str, trusted: Set[str]) -> list[SaidBack]:
    """Return the deeds and views of an answer, those that tell the most first, of equals the last
    said; a deed within a clause that is said back whole is no other.
    """
    is_written = bool(WRITTEN.search(answer))
    names = _names_in(answer)
    whole = clauses_of(answer)
    deeds = [
        deed
        for clause in _CLAUSE.split(answer)
        for deed in deeds_of(words_of(clause), trusted, is_written=is_written)
        if not any(is_said(deed.words, one.said) for one in whole)
    ]
    found: list[Clause | Deed] = [*reversed(deeds), *reversed(whole)]
    found.sort(key=lambda one: (not one.is_weighty, not one.is_own))
    return [_done(one, names) for one in found]


def _done(one: Clause | Deed, names: Mapping[str, str]) -> SaidBack:
    if isinstance(one, Clause):
        words, statement = " ".join(words_of(one.said)), one.told
    else:
        told_words = " ".join(names.get(word, word) for word in told(one).split())
        words, statement = one.words, f"You said {told_words}."
    return SaidBack(words, statement, mood=one.mood, is_weighty=one.is_weighty)


def _names_in(answer: str) -> dict[str, str]:
    """Return the names of an answer: what is written with a capital inside a sentence."""
    return {match.group().lower(): match.group() for match in _NAME.finditer(answer)}


def _things(words: Sequence[str], trusted: frozenset[str], dull: frozenset[str]) -> list[SaidBack]:
    """Return the noun phrases of a clause, the last first."""
    found = []
    for at, word in enumerate(words):
        denied = words[at - 1] in NOT_THERE if at else False
        end = noun_phrase(words, at, trusted) if word in SAID_BACK and not denied else 0
        inner = words[at + 1 : end]
        nouns = [w for w in inner if w in trusted and w not in _TOO_PLAIN]
        if any(stem(w) not in dull for w in nouns):
            found.append(_mentioned(" ".join(inner), f"{SAID_BACK[word]} {' '.join(inner)}"))
    return found[::-1]


def _numbers(answer: str) -> list[tuple[bool, SaidBack]]:
    """Return "You mentioned 22 milliseconds." for each number with its unit or noun, the last
    first, each with whether it is a stretch of minutes and more: these tell the least.
    """
    found = []
    for hit in find_numbers(answer):
        spoken = _with_noun(hit, answer)
        if spoken:
            long = hit.kind == "time" and max(hit.base, default=0.0) >= _LONG_S
            words = " ".join(words_of(spoken))
            found.append((long, SaidBack(words, f"You mentioned {spoken}.", is_figure=True)))
    return found[::-1]


def _with_noun(hit: NumberHit, answer: str) -> str:
    text = " ".join(hit.text.split())
    if hit.is_year or len(hit.values) > 1 or hit.values[0] in (0, 1):
        return ""
    if hit.unit:
        # "2k" is not how it is spoken, and "two week" not how it is said.
        return text if len(text.split()) > 1 and PLURAL.search(text) else ""
    after = _CLAUSE.split(answer[hit.end : hit.end + 40])[0].split()
    noun = after[0].lower() if after else ""
    return f"{text} {noun}" if noun in NOUNS and PLURAL.search(noun) else ""


def _whole(answer: str, trusted: Set[str]) -> list[SaidBack]:
    """Return a very short answer as it is."""
    words = words_of(answer)
    plain = all(w in trusted or w in _PLAIN_ANSWERS or w in SAID_BACK for w in words)
    if not words or len(words) > _LONGEST_ANSWER_WORDS or not plain:
        return []
    said = " ".join(words)
    return [SaidBack(said, f'You said "{said}".')]
