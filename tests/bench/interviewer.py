"""The interviewer by rules against eleven scripted candidates, on every brief.

How good the follow-ups are a reader judges: tests/bench/follow_ups.py.
"""

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent.brief import Brief  # noqa: E402
from agent.brief.read import read_reading  # noqa: E402
from agent.interview.interviewer import RulesInterviewer  # noqa: E402
from agent.interview.plan import make_plan  # noqa: E402
from agent.interview.probes import opening  # noqa: E402
from agent.session.turns import Turn  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from tests.interviewer_candidates import BRIEF, STORIES, Candidate, follow_ups, hold, leaked, people  # noqa: E402  # noqa: E402

MINUTES = 20
_ROUNDS = 40


@dataclass
class Counts:
    """What was counted over interviews with one interviewer."""

    follow_ups: int = 0
    leaks: int = 0
    doubles: int = 0
    alike: int = 0
    longest: int = 0
    over: float = -1.0
    took_ms: list[float] = field(default_factory=list)

    def hold(self, interviewer: RulesInterviewer, brief: Brief, talk: Candidate) -> None:
        """Hold an interview and count."""
        held = hold(interviewer, talk)
        self.over = max(self.over, held.end_s / (60 * MINUTES) - 1)
        texts = [t.move.text for t in held.turns if t.move.kind in ("question", "follow_up")]
        self.doubles += len(texts) - len(set(texts))
        begun: list[str] = []
        for each in follow_ups(interviewer.plan, held):
            begun += [opening(each.move.text)] * (each.move.probe != "own")
            self.follow_ups += 1
            self.leaks += bool(leaked(each.move.spoken, brief, each.said))
            self.doubles += each.move.text.count("?") != 1
            self.longest = max(self.longest, len(each.move.text.split()))
        self.alike += len(begun) - len(set(begun))

    def decide(self, interviewer: RulesInterviewer) -> None:
        """Time decisions after 3-minute answers, with so few questions that one is followed up."""
        for number in range(_ROUNDS):
            # Another word each time, so that no answer was met before.
            answer = f"{' '.join(STORIES * 2)} and that was the case number w{number}"
            turn = Turn(interviewer.next_move((), 20.0), answer, 30.0, 210.0)
            before_s = time.thread_time()
            interviewer.next_move((turn,), 212.0)
            self.took_ms.append(1000 * (time.thread_time() - before_s))


def rules_interviewer(brief: Brief, questions: int | None = None) -> RulesInterviewer:
    """Return the interviewer by rules."""
    return RulesInterviewer(brief, make_plan(brief, MINUTES, questions))


def briefs() -> list[Brief]:
    """Return the briefs of the repo, of ../shared where it is there, and the tests' own."""
    paths = [*sorted((ROOT / "briefs").glob("*.md")), ROOT / "tests" / "plant_engineer.md",
             *sorted((ROOT.parent / "shared" / "briefs").glob("*.txt"))]  # fmt: skip
    return [BRIEF, *(read_reading(str(path)).brief for path in paths)]


def measured(known: list[Brief]) -> Counts:
    """Hold every interview."""
    counts = Counts()
    for brief in known:
        for candidate in people(brief).values():
            counts.hold(rules_interviewer(brief), brief, candidate)
        counts.decide(rules_interviewer(brief, 2))
    return counts


def rows(counts: Counts) -> list[dict[str, str]]:
    """Return the figures."""
    times = sorted(counts.took_ms)
    told = (
        ("follow-ups in all", str(counts.follow_ups), ""),
        ("begin like another of the session", str(counts.alike), "0"),
        ("leaks", str(counts.leaks), "0"),
        ("asked twice, or two questions in one", str(counts.doubles), "0"),
        ("words of the longest follow-up", str(counts.longest), "25"),
        ("time over, at most", f"{counts.over:+.1%}", "5 %"),
        ("decision, p95", f"{times[int(0.95 * len(times))]:.1f} ms", "20 ms"),
    )
    return [{"figure": what, "value": value, "goal": goal} for what, value, goal in told]


def main() -> None:
    """Measure and print."""
    args = arguments(__doc__ or "").parse_args()
    show(rows(measured(briefs())), args.json)


if __name__ == "__main__":
    main()
