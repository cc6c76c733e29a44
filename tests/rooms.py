"""A simulated room around recorded answers: the loudspeaker's echo, and sounds at their moments."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip, Samples, resample
from voice.ports.room import Candidate, Floats, RoomPort

HARDEST_DRIVE = 4.0
"""tanh(4 x) / 4: full distortion holds every sound below a quarter of full scale."""
_NEIGHBORS = 2
"""Samples on either side that a value between two samples is interpolated from."""


@dataclass(frozen=True, eq=False)
class EchoPath:
    """How the loudspeaker's sound reaches the microphone."""

    impulse_response: Floats
    """At SAMPLE_RATE_HZ, of any scale."""
    delay_ms: float = 0.0
    """On top of the impulse response's own."""
    level_db: float = 0.0
    """The echo against what the loudspeaker was given."""
    distortion: float = 0.0
    """Soft clipping, 0 to 1."""
    drift_ppm: float = 0.0
    """The echo comes later by so many microseconds a second."""


class Echo:
    """The echo of a loudspeaker in the microphone, frame by frame."""

    def __init__(self, path: EchoPath) -> None:
        response = path.impulse_response
        scale = 10 ** (path.level_db / 20) / np.sqrt(np.sum(np.square(response)))
        self._size = 1 << (len(response) + FRAME_SAMPLES).bit_length()
        self._response = np.fft.rfft(response * scale, self._size)
        self._given = np.zeros(self._size)
        self._line = np.zeros(0)
        self._drive = HARDEST_DRIVE * path.distortion
        self._delay = round(path.delay_ms * SAMPLE_RATE_HZ / 1000)
        self._drift = path.drift_ppm * 1e-6

    def next(self, speaker: Samples, start_sample: int) -> Floats:
        """Return the echo during the frame of the loudspeaker that begins at a session time."""
        sound = speaker.astype(np.float64)
        if self._drive:
            sound = np.tanh(sound * (self._drive / 32768.0)) * (32768.0 / self._drive)
        self._given = np.concatenate((self._given[FRAME_SAMPLES:], sound))
        echo = np.fft.irfft(np.fft.rfft(self._given) * self._response, self._size)
        return self._delayed(echo[-FRAME_SAMPLES:], start_sample)

    def _delayed(self, frame: Floats, start_sample: int) -> Floats:
        late = self._delay + self._drift * (start_sample + np.arange(FRAME_SAMPLES))
        late = np.maximum(late, _NEIGHBORS if self._drift else 0)
        length = int(late.max()) + FRAME_SAMPLES + 2 * _NEIGHBORS
        self._line = np.concatenate((np.zeros(length), self._line, frame))[-length:]
        place = length - FRAME_SAMPLES + np.arange(FRAME_SAMPLES) - late
        return _between(np.pad(self._line, (0, _NEIGHBORS)), place)


class EchoRoom(RoomPort):
    """Recorded answers in a room with a loudspeaker."""

    def __init__(
        self, candidate: Candidate, path: EchoPath, sounds: Iterable[tuple[float, Clip]] = ()
    ) -> None:
        """Begin; `sounds` are made at their session times in seconds, whoever speaks."""
        super().__init__(candidate)
        self._echo = Echo(path)
        self._sounds = [_placed(at_s, clip) for at_s, clip in sounds]

    def sound(self, at_s: float, clip: Clip) -> None:
        """Let a sound be made at a session time."""
        self._sounds.append(_placed(at_s, clip))

    def _at_microphone(self, said: Floats, speaker: Samples, start: int) -> Floats:
        sound = super()._at_microphone(said, speaker, start) + self._echo.next(speaker, start)
        for begin, samples in self._sounds:
            first, end = max(start, begin), min(start + FRAME_SAMPLES, begin + len(samples))
            if first < end:
                sound[first - start : end - start] += samples[first - begin : end - begin]
        return sound


def _placed(at_s: float, clip: Clip) -> tuple[int, Samples]:
    return round(at_s * SAMPLE_RATE_HZ), resample(clip).samples


def _between(line: Floats, place: Floats) -> Floats:
    """Return the line's values between its samples: Lagrange's cubic through four neighbors."""
    whole = np.floor(place).astype(np.int64)
    part = place - whole
    before, here, after, beyond = (line[whole + offset] for offset in (-1, 0, 1, 2))
    return (
        -part * (part - 1) * (part - 2) / 6 * before
        + (part + 1) * (part - 1) * (part - 2) / 2 * here
        - (part + 1) * part * (part - 2) / 2 * after
        + (part + 1) * part * (part - 1) / 6 * beyond
    )
