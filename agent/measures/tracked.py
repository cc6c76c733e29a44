"""The sound of one answer with its pitch, worked out once for all that look at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.analysis import Span
from agent.measures.pitch import Pitch, pitch_track
from voice.audio import Clip

MOST_TRACKED_S = 900.0
"""Only the first quarter of an hour of an answer is tracked: enough for every answer to a
question, and a recording without questions stays within the time of an analysis."""
MARGIN_S = 0.3
"""How much around the voice is heard as well: level and pitch at its edges have company."""


@dataclass(frozen=True, eq=False)
class Tracked:
    """A stretch of the session's sound with its pitch."""

    from_s: float
    """Where it starts, in seconds on the session clock."""
    clip: Clip
    """The stretch."""
    pitch: Pitch
    """pitch_track(clip)."""

    @property
    def end_s(self) -> float:
        """Where it ends on the session clock."""
        return self.from_s + self.clip.duration_s

    def own(self, spans: Sequence[Span]) -> list[Span]:
        """Return those spans of the session that start inside, on the clock of the stretch."""
        return [
            Span(start_s=span.start_s - self.from_s, end_s=span.end_s - self.from_s)
            for span in spans
            if self.from_s <= span.start_s < self.end_s
        ]


def tracked(clip: Clip, voice: Sequence[Span]) -> Tracked:
    """Return the sound around `voice` with its pitch, the first MOST_TRACKED_S of it.

    Args:
        clip: the sound of the session.
        voice: where the person's voice is in one answer, rising, not empty.
    """
    from_s = max(0.0, voice[0].start_s - MARGIN_S)
    end_s = min(from_s + MOST_TRACKED_S, voice[-1].end_s + MARGIN_S)
    part = clip.between(from_s, end_s)
    return Tracked(from_s, part, pitch_track(part))
