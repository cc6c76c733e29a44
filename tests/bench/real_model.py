"""A real local model, as Ollama serves it here: its trial, how usable and fast its follow-ups are.

Needs Ollama with the model named. `--keep` makes tests/real_replies.jsonl anew: what it wrote for
the trial, the "heldout" answers of follow_ups.txt, and the judge's built-in cases.
"""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent import llm  # noqa: E402
from agent.analysis.judge import judge_tried  # noqa: E402
from agent.errors import InterviewerError  # noqa: E402
from agent.interview.reworded import beginning, case_begun, case_of, problem_with_words  # noqa: E402
from agent.interview.trial import (  # noqa: E402
    CASES,
    moment_of,
    trial_of,
)
from tests.bench.table import arguments, show  # noqa: E402
from tests.fake_ollama import fake_ollama  # noqa: E402
from tests.real_model import MODEL, PATH, follow_up_cases, recording  # noqa: E402

_WAIT_S = 600.0
"""For a reply that is only to be kept, however slow this machine is."""
_GOAL_S = 1.8
_GOALS = {
    "usable at the first try": "85 %",
    "with one more": "95 %",
    f"within {_GOAL_S} s": "95 % at 210 tokens read and 35 written a second",
}


def heldout() -> list[tuple[str, str, str]]:
    """Return question, answer and the built-in follow-up of the answers that were put aside."""
    cases, asked, answer = [], "", ""
    text = (ROOT / "tests" / "bench" / "follow_ups.txt").read_text(encoding="utf-8")
    text = text.partition("=== fresh")[0]
    for line in text.splitlines():
        mark, _, rest = line.strip().partition(": ")
        cells = rest.split(" | ")
        asked = cells[1] if mark == "Q" else asked
        answer = rest if mark == "A" else answer
        if mark == "J" and cells[0] != "before" and answer:
            cases.append((asked, answer, cells[2]))
            answer = ""
    return cases


def keep(model: str) -> None:
    """Ask the model for everything that tests replay."""
    url, path = llm.host(), PATH
    path.unlink(missing_ok=True)
    with fake_ollama(words=recording(url), models=(model,)) as server:
        os.environ["OLLAMA_HOST"] = server.url
        measured(model, [*CASES, *heldout()], _WAIT_S)
        with suppress(InterviewerError):
            judge_tried(model, _WAIT_S)


def measured(model: str, cases: list[tuple[str, str, str]], deadline_s: float) -> dict[str, str]:
    """Ask for every follow-up, its question read ahead, and return the figures."""
    client = llm.Client(model, beginning(), deadline_s)
    client.begin()
    first, usable, took_s = 0, 0, []
    for case in cases:
        moment, draft = moment_of(*case)
        tries: list[str] = []

        def problem_of(text: str, moment=moment, tries=tries) -> str:  # type: ignore[no-untyped-def]
            tries.append(problem_with_words(text, moment))
            return tries[-1]

        client.read_ahead(case_begun(case[0]))
        began_s = time.monotonic()
        with suppress(InterviewerError):
            client.line(case_of(moment, draft), problem_of)
            usable += 1
        took_s.append(time.monotonic() - began_s)
        first += tries[:1] == [""]
    took_s.sort()
    return {
        "follow-ups": str(len(cases)),
        "usable at the first try": f"{first / len(cases):.0%}",
        "with one more": f"{usable / len(cases):.0%}",
        "seconds a reply, median": f"{took_s[len(cases) // 2]:.1f}",
        "seconds a reply, p95": f"{took_s[int(0.95 * len(cases))]:.1f}",
        f"within {_GOAL_S} s": f"{sum(one <= _GOAL_S for one in took_s) / len(cases):.0%}",
    }


def main() -> None:
    """Keep replies, or measure and print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--model", default=MODEL)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--most", type=int, default=1000, help="follow-ups at most")
    args = parser.parse_args()
    if args.keep:
        keep(args.model)
        return
    found = {"trial": trial_of(args.model).told(args.model)}
    found |= measured(args.model, follow_up_cases()[: args.most], 12.0)
    rows = [
        {"figure": name, "value": value, "goal": _GOALS.get(name, "")}
        for name, value in found.items()
    ]
    show(rows, args.json)


if __name__ == "__main__":
    main()
