"""A port of recorded answers instead of devices: deterministic on the sample clock."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt

from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip, Samples, resample
from voice.audio.port import Frame
from voice.audio.reading import read_audio

REPLY_DELAY_S = 1.0
"""So long after the loudspeaker fell silent; half duplex does not listen for 0.8 s."""
BREAKS_OFF_S = 1.0
_HISS_DBFS = -70.0
_HISS_SAMPLES = 500 * FRAME_SAMPLES

Floats = npt.NDArray[np.float64]
"""Mono sound in 16-bit units, not yet rounded, shape (n,)."""


class Candidate(Protocol):
    """Who chooses an answer when its moment comes."""

    def next_reply(self) -> Clip | None:
        """Return what is said now that the interviewer is silent, or None to stay silent."""

    @property
    def ended(self) -> bool:
        """Whether nothing is left to say."""


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


def recorded(paths: Iterable[Path]) -> Replies:
    """Return a candidate who gives these recordings; AudioFileError where one cannot be read."""
    return Replies(*(read_audio(path, "both") for path in paths))


class RoomPort:
    """A port without devices, as fast as frames are read unless in real time."""

    mic_name = "recorded answers"

    def __init__(
        self,
        candidate: Candidate,
        *,
        realtime: bool = False,
        monitor: Callable[[Samples], None] | None = None,
    ) -> None:
        self.realtime = realtime
        self.in_passing = False
        """Whether what the interviewer says is no turn: a word to say that it listens."""
        self.ended = False
        """Whether the candidate was asked again and had nothing left to say."""
        self._candidate = candidate
        self._monitor = monitor
        self._sample = 0
        self._loudspeaker = np.zeros(0, np.int16)
        self._ahead = np.zeros(0)
        self._asked = self._speaking = False
        """Whether the interviewer spoke and nobody has answered; whether it speaks."""
        self._silent_from = 0
        hiss = np.random.default_rng(20261122).normal(0.0, 1.0, _HISS_SAMPLES)
        self._hiss: Floats = hiss * (
            32768.0 * 10 ** (_HISS_DBFS / 20) / np.sqrt(np.mean(np.square(hiss)))
        )
        self._opened_s = 0.0

    def __enter__(self) -> Self:
        self._opened_s = time.monotonic()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def play(self, clip: Clip) -> None:
        """Queue a clip of any rate behind what is playing."""
        self._loudspeaker = np.concatenate((self._loudspeaker, resample(clip).samples))

    def stop(self) -> tuple[Clip, ...]:
        """Fall silent at once; return what was not given out. Nobody answers who breaks off."""
        left, self._loudspeaker = self._loudspeaker, np.zeros(0, np.int16)
        if not len(left):
            return ()
        self._asked = False
        return (Clip(left),)

    def cut_in(self) -> None:
        """Let the candidate break off what they are saying."""
        self._ahead = self._ahead[: round(BREAKS_OFF_S * SAMPLE_RATE_HZ)]

    @property
    def playing(self) -> bool:
        """Whether queued sound is still to be given out."""
        return len(self._loudspeaker) > 0

    def read(self) -> Frame:
        """Return the next frame, in real time when its moment has come."""
        start = self._sample
        self._follow(start)
        self._sample += FRAME_SAMPLES
        said, self._ahead = np.split(self._ahead, [FRAME_SAMPLES])
        given, self._loudspeaker = np.split(self._loudspeaker, [FRAME_SAMPLES])
        speaker = np.pad(given, (0, FRAME_SAMPLES - len(given)))
        sound = self._at_microphone(np.pad(said, (0, FRAME_SAMPLES - len(said))), speaker, start)
        mic = np.rint(np.clip(sound, -32768.0, 32767.0)).astype(np.int16)
        if self._monitor is not None:
            self._monitor(np.clip(mic.astype(np.int32) + speaker, -32768, 32767).astype(np.int16))
        self._wait()
        return Frame(start, mic, speaker)

    def _at_microphone(self, said: Floats, speaker: Samples, start: int) -> Floats:  # noqa: ARG002
        """Return what reaches the microphone in a frame: the candidate, and a soft hiss."""
        at = start % _HISS_SAMPLES
        return said + self._hiss[at : at + FRAME_SAMPLES]

    def _follow(self, start: int) -> None:
        speaking = self.playing and not self.in_passing
        if self._speaking and not speaking:
            self._silent_from = start
        self._speaking = speaking
        self._asked = self._asked or speaking
        due = max(start, self._silent_from + round(REPLY_DELAY_S * SAMPLE_RATE_HZ))
        answering = len(self._ahead) > 0
        if not self._asked or speaking or answering or due >= start + FRAME_SAMPLES:
            return
        self._asked = False
        reply = self._candidate.next_reply()
        if reply is None:
            self.ended = self._candidate.ended
        else:
            self._ahead = np.concatenate((np.zeros(due - start), resample(reply).samples))

    def _wait(self) -> None:
        if self.realtime:
            due_s = self._opened_s + self._sample / SAMPLE_RATE_HZ
            time.sleep(max(0.0, due_s - time.monotonic()))
