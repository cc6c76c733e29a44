"""What came in a real interview: kept beside the sessions, read by the next plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pydantic import Field, ValidationError

from agent.analysis import Part
from agent.brief import Brief
from agent.session import json_of, write_private
from voice import files

_ENDING = ".debrief.json"
BADLY, SO_SO = "went badly in the real interview", "could have gone better in the real interview"


class Came(Part):
    """One question that really came."""

    question: str
    went: int | None = Field(default=None, ge=1, le=5)
    """How it went, 1 (badly) to 5 (well); None where the person did not say."""

    @property
    def lacked(self) -> str:
        """What the answer lacked; it completes "your answer …", "" for nothing."""
        went = self.went or 5
        return BADLY if went <= 2 else SO_SO if went == 3 else ""


class RealInterview(Part):
    """One real interview, as its candidate remembers it."""

    brief: Brief
    """The brief as it was before."""
    day: date
    came: tuple[Came, ...]


def keep_real(parent: Path, real: RealInterview) -> Path:
    """Write it into the folder of the sessions, readable to its owner alone; return where."""
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = f"{real.day}_{real.brief.slug}"
    path, number = parent / f"{stem}{_ENDING}", 1
    while path.exists():
        number += 1
        path = parent / f"{stem}-{number}{_ENDING}"
    write_private(path, json_of(real))
    return path


def real_interviews(parent: Path) -> Sequence[RealInterview]:
    """Return the real interviews that are kept in a folder and can be read, by name."""
    found = []
    for path in sorted(parent.glob(f"*{_ENDING}")):
        try:
            found.append(RealInterview.model_validate_json(files.read(path, 1_000_000)))
        except (OSError, ValidationError):
            continue
    return found
