"""A fault of ours ends no interview: where a decision fails, the plan goes on without it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from agent.errors import RehearseError, fault_of
from agent.interview import wording
from agent.interview.interviewer import Interviewer
from agent.interview.plan import Plan
from agent.session.turns import Move, Turn

_GREETING = "Hello, and thank you for coming."
_REASON = "rule plan: the decision failed by a fault of ours"


@dataclass
class Guarded:
    """An interviewer whose failing decisions become the next question of the plan, and a note."""

    inner: Interviewer
    _notes: list[str] = field(default_factory=list)
    _taken: int = 0

    def __post_init__(self) -> None:
        self.name, self.plan = self.inner.name, self.inner.plan

    @property
    def engine(self) -> str:
        """What really chose, for the session's engines."""
        return self.inner.engine

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong so far, faults included."""
        theirs = self.inner.notes
        self._notes += theirs[self._taken :]
        self._taken = len(theirs)
        return tuple(self._notes)

    def opening(self) -> Move:
        """Return the greeting."""
        return self._tried(self.inner.opening, lambda: Move("opening", _GREETING, _REASON))

    def next_move(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return what to say next."""
        plain = partial(plain_move, self.plan, turns, now_s)
        return self._tried(partial(self.inner.next_move, turns, now_s), plain)

    def at_once(self, turns: tuple[Turn, ...], now_s: float) -> Move:
        """Return the rules' move."""
        plain = partial(plain_move, self.plan, turns, now_s)
        return self._tried(partial(self.inner.at_once, turns, now_s), plain)

    def chosen(self, move: Move) -> None:
        """Be told which move was made."""
        self.inner.chosen(move)

    def _tried(self, decide: Callable[[], Move], instead: Callable[[], Move]) -> Move:
        try:
            return decide()
        except RehearseError:
            raise
        except Exception as error:
            note = f"{fault_of(error)}; the interview goes on by its plan"
            self._notes += [note] if note not in self._notes else []
            return instead()


def plain_move(plan: Plan, turns: tuple[Turn, ...], now_s: float) -> Move:
    """Return the next question of the plan that was not asked; the closing when there is none.

    It looks at what was asked, the clock and who ended it, at no word that was said.
    """
    last = turns[-1] if turns else None
    asked = {turn.move.text for turn in turns}
    left = [item for item in plan.items if item.question.text not in asked]
    invited = any(turn.move.kind == "your_questions" for turn in turns)
    if last and last.ended_by in ("finish", "ended"):
        return Move("closing", wording.GOOD_BYES[last.ended_by], _REASON)
    if invited or not left or now_s >= plan.total_s:
        return Move("closing", wording.GOOD_BYES["done" if not left else "time"], _REASON)
    item = left[0]
    return Move("question", item.question.text, _REASON, item.question_index, speaker=item.asked_by)
