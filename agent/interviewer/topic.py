"""The turns so far, put together by question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from agent.interviewer.planning.plan import OPENING_S, Plan, PlanItem
from agent.turns import Move, Turn
from voice.controls import spoken_control


@dataclass(frozen=True)
class Topic:
    """One question and everything that was said to it."""

    item: PlanItem | None
    """The plan's item; None for a question that is not in the plan."""
    turns: tuple[Turn, ...]
    """The question, repeats, nudges and follow-ups with what came back, one at least."""
    started_s: float
    """Session time at which the floor was taken for it, in seconds."""

    @property
    def question(self) -> Move:
        """The question as first asked."""
        return self.turns[0].move

    @cached_property
    def asked(self) -> Move:
        """The question or follow-up that is open now."""
        asked = [t.move for t in self.turns if t.move.kind in ("question", "follow_up")]
        return asked[-1] if asked else self.question

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """What was said to it, requests about the turn itself left out."""
        return tuple(text for text in map(answer_of, self.turns) if text)

    @cached_property
    def follow_ups(self) -> tuple[Move, ...]:
        """The follow-ups asked."""
        return tuple(t.move for t in self.turns if t.move.kind == "follow_up")

    @property
    def nudged(self) -> bool:
        """Whether a silence was met with encouragement before."""
        return any(turn.move.kind == "nudge" for turn in self.turns)

    @property
    def spoken_s(self) -> float:
        """How long the person spoke, in seconds."""
        return sum(max(0.0, t.end_s - t.start_s) for t in self.turns if answer_of(t))


def answer_of(turn: Turn) -> str:
    """Return what a turn says to the question: nothing where it only asks for a repeat or a skip.

    A half-said answer before such a request, by key, does count.
    """
    return _answer(turn.answer, turn.ended_by)


@lru_cache(maxsize=512)
def _answer(said: str, ended_by: str) -> str:
    text = " ".join(said.split())
    if ended_by in ("repeat", "skip", "finish") and spoken_control(text) is not None:
        return ""
    return text


def topics_so_far(plan: Plan, turns: Sequence[Turn]) -> tuple[Topic, ...]:
    """Return the turns by question; each "question" move opens a topic.

    The person's own questions at the end belong to none.
    """
    turns = turns[: len(turns) - len(own_round(turns))]
    if not turns:
        return ()
    starts = [at for at, turn in enumerate(turns) if turn.move.kind == "question"]
    if not starts or starts[0]:
        starts.insert(0, 0)
    left = [*plan.items, *plan.reserve]
    topics = []
    for start, end in zip(starts, [*starts[1:], len(turns)], strict=True):
        move = turns[start].move
        item = next((item for item in left if is_item(item, move)), None)
        if item is not None:
            left.remove(item)
        began_s = turns[start - 1].end_s if start else OPENING_S
        topics.append(Topic(item, tuple(turns[start:end]), began_s))
    return tuple(topics)


def own_round(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the turns in which the person asks: all from the invitation on."""
    begun = next((at for at, t in enumerate(turns) if t.move.kind == "your_questions"), len(turns))
    return tuple(turns[begun:])


def is_item(item: PlanItem, move: Move) -> bool:
    """Return whether a move asks this item's question."""
    return (item.question_index, item.question.text) == (move.question_index, move.text)
