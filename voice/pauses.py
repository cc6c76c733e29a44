"""The pauses that one speaker makes inside answers: how long the long ones are, as learnt."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

TYPICAL_S = 0.44
"""Median of 11,691 hand-timed pauses inside interview answers."""
SPREAD = 0.79
"""Standard deviation of their natural logarithms: with the median above it gives the measured
p90 of 1.23 s, p95 of 1.62 s and 2.6 % over 2 s."""
PRIOR_PAUSES = 20.0
"""The typical speaker counts as much as this many heard pauses."""
MEMORY_PAUSES = 60.0
"""Older pauses fade: never more than this many count beside the typical speaker."""
SHORTEST_S = 0.2
"""A shorter gap is a stop consonant or a word boundary, no pause (Goldman-Eisler has 0.25 s)."""
LONGEST_S = 4.0
"""A longer one counts as this long: one lost thought is no habit."""
INTERRUPTED_S = 0.4
"""Patience added when the interviewer began to speak too early."""
MOST_EXTRA_S = 1.2
"""Patience is never more than this above or LEAST_EXTRA_S below that for the typical speaker."""
LEAST_EXTRA_S = -0.2
_Z95 = 1.645


@dataclass(frozen=True)
class Pauses:
    """What is known of a speaker's pauses: a log-normal distribution, and interruptions."""

    count: float = 0.0
    """Pauses that count, at most MEMORY_PAUSES."""
    sum_log: float = 0.0
    """Sum of the natural logarithms of their lengths over TYPICAL_S."""
    sum_square: float = 0.0
    """Sum of the squares of those logarithms."""
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
    def p95_s(self) -> float:
        """The length that one pause in twenty of this speaker exceeds."""
        weight = PRIOR_PAUSES + self.count
        mean = self.sum_log / weight
        square = (PRIOR_PAUSES * SPREAD**2 + self.sum_square) / weight
        spread = math.sqrt(max(square - mean * mean, 0.0))
        return TYPICAL_S * math.exp(mean + _Z95 * spread)

    @property
    def extra_s(self) -> float:
        """Patience to add for this speaker, from LEAST_EXTRA_S to MOST_EXTRA_S."""
        habit_s = self.p95_s - TYPICAL_P95_S
        extra_s = habit_s + INTERRUPTED_S * self.interruptions
        return min(MOST_EXTRA_S, max(LEAST_EXTRA_S, extra_s))


TYPICAL_P95_S = Pauses().p95_s
"""The p95 of the typical speaker, 1.61 s."""
