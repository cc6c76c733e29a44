"""Take the loudspeaker out of the microphone, to notice a person who speaks over it.

WebRTC's AEC3 was measured and left out: in rooms with an echo beyond 50 ms, or with clocks 100 ppm
apart, its own interviewer interrupted it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voice.audio.clip import FRAME_S, FRAME_SAMPLES, Samples, level_dbfs

PARTS = 24
"""The filter covers 24 frames, 0.48 s: delay and decay of the room together."""
CHANGE, SMOOTHING = 0.9995, 0.8
"""What stays of the echo path from frame to frame (half for 14 s), and of other power (0.1 s)."""
MARGIN_DB = 9.0
"""A rest this far above what the echo usually leaves is a person: in 36 rooms 8 dB was passed 11
times by the echo, 9 dB three times; each dB costs three interruptions in a hundred."""
FIRST_MARGIN_DB, FIRST_S = 14.0, 1.5
"""The same until the filter has heard so much of the loudspeaker."""
FAR_DB = 18.0
"""A rest this far below the loudspeaker's own signal is never a person."""
DECAY_DB_PER_S, SPEAKER_DECAY_DB_PER_S = 40.0, 20.0
"""How fast an echo and the loudspeaker's own level are forgotten."""
LEARN_DB, LEAST_LEFT_DB, MOST_LEFT_DB = 0.1, -30.0, 10.0
"""What an echo leaves, against the echo itself: step a frame at which it is learnt, and bounds."""
IDLE_S = 1.0
"""A loudspeaker silent for so long leaves no echo: longer than any delay with its decay."""
LEVEL_FRAMES = 5
"""Levels are taken over 0.1 s, shorter than a syllable."""
_TURNS, _HEARD_DBFS, _SILENT_DB = 4, -75.0, -200.0

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Cleaned:
    """A frame of the microphone without the loudspeaker."""

    rest: Samples
    """What is left, for noticing a voice, never for recording; shape (FRAME_SAMPLES,)."""
    loud: bool
    """Whether it is too loud for what an echo leaves."""


class EchoCanceller:
    """Subtract the loudspeaker's echo frame by frame, and know what it usually leaves."""

    def __init__(self) -> None:
        self._filter = EchoFilter()
        self._rest, self._echo = _Level(), _Level()
        self._echo_db = self._speaker_db = _SILENT_DB
        self._left_db = 0.0
        self._heard_s = 0.0
        self._silent_s = IDLE_S

    def clean(self, mic: Samples, speaker: Samples) -> Cleaned:
        """Return a frame of the microphone without the loudspeaker; feed it every frame."""
        self._silent_s = 0.0 if speaker.any() else self._silent_s + FRAME_S
        if self._silent_s > IDLE_S:
            return Cleaned(mic, loud=True)
        rest, echo = self._filter.split(mic, speaker)
        fall_db = SPEAKER_DECAY_DB_PER_S * FRAME_S
        self._speaker_db = max(level_dbfs(speaker), self._speaker_db - fall_db)
        return Cleaned(rest, self._is_loud(self._rest.after(rest), echo))

    def _is_loud(self, rest_db: float, echo: Samples) -> bool:
        echo_db = self._echo.after(echo)
        self._echo_db = max(echo_db, self._echo_db - DECAY_DB_PER_S * FRAME_S)
        if level_dbfs(echo) > _HEARD_DBFS:
            self._heard_s += FRAME_S
            above = rest_db - self._echo_db > self._left_db
            left_db = self._left_db + (LEARN_DB if above else -LEARN_DB)
            self._left_db = min(MOST_LEFT_DB, max(LEAST_LEFT_DB, left_db))
        margin_db = MARGIN_DB if self._heard_s >= FIRST_S else FIRST_MARGIN_DB
        expected_db = self._echo_db + self._left_db + margin_db
        return rest_db > max(expected_db, self._speaker_db - FAR_DB)


class EchoFilter:
    """Learn the way from loudspeaker to microphone, up to PARTS frames long.

    A Kalman filter in the frequency domain (Kuech, Mabande and Enzner 2014, "State-space
    architecture of the partitioned-block-based acoustic echo controller", ICASSP), which needs no
    detector of double talk.
    """

    def __init__(self) -> None:
        bins = FRAME_SAMPLES + 1
        self._played = np.zeros((PARTS, bins), np.complex128)
        self._path = np.zeros((PARTS, bins), np.complex128)
        self._unknown = np.ones((PARTS, bins))
        self._other = np.zeros(bins)
        self._before = np.zeros(FRAME_SAMPLES)
        self._turn = 0

    def split(self, mic: Samples, speaker: Samples) -> tuple[Samples, Samples]:
        """Return what is left of a frame of the microphone, and the echo found in it."""
        heard, given = mic / 32768.0, speaker / 32768.0
        self._played = np.roll(self._played, 1, axis=0)
        self._played[0] = np.fft.rfft(np.concatenate((self._before, given)))
        self._before = given
        echo = np.fft.irfft(np.sum(self._played * self._path, axis=0))[FRAME_SAMPLES:]
        rest = heard - echo
        self._learn(rest)
        if np.sum(np.square(rest)) > 2 * np.sum(np.square(heard)):
            # The path has changed: what was learned does harm until it is learned anew.
            rest, echo = heard, np.zeros(FRAME_SAMPLES)
        return _to_samples(rest), _to_samples(echo)

    def _learn(self, rest: Floats) -> None:
        error = np.fft.rfft(np.concatenate((np.zeros(FRAME_SAMPLES), rest)))
        power = np.square(self._played.real) + np.square(self._played.imag)
        path_power = np.square(self._path.real) + np.square(self._path.imag)
        unknown = CHANGE**2 * self._unknown + (1 - CHANGE**2) * path_power
        self._other = SMOOTHING * self._other + (1 - SMOOTHING) * np.abs(error) ** 2
        # Twice, and half below: only half of each block of two frames is compared.
        step = unknown / (np.sum(power * unknown, axis=0) + 2 * self._other + 1e-8)
        self._unknown = unknown * (1 - step * power / 2)
        self._path = CHANGE * self._path + step * np.conj(self._played) * error
        self._constrain()

    def _constrain(self) -> None:
        """Bring a quarter of the parts back to one frame of delay each (Soo and Pang 1990)."""
        some = slice(self._turn, None, _TURNS)
        self._turn = (self._turn + 1) % _TURNS
        path = np.fft.irfft(self._path[some], axis=1)
        path[:, FRAME_SAMPLES:] = 0.0
        self._path[some] = np.fft.rfft(path, axis=1)


class _Level:
    def __init__(self) -> None:
        self._powers = np.full(LEVEL_FRAMES, 10 ** (_SILENT_DB / 10))

    def after(self, samples: Samples) -> float:
        """Return the level in dBFS with the next frame."""
        self._powers = np.append(self._powers[1:], 10 ** (level_dbfs(samples) / 10))
        return float(10 * np.log10(np.mean(self._powers)))


def _to_samples(sound: Floats) -> Samples:
    return np.clip(np.rint(sound * 32768.0), -32768, 32767).astype(np.int16)
