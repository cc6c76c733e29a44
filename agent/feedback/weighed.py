"""A remark and how much it would change the impression."""

from __future__ import annotations

from dataclasses import dataclass

from agent.analysis import Finding


@dataclass(frozen=True)
class Weighed:
    """A finding before the five weightiest are chosen."""

    weight: float
    """0 to 100, the share of the impression that it would change."""
    finding: Finding
    """The remark."""
