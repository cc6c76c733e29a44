"""Contradictions over a session: how many are found, and how many are none.

False alarms count pairs of answers in either order. "other answers" are those of
tests/bench/answers.txt, where nobody contradicts anybody; "same project"
are answers of tests/coverage_*.jsonl to one brief that tell the right figures or none.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import groupby, permutations
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent.interviewer.probing.conflicting import conflicting_figures  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402

BENCH = Path(__file__).parent
Texts = list[tuple[str, str]]


def alarms(pairs: Texts) -> list[tuple[str, str]]:
    """Return the pairs in which a contradiction is found."""
    return [(one, other) for one, other in pairs if any(conflicting_figures((one,), other))]


def statements() -> dict[str, Texts]:
    """Return the pairs of statements by set."""
    text = (BENCH / "contradictions.txt").read_text(encoding="utf-8")
    sets: dict[str, Texts] = {}
    for block in text.split("\n== ")[1:]:
        name, *lines = block.strip().splitlines()
        sets[name] = [(one, other) for one, _, other in (line.partition(" || ") for line in lines)]
    return sets


def other_answers() -> Texts:
    """Return every two answers of those in which nothing is contradicted, in either order."""
    spoken = (BENCH / "answers.txt").read_text(encoding="utf-8").replace("~", " ").split("\n\n")
    return list(permutations(spoken, 2))


def retold(name: str) -> tuple[Texts, Texts]:
    """Return pairs that tell a point with another figure, and pairs that do not."""
    lines = (ROOT / "tests" / name).read_text(encoding="utf-8").splitlines()
    cases = sorted(map(json.loads, lines), key=lambda case: case["brief"])
    wrong: Texts = []
    right: Texts = []
    for _, of_brief in groupby(cases, key=lambda case: case["brief"]):
        for one, other in permutations(of_brief, 2):
            pair = (one["text"], other["text"])
            kinds = set(_kinds(one, other))
            if {"covered", "contradicted"} in kinds:
                wrong.append(pair)
            elif not any("contradicted" in kind for kind in kinds):
                right.append(pair)
    return wrong, right


def _kinds(one: dict[str, Any], other: dict[str, Any]) -> Iterator[frozenset[str]]:
    """Yield how the points that both tell are told; a wrong name is no wrong figure."""
    for point in one["labels"].keys() & other["labels"].keys():
        if "wrong_name" not in (one.get("kind"), other.get("kind")):
            yield frozenset({one["labels"][point], other["labels"][point]})


def main() -> None:
    """Print the figures."""
    args = arguments(__doc__ or "").parse_args()
    rows = []

    def add(figure: str, pairs: Texts, goal: str = "") -> None:
        value = f"{len(alarms(pairs))} of {len(pairs)}"
        rows.append({"figure": figure, "value": value, "goal": goal})

    add("false alarms: other answers", other_answers(), "0")
    for name in ("coverage_cases.jsonl", "coverage_heldout.jsonl"):
        wrong, right = retold(name)
        add(f"found: retold freely, {name}", wrong)
        add(f"false alarms: same project, {name}", right, "0")
    sets = statements()
    add("found: retold in much the same words", sets.pop("same"))
    for name, pairs in sets.items():
        add(f"false alarms: differ in a word, {name}", pairs)
    show(rows, args.json)


if __name__ == "__main__":
    main()
