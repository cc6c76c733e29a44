"""Talking points that the labelled answers are about: those of three briefs, and seven sets more.

coverage_cases.jsonl is the half that coverage was developed on. coverage_heldout.jsonl was written
before, over the three whole briefs alone, and was not run until the development had ended.
"""

import json
from pathlib import Path

from agent.brief import TalkingPoint
from agent.brief.read import read_brief

ROOT = Path(__file__).resolve().parents[1]
_KEYS = {
    "fellow": ("briefs/ml-systems-fellow.md", "workbench aeval brain intuit autoeval"),
    "ward": ("briefs/ward-nurse.md", "falls sepsis precept surge discharge"),
    "plant": ("tests/plant_engineer.md", "dryer steam spares vibration lockout"),
}
_SETS = json.loads((ROOT / "tests" / "coverage_points.json").read_text("utf-8"))

BRIEFS: dict[str, dict[str, TalkingPoint]] = {
    name: {key: TalkingPoint(**point) for key, point in points.items()}
    for name, points in _SETS.items()
} | {
    name: dict(zip(keys.split(), read_brief(str(ROOT / path)).talking_points, strict=True))
    for name, (path, keys) in _KEYS.items()
}
FELLOWS, NURSE, FELLOW, WARD, PLANT = (
    BRIEFS[name] for name in ("fellows", "nurse", "fellow", "ward", "plant")
)
