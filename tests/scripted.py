"""Scripted parts for the spoken channel: ears that know the words, a mouth of tones, a speaker."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import numpy as np

from voice.audio import SAMPLE_RATE_HZ, Clip, join, silence
from voice.transcript import Word


def voice_like(duration_s: float, seed: int = 1) -> Clip:
    """Return sound that voice detection takes for voice: a pulse train through formants."""
    rate = SAMPLE_RATE_HZ
    time_s = np.arange(round(duration_s * rate)) / rate
    wobble = 1 + 0.03 * np.sin(2 * np.pi * 3.1 * time_s + seed)
    phase = np.cumsum(120.0 * wobble) / rate
    sound = np.zeros(len(time_s))
    for harmonic in range(1, 30):
        hz = 120.0 * harmonic
        gain = sum(
            np.exp(-(((hz - f) / b) ** 2)) for f, b in ((600, 150), (1200, 200), (2500, 300))
        )
        sound += (gain + 0.02) * np.sin(2 * np.pi * harmonic * phase)
    syllables = 0.6 + 0.4 * np.sin(2 * np.pi * 4.0 * time_s)
    sound *= syllables / np.max(np.abs(sound))
    return Clip((sound * 9000).astype(np.int16))


def spoken(*parts: float) -> Clip:
    """Return voice and silence in turn: spoken(2.0, 0.8, 1.5) speaks, pauses, speaks."""
    return join(
        [voice_like(s) if number % 2 == 0 else silence(s) for number, s in enumerate(parts)]
    )


class KnownWords:
    """Ears that give scripted texts, one a stretch, words spread over the clip."""

    name = "scripted:ears"

    def __init__(self, *texts: str) -> None:
        self._texts = deque(texts)

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:
        """Return the next text with times inside the clip."""
        words = self._texts.popleft().split()
        step_s = clip.duration_s / max(1, len(words))
        return tuple(Word(w, i * step_s, (i + 1) * step_s) for i, w in enumerate(words))

    @property
    def left(self) -> int:
        """Texts not yet asked for."""
        return len(self._texts)


class Tones:
    """A mouth that gives a tone of a tenth of a second a word."""

    name = "scripted:mouth"
    slow = False

    def speak(self, text: str) -> Iterator[Clip]:
        """Yield one clip."""
        time_s = np.arange(round(0.1 * len(text.split()) * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
        yield Clip((8000 * np.sin(2 * np.pi * 440 * time_s)).astype(np.int16))


class Replies:
    """A candidate who gives these clips, one a turn."""

    def __init__(self, *clips: Clip) -> None:
        self._clips = deque(clips)

    def next_reply(self) -> Clip | None:
        """Return the next clip."""
        return self._clips.popleft() if self._clips else None

    @property
    def ended(self) -> bool:
        """Whether all were given."""
        return not self._clips
