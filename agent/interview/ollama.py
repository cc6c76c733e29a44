"""The interviewer with a local model: rules choose the follow-up, the model reads the answer.

Before a follow-up is asked, the model is asked which words of the answer tell it already; where
it quotes some that stand there, the next one is taken. So no word that it writes is ever spoken.
It has to pass a trial first (trial.py). Where a reply is late, senseless or missing, the rules'
follow-up is asked in that turn, and its reason says why.
"""

import re
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from agent.brief import Brief
from agent.errors import InterviewerError
from agent.interview import rules
from agent.interview.moment import Moment
from agent.interview.plan import Plan
from agent.interview.reader import beginning, case_begun, case_of, words_that_tell
from agent.interview.trial import Trial, tried
from agent.llm import Client, LocalModel
from agent.session.turns import Move, Turn

DEADLINE_S = 12.0
"""Wall clock for one reply. In a spoken interview thinking_ahead.py stops waiting much sooner."""
_OPEN = "not told yet, by "
_TOLD = "was told already"
_LEFT_OUT = re.compile(rf'"([^"]+)" {_TOLD}')


class OllamaInterviewer:
    """Rules for what to ask, and a model on this machine that takes out what was told."""

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
        self._counts = (0, 0, 0)
        self.reads = False
        """Whether it was tried, and was right and fast enough."""
        self.tried = threading.Event()
        self.ready = threading.Event()
        """Set when the model is loaded, or known not to be asked."""
        begin = threading.Thread(target=self._begin, args=(model, trial), name="trial", daemon=True)
        begin.start()

    @property
    def notes(self) -> tuple[str, ...]:
        """What came of the trial, and why the model was given up, once it was."""
        given_up = self._client.given_up
        now = "; from here on the follow-ups are asked without it"
        return (*self._notes, *([given_up + now] if given_up else ()))

    @property
    def engine(self) -> str:
        """Who asked so far: "rules; qwen3:4b read along: 7 of 9 follow-ups checked, 2 left out"."""
        read, every, told = self._counts
        return (
            f"rules; {self.model} read along: {read} of {every} follow-ups checked, {told} left out"
        )

    def opening(self) -> Move:
        """Return the greeting."""
        return rules.opening(self.plan, self._brief)

    def next_move(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return what to say next; a call for an earlier moment that still runs is given up."""
        asked = self._asked = self._asked + 1
        self._count(turns)
        moment = Moment(self.plan, self._brief, turns, now_s)
        told: dict[str, str] = {}
        why = ""
        while True:
            move = rules.next_move(self.plan, self._brief, turns, now_s, tuple(told))
            if move.kind != "follow_up":
                break
            quote, why = self._told(moment, move.text, asked)
            if not quote:
                break
            told[move.text] = quote
        left_out = (f'"{text}" {_TOLD} ({self.model}): "{said}"' for text, said in told.items())
        return replace(move, reason="; ".join(filter(None, (move.reason, why, *left_out))))

    def chosen(self, move: Move) -> None:
        """Have a question read by the model while it is spoken and answered."""
        if move.kind == "question" and not self._not_asked:
            threading.Thread(target=self._read_ahead, args=(move.text,), daemon=True).start()

    def at_once(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return the rules' move, since the model did not reply in time; only this turn is lost."""
        self._asked += 1
        move = rules.next_move(self.plan, self._brief, turns, now_s)
        late = f"{move.reason}; not read: {self.model} was too slow"
        return replace(move, reason=late) if move.kind == "follow_up" else move

    def _told(self, moment: Moment, follow_up: str, asked: int) -> tuple[str, str]:
        """Return the words of the answers that tell a follow-up already, or "" and what of it."""
        if self._not_asked:
            return "", f"not read: {self._not_asked}"
        answer = " ".join(moment.topic.answers)
        case = case_of(moment.topic.first.text, answer, follow_up)
        try:
            reply = self._client.line(case, lambda: self._asked != asked)
        except InterviewerError as error:
            return "", f"not read: {error}"
        quote = words_that_tell(reply, answer)
        return quote, "" if quote else f"{_OPEN}{self.model}"

    def _begin(self, model: LocalModel, trial: Callable[[LocalModel], Trial]) -> None:
        try:
            outcome = trial(model)
            self._notes.append(f"Follow-ups: {outcome.outcome(model.name)}.")
            self.reads = outcome.passed
            self.tried.set()
            if outcome.passed:
                self._client.begin()
            self._not_asked = "" if outcome.passed else f"{model.name} did not pass its trial"
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
        read = sum(_OPEN + self.model in move.reason for move in made)
        told = {text for turn in turns for text in _LEFT_OUT.findall(turn.move.reason)}
        self._counts = read, len(made), len(told)
