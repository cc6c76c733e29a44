"""Ears: what every recognizer promises."""

from __future__ import annotations

from typing import Protocol

from voice.audio import Clip
from voice.transcript import Word


class Ears(Protocol):
    """A recognizer. Implementations: voice.stt_sphinx, voice.stt_whisper."""

    name: str
    """Engine and model, as in `--stt`: "pocketsphinx:en-us", "whisper:small.en"."""

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:
        """Return the words of a clip at SAMPLE_RATE_HZ, times from the clip's start.

        Filled pauses come out as the words "um" and "uh" where the recognizer hears them.
        Silence and noise give no words. Called from one worker thread at a time.
        """
