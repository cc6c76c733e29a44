"""Both interviewers against ten scripted candidates and three held-out ones, on every brief.

The model is a scripted one behind a local server (tests/interviewer_model.py): it quotes the answer
and asks about it, and two replies in five are bad, of 26 sorts; so its figures are about the checks
and the way back to the rules, not about any real model. Leaks are looked for by another rule than
the interviewer's own. How good the follow-ups are a reader judges: tests/bench/follow_ups.py.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent.brief import Brief  # noqa: E402
from agent.brief.read import read_reading  # noqa: E402
from agent.interviewer.interviewer import Interviewer, RulesInterviewer  # noqa: E402
from agent.interviewer.ollama import OllamaInterviewer  # noqa: E402
from agent.interviewer.plan import make_plan  # noqa: E402
from agent.interviewer.probes import opening  # noqa: E402
from agent.turns import Move, Turn  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from tests.fake_ollama import fake_ollama  # noqa: E402
from tests.interviewer_candidates import BRIEF, Candidate, hold  # noqa: E402
from tests.interviewer_follow_ups import follow_ups, leaked  # noqa: E402
from tests.interviewer_model import scripted  # noqa: E402
from tests.interviewer_people import STORIES, others, people  # noqa: E402

MINUTES = 20
BAD_SHARE = 0.4
"""Share of the scripted model's replies that are bad."""
_ROUNDS = 40
_LOAD_S = 10.0

MakeInterviewer = Callable[[Brief], Interviewer]


@dataclass
class Counts:
    """What was counted over interviews."""

    follow_ups: int = 0
    """Follow-ups asked."""
    by_model: int = 0
    """Of these the model's own."""
    right: int = 0
    """Those of a kind that is right for the candidate; all but the first to a question are."""
    leaks: int = 0
    """Follow-ups with a name or digit of a talking point that nobody said."""
    doubles: int = 0
    """Questions asked twice, and follow-ups that do not ask exactly one."""
    alike: int = 0
    """Follow-ups by rules that begin with the same three words as another of their session."""
    longest: int = 0
    """Words of the longest follow-up."""
    over: float = -1.0
    """The most by which an interview was over its time, as a share."""

    def add(self, other: Counts) -> None:
        """Add what was counted elsewhere."""
        for name, value in vars(other).items():
            most = name in ("longest", "over")
            mine = getattr(self, name)
            setattr(self, name, max(mine, value) if most else mine + value)


@dataclass
class Figures:
    """One interviewer's."""

    known: dict[str, Counts] = field(default_factory=dict)
    """By candidate."""
    held_out: dict[str, Counts] = field(default_factory=dict)
    """By candidate whose words nothing was tuned on."""
    took_ms: list[float] = field(default_factory=list)
    """How long decisions took in which a follow-up was weighed, in milliseconds."""

    def total(self, held_out: bool) -> Counts:
        """Return the sum over the candidates."""
        total = Counts()
        for counts in (self.held_out if held_out else self.known).values():
            total.add(counts)
        return total


def counted(
    interviewer: Interviewer, brief: Brief, candidate: Candidate, right: tuple[str, ...]
) -> Counts:
    """Hold an interview and count."""
    held = hold(interviewer, candidate)
    counts = Counts(over=held.end_s / (60 * MINUTES) - 1)
    texts = [t.move.text for t in held.turns if t.move.kind in ("question", "follow_up")]
    counts.doubles = len(texts) - len(set(texts))
    begun: list[str] = []
    for each in follow_ups(interviewer.plan, held):
        counts.follow_ups += 1
        if each.move.probe != "own" and "worded by" not in each.move.reason:
            begun.append(opening(each.move.text))
        counts.by_model += "worded by scripted" in each.move.reason
        counts.right += not each.first or each.move.probe in right
        counts.leaks += bool(leaked(each.move.spoken, brief, each.said))
        counts.doubles += each.move.text.count("?") != 1
        counts.longest = max(counts.longest, len(each.move.text.split()))
    counts.alike = len(begun) - len(set(begun))
    return counts


def rules_interviewer(brief: Brief) -> Interviewer:
    """Return the interviewer by rules."""
    return RulesInterviewer(brief, make_plan(brief, MINUTES))


def model_interviewer(brief: Brief) -> Interviewer:
    """Return the interviewer with the scripted model."""
    interviewer = OllamaInterviewer("scripted", brief, make_plan(brief, MINUTES))
    interviewer.wait_until_loaded(_LOAD_S)
    return interviewer


@contextmanager
def model_for(brief: Brief) -> Iterator[None]:
    """Run the scripted model for interviews on a brief."""
    with fake_ollama(words=scripted(brief, BAD_SHARE), models=("scripted:latest",)) as server:
        os.environ["OLLAMA_HOST"] = server.url
        yield


def decisions(brief: Brief, interviewer: Interviewer, clock: Callable[[], float]) -> list[float]:
    """Return how long each decision after a 3-minute answer takes, in milliseconds."""
    # Without a claim in one half of them, so that every kind of follow-up is looked for.
    plain = " ".join((*STORIES[:3], STORIES[4]) * 3)
    times = []
    for number in range(_ROUNDS):
        story = plain if number % 2 else " ".join(STORIES * 2)
        # Another word each time, so that no answer was met before.
        answer = f"{story} and that was the case number w{number}"
        turn = Turn(interviewer.next_move((), 20.0), answer, 30.0, 210.0)
        before_s = clock()
        move: Move = interviewer.next_move((turn,), 212.0)
        if "not asked any more" not in move.reason:
            times.append(1000 * (clock() - before_s))
    return times


def briefs() -> list[Brief]:
    """Return the briefs of the repo, of ../shared where it is there, and the tests' own."""
    paths = [*sorted((ROOT / "briefs").glob("*.md")), ROOT / "tests" / "plant_engineer.md",
             *sorted((ROOT.parent / "shared" / "briefs").glob("*.txt"))]  # fmt: skip
    return [BRIEF, *(read_reading(str(path)).brief for path in paths)]


def measured(known: list[Brief], make: MakeInterviewer, clock: Callable[[], float]) -> Figures:
    """Hold every interview with one interviewer."""
    figures = Figures()
    for brief in known:
        with model_for(brief):
            for rows, names in ((figures.known, people(brief)), (figures.held_out, others())):
                for name, (candidate, right) in names.items():
                    counts = counted(make(brief), brief, candidate, right)
                    rows.setdefault(name, Counts()).add(counts)
            # So few questions that there is time for a follow-up, which is what takes the longest.
            interviewer = make(brief)
            object.__setattr__(interviewer, "plan", make_plan(brief, 3 * MINUTES, questions=2))
            figures.took_ms += decisions(brief, interviewer, clock)
    return figures


def column(figures: Figures) -> dict[str, str]:
    """Return one interviewer's figures by name."""
    known, fresh = figures.total(held_out=False), figures.total(held_out=True)
    every = Counts()
    every.add(known)
    every.add(fresh)
    times = sorted(figures.took_ms)
    told = {
        f"{name}: right kind / follow-ups": f"{c.right}/{c.follow_ups}"
        for name, c in figures.known.items()
    }
    told |= {
        f"{name} (held out): follow-ups": f"{c.follow_ups}" for name, c in figures.held_out.items()
    }
    return told | {
        "follow-ups in all": str(every.follow_ups),
        "of these in the model's own words": f"{every.by_model / every.follow_ups:.0%}",
        "of the right kind (the first to a question)": f"{known.right / known.follow_ups:.0%}",
        "begin like another of the session, by rules": str(every.alike),
        "leaks": str(every.leaks),
        "asked twice, or two questions in one": str(every.doubles),
        "words of the longest follow-up": str(every.longest),
        "time over, at most": f"{every.over:+.1%}",
        "decision after 3 minutes, p50": f"{times[len(times) // 2]:.1f} ms",
        "decision after 3 minutes, p95": f"{times[int(0.95 * len(times))]:.1f} ms",
    }


_GOALS = {
    "begin like another of the session, by rules": "0",
    "leaks": "0",
    "asked twice, or two questions in one": "0",
    "words of the longest follow-up": "25",
    "time over, at most": "5 %",
    "decision after 3 minutes, p95": "20 ms, ",
}


def table() -> list[dict[str, str]]:
    """Return the figures as rows, rules beside the model."""
    known = briefs()
    # Rules are timed by the processor; with the model its server's thread and HTTP count too.
    rules = column(measured(known, rules_interviewer, time.thread_time))
    model = column(measured(known, model_interviewer, time.perf_counter))
    heading = f"{len(known)} briefs, 10 candidates and 3 held out, minutes each"
    rows = [{"figure": heading, "value": str(MINUTES), "goal": ""}]
    for at, (name, figures) in enumerate((("rules", rules), ("model", model))):
        goals = {figure: goal.split(", ")[-1 if at else 0] for figure, goal in _GOALS.items()}
        rows += [
            {"figure": f"{name}: {figure}", "value": value, "goal": goals.get(figure, "")}
            for figure, value in figures.items()
        ]
    return rows


def main() -> None:
    """Measure and print."""
    args = arguments(__doc__ or "").parse_args()
    show(table(), args.json)


if __name__ == "__main__":
    main()
