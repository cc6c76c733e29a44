"""One decision's view of the session: the plan, the turns by question, the clock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from agent.brief import Brief, Question
from agent.interviewer.pace import Pace
from agent.interviewer.planning.plan import Plan
from agent.interviewer.topic import Topic, answer_of, own_round, topics_so_far
from agent.turns import Turn


@dataclass(frozen=True)
class Moment:
    """Everything a decision is made from."""

    plan: Plan
    """What was planned."""
    brief: Brief
    """What the interview is about."""
    turns: tuple[Turn, ...]
    """Everything asked with what came back, one at least."""
    now_s: float
    """Session time in seconds."""

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """The turns by question."""
        return topics_so_far(self.plan, self.turns)

    @cached_property
    def own(self) -> tuple[Turn, ...]:
        """The turns of the person's own questions, () before they were invited to any."""
        return own_round(self.turns)

    @property
    def topic(self) -> Topic:
        """The question that is open."""
        return self.topics[-1]

    @property
    def topic_question(self) -> Question:
        """The open question as the plan has it, or as it was asked."""
        topic = self.topic
        return topic.item.question if topic.item else Question(text=topic.question.text)

    @property
    def last(self) -> Turn:
        """What was asked last and what came back."""
        return self.turns[-1]

    @property
    def answer(self) -> str:
        """What was said last, requests about the turn itself left out."""
        return answer_of(self.last)

    @property
    def pace(self) -> Pace:
        """The state of the clock."""
        return Pace(self.plan, self.topics, self.now_s)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The questions and follow-ups so far, and those still to come."""
        texts = [t.move.text for t in self.turns if t.move.kind in ("question", "follow_up")]
        coming = [item.question.text for item in (*self.plan.items, *self.plan.reserve)]
        return tuple(dict.fromkeys([*texts, *coming]))

    @cached_property
    def said(self) -> str:
        """The questions asked and the answers given, a line each."""
        lines = [line for t in self.turns for line in (t.move.text, answer_of(t)) if line]
        return "\n".join(dict.fromkeys(lines))
