"""What was planted in the recordings of the demo candidate, as candidate.json says it."""

import json
from types import SimpleNamespace
from typing import Any

from tests.need import ROOT


def _part(fields: dict[str, Any]) -> Any:
    """Return an object with these fields, with nothing planted where nothing is said."""
    if any("." in name for name in fields):
        return fields
    planted = {"pauses": (), "fillers": (), "points": (), "inside_clause": False}
    return SimpleNamespace(**(planted | fields))


TRUTH: Any = json.loads(
    (ROOT / "recordings" / "demo" / "candidate.json").read_text(encoding="utf-8"), object_hook=_part
)
