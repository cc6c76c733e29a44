"""The interviewer with a local model: rules choose, the model words the follow-up anew.

Before it leads, the model is tried (trial.py). One call a turn, and only where the rules have a
follow-up of their own. The model is shown neither the talking points nor what of the brief may
hold their words. Where a reply is late, unusable or missing, the rules' follow-up is asked in that
turn, and its reason says why.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from agent.brief import Brief
from agent.errors import InterviewerError
from agent.interview import rules
from agent.interview.moment import Moment
from agent.interview.plan import Plan
from agent.interview.probes import OWN
from agent.interview.reworded import beginning, case_begun, case_of, problem_with_words
from agent.interview.trial import Trial, tried
from agent.llm import Client, LocalModel
from agent.session.turns import Move, Turn
from agent.text.no_answer import holds_orders

DEADLINE_S = 12.0
"""Wall clock for one reply. In a spoken interview thinking_ahead.py stops waiting much sooner."""
_WORDED = "worded by "


class OllamaInterviewer:
    """Rules for what to ask, a model on this machine for how to ask on."""

    def __init__(
        self,
        model: LocalModel,
        brief: Brief,
        plan: Plan,
        deadline_s: float = DEADLINE_S,
        trial: Callable[[LocalModel], Trial] = tried,
    ) -> None:
        """Begin a session, and begin to try the model in the background."""
        self.model = model.name
        self.name = f"ollama:{model.name}"
        self.plan = plan
        self._brief = brief
        self._client = Client(model.name, beginning(), deadline_s)
        self._notes: list[str] = []
        self._not_asked = f"{model.name} is still loading"
        """Why the model is not asked, "" where it is."""
        self._asked = 0
        self._follow_ups = (0, 0)
        self.leads = False
        """Whether it was tried, and was good and fast enough."""
        self.tried = threading.Event()
        self.ready = threading.Event()
        """Set when the model is loaded, or known not to be asked."""
        begin = threading.Thread(target=self._begin, args=(model, trial), name="trial", daemon=True)
        begin.start()

    @property
    def notes(self) -> tuple[str, ...]:
        """What came of the trial, and why the model was given up, once it was."""
        given_up = self._client.given_up
        now = "; from here on the built-in follow-ups are asked"
        return (*self._notes, *([given_up + now] if given_up else ()))

    @property
    def engine(self) -> str:
        """Who asked so far: "7 of 9 follow-ups by qwen3:4b"."""
        worded, every = self._follow_ups
        return f"{worded} of {every} follow-ups by {self.model}"

    def opening(self) -> Move:
        """Return the greeting, worded by rules."""
        return rules.opening(self.plan, self._brief)

    def next_move(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return what to say next; a call for an earlier moment that still runs is given up."""
        asked = self._asked = self._asked + 1
        self._count(turns)
        draft = rules.next_move(self.plan, self._brief, turns, now_s)
        move = draft
        if draft.kind == "follow_up" and draft.probe != OWN:
            moment = Moment(self.plan, self._brief, turns, now_s)
            why = self._not_asked
            if not why and any(map(holds_orders, moment.topic.answers)):
                why = "the answer gives orders"
            move = _by_rules(draft, why) if why else self._worded(moment, draft, asked)
        return move

    def chosen(self, move: Move) -> None:
        """Have what is asked now read by the model while it is spoken and answered."""
        if move.kind in ("question", "follow_up") and not self._not_asked:
            threading.Thread(target=self._read_ahead, args=(move.text,), daemon=True).start()

    def at_once(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return the rules' move, since the model did not reply in time; only this turn is lost."""
        self._asked += 1
        move = rules.next_move(self.plan, self._brief, turns, now_s)
        return _by_rules(move, f"{self.model} was too slow")

    def _worded(self, moment: Moment, draft: Move, asked: int) -> Move:
        try:
            text = self._client.line(
                case_of(moment, draft.text),
                lambda text: problem_with_words(text, moment),
                lambda: self._asked != asked,
            )
        except InterviewerError as error:
            return _by_rules(draft, str(error))
        return replace(draft, text=text, reason=f"{draft.reason}; {_WORDED}{self.model}")

    def _begin(self, model: LocalModel, trial: Callable[[LocalModel], Trial]) -> None:
        try:
            outcome = trial(model)
            self._notes.append(f"Follow-ups: {outcome.told(model.name)}.")
            self.leads = outcome.leads
            self.tried.set()
            if outcome.leads:
                self._client.begin()
            self._not_asked = "" if outcome.leads else f"{model.name} does not lead"
        except InterviewerError as error:
            self._not_asked = str(error)
            self._notes.append(f"Follow-ups: built-in rules; {error}.")
        finally:
            self.tried.set()
            self.ready.set()

    def _read_ahead(self, question: str) -> None:
        """Have the question read while the person speaks; what fails here is told at the reply."""
        with suppress(InterviewerError):
            self._client.read_ahead(case_begun(question))

    def _count(self, turns: tuple[Turn, ...]) -> None:
        made = [turn.move for turn in turns if turn.move.kind == "follow_up"]
        self._follow_ups = sum(_WORDED in move.reason for move in made), len(made)


def _by_rules(move: Move, why: str) -> Move:
    return replace(move, reason=f"{move.reason}; by rules: {why}")
