"""The interviewer with a local model: rules settle what is settled, the model leads the follow-ups.

One call a turn, and only where there is something to weigh. What the model writes is checked in
code; where it is slow, wrong or gone, the rules' move is made and its reason says why.
"""

from __future__ import annotations

import threading
from dataclasses import replace

from agent import llm
from agent.brief import Brief
from agent.errors import InterviewerError
from agent.interviewer import rules, wording
from agent.interviewer.local_model.model_reply import (
    Reply,
    closed,
    one_line,
    problem_with_acknowledgement,
    problem_with_follow_up,
)
from agent.interviewer.local_model.orders import holds_orders
from agent.interviewer.local_model.prompt import OWN_WORK, SYSTEM, kinds_left, messages
from agent.interviewer.moment import Moment
from agent.interviewer.planning.plan import Plan
from agent.turns import Move, Turn

DEADLINE_S = 12.0
"""Wall clock for one reply. In a spoken interview thinking_ahead.py stops waiting much sooner;
this one ends a call that nobody waits for, and one where sample time runs freely."""
_MOST_FAILURES = 2
"""After so many in a row without a usable reply the model is not asked again in this session."""
_MOST_REFUSED = 4
"""The same for replies in the right form that could not be spoken."""
_FROM_HERE_ON = "from here on the rules ask the follow-ups"
_PRESSING = ("ownership",)
"""Follow-ups of the rules that the model may not move on from: they ask what only the person can
clear up."""


class OllamaInterviewer:
    """Rules for what is settled, a model on this machine for what to ask next."""

    def __init__(
        self, model: str, brief: Brief, plan: Plan, deadline_s: float = DEADLINE_S
    ) -> None:
        """Begin a session, and begin to load the model in the background.

        Args:
            model: its name in Ollama.
            brief: what the interview is about.
            plan: what to ask.
            deadline_s: how long the model may take for a reply, in seconds of wall clock.
        """
        self.model = model
        self.name = f"ollama:{model}"
        self.brief = brief
        self.plan = plan
        self._deadline_s = deadline_s
        self._notes: list[str] = []
        self._failures = 0
        self._refused = 0
        self._asked = 0
        self._lock = threading.Lock()
        self._loaded = threading.Event()
        threading.Thread(target=self._load, name="ollama-load", daemon=True).start()

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong so far: one line at the first failure, one when the model is given up.

        A reply that cannot be spoken is told in the reason of the move instead.
        """
        return tuple(self._notes)

    def opening(self) -> Move:
        """Return the greeting, worded by rules."""
        return rules.opening(self.plan, self.brief)

    def next_move(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return what to say next; a call for an earlier moment that still runs is given up."""
        asked = self._begin()
        if not turns:
            return rules.next_move(self.plan, self.brief, turns, now_s)
        moment = Moment(self.plan, self.brief, turns, now_s)
        move = rules.settled(moment)
        if move is not None:
            return move
        if rules.is_spent(moment):
            return rules.onward(moment)
        draft = rules.follow_up(moment)
        if draft is not None and draft.probe == "own":
            return draft  # The person's own words, which nobody words better.
        why = self._why_not(moment)
        if why:
            return _by_rules(moment, draft, why)
        return self._led(moment, draft, asked)

    def at_once(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return the rules' move, since the model did not reply in time; that counts against it."""
        with self._lock:
            self._asked += 1
            self._failed(f"{self.model} did not reply in time")
        move = rules.next_move(self.plan, self.brief, turns, now_s)
        return replace(move, reason=f"{move.reason}; by rules: {self.model} was too slow")

    def wait_until_loaded(self, timeout_s: float) -> bool:
        """Wait for the model; return whether it is loaded or known to fail."""
        return self._loaded.wait(timeout_s)

    def _begin(self) -> int:
        """Return the number of this call; a call whose number is not the last is not wanted."""
        with self._lock:
            self._asked += 1
            return self._asked

    def _why_not(self, moment: Moment) -> str:
        """Return why the model is not to be asked, "" where it is."""
        if self._failures >= _MOST_FAILURES or self._refused >= _MOST_REFUSED:
            return f"{self.model} is not asked any more"
        if not self._loaded.is_set():
            return f"{self.model} is still loading"
        if any(map(holds_orders, moment.topic.answers)):
            return "the answer gives orders"
        return ""

    def _led(self, moment: Moment, draft: Move | None, asked: int) -> Move:
        try:
            reply = llm.ask_json(
                self.model,
                messages(moment, draft),
                Reply,
                self._deadline_s,
                lambda: self._asked != asked,
            )
        except InterviewerError as error:
            with self._lock:
                if self._asked == asked:
                    self._failed(str(error))
            return _by_rules(moment, draft, str(error))
        with self._lock:
            if self._asked == asked:
                self._failures = 0
        if reply.move == "move_on":
            return self._moved_on(moment, draft)
        problem = problem_with_follow_up(reply, moment, kinds_left(moment, draft))
        with self._lock:
            if self._asked == asked:
                self._judged(problem)
        if problem:
            return _by_rules(moment, draft, f"of {self.model}'s follow-up {problem}")
        return _follow_up(self.model, reply, moment, draft)

    def _moved_on(self, moment: Moment, draft: Move | None) -> Move:
        """Go on where the model wants to, but not past what presses, and not twice in a row."""
        if draft is None:
            move = rules.onward(moment)
            return replace(move, reason=f"{move.reason}; {self.model} asks nothing either")
        moved_on = f"{self.model} moves on"
        if draft.probe in _PRESSING:
            return _by_rules(moment, draft, f"{moved_on}, which this kind does not allow")
        if moved_on in moment.topic.question.reason:
            return _by_rules(moment, draft, f"{moved_on} a second time in a row")
        move = rules.onward(moment)
        return replace(move, reason=f"{move.reason}; {moved_on}, past {draft.probe}")

    def _load(self) -> None:
        # A model that cannot be loaded fails again at the first follow-up, and is reported there.
        try:
            llm.warm_up(self.model, [{"role": "system", "content": SYSTEM}])
        except InterviewerError:
            pass
        finally:
            self._loaded.set()

    def _failed(self, what: str) -> None:
        """Count a call without a usable reply; the lock is held."""
        self._failures += 1
        if self._failures == _MOST_FAILURES:
            again = f"{self.model} failed twice" if self._notes else what
            self._notes.append(f"{again}; {_FROM_HERE_ON}")
        elif not self._notes:
            self._notes.append(f"{what}; the rules asked this time")

    def _judged(self, problem: str) -> None:
        """Count a reply by whether it could be spoken; the lock is held."""
        self._refused = self._refused + 1 if problem else 0
        if self._refused == _MOST_REFUSED:
            what = f"{_MOST_REFUSED} replies of {self.model} could not be spoken"
            self._notes.append(f"{what} (the last: {problem}); {_FROM_HERE_ON}")


def _by_rules(moment: Moment, draft: Move | None, why: str) -> Move:
    move = draft or rules.onward(moment)
    return replace(move, reason=f"{move.reason}; by rules: {why}")


def _follow_up(model: str, reply: Reply, moment: Moment, draft: Move | None) -> Move:
    """Return the model's follow-up, after its acknowledgement where that passes."""
    own_work = draft is not None and reply.kind == OWN_WORK
    acknowledgement = closed(one_line(reply.acknowledgement))
    problem = problem_with_acknowledgement(acknowledgement, moment)
    reason = f'{model}, {reply.kind}: takes up "{one_line(reply.takes_up)}"'
    return Move(
        kind="follow_up",
        text=one_line(reply.follow_up),
        reason=f"{reason}; acknowledgement by rules: {problem}" if problem else reason,
        question_index=moment.topic.question.question_index,
        probe="unmade_point" if own_work else reply.kind,
        point_index=draft.point_index if draft is not None and own_work else None,
        lead_in=wording.listened(len(moment.turns), moment.last.move.lead_in)
        if problem
        else acknowledgement,
    )
