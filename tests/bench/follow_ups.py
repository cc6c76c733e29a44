"""Print every follow-up by rules to the ten people of tests/interviewer_answers.txt, to be read.

How good they are no rule can tell: a person reads each in its context and judges. The judgment of
the last reading is in RESULTS.md.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent.interviewer.takeup import taken_up  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from tests.interviewer_answers import persons  # noqa: E402
from tests.interviewer_follow_ups import follow_ups  # noqa: E402


def table() -> list[dict[str, str]]:
    """Return a row for each follow-up, and the share that takes up the answer."""
    rows = []
    taken = 0
    for person in persons():
        plan, held = person.interview()
        for each in follow_ups(plan, held):
            taken += bool(taken_up(each.move.text, each.answers))
            share = "known" if person.is_known else "held out"
            figure = f"{person.trade}, {share}, {each.move.probe}"
            rows.append({"figure": figure, "value": each.move.text, "goal": ""})
    share = f"{taken / len(rows):.0%} of {len(rows)}"
    return [*rows, {"figure": "take up the answer", "value": share, "goal": "80 %"}]


def main() -> None:
    """Print."""
    args = arguments(__doc__ or "").parse_args()
    show(table(), args.json)


if __name__ == "__main__":
    main()
