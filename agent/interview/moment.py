"""One decision's view of the session: the plan, the turns by question, the clock.

A person's own length of answers, once known, counts more than the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean

from agent.analysis.bands import ADVISED_S, advised_s
from agent.brief import Brief, Question
from agent.interview.plan import CLOSING_S, OPENING_S, Plan, PlanItem
from agent.session.turns import Move, Turn
from agent.text.question_kind import asks_for
from voice.turns.controls import spoken_control
from voice.turns.endpointing import QuestionKind

SPEAKING_WPS = 2.5
"""Words a second of the interviewer's voice (150 a minute)."""
_USUAL_S = {"question": 75.0, "follow_up": 35.0}
"""An answer before this person's own are known: 1 to 2 minutes are advised, and half of it."""
_SHORTEST_S = 25.0
"""What is kept for an answer however brief the person is."""
_RECENT = 3
"""So many of the last answers tell how long the person's are."""
_GRACE = 0.03
"""Share of the session by which it may run over; it has to end within 5 % of its time."""
_OVER_BUDGET = 1.25
"""A question may take so much of its budget before follow-ups are dropped."""
_RESERVE_S = 45.0
"""An additional question is only begun with so much more time than it needs."""
ANSWER_S = 120.0
"""An answer of a one-way interview, as on the platforms for recorded ones, is cut off there."""
_INVITING = ("your_questions", "reply")
_OWN_QUESTION_S = 30.0
"""A question of the person's, with what leads up to it, takes no longer."""
_RAMBLING = 2
"""An answer of so many times its advised length (analysis/bands.py) is cut into with `--strict`."""


@dataclass(frozen=True)
class Topic:
    """One question and everything that was said to it."""

    item: PlanItem | None
    """None for a question that is not in the plan."""
    turns: tuple[Turn, ...]
    """The question, repeats, nudges and follow-ups with what came back, one at least."""
    started_s: float

    @property
    def first(self) -> Move:
        """The question as first asked."""
        return self.turns[0].move

    @property
    def question(self) -> Question:
        """The question as the plan has it, or as it was asked."""
        return self.item.question if self.item else Question(text=self.first.text)

    @property
    def asked(self) -> Move:
        """The question or follow-up that is open now."""
        asked = [t.move for t in self.turns if t.move.kind in ("question", "follow_up")]
        return asked[-1] if asked else self.first

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """What was said to it, requests about the turn itself left out."""
        return tuple(text for text in map(answer_of, self.turns) if text)

    @property
    def follow_ups(self) -> tuple[Move, ...]:
        """The follow-ups asked."""
        return _follow_ups(self.turns)


@dataclass(frozen=True)
class Moment:
    """Everything a decision is made from."""

    plan: Plan
    brief: Brief
    turns: tuple[Turn, ...]
    """Everything asked with what came back, one at least."""
    now_s: float
    """Session time in seconds, pauses excluded."""
    told: tuple[str, ...] = ()
    """Follow-ups that are not asked, since a local model finds them answered."""

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """The turns by question."""
        return topics_so_far(self.plan, self.turns)

    @cached_property
    def own(self) -> tuple[Turn, ...]:
        """The turns of the person's own questions, () before they were invited to any."""
        return self.turns[_asking(self.turns) :]

    @property
    def topic(self) -> Topic:
        """The question that is open."""
        return self.topics[-1]

    @property
    def last(self) -> Turn:
        """What was asked last and what came back."""
        return self.turns[-1]

    @property
    def answer(self) -> str:
        """What was said last, requests about the turn itself left out."""
        return answer_of(self.last)

    @property
    def follow_ups(self) -> tuple[Move, ...]:
        """The follow-ups asked so far."""
        return _follow_ups(self.turns)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The questions and follow-ups so far, and those still to come."""
        texts = [t.move.text for t in self.turns if t.move.kind in ("question", "follow_up")]
        return (*texts, *(i.question.text for i in (*self.plan.items, *self.plan.reserve)))

    @cached_property
    def said(self) -> str:
        """The questions asked and the answers given, a line each."""
        lines = [line for t in self.turns for line in (t.move.text, answer_of(t)) if line]
        return "\n".join(dict.fromkeys(lines))

    @property
    def own_left_s(self) -> float:
        """Seconds left until the good-bye, once the person asks."""
        return self.plan.total_s - CLOSING_S - self.now_s

    @property
    def left_s(self) -> float:
        """Seconds left for questions and answers; the person's own time is not touched."""
        return self.own_left_s - self.plan.own_questions_s

    @property
    def _most_left_s(self) -> float:
        """Seconds until the session must end, which may be a little over its time."""
        # What runs over goes from the person's own time, so that there is no need of more.
        return self.left_s + (0.0 if self.plan.own_questions_s else _GRACE * self.plan.total_s)

    @property
    def is_over(self) -> bool:
        """Whether nothing can be asked any more."""
        return self._most_left_s < _SHORTEST_S

    def open_items(self) -> list[PlanItem]:
        """Return the planned questions that were not asked yet, in order."""
        return self._unasked(self.plan.items)

    def next_item(self) -> tuple[PlanItem, str] | None:
        """Return the question to go on with and why, or None when no time or question is left.

        When time is short, an area that was not asked about yet comes first.
        """
        open_items = self.open_items()
        if not open_items:
            why = f"the plan is done and {self.left_s:.0f} s are left"
            spare = self._unasked(self.plan.reserve)
            fits = (i for i in spare if self._needs_s(i) + _RESERVE_S <= self.left_s)
            return next(((item, why) for item in fits), None)
        fitting = [i for i in open_items if self._needs_s(i) <= self._most_left_s]
        if not fitting or sum(map(self._needs_s, open_items)) <= self.left_s:
            return (open_items[0], "it is next in the plan") if fitting else None
        areas = {topic.question.area for topic in self.topics}
        fresh = [item for item in fitting if item.question.area not in areas]
        return (fresh or fitting)[0], "time is short"

    def no_follow_up(self) -> str:
        """Return why there is no time for a follow-up, "" where there is."""
        cost_s = 8.0 + self._answer_s("follow_up", _USUAL_S["follow_up"])
        open_items = self.open_items()
        if cost_s + sum(map(self._needs_s, open_items)) > self.left_s:
            return f"{self.left_s:.0f} s are left for {len(open_items)} more questions"
        item, used_s = self.topic.item, self.now_s - self.topic.started_s
        if open_items and item and used_s + cost_s > _OVER_BUDGET * item.budget_s:
            return f"the question took {used_s:.0f} of its {item.budget_s:.0f} s"
        return ""

    def _unasked(self, items: Sequence[PlanItem]) -> list[PlanItem]:
        asked = [topic.item for topic in self.topics]
        return [item for item in items if item not in asked]

    def _needs_s(self, item: PlanItem) -> float:
        """Return what a question with one answer takes, in seconds."""
        usual_s = min(_USUAL_S["question"], 0.6 * item.budget_s)
        return say_s(item.question.text) + self._answer_s("question", usual_s)

    def _answer_s(self, kind: str, usual_s: float) -> float:
        """Return how long an answer to a question or a follow-up is likely to last."""
        return max(_SHORTEST_S, self._lengths_s.get(kind, usual_s))

    @cached_property
    def _lengths_s(self) -> dict[str, float]:
        """The mean of the last answers to questions and to follow-ups, where there are any."""
        lengths: dict[str, list[float]] = {"question": [], "follow_up": []}
        for turn in self.turns:
            if answer_of(turn) and turn.end_s > turn.start_s:
                kind = "follow_up" if turn.move.kind == "follow_up" else "question"
                lengths[kind].append(turn.end_s - turn.start_s)
        return {kind: fmean(each[-_RECENT:]) for kind, each in lengths.items() if each}


def topics_so_far(plan: Plan, turns: Sequence[Turn]) -> tuple[Topic, ...]:
    """Return the turns by question; the person's own questions at the end belong to none."""
    turns = turns[: _asking(turns)]
    starts = [at for at, turn in enumerate(turns) if turn.move.kind == "question"]
    if turns and 0 not in starts:
        starts.insert(0, 0)
    topics = []
    for start, end in zip(starts, [*starts[1:], len(turns)], strict=True):
        item = item_of(turns[start].move, plan)
        began_s = turns[start - 1].end_s if start else OPENING_S
        topics.append(Topic(item, tuple(turns[start:end]), began_s))
    return tuple(topics)


def _follow_ups(turns: Sequence[Turn]) -> tuple[Move, ...]:
    return tuple(turn.move for turn in turns if turn.move.kind == "follow_up")


def _asking(turns: Sequence[Turn]) -> int:
    """Return where the turns begin in which the person asks: at the invitation."""
    begun = (at for at, turn in enumerate(turns) if turn.move.kind == "your_questions")
    return next(begun, len(turns))


def answer_of(turn: Turn) -> str:
    """Return what a turn says to the question: nothing where it only asks for a repeat or so."""
    text = " ".join(turn.answer.split())
    asks = turn.ended_by in ("repeat", "skip", "finish") and spoken_control(text) is not None
    return "" if asks else text


def item_of(move: Move, plan: Plan) -> PlanItem | None:
    """Return the plan's item that a move asks or belongs to, None where the plan does not tell."""
    items = (*plan.items, *plan.reserve)
    index = move.question_index
    same = [item for item in items if item.question.text == move.text]
    known = [item for item in items if index is not None and item.question_index == index]
    return next(iter((*same, *known)), None)


def say_s(text: str) -> float:
    """Return about how long a text takes to say, in seconds."""
    return len(text.split()) / SPEAKING_WPS + 1.0


def kind_of(move: Move, plan: Plan) -> QuestionKind:
    """Return the kind of question that a move asks, or stands for: how long its pauses may be."""
    if move.kind == "opening":
        return QuestionKind.GREETING
    if move.kind in _INVITING:
        return QuestionKind.OPEN
    if move.probe == "number":
        return QuestionKind.FACT
    item = item_of(move, plan)
    is_design = item and asks_for(item.question.area, item.question.text) == "design"
    return QuestionKind.DESIGN if is_design else QuestionKind.OPEN


def cut_in_s(move: Move, plan: Plan) -> float:
    """Return after how many seconds of an answer the interviewer may come in.

    In a one-way interview it does, else with `--strict` alone.
    """
    if plan.one_way:
        return ANSWER_S
    if move.kind in _INVITING:
        return _RAMBLING * _OWN_QUESTION_S
    kind, item = "follow_up" if move.kind == "follow_up" else "question", item_of(move, plan)
    advised = advised_s(kind, item.question.area if item else "") or ADVISED_S
    return _RAMBLING * advised[1]
