"""Which follow-ups an answer may get, the most useful first.

The brief's own probes come first, word for word. Then what the answer leaves open: a very short
one, a change without a figure, "we" without "I". Then, after the first answer only, one of those
held ready, or a talking point that the question invites: the kind that was asked least in this
session. What the answer plainly holds is left out (signs.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from agent.brief import Brief, Question
from agent.interviewer.follow_ups.prepared import Prepared, prepared_probes, usual_probes
from agent.interviewer.follow_ups.signs import (
    end_of_change,
    has_figure,
    holds,
    speaks_of_past_team,
    speaks_of_team,
    unmeasured_change,
)
from agent.interviewer.follow_ups.unmade import Unmade, unmade_points
from agent.interviewer.follow_ups.wordings import (
    ABOUT_THE_PERSON,
    ANOTHER_CASE,
    BEFORE,
    CHANGED,
    MORE_OF_IT,
    STEP_BY_STEP,
    WORDINGS,
    asks_for,
    opening,
)
from agent.interviewer.words import words_of
from agent.turns import Move

OWN = "own"
"""The kind of the brief's own probes."""
FEW_WORDS = 6
"""In so few words nobody tells a story or a way of working."""
SHORT_WORDS = 20
"""An answer of fewer words is asked to go on."""


@dataclass(frozen=True)
class FollowUp:
    """One possible follow-up."""

    kind: str
    """own, depth, number, ownership, outcome, failure, learning, trade_off, example,
    unmade_point."""
    because: str
    """What in the answer or the brief gives rise to it, for the journal."""
    wordings: tuple[str, ...]
    """Ways to ask, the preferred one first."""
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
    ready: tuple[Prepared, ...] = ()
    """The follow-ups held ready for it in the plan; () where it is not in the plan."""
    asked: tuple[Move, ...] = ()
    """The follow-ups asked so far in the interview."""
    asked_here: tuple[Move, ...] = ()
    """Those asked to this question."""

    @property
    def text(self) -> str:
        """All that was said to the question, in one line."""
        return " ".join(self.answers)

    @property
    def words(self) -> int:
        """How many words that is."""
        return len(words_of(self.text))


def follow_ups(answered: Answered) -> Iterator[FollowUp]:
    """Yield the follow-ups that may be asked, the most useful first, at most one of a kind.

    No built-in one begins with the same three words as another of the session.
    """
    here = {move.probe for move in answered.asked_here} - {OWN}
    begun = {opening(move.text) for move in answered.asked}
    for one in _candidates(answered):
        fresh = tuple(text for text in one.wordings if opening(text) not in begun)
        if one.kind == OWN:
            yield one
        elif one.kind not in here and fresh:
            yield FollowUp(one.kind, one.because, fresh, one.point_index)


def _candidates(answered: Answered) -> Iterator[FollowUp]:
    said = {move.text for move in answered.asked_here}
    for text in answered.question.probes:
        if text not in said:
            yield FollowUp(OWN, "it stands in your brief", (text,))
    if answered.words < SHORT_WORDS:
        why = f"the answer has only {answered.words} words"
        asked = asks_for(answered.question)
        again = answered.words <= FEW_WORDS and asked in ("how", "design")
        yield FollowUp("depth", why, STEP_BY_STEP if again else WORDINGS[asked]["depth"])
        return
    yield from _left_open(answered)
    first = not answered.asked_here
    times = Counter(move.probe for move in answered.asked)
    general = [*_unmade(answered), *(_held_ready(answered) if first else ())]
    yield from sorted(general, key=lambda one: times[one.kind])


def _left_open(answered: Answered) -> Iterator[FollowUp]:
    text = answered.text
    story = asks_for(answered.question) == "story"
    change, end = unmeasured_change(text, own=not story), end_of_change(text)
    if end:
        asks = tuple(ask.format(end) for ask in BEFORE)
        yield FollowUp("number", f'"{end}" is the end of a change; its beginning is open', asks)
    elif change:
        yield FollowUp("number", f'"{change}" is said without a figure', CHANGED)
    # "We would cache it" in a design is courtesy, and "we check it" is how things are done.
    if speaks_of_team(text) if story else speaks_of_past_team(text):
        why = 'it is told as "we", and hardly as "I"'
        yield FollowUp("ownership", why, WORDINGS["story"]["ownership"])


def _held_ready(answered: Answered) -> Iterator[FollowUp]:
    """Yield what was held ready and the answer does not hold, as it was prepared if possible."""
    question = answered.question
    asked = asks_for(question)
    for ready in (*(answered.ready or prepared_probes(question)), *usual_probes(question)):
        known = holds(ready.kind, answered.text) or _is_asked(ready.kind, question)
        # About the person nothing is told once and for all.
        known = known and asked not in ABOUT_THE_PERSON
        if ready.kind != OWN and not known:
            others = WORDINGS[asked].get(ready.kind, ())
            yield FollowUp(ready.kind, ready.because, tuple(dict.fromkeys((ready.text, *others))))


def _unmade(answered: Answered) -> Iterator[FollowUp]:
    """Yield the talking points that the question invites and that nobody has made yet."""
    sought = {move.point_index for move in answered.asked}
    points = unmade_points(
        answered.brief, answered.question, answered.answers, answered.earlier, answered.later
    )
    for point in points:
        if point.index not in sought:
            why = f"talking point {point.index + 1} is {point.status}; this question invites it"
            yield FollowUp("unmade_point", why, _after_point(point, answered), point.index)


def _after_point(point: Unmade, answered: Answered) -> tuple[str, ...]:
    """Return how to ask for a point, or for the rest of one; nothing of it may be hinted at."""
    asked = asks_for(answered.question)
    if point.status == "missing":
        told = holds("example", answered.text) and asked not in ABOUT_THE_PERSON
        return ANOTHER_CASE if told else WORDINGS[asked]["unmade_point"]
    text = answered.brief.talking_points[point.index].text
    figure = asked == "story" and has_figure(text) and not has_figure(answered.text)
    return (*WORDINGS["story"]["number"], *MORE_OF_IT) if figure else MORE_OF_IT


def _is_asked(kind: str, question: Question) -> bool:
    """Return whether the question itself asks for what a kind is after."""
    return kind in ("learning", "failure", "trade_off") and holds(kind, question.text)
