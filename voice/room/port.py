"""A simulated room that fills the audio port: recorded answers instead of a microphone."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

import numpy as np

from voice.audio import FRAME_S, FRAME_SAMPLES, Clip, Samples, resample
from voice.port import Frame
from voice.room.candidate import Candidate

REPLY_DELAY_S = 1.0
"""The candidate answers this long after the loudspeaker fell silent, once the 0.8 s are over in
which half duplex does not listen yet."""
ROOM_NOISE_DBFS = -70.0
"""The noise of the empty room."""


class RoomPort:
    """A port without devices: deterministic on the sample clock, as fast as frames are read."""

    def __init__(
        self,
        candidate: Candidate,
        *,
        realtime: bool = False,
        monitor: Callable[[Samples], None] | None = None,
    ) -> None:
        """Make the room.

        Args:
            candidate: who answers.
            realtime: let one second of samples take one second.
            monitor: is given both voices mixed, frame by frame, to be heard.
        """
        self.realtime = realtime
        self._candidate = candidate
        self._monitor = monitor
        self._sample = 0
        self._loudspeaker = np.zeros(0, np.int16)
        self._reply = np.zeros(0, np.int16)
        self._silence_s = 0.0
        self._floor_open = False
        self._ended = False
        self._noise = _room_noise()
        self._opened = 0.0

    def __enter__(self) -> Self:
        self._opened = time.monotonic()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def play(self, clip: Clip) -> None:
        """Queue a clip of any rate behind what is playing."""
        self._loudspeaker = np.concatenate((self._loudspeaker, resample(clip).samples))

    def stop(self) -> tuple[Clip, ...]:
        """Fall silent at once; return what was queued and not given out."""
        left, self._loudspeaker = self._loudspeaker, np.zeros(0, np.int16)
        return (Clip(left),) if len(left) else ()

    @property
    def mic_name(self) -> str:
        """What answers here."""
        return "recorded answers"

    @property
    def playing(self) -> bool:
        """Whether queued sound is still to be heard."""
        return len(self._loudspeaker) > 0

    @property
    def ended(self) -> bool:
        """Whether the candidate was asked again and had nothing left to say."""
        return self._ended

    def read(self) -> Frame:
        """Return the next frame, in realtime when its moment has come."""
        self._take_turns()
        speaker, self._loudspeaker = _taken(self._loudspeaker)
        answer, self._reply = _taken(self._reply)
        start = self._sample % len(self._noise)
        mic = np.clip(
            answer.astype(np.int32) + self._noise[start : start + FRAME_SAMPLES], -32768, 32767
        ).astype(np.int16)
        frame = Frame(self._sample, mic, speaker)
        self._sample += FRAME_SAMPLES
        if self._monitor is not None:
            self._monitor(np.clip(mic.astype(np.int32) + speaker, -32768, 32767).astype(np.int16))
        if self.realtime:
            time.sleep(max(0.0, self._opened + frame.end_s - time.monotonic()))
        return frame

    def _take_turns(self) -> None:
        """Let the candidate answer once the interviewer has been silent for REPLY_DELAY_S."""
        if self.playing:
            self._silence_s, self._floor_open = 0.0, True
            return
        self._silence_s += FRAME_S
        if self._floor_open and self._silence_s >= REPLY_DELAY_S and not len(self._reply):
            self._floor_open = False
            reply = self._candidate.next_reply()
            self._ended = reply is None and self._candidate.ended
            if reply is not None:
                self._reply = resample(reply).samples


def _taken(samples: Samples) -> tuple[Samples, Samples]:
    """Return one frame, zero-padded, and the rest."""
    frame = samples[:FRAME_SAMPLES]
    if len(frame) < FRAME_SAMPLES:
        frame = np.pad(frame, (0, FRAME_SAMPLES - len(frame)))
    return frame, samples[FRAME_SAMPLES:]


def _room_noise() -> Samples:
    """Return ten seconds of the same faint noise every time, a whole number of frames."""
    amplitude = 32768.0 * 10 ** (ROOM_NOISE_DBFS / 20)
    noise = np.random.default_rng(20261122).normal(0.0, amplitude, 500 * FRAME_SAMPLES)
    return noise.astype(np.int16)
