"""`brief write` on five pairs of our own: what stands in the sources, and how long rules take.

The model is a scripted one (tests/brief_model.py), so its rows are about the checks, not about
any real model: "good" copies, "bad" goes wrong in nine ways, one after the other.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from agent.brief.check import check_brief  # noqa: E402
from agent.brief.read import parse_brief  # noqa: E402
from agent.brief.write import write_brief  # noqa: E402
from agent.brief_write.draft import Draft, draft  # noqa: E402
from agent.brief_write.model import draft_with_model  # noqa: E402
from tests.bench.table import arguments, show  # noqa: E402
from tests.brief_model import BAD, Script, bad, good  # noqa: E402
from tests.brief_pairs import FACT, NAMES, pair, real_line  # noqa: E402
from tests.fake_ollama import fake_ollama  # noqa: E402

OWN_WORDS = {"I", "That"}
"""Words that the scripted model begins a sentence with."""


def main() -> None:
    """Write all briefs and print the figures."""
    args = arguments(__doc__.splitlines()[0]).parse_args()
    started = time.perf_counter()
    ruled = {name: draft(*pair(name)) for name in NAMES}
    took_ms = (time.perf_counter() - started) / len(NAMES) * 1000
    rows = figures("rules", ruled)
    rows.append({"figure": "rules: reading and writing, a pair", "value": f"{took_ms:.0f} ms"})
    for kind, script in (("good model", good), ("bad model", bad([*BAD, "rubbish"]))):
        made = written(script)
        rows += figures(kind, made)
        parts = sum(
            ours != theirs
            for name in NAMES
            for ours, theirs in zip(parts_of(made[name]), parts_of(ruled[name]), strict=True)
        )
        rows.append({"figure": f"{kind}: questions and points it worded", "value": f"{parts}/75"})
    show([{"goal": ""} | row for row in rows], args.json)


def written(script: Script) -> dict[str, Draft]:
    """Return the briefs that a scripted model words."""
    with fake_ollama(words=script) as server:
        os.environ["OLLAMA_HOST"] = server.url
        return {name: draft_with_model("llama3.2", *pair(name), lambda _: None) for name in NAMES}


def parts_of(made: Draft) -> list[object]:
    """Return questions and talking points."""
    return [*made.brief.questions, *made.brief.talking_points]


def figures(kind: str, made: dict[str, Draft]) -> list[dict[str, Any]]:
    """Return what stands in the sources, counted apart from the program's own checks."""
    facts, found, whys, warnings = 0, 0, [], 0
    for name, one in made.items():
        _, resume = pair(name)
        known = set(FACT.findall(resume.document.text)) | OWN_WORDS
        for point in one.brief.talking_points:
            told = FACT.findall(f"{point.name} {point.text}")
            facts += len(told)
            found += sum(fact in known for fact in told)
        whys += [real_line(one, name, at) for at in range(len(one.brief.questions))]
        warnings += len(check_brief(parse_brief(write_brief(one.brief), "brief.md")))
    dropped = sum(len(one.dropped) for one in made.values())
    return [
        {
            "figure": f"{kind}: numbers and names from the resume",
            "value": f"{found}/{facts}",
            "goal": "all",
        },
        {
            "figure": f"{kind}: reasons with a real line",
            "value": f"{sum(whys)}/{len(whys)}",
            "goal": "all",
        },
        {"figure": f"{kind}: warnings of brief check", "value": f"{warnings}", "goal": "0"},
        {"figure": f"{kind}: things dropped", "value": f"{dropped}"},
    ]


if __name__ == "__main__":
    main()
