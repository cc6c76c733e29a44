"""Scripted parts of the spoken channel: a recognizer that knows the words, tones for a voice."""

import io
from collections import deque
from collections.abc import Iterator
from typing import Any

import numpy as np

from voice.audio.clip import SAMPLE_RATE_HZ, Clip, join, silence
from voice.speech.transcript import Word

_VOWELS_HZ = np.array(
    [(730, 1090, 2440), (270, 2290, 3010), (530, 1840, 2480), (300, 870, 2240), (570, 840, 2410)]
)
_FORMANTS = ((1.0, 120.0), (0.5, 160.0), (0.25, 220.0))
_SYLLABLES_PER_S = 5.0


def voice_like(duration_s: float, seed: int = 21) -> Clip:
    """Return sound that voice detection takes for voice: pulses through moving formants.

    Vowels a syllable (means of Peterson and Barney's men) and a pitch that wanders around
    180 Hz: Silero takes it for speech (this seed best of thirty), a held vowel it does not.
    """
    rate = SAMPLE_RATE_HZ
    time_s = np.arange(round(duration_s * rate)) / rate
    syllable = time_s * _SYLLABLES_PER_S
    order = np.random.default_rng(seed).integers(0, 5, int(duration_s * _SYLLABLES_PER_S) + 2)
    formants_hz = [
        np.interp(syllable, np.arange(len(order)), _VOWELS_HZ[order, i]) for i in (0, 1, 2)
    ]
    wander = 0.12 * np.sin(2 * np.pi * 0.7 * time_s + seed)
    pitch_hz = 180 * (1 + wander + 0.03 * np.sin(2 * np.pi * 3.1 * time_s))
    phase = np.cumsum(pitch_hz) / rate
    sound = np.zeros(len(time_s))
    for harmonic in range(1, 31):
        gain = sum(
            loud * np.exp(-(((harmonic * pitch_hz - center) / width) ** 2))
            for center, (loud, width) in zip(formants_hz, _FORMANTS, strict=True)
        )
        sound += (gain + 0.01) * np.sin(2 * np.pi * harmonic * phase)
    sound *= 0.55 + 0.45 * np.sin(2 * np.pi * syllable - 1)
    return Clip((sound * 9000 / np.max(np.abs(sound), initial=1e-9)).astype(np.int16))


def noise(duration_s: float, level_dbfs: float, seed: int = 1) -> Clip:
    """Return white noise at an RMS level."""
    rng = np.random.default_rng(seed)
    amplitude = 32768 * 10 ** (level_dbfs / 20)
    return Clip(rng.normal(0, amplitude, round(duration_s * SAMPLE_RATE_HZ)).astype(np.int16))


def spoken(*parts: float) -> Clip:
    """Return voice and silence in turn: spoken(2.0, 0.8, 1.5) speaks, pauses, speaks."""
    return join(
        [voice_like(s) if number % 2 == 0 else silence(s) for number, s in enumerate(parts)]
    )


class KnownWords:
    """A recognizer that gives scripted texts, one a stretch, words spread over the clip."""

    name = "scripted:recognizer"
    dropped = 0

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
    """A synthesizer that gives a tone of a tenth of a second a word."""

    name = "scripted:synthesizer"
    slow = False

    def speak(self, text: str) -> Iterator[Clip]:
        """Yield one clip."""
        time_s = np.arange(round(0.1 * len(text.split()) * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
        yield Clip((8000 * np.sin(2 * np.pi * 440 * time_s)).astype(np.int16))


class VoiceLike:
    """A synthesizer that voice detection takes for a person."""

    name = "scripted:voice"
    slow = False

    def speak(self, text: str) -> Iterator[Clip]:
        """Yield one clip, 0.3 s a word."""
        yield voice_like(0.3 * len(text.split()), seed=7)


def encoded(
    channels: Any, rate_hz: int, codec: str = "mp3", before: Any = None, form: str = ""
) -> bytes:
    """Return samples, shape (channels, n), as a file, behind a first track of mono samples."""
    import av

    file = io.BytesIO()
    layout = "stereo" if len(channels) == 2 else "mono"
    tracks = [one for one in (before, channels.T.reshape(-1)) if one is not None]
    form = form or ("matroska" if len(tracks) > 1 else codec)
    with av.open(file, "w", format=form) as container:
        streams: Any = [container.add_stream(codec, rate=rate_hz, layout=layout) for _ in tracks]
        for stream, samples in zip(streams, tracks, strict=True):
            frame = av.AudioFrame.from_ndarray(samples[None], "s16", layout)
            frame.sample_rate = rate_hz
            size = stream.frame_size or 1152
            resampler = av.AudioResampler(stream.format, layout, rate_hz, size)
            for part in [*resampler.resample(frame), *resampler.resample(None), None]:
                container.mux(stream.encode(part))
    return file.getvalue()
