"""The draft by rules: what the posting asks for against what the resume claims."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from agent.brief import Brief, Question, TalkingPoint
from agent.brief.text import name_for
from agent.brief_write.items import Item
from agent.brief_write.posting import Posting
from agent.brief_write.resume import Claim, Resume
from agent.brief_write.sources import cite
from agent.brief_write.themes import general, themed
from agent.interview.bank import bank_questions
from agent.text.words import content_words

QUESTIONS = 10
"""As many as the briefs that people bring hold."""
POINTS = 5
"""Likewise; more are not remembered."""
_QUESTIONS_ON_RESUME = 3
_GAPS = 1
"""How many questions go to something asked for that the resume does not show."""
_FACT_WEIGHT = 0.15
"""What a fact counts against a shared word: it decides between claims that fit alike (ours)."""
_MOST_FACTS = 4
_MOST_READ_OUT_WORDS = 25
"""A longer line is too long to be read out in a question (ours)."""
_GAP_FIT = 0.1
"""A line of the posting whose best claim fits less is a gap (ours)."""


@dataclass(frozen=True)
class Draft:
    """A brief with what was left out on the way."""

    brief: Brief
    """The brief."""
    asked_from: tuple[tuple[str, Item], ...] = ()
    """Of each question "Posting" or "Resume" and the line that it comes from."""
    told_from: tuple[Claim, ...] = ()
    """Of each talking point the claim that it comes from."""
    dropped: tuple[str, ...] = ()
    """What could not be found in the sources or was not used, each in one line."""
    notes: tuple[str, ...] = ()
    """What went otherwise than asked for, each in one line."""


def draft(posting: Posting, resume: Resume, claims: Sequence[Claim] | None = None) -> Draft:
    """Return a brief by rules: every word is the sources' own or comes from our bank.

    Args:
        posting: what is asked for.
        resume: what was done.
        claims: which of the resume's claims become talking points; by default the best ones.
    """
    claims = best_claims(posting, resume) if claims is None else claims
    points = _named_apart([claim.point for claim in claims])
    asked = _questions(posting, resume, claims, points)
    dropped = [*posting.document.dropped, *resume.document.dropped]
    if not points:
        dropped.append(f"{resume.document.name}: no line with a number or a name, so no point")
    return Draft(
        brief=Brief(
            company=posting.company,
            role=posting.role,
            snapshot=posting.snapshot,
            stack=posting.stack,
            questions=tuple(question for question, _, _ in asked),
            talking_points=tuple(points),
        ),
        asked_from=tuple((source, item) for _, source, item in asked),
        told_from=tuple(claims),
        dropped=tuple(dropped),
    )


def best_claims(posting: Posting, resume: Resume) -> list[Claim]:
    """Return the claims that fit the posting best, at most five, in the resume's order."""
    weights = _weights([*posting.asks, *(claim.item for claim in resume.claims)])
    scored = [
        (
            max(_fit(claim.item, ask, weights) for ask in posting.asks)
            + _FACT_WEIGHT * min(_MOST_FACTS, len(claim.facts)),
            -at,
        )
        for at, claim in enumerate(resume.claims)
    ]
    best = sorted(scored, reverse=True)[:POINTS]
    return [resume.claims[at] for at in sorted(-at for _, at in best)]


def _weights(items: list[Item]) -> dict[str, float]:
    """Return how telling each stem is: rare ones more (inverse document frequency)."""
    counts = Counter(root for item in items for root in _stems(item))
    return {root: math.log(1 + len(items) / count) for root, count in counts.items()}


def _fit(item: Item, ask: Item, weights: dict[str, float]) -> float:
    """Return the weighted share of telling words that two items have in common (cosine)."""
    ours, theirs = _stems(item), _stems(ask)
    both = sum(weights[root] ** 2 for root in ours & theirs)
    size = math.sqrt(
        sum(weights[root] ** 2 for root in ours) * sum(weights[root] ** 2 for root in theirs)
    )
    return both / size if size else 0.0


def _stems(item: Item) -> frozenset[str]:
    return frozenset(word.stem for word in content_words(item.text))


def _named_apart(points: list[TalkingPoint]) -> list[TalkingPoint]:
    """Return the points, with longer names where two would be called alike."""
    counts = Counter(point.name.casefold() for point in points)
    return [
        point
        if counts[point.name.casefold()] == 1
        else TalkingPoint(name=name_for(point.text), text=point.text)
        for point in points
    ]


_Asked = tuple[Question, str, Item]
"""A question with the source and the line that its reason points to."""


def _questions(
    posting: Posting, resume: Resume, claims: Sequence[Claim], points: list[TalkingPoint]
) -> list[_Asked]:
    """Return ten questions: two to begin with, gaps, the resume's, and the posting's."""
    warm_up, motivation, *_ = bank_questions(Brief())
    top = posting.items[0]
    about = next((item for item in posting.items if item.text in posting.snapshot), top)
    asked: list[_Asked] = [(warm_up, "Posting", top), (motivation, "Posting", about)]
    asked += _on_gaps(posting, resume)
    asked += _on_points(claims, points)[:_QUESTIONS_ON_RESUME]
    asked += _on_asks(posting, asked)
    return [(_pointed(question, source, item), source, item) for question, source, item in asked]


def _on_points(claims: Sequence[Claim], points: list[TalkingPoint]) -> list[_Asked]:
    """Return the bank's question for each point that it has one for, which gives nothing away."""
    asked: list[_Asked] = []
    before = bank_questions(Brief())
    for count, claim in enumerate(claims, start=1):
        bank = bank_questions(Brief(talking_points=tuple(points[:count])))
        asked += [(question, "Resume", claim.item) for question in bank if question not in before]
        before = bank
    return asked


def _on_gaps(posting: Posting, resume: Resume) -> list[_Asked]:
    """Return questions about what is asked for and nothing in the resume comes near to."""
    items = [item for item in resume.items if not item.is_heading]
    weights = _weights([*posting.asks, *items])
    fits = [
        (max((_fit(item, ask, weights) for item in items), default=0.0), at)
        for at, ask in enumerate(posting.asks)
        if len(ask.text.split()) <= _MOST_READ_OUT_WORDS
    ]
    gaps = [posting.asks[at] for fit, at in sorted(fits) if fit < _GAP_FIT]
    return [
        (
            Question(
                area="domain",
                text=f'The posting says: "{ask.text.rstrip(".;,")}". Which part of your work comes'
                " closest to that?",
                why="Little in the resume speaks of it, so they will want to hear more.",
            ),
            "Posting",
            ask,
        )
        for ask in gaps[:_GAPS]
    ]


def _on_asks(posting: Posting, asked: list[_Asked]) -> list[_Asked]:
    """Return questions on what the posting asks for until there are ten in all.

    Each line gets the question of its theme; where themes run out, one that fits any line.
    """
    found: list[_Asked] = []
    used = {item.number for _, _, item in asked}
    free = [ask for ask in posting.asks if ask.number not in used] or list(posting.asks)
    while len(asked) + len(found) < QUESTIONS:
        taken = frozenset(question.text for question, _, _ in (*asked, *found))
        pairs = ((themed(ask.text, taken), ask) for ask in free)
        question, ask = next((pair for pair in pairs if pair[0]), (general(taken), free[0]))
        if question is None:
            break
        found.append((question, "Posting", ask))
        free = [other for other in free if other is not ask] or list(posting.asks)
    return found


def _pointed(question: Question, source: str, item: Item) -> Question:
    """Return a question whose reason names its line."""
    reason = question.why.rstrip()
    return question.model_copy(update={"why": f"{reason} {cite(source, item)}"})
