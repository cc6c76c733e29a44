"""Talking points judged on labelled answers: with sentence vectors, without, and two baselines.

Each answer is judged for every point of its brief. The held-out half was written first and not
run before the development on the other half had ended.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent.brief import TalkingPoint  # noqa: E402
from agent.coverage.meaning import Meaning, find_meaning  # noqa: E402
from agent.coverage.points import judge_text  # noqa: E402
from agent.text.numbers import find_numbers  # noqa: E402
from agent.text.words import content_words  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from tests.coverage_points import BRIEFS  # noqa: E402

SETS = {
    "fresh": ROOT / "tests" / "coverage_fresh.jsonl",
    "held out": ROOT / "tests" / "coverage_heldout.jsonl",
    "developed on": ROOT / "tests" / "coverage_cases.jsonl",
}
"""The labelled answers, those that count most first."""
Counts = Counter[tuple[str, str]]
"""How often (label, verdict) came."""
Judge = Callable[[TalkingPoint, dict[str, Any], tuple[TalkingPoint, ...]], str]
OVERLAP = 0.3
"""Share of a point's words that the overlap baseline asks for; best on the developed half."""


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--errors", action="store_true", help="print what is wrong in the dev half")
    args = parser.parse_args()
    meaning = find_meaning()
    if args.errors:
        print_errors(cases(SETS["fresh"]), meaning)
        return
    judges: list[tuple[str, Judge, tuple[str, str, str]]] = [
        ("rules", judged(None), (".80", ".72", "70 %")),
        ("word overlap", word_overlap, ("", "", "")),
        ("two shared numbers", two_numbers, ("", "", "")),
    ]
    if meaning is not None:
        judges.insert(0, ("rules + minilm", judged(meaning), (".88", ".80", "80 %")))
    rows: list[dict[str, Any]] = []
    for half, path in SETS.items():
        for name, judge, goals in judges:
            rows += figures(f"{half}, {name}", cases(path), judge, goals)
    show(rows, args.json)


def cases(path: Path) -> list[dict[str, Any]]:
    """Return the labelled answers of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def judged(meaning: Meaning | None) -> Judge:
    """Return the judge under test."""
    return lambda point, case, among: (
        judge_text(point, case["text"], case["question"], among, meaning).status
    )


def word_overlap(point: TalkingPoint, case: dict[str, Any], _: tuple[TalkingPoint, ...]) -> str:
    """Judge by the share of the point's content words that were said."""
    claimed = {word.stem for word in content_words(f"{point.name}. {point.text}")}
    said = {word.stem for word in content_words(case["text"])}
    return "covered" if len(claimed & said) >= OVERLAP * len(claimed) else "missing"


def two_numbers(point: TalkingPoint, case: dict[str, Any], _: tuple[TalkingPoint, ...]) -> str:
    """Judge by two numbers that both have."""
    claimed, said = (
        {value for hit in find_numbers(text) for value in hit.base}
        for text in (point.text, case["text"])
    )
    return "covered" if len(claimed & said) >= 2 else "missing"


def confusion(labelled: Sequence[dict[str, Any]], judge: Judge) -> Counts:
    """Count (label, verdict) of every point for every labelled answer."""
    counts: Counts = Counter()
    for case in labelled:
        points = BRIEFS[case["brief"]]
        for name, point in points.items():
            found = judge(point, case, tuple(points.values()))
            counts[(case["labels"].get(name, "missing"), found)] += 1
    return counts


def f1(counts: Counts, group: frozenset[str]) -> float:
    """Return the F1 of a group of statuses."""
    both = sum(n for (label, found), n in counts.items() if label in group and found in group)
    either = sum(n * ((label in group) + (found in group)) for (label, found), n in counts.items())
    return 2 * both / either if either else 0.0


def scored(counts: Counts) -> tuple[float, float, float]:
    """Return F1 of covered, macro-F1 of the three groups, and the share of contradictions found."""
    groups = [
        frozenset({"covered"}),
        frozenset({"partial", "contradicted"}),
        frozenset({"missing"}),
    ]
    wrong = sum(n for (label, _), n in counts.items() if label == "contradicted")
    each = [f1(counts, group) for group in groups]
    return each[0], sum(each) / 3, counts[("contradicted", "contradicted")] / max(1, wrong)


def figures(
    name: str, labelled: Sequence[dict[str, Any]], judge: Judge, goals: tuple[str, str, str]
) -> list[dict[str, Any]]:
    """Return the rows of one judge on one half."""
    start = time.monotonic()
    covered, macro, wrong = scored(confusion(labelled, judge))
    took_s = time.monotonic() - start
    return [
        {"figure": f"{name}: F1 of covered", "value": f"{covered:.3f}", "goal": goals[0]},
        {"figure": f"{name}: macro-F1", "value": f"{macro:.3f}", "goal": goals[1]},
        {"figure": f"{name}: contradictions", "value": f"{wrong:.0%}", "goal": goals[2]},
        {"figure": f"{name}: {len(labelled)} answers", "value": f"{took_s:.1f} s", "goal": ""},
    ]


def print_errors(labelled: Sequence[dict[str, Any]], meaning: Meaning | None) -> None:
    """Print every point that is judged otherwise than labelled."""
    for case in labelled:
        points = BRIEFS[case["brief"]]
        for name, point in points.items():
            among = tuple(points.values())
            found = judge_text(point, case["text"], case["question"], among, meaning)
            label = case["labels"].get(name, "missing")
            if found.status != label:
                print(f"{case['id']} {name}: {label} judged {found.status}. {found.note}")
                print(f"    {case['text']}")


if __name__ == "__main__":
    main()
