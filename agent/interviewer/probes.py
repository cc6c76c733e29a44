"""Follow-ups: what an answer leaves open, and how to ask for it without giving anything away.

Each kind is one function: answered -> the probes it finds. A new kind goes into _KINDS.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from agent.brief import Brief, Question
from agent.interviewer.areas import asks_for_design, asks_for_story
from agent.interviewer.heard import (
    claims,
    decision,
    has_outcome,
    has_trade_off,
    team_words,
    topics_of,
)
from agent.interviewer.unmade import unmade_points
from agent.interviewer.words import words_of

SHORT_WORDS = 20
"""An answer with fewer words is asked to go on."""
_STORY_WORDS = 40
"""A story or a design of fewer words is not yet expected to hold an end or a trade-off."""
_MOST_CLAIMS = 3
"""Claims without a figure that are looked at in one question."""
_MOST_TOPICS = 2
"""Phrases of an answer that are tried in a follow-up."""


@dataclass(frozen=True)
class Probe:
    """One possible follow-up."""

    kind: str
    """depth, number, ownership, unmade_point, trade_off, outcome."""
    evidence: str
    """What in the answer gave rise to it, for the journal."""
    wordings: tuple[str, ...]
    """Ways to ask, from the one that takes up the person's words to the most general."""
    point_index: int | None = None
    """The talking point that it is after."""


@dataclass(frozen=True)
class Answered:
    """A question with all that was said to it so far."""

    brief: Brief
    """What the interview is about."""
    question: Question
    """The question."""
    answers: tuple[str, ...]
    """The answers to it and to its follow-ups, one at least."""
    earlier: tuple[str, ...] = ()
    """Answers to other questions."""
    later: tuple[Question, ...] = ()
    """Planned questions still to come."""
    taken_up: str = ""
    """The follow-ups asked so far; what they quoted is not quoted again."""
    sought: frozenset[int] = frozenset()
    """Talking points that were asked for before; none is asked for twice."""

    @property
    def text(self) -> str:
        """All that was said to the question, in one line."""
        return " ".join(self.answers)

    @property
    def words(self) -> int:
        """How many words that is."""
        return len(words_of(self.text))

    @property
    def known(self) -> frozenset[str]:
        """Words of the brief: where a recognizer writes one, it was most likely said."""
        return _vocabulary(self.brief)

    @cached_property
    def topics(self) -> list[str]:
        """Phrases of the answers that are safe to say back, the last answer's first."""
        dull = frozenset(words_of(self.question.text))
        found = [t for a in reversed(self.answers) for t in topics_of(a, self.known, dull)]
        return [topic for topic in found if f'"{topic}"' not in self.taken_up][:_MOST_TOPICS]


def probes(answered: Answered) -> Iterator[Probe]:
    """Yield the follow-ups that the answers give rise to, the most useful first."""
    design = asks_for_design(answered.question)
    for kind in _DESIGN_KINDS if design else _KINDS:
        yield from kind(answered)


def _depth(answered: Answered) -> Iterator[Probe]:
    if answered.words < SHORT_WORDS:
        yield Probe(
            "depth",
            f"the answer has only {answered.words} words",
            (
                *(
                    f'You mentioned "{t}". Could you say more about that?'
                    for t in answered.topics[:2]
                ),
                "Could you say a little more about that, with an example?",
                "Could you take me through that, step by step?",
                "How did you go about that?",
            ),
        )


def _number(answered: Answered) -> Iterator[Probe]:
    for claim in claims(answered.text, answered.known)[:_MOST_CLAIMS]:
        said = f'You said "{claim.words}".'
        wordings = {
            "more": (f"{said} By how much, roughly?", f"{said} How did you measure that?"),
            "change": (
                f"{said} What were the figures before and after?",
                f"{said} By how much, roughly?",
            ),
            "many": (f"{said} Roughly how many was that?", f"{said} Can you put a figure on it?"),
        }
        yield Probe("number", f'"{claim.words}" has no figure', wordings[claim.kind])


def _ownership(answered: Answered) -> Iterator[Probe]:
    quote = team_words(answered.text)
    # "We would cache it" in a design is courtesy; "we built it" tells of work done.
    if quote is None or (quote == "we" and asks_for_design(answered.question)):
        return
    said = f'You said "{quote}".' if quote != "we" else 'You often said "we".'
    yield Probe(
        "ownership",
        f'"{quote}" is said of the team, and hardly anything of the person',
        (
            f"{said} What was your own part in that?",
            f"{said} Which part of it did you do yourself?",
            "What was your own part in that?",
        ),
    )


def _unmade_point(answered: Answered) -> Iterator[Probe]:
    """Ask for a point that is not there, or for the figures of one that is raised without them."""
    for point in unmade_points(
        answered.brief, answered.question, answered.answers, answered.earlier, answered.later
    ):
        if point.index not in answered.sought:
            wordings = _for_figures if point.status == "partial" else _for_own_work
            evidence = (
                f"talking point {point.index + 1} is {point.status}; this question invites it"
            )
            yield Probe("unmade_point", evidence, wordings(answered), point.index)


def _for_figures(answered: Answered) -> tuple[str, ...]:
    return (
        *(f'You mentioned "{t}". What was the scale of it, in figures?' for t in answered.topics),
        "What was the scale of it, in figures?",
        "What came of it, in figures?",
    )


def _for_own_work(answered: Answered) -> tuple[str, ...]:
    general = (
        "Is there something from your own work that shows this?",
        "What from your own experience comes closest to this?",
        "What have you done yourself that would show me this?",
    )
    if answered.words >= _STORY_WORDS:
        general = (
            "What else from your own work shows this?",
            "Is there another piece of your own work that belongs here?",
            "What have you done yourself that comes close to this, apart from that?",
        )
    ask = "Where else has that come up in your own work?"
    return (*(f'You mentioned "{topic}". {ask}' for topic in answered.topics), *general)


def _trade_off(answered: Answered) -> Iterator[Probe]:
    if answered.words < _STORY_WORDS or not asks_for_design(answered.question):
        return
    if not has_trade_off(answered.text):
        chosen = decision(answered.text, answered.known)
        would = "would" if chosen and re.search(r"would|'d", chosen) else "did"
        quoted = (f'You said "{chosen}". What {would} you give up for that?',) if chosen else ()
        yield Probe(
            "trade_off",
            f"a design in {answered.words} words that weighs nothing against anything",
            (
                *quoted,
                "What would you give up with that choice?",
                "What speaks against doing it that way?",
            ),
        )


def _outcome(answered: Answered) -> Iterator[Probe]:
    told = asks_for_story(answered.question) and answered.words >= _STORY_WORDS
    if told and not has_outcome(answered.text):
        yield Probe(
            "outcome",
            f"a story in {answered.words} words without an end",
            (
                *(f'You spoke of "{t}". How did that turn out?' for t in answered.topics),
                "How did that turn out in the end?",
                "What came of it?",
            ),
        )


_KINDS: tuple[Callable[[Answered], Iterator[Probe]], ...] = (
    _number,
    _ownership,
    _depth,
    _unmade_point,
    _outcome,
    _trade_off,
)
"""In the order in which they are asked: first what the answer itself leaves open."""
_DESIGN_KINDS = (_ownership, _trade_off, _number, _depth, _unmade_point)


@lru_cache(maxsize=8)
def _vocabulary(brief: Brief) -> frozenset[str]:
    """Return the words of the brief: what a recognizer writes of these was most likely said."""
    texts = [brief.snapshot, brief.stack]
    texts += [question.text for question in brief.questions]
    texts += [f"{p.name} {p.text}" for p in brief.talking_points]
    return frozenset(word for text in texts for word in words_of(text))
