"""Is the person speaking in this frame? Also while the loudspeaker can be heard."""

from __future__ import annotations

from collections import deque

import numpy as np

from voice.audio.clip import FRAME_SAMPLES, Samples
from voice.audio.port import Frame
from voice.turns.echo import EchoCanceller
from voice.turns.vad import VoiceDetector

ECHO_TAIL_S = 0.8
"""How long after its last sample the loudspeaker may be heard: devices delay, rooms decay."""
LATE_FRAMES = 3
"""The microphone goes 0.06 s late into the canceller, which finds an echo only behind its cause:
through PulseAudio it came 0.04 s early at most."""
ALIKE = 0.75
"""A microphone this much like the loudspeaker holds nobody else's voice: echo that the canceller
lets through was 0.84 and more alike, with a voice as loud as the echo 0.7."""
_COMPARED_FRAMES = 10
_LAG_FRAMES = 12


class VoiceActivity:
    """Notice the person's voice, frame by frame.

    Where the loudspeaker can be heard, in the echo-cancelled microphone (in half duplex not at
    all). While it sounds a first look is enough: a mistake is mended after a moment.
    """

    def __init__(self, half_duplex: bool = False) -> None:
        """Begin; `half_duplex`: never listen while the interviewer speaks."""
        self._canceller = None if half_duplex else EchoCanceller()
        self._raw, self._rest = VoiceDetector(), VoiceDetector()
        self._echo_until_s = 0.0
        self._echoed_frames = 0
        none = np.zeros(FRAME_SAMPLES, np.int16)
        self._mic = deque([none] * (_COMPARED_FRAMES + LATE_FRAMES), _COMPARED_FRAMES + LATE_FRAMES)
        heard = _COMPARED_FRAMES + LATE_FRAMES + _LAG_FRAMES
        self._speaker = deque([none] * heard, heard)

    @property
    def full_duplex(self) -> bool:
        """Whether a voice is noticed while the interviewer speaks."""
        return self._canceller is not None

    @property
    def quiet(self) -> bool:
        """Whether the loudspeaker could not be heard in the last frame."""
        return not self._echoed_frames

    def hears(self, frame: Frame) -> bool:
        """Return whether the next frame holds the person's voice; every frame must be given."""
        if frame.speaker.any():
            self._echo_until_s = frame.end_s + ECHO_TAIL_S
        echoes = frame.end_s <= self._echo_until_s
        self._echoed_frames = self._echoed_frames + 1 if echoes else 0
        if self._canceller is None:
            return self.quiet and self._raw.is_voice(frame.mic)
        self._mic.append(frame.mic)
        self._speaker.append(frame.speaker)
        cleaned = self._canceller.clean(self._mic[_COMPARED_FRAMES - 1], frame.speaker)
        if self.quiet:
            return self._raw.is_voice(frame.mic)
        sounding = bool(frame.speaker.any())
        voiced = (self._rest.glimpses if sounding else self._rest.is_voice)(cleaned.rest)
        # What the detector says first is about the last time that it was asked.
        asked_anew = self._echoed_frames <= LATE_FRAMES
        return voiced and cleaned.loud and not asked_anew and not self._is_echo()

    def _is_echo(self) -> bool:
        """Return whether the last moments of the microphone are the loudspeaker's sound."""
        mic = np.concatenate(list(self._mic)[:_COMPARED_FRAMES])
        return alike(mic, np.concatenate(self._speaker)) >= ALIKE


def alike(part: Samples, whole: Samples) -> float:
    """Return how much a part is like the stretch of the whole that is most like it, 0 to 1.

    The maximum of the normalized cross-correlation, sign left out; 0 where either is silent.
    """
    a, b = part.astype(np.float64), whole.astype(np.float64)
    size = 1 << (len(a) + len(b)).bit_length()
    correlation = np.fft.irfft(np.fft.rfft(b, size) * np.conj(np.fft.rfft(a, size)), size)
    lags = len(b) - len(a) + 1
    energy = np.concatenate(([0.0], np.cumsum(b * b)))
    norm = np.sqrt((energy[len(a) :] - energy[:lags]) * np.dot(a, a))
    heard = norm > len(a)  # louder than one bit, so that silence is like nothing
    return float(
        np.max(np.abs(correlation[:lags]) / np.maximum(norm, 1.0), where=heard, initial=0.0)
    )
