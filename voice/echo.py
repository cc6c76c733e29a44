"""Take the loudspeaker out of the microphone, to notice a person who speaks over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from voice.audio import FRAME_S, FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples, level_dbfs

if TYPE_CHECKING:
    from pywebrtc_audio import AudioProcessor

RESIDUE_DB = -25.0
"""What is left after cancelling counts only this far below the loudspeaker's signal, or louder:
fitted on 3 rooms, 3 levels and 2 delays, where no false alarm was left from -30 dB up."""
LEVEL_FRAMES = 5
"""What is left is measured over 0.1 s, shorter than a syllable."""
DECAY_DB_PER_S = 20.0
"""How fast the loudspeaker's level is forgotten: a room with a reverberation time of 3 s."""
IDLE_S = 1.0
"""A loudspeaker silent for so long leaves no echo: longer than any delay with its decay."""
PARTS = 24
"""The tail filter covers 24 frames, 0.48 s, delay and decay of the room together."""
CHANGE = 0.9995
"""How much of the echo path stays the same from frame to frame: half of it for 14 s."""
SMOOTHING = 0.8
"""Smoothing of the power that is no echo, over 0.1 s."""
_HOP_SAMPLES = 160
"""WebRTC works on 10 ms."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Cleaned:
    """A frame of the microphone without the loudspeaker, looked at in two ways."""

    near: Samples
    """AEC3 on the microphone, the best near a loudspeaker; shape (FRAME_SAMPLES,)."""
    tail: Samples
    """AEC3 behind the tail filter, the best in an echoing room; shape (FRAME_SAMPLES,)."""
    loud: bool
    """Whether the quieter of the two is too loud for a rest of the echo."""


class EchoCanceller:
    """WebRTC's third echo canceller (AEC3), noise suppression and high-pass, frame by frame.

    AEC3's own filter covers some 50 ms; where most of the echo comes later it stops cancelling.
    A second one therefore works on what a longer filter leaves, with that filter's estimate of
    the echo as its reference. The near voice is damaged while both speak: what comes out is for
    noticing a voice, never for recording or recognizing.
    """

    def __init__(self) -> None:
        """Open the canceller.

        Raises:
            ImportError: pywebrtc-audio is not installed.
        """
        self._near, self._behind = _aec3(), _aec3()
        self._tail = TailFilter()
        self._speaker_db = -200.0
        self._silent_s = IDLE_S
        self._powers = np.zeros(LEVEL_FRAMES)

    def clean(self, mic: Samples, speaker: Samples) -> Cleaned:
        """Return a frame of the microphone without the loudspeaker, in two ways.

        Must be fed every frame, silent ones too. The delay between the two may be anything up
        to 0.3 s and may change.

        Args:
            mic: the raw microphone, shape (FRAME_SAMPLES,).
            speaker: what the loudspeaker gave out at that moment, shape (FRAME_SAMPLES,).
        """
        self._silent_s = 0.0 if speaker.any() else self._silent_s + FRAME_S
        if self._silent_s > IDLE_S:
            return Cleaned(mic, mic, loud=True)
        near = _process(self._near, mic, speaker)
        rest, echo = self._tail.split(mic, speaker)
        tail = _process(self._behind, rest, echo)
        return Cleaned(near, tail, self._is_loud(min(level_dbfs(near), level_dbfs(tail)), speaker))

    def _is_loud(self, level_db: float, speaker: Samples) -> bool:
        self._speaker_db = max(level_dbfs(speaker), self._speaker_db - DECAY_DB_PER_S * FRAME_S)
        self._powers = np.append(self._powers[1:], 10 ** (level_db / 10))
        rest_db = 10 * np.log10(np.mean(self._powers))
        return bool(rest_db > self._speaker_db + RESIDUE_DB)


class TailFilter:
    """Learn the way from loudspeaker to microphone, up to PARTS frames long.

    A Kalman filter in the frequency domain, one coefficient per frequency and frame of delay
    (Kuech, Mabande and Enzner 2014, "State-space architecture of the partitioned-block-based
    acoustic echo controller", ICASSP): its step is large where little is known and where the
    loudspeaker stands above everything else, so that it needs no detector of double talk.
    """

    def __init__(self) -> None:
        bins = FRAME_SAMPLES + 1
        self._played = np.zeros((PARTS, bins), np.complex128)
        self._path = np.zeros((PARTS, bins), np.complex128)
        self._unknown = np.ones((PARTS, bins))
        self._other = np.zeros(bins)
        self._before = np.zeros(FRAME_SAMPLES)

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
        path = np.fft.irfft(CHANGE * self._path + step * np.conj(self._played) * error, axis=1)
        path[:, FRAME_SAMPLES:] = 0.0
        self._path = np.fft.rfft(path, axis=1)


def canceller() -> EchoCanceller | None:
    """Return an echo canceller, or None where its wheel is not installed (Windows on ARM)."""
    try:
        return EchoCanceller()
    except ImportError:
        return None


def _aec3() -> AudioProcessor:
    from pywebrtc_audio import AudioProcessor

    return AudioProcessor(
        SAMPLE_RATE_HZ, echo_cancellation=True, noise_suppression=True, high_pass_filter=True
    )


def _process(audio: AudioProcessor, mic: Samples, speaker: Samples) -> Samples:
    hops = range(0, FRAME_SAMPLES, _HOP_SAMPLES)
    return np.concatenate(
        [audio.process(mic[i : i + _HOP_SAMPLES], speaker[i : i + _HOP_SAMPLES]) for i in hops]
    )


def _to_samples(sound: Floats) -> Samples:
    return np.clip(np.rint(sound * 32768.0), -32768, 32767).astype(np.int16)
