"""What every recognizer and every synthesizer promises."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from voice.audio.clip import Clip
from voice.speech.transcript import Word


@dataclass(frozen=True)
class Understood:
    """What became of a stretch."""

    words: tuple[Word, ...]
    finished: float | None = None
    """How surely the words end a sentence: log odds of its end less those of going on, -2 to 7.5;
    None where the recognizer does not say."""


class Recognizer(Protocol):
    """Words from sound."""

    name: str
    """Engine and model, as in `--stt`: "whisper:base"."""
    dropped: int
    """Words left out so far, since the sound does not bear them."""

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:
        """Return the words of a clip at SAMPLE_RATE_HZ, times from the clip's start.

        Silence and noise give none. One thread at a time. One that knows more has a method
        `finished() -> float | None`, for Understood.finished of the clip before.
        """


class Synthesizer(Protocol):
    """Sound from a text."""

    name: str
    """Engine and voice, as in `--tts`: "piper:en_US-joe-medium"."""
    slow: bool
    """Whether a long sentence takes so long to make that its first clause should come alone."""

    def speak(self, text: str) -> Iterator[Clip]:
        """Yield one clip per sentence, each as soon as it is made."""
