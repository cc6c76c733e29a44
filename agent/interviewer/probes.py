"""Follow-ups: what an answer leaves open, and how to ask for it without giving anything away.

Each kind is one function: (Gap in) -> Probe or None. A new kind goes into _KINDS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from agent.brief import Brief, Question
from agent.interviewer.areas import asks_for_design, asks_for_story
from agent.interviewer.heard import (
    claims,
    has_outcome,
    has_trade_off,
    team_words,
    topics_of,
)
from agent.interviewer.unmade import unmade_points
from agent.interviewer.words import words_of

SHORT_WORDS = 20
"""A first answer with fewer words is asked to go on."""
_STORY_WORDS = 40
"""A story or a design of fewer words is not yet expected to hold an end or a trade-off."""


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

    def topics(self) -> list[str]:
        """Return phrases of the answers that are safe to say back, the last answer's first."""
        known, dull = _vocabulary(self.brief), frozenset(words_of(self.question.text))
        return [t for answer in reversed(self.answers) for t in topics_of(answer, known, dull)]


def probes(answered: Answered) -> Iterator[Probe]:
    """Yield the follow-ups that the answers give rise to, the most useful first."""
    design = asks_for_design(answered.question)
    for kind in _DESIGN_KINDS if design else _KINDS:
        probe = kind(answered)
        if probe is not None:
            yield probe


def _depth(answered: Answered) -> Probe | None:
    if len(answered.answers) > 1 or answered.words >= SHORT_WORDS:
        return None
    wordings = [
        f'You mentioned "{topic}". Could you say more about that?'
        for topic in answered.topics()[:2]
    ]
    wordings += [
        "Could you say a little more about that, with an example?",
        "Could you take me through that, step by step?",
        "How did you go about that?",
    ]
    return Probe("depth", f"the answer has only {answered.words} words", tuple(wordings))


def _number(answered: Answered) -> Probe | None:
    found = claims(answered.text)
    if not found:
        return None
    claim = found[0]
    quote = f'You said "{claim.words}".'
    wordings = {
        "more": (f"{quote} By how much, roughly?", f"{quote} How did you measure that?"),
        "change": (
            f"{quote} What were the figures before and after?",
            f"{quote} By how much, roughly?",
        ),
        "many": (f"{quote} Roughly how many was that?", f"{quote} Can you put a figure on it?"),
    }[claim.kind]
    return Probe(
        "number", f'"{claim.words}" has no figure', (*wordings, "Can you put a figure on that?")
    )


def _ownership(answered: Answered) -> Probe | None:
    quote = team_words(answered.text)
    if quote is None:
        return None
    often = "often " if quote == "we" else ""
    return Probe(
        "ownership",
        f'"{quote}" is said of the team, and nothing of the person',
        (
            f'You {often}said "{quote}". What was your own part in that?',
            f'You {often}said "{quote}". Which part of it did you do yourself?',
            "What was your own part in that?",
        ),
    )


def _unmade_point(answered: Answered) -> Probe | None:
    """Ask for a point that is not there, or for the figures of one that is raised without them."""
    brief = answered.brief
    for point in unmade_points(brief, answered.question, answered.answers, answered.earlier):
        if point.index in answered.sought:
            continue
        topics = answered.topics()[:2]
        if point.status == "partial":
            wordings = [
                f'You mentioned "{t}". What was the scale of it, in figures?' for t in topics
            ]
            wordings += ["What was the scale of it, in figures?", "What came of it, in figures?"]
        else:
            wordings = [
                f'You mentioned "{t}". Where has that come up in your own work?' for t in topics
            ]
            wordings += [
                "Is there something from your own work that shows this?",
                "What from your own experience comes closest to this?",
                "What have you done yourself that would show me this?",
            ]
        evidence = (
            f"talking point {point.index + 1} is {point.status}, and this question invites it"
        )
        return Probe("unmade_point", evidence, tuple(wordings), point.index)
    return None


def _trade_off(answered: Answered) -> Probe | None:
    if answered.words < _STORY_WORDS or not asks_for_design(answered.question):
        return None
    if has_trade_off(answered.text):
        return None
    return Probe(
        "trade_off",
        f"a design in {answered.words} words that weighs nothing against anything",
        (
            *(f'You chose "{t}". What would you give up for that?' for t in answered.topics()[:1]),
            "What would you give up with that choice?",
            "What speaks against doing it that way?",
        ),
    )


def _outcome(answered: Answered) -> Probe | None:
    told = asks_for_story(answered.question)
    if not told or answered.words < _STORY_WORDS or has_outcome(answered.text):
        return None
    return Probe(
        "outcome",
        f"a story in {answered.words} words without an end",
        (
            *(f'You spoke of "{t}". How did that turn out?' for t in answered.topics()[:1]),
            "How did that turn out in the end?",
            "What came of it?",
        ),
    )


_KINDS: tuple[Callable[[Answered], Probe | None], ...] = (
    _depth,
    _number,
    _ownership,
    _unmade_point,
    _outcome,
    _trade_off,
)
"""In the order in which they are asked: first what the answer itself leaves open."""
_DESIGN_KINDS = (_depth, _trade_off, _number, _unmade_point, _ownership)


@lru_cache(maxsize=8)
def _vocabulary(brief: Brief) -> frozenset[str]:
    """Return the words of the brief: what a recognizer writes of these was most likely said."""
    texts = [brief.snapshot, brief.stack]
    texts += [f"{q.text} {q.why}" for q in brief.questions]
    texts += [f"{p.name} {p.text}" for p in brief.talking_points]
    return frozenset(word for text in texts for word in words_of(text))
