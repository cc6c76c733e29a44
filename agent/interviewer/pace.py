"""Time: what there is left, what the next question needs, whether a follow-up still fits.

Pure sums on session time. A person's own length of answers, once known, counts more than the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from agent.interviewer.planning.plan import CLOSING_S, Plan, PlanItem
from agent.interviewer.topic import Topic, answer_of
from agent.turns import Turn

SPEAKING_WPS = 2.5
"""Words a second of the interviewer's voice (150 a minute)."""
_USUAL_ANSWER_S = 75.0
"""An answer before this person's own are known: 1 to 2 minutes are advised."""
_USUAL_FOLLOW_UP_S = 35.0
"""An answer to a follow-up, likewise."""
_SHORTEST_S = 25.0
"""What is kept for an answer however brief the person is."""
_RECENT = 3
_GRACE = 0.03
"""Share of the session by which it may run over; it has to end within 5 % of its time."""
_OVER_BUDGET = 1.25
"""A question may take so much of its budget before follow-ups are dropped."""
_RESERVE_S = 45.0
"""An additional question is only begun with so much more time than it needs."""


@dataclass(frozen=True)
class Pace:
    """The state of the clock at one decision."""

    plan: Plan
    """What was planned."""
    topics: tuple[Topic, ...]
    """What was asked so far."""
    now_s: float
    """Session time in seconds, pauses excluded."""

    @property
    def left_s(self) -> float:
        """Seconds left for questions and answers; the person's own time is not touched."""
        return self.own_left_s - self.plan.own_questions_s

    @property
    def own_left_s(self) -> float:
        """Seconds left until the good-bye, once the person asks."""
        return self.plan.total_s - CLOSING_S - self.now_s

    @property
    def is_over(self) -> bool:
        """Whether nothing can be asked any more."""
        return self.left_s + self._grace_s < _SHORTEST_S

    @property
    def _grace_s(self) -> float:
        # What runs over goes from the person's own time, so that there is no need of more.
        return 0.0 if self.plan.own_questions_s else _GRACE * self.plan.total_s

    def open_items(self) -> list[PlanItem]:
        """Return the planned questions that were not asked yet, in order."""
        return _without(self.plan.items, self.topics)

    def needs_s(self, item: PlanItem) -> float:
        """Return what a question with one answer takes, in seconds."""
        usual = _usual_s([_first_answer(topic) for topic in self.topics])
        answer_s = min(_USUAL_ANSWER_S, 0.6 * item.budget_s) if usual is None else usual
        return say_s(item.question.text) + max(_SHORTEST_S, answer_s)

    def next_item(self) -> tuple[PlanItem, str] | None:
        """Return the question to go on with and why, or None when no time or question is left.

        When time is short, an area that was not asked about comes before another question of a
        known one.
        """
        open_items = self.open_items()
        if not open_items:
            return self._from_reserve()
        fitting = [i for i in open_items if self.needs_s(i) <= self.left_s + self._grace_s]
        if not fitting:
            return None
        if sum(map(self.needs_s, open_items)) > self.left_s:
            areas = {topic.item.question.area for topic in self.topics if topic.item}
            fresh = [item for item in fitting if item.question.area not in areas]
            if fresh and fresh[0] is not open_items[0]:
                return fresh[0], "time is short, and its area was not asked about yet"
            return (fresh or fitting)[0], "time is short"
        return open_items[0], "it is next in the plan"

    def _from_reserve(self) -> tuple[PlanItem, str] | None:
        for item in _without(self.plan.reserve, self.topics):
            if self.needs_s(item) + _RESERVE_S <= self.left_s:
                return item, f"the plan is done and {self.left_s:.0f} s are left"
        return None

    def follow_up_fits(self) -> str:
        """Return "" where there is time for a follow-up, else why there is none."""
        topic = self.topics[-1]
        answers = [_follow_up_answers(topic) for topic in self.topics]
        usual = _usual_s([seconds for each in answers for seconds in each])
        cost_s = 8.0 + max(_SHORTEST_S, _USUAL_FOLLOW_UP_S if usual is None else usual)
        open_items = self.open_items()
        if cost_s + sum(map(self.needs_s, open_items)) > self.left_s:
            return f"{self.left_s:.0f} s are left for {len(open_items)} more questions"
        if not open_items or topic.item is None:
            return ""
        used_s = self.now_s - topic.started_s
        if used_s + cost_s > _OVER_BUDGET * topic.item.budget_s:
            return f"the question took {used_s:.0f} of its {topic.item.budget_s:.0f} s"
        return ""


def say_s(text: str) -> float:
    """Return about how long a text takes to say, in seconds."""
    return len(text.split()) / SPEAKING_WPS + 1.0


def _without(items: Sequence[PlanItem], topics: Sequence[Topic]) -> list[PlanItem]:
    left = list(items)
    for topic in topics:
        if topic.item in left:
            left.remove(topic.item)
    return left


def _usual_s(lengths_s: list[float]) -> float | None:
    known = [seconds for seconds in lengths_s if seconds > 0]
    return fmean(known[-_RECENT:]) if known else None


def _first_answer(topic: Topic) -> float:
    return next((_length_s(t) for t in topic.turns if answer_of(t)), 0.0)


def _follow_up_answers(topic: Topic) -> list[float]:
    return [_length_s(t) for t in topic.turns if t.move.kind == "follow_up" and answer_of(t)]


def _length_s(turn: Turn) -> float:
    return max(0.0, turn.end_s - turn.start_s)
