"""Who answers in a simulated room: anyone who gives clips, or recordings in order."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Protocol

from voice.audio import Clip, read_audio


class Candidate(Protocol):
    """Who answers in a simulated room."""

    def next_reply(self) -> Clip | None:
        """Return what is said now that the interviewer is silent, or None to stay silent."""

    @property
    def ended(self) -> bool:
        """Whether nothing is left to say."""


class ClipQueue:
    """A candidate who gives one recorded answer per turn, in order."""

    def __init__(self, paths: list[Path]) -> None:
        self._clips = deque(read_audio(path) for path in paths)

    def next_reply(self) -> Clip | None:
        """Return the next recording."""
        return self._clips.popleft() if self._clips else None

    @property
    def ended(self) -> bool:
        """Whether all recordings were given."""
        return not self._clips
