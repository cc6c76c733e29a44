"""The pauses that one speaker makes inside answers: how long the long ones are, as learnt."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

TYPICAL_S, SPREAD = 0.44, 0.79
"""Median of 11,691 hand-timed pauses inside answers, and standard deviation of their natural
logarithms: together the measured p90 of 1.23 s and p95 of 1.62 s."""
PRIOR_PAUSES, MEMORY_PAUSES = 40.0, 60.0
"""The typical speaker counts as much as so many heard pauses, of which the latest count."""
SHORTEST_S, LONGEST_S = 0.2, 4.0
"""A shorter gap is a stop consonant; a longer one, a lost thought, counts as this long."""
INTERRUPTED_S, MOST_INTERRUPTED_S = 0.4, 1.2
"""Patience added each time that the interviewer began to speak too early, and at most."""
MOST_EXTRA_S = 1.0
"""No wait is more above the typical speaker's, nor below it: being cut off is worse than a wait."""


@dataclass(frozen=True)
class Pauses:
    """What is known of a speaker's pauses: sums of ln(length / TYPICAL_S) and of its square."""

    count: float = 0.0
    sum_log: float = 0.0
    sum_square: float = 0.0
    interruptions: int = 0
    """How often the interviewer began to speak inside an answer."""

    def after(self, pause_s: float) -> Pauses:
        """Return what is known after a pause that the person made inside an answer."""
        if not pause_s >= SHORTEST_S:
            return self
        off = math.log(min(pause_s, LONGEST_S) / TYPICAL_S)
        keep = min(1.0, (MEMORY_PAUSES - 1.0) / self.count) if self.count else 1.0
        return replace(
            self,
            count=self.count * keep + 1.0,
            sum_log=self.sum_log * keep + off,
            sum_square=self.sum_square * keep + off * off,
        )

    def interrupted(self) -> Pauses:
        """Return what is known after the interviewer began to speak too early."""
        return replace(self, interruptions=self.interruptions + 1)

    @property
    def interrupted_s(self) -> float:
        """Patience to add for the interruptions so far, at most MOST_INTERRUPTED_S."""
        return min(MOST_INTERRUPTED_S, INTERRUPTED_S * self.interruptions)

    def wait_s(self, usual_s: float) -> float:
        """Return the wait for this speaker where `usual_s` is right for the typical one."""
        center, spread = self._shape()
        rank = math.log(usual_s / TYPICAL_S) / SPREAD
        own_s = TYPICAL_S * math.exp(center + spread * rank)
        return usual_s + min(MOST_EXTRA_S, max(0.0, own_s - usual_s)) + self.interrupted_s

    def _shape(self) -> tuple[float, float]:
        weight = PRIOR_PAUSES + self.count
        center = self.sum_log / weight
        square = (PRIOR_PAUSES * SPREAD**2 + self.sum_square) / weight
        return center, math.sqrt(max(square - center * center, 0.0))
