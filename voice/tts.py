"""Mouth: what every synthesizer promises, and the cut of a text into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from voice.audio import Clip


class Mouth(Protocol):
    """A synthesizer. Implementation: voice.tts_piper."""

    name: str
    """Engine and voice, as in `--tts`: "piper:en_US-joe-medium"."""
    slow: bool
    """Whether a long sentence takes so long to make that its first clause should come alone."""

    def speak(self, text: str) -> Iterator[Clip]:
        """Yield one clip per sentence, each as soon as it is made."""


def sentences(text: str) -> list[str]:
    """Cut a text after ., ! and ? followed by a space and a new sentence."""
    parts = re.split(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])", " ".join(text.split()))
    return [part for part in parts if part]
