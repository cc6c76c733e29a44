"""Print every built-in follow-up to sixteen people of sixteen trades, each with a reader's verdict.

follow_ups_heldout.txt holds 44 answers that were put aside before they were asked about.
A line "J:" under a question is what a reader made of a follow-up: "good" (a good interviewer would
ask it), "passable" or "wrong"; "before" are the rules until then, "first look" the new ones as
first read, "now" after the changes that the reading led to. A follow-up that nobody judged yet is
shown as "not judged": read it, and add a line.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.table import arguments, show  # noqa: E402
from tests.interviewer_answers import PATH, persons  # noqa: E402
from tests.interviewer_follow_ups import follow_ups  # noqa: E402

_MOST_WRONG = "at most 5 % wrong, 60 % good"


def verdicts() -> dict[tuple[str, str], str]:
    """Return what the reader judged: by when it was asked and its text."""
    found = {}
    question = ""
    for line in PATH.read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition(": ")
        cells = [cell.strip() for cell in rest.split(" | ")]
        if mark == "Q":
            question = cells[1]
        elif mark == "J":
            found[cells[0], f"{question} {cells[2]}"] = cells[1]
    return found


def table() -> list[dict[str, str]]:
    """Return a row for each follow-up, and how many were judged in which way."""
    judged = verdicts()
    rows = []
    now: Counter[str] = Counter()
    for person in persons():
        plan, held = person.interview()
        for each in follow_ups(plan, held):
            verdict = judged.get(("now", f"{each.question} {each.move.text}"), "not judged")
            now[verdict] += 1
            figure = f"{person.trade}, {each.move.probe}, {verdict}"
            rows.append({"figure": figure, "value": each.move.text, "goal": ""})
    for name in ("before", "first look"):
        counts = Counter(verdict for (when, _), verdict in judged.items() if when == name)
        rows.append({"figure": name, "value": _told(counts), "goal": ""})
    return [*rows, {"figure": "now", "value": _told(now), "goal": _MOST_WRONG}]


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()))


def main() -> None:
    """Print."""
    args = arguments(__doc__ or "").parse_args()
    show(table(), args.json)


if __name__ == "__main__":
    main()
