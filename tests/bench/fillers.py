"""Filler or literal? Precision, recall and F1 by word on hand-marked telephone calls.

The rules were developed on the first ten calls of the sample (their numbers are even: 0 to 18); by
the other eight rules were left out, never made. "bare": without punctuation and capitals.
"""

import json
import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from agent.analysis.measures.fillers import find_fillers
from tests.bench.table import arguments, show
from tests.need import ROOT

SHARED = Path(os.environ.get("REHEARSE_SHARED", ROOT.parent / "shared")) / "speech"
GOALS = {"you know": 0.97, "i mean": 0.97, "well": 0.97, "like": 0.75}
NEVER = ("so", "right", "basically", "just", "okay", "actually")
CALLS = {
    "calls 0-18": range(20),
    "20-34": range(20, 36),
    "10-34": range(10, 36),
}
"""Which calls, by the number in the file."""


def main() -> None:
    """Measure and print."""
    args = arguments(__doc__ or "").parse_args()
    path = SHARED / "text" / "filler-occurrences.jsonl"
    if not path.exists():
        sys.exit(f"No {path}: nothing to measure on.")
    marked = [json.loads(line) for line in path.read_text().splitlines()]
    rows: list[dict[str, Any]] = []
    for name, calls in CALLS.items():
        for stripped in (False, True):
            chosen = [one for one in marked if one["call"] in calls]
            label = name + (", bare" if stripped else "")
            rows += [figure(label, phrase, chosen, stripped) for phrase in GOALS]
            rows.append(false_ones(label, chosen, stripped))
    show(rows, args.json)


def figure(label: str, phrase: str, marked: list[dict[str, Any]], stripped: bool) -> dict[str, Any]:
    """Return F1 of one word with its precision and recall."""
    seen = Counter(
        (one["filler"], is_found(one, stripped)) for one in marked if one["phrase"] == phrase
    )
    both, missed, false = seen[True, True], seen[True, False], seen[False, True]
    precision, recall = both / max(1, both + false), both / max(1, both + missed)
    f1 = 2 * both / max(1, 2 * both + missed + false)
    return {
        "figure": f"{label}: {phrase} (P {precision:.2f}, R {recall:.2f}, n {both + missed})",
        "value": f"{f1:.3f}",
        "goal": str(GOALS[phrase]),
    }


def false_ones(label: str, marked: list[dict[str, Any]], stripped: bool) -> dict[str, Any]:
    """Return how many of the words that never count were counted."""
    counted = sum(is_found(one, stripped) for one in marked if one["phrase"] in NEVER)
    return {"figure": f"{label}: so, right, just … counted", "value": str(counted), "goal": "0"}


def is_found(one: dict[str, Any], stripped: bool) -> bool:
    """Return whether the marked word is called a filler, with the words around it."""
    parts = [one["left"], one["target"], one["right"]]
    if stripped:
        parts = [re.sub(r"[^\w' ]", "", part).lower().strip() for part in parts]
    left, target, right = parts
    start = len(left) + 1 if left else 0
    hits = find_fillers(f"{left} {target} {right}" if left else f"{target} {right}")
    return any(
        hit.kind == "filler_word" and hit.start < start + len(target) and hit.end > start
        for hit in hits
    )


if __name__ == "__main__":
    main()
