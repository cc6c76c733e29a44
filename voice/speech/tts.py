"""What every synthesizer promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from voice.audio.clip import Clip


class Synthesizer(Protocol):
    """Sound from a text. Implementation: voice.speech.piper."""

    name: str
    """Engine and voice, as in `--tts`: "piper:en_US-joe-medium"."""
    slow: bool
    """Whether a long sentence takes so long to make that its first clause should come alone."""

    def speak(self, text: str) -> Iterator[Clip]:
        """Yield one clip per sentence, each as soon as it is made."""
