"""The port of a simulated room: deterministic on the sample clock.

The main path is `RoomPort.read`: who speaks (script.py), what reaches the microphone, and what the
microphone makes of it (sound.py).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

import numpy as np

from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip, Samples, resample
from voice.audio.port import Frame
from voice.errors import DeviceLostError
from voice.ports.room.script import Candidate, Script, Turns
from voice.ports.room.sound import Echo, EchoPath, Floats, Microphone, hiss

BREAKS_OFF_S = 1.0
"""Who is cut in on speaks on for so long."""


@dataclass(frozen=True, eq=False)
class Room:
    """What stands between the candidate, the loudspeaker and the samples."""

    echo: EchoPath | None = None
    """The loudspeaker's way into the microphone; None for a headset."""
    noise: tuple[Floats, ...] = field(default_factory=lambda: (hiss(-70.0),))
    """Loops of sound at the microphone, each of shape (n,), in 16-bit units."""
    microphone: Microphone = field(default_factory=Microphone)


class RoomPort:
    """A port without devices: deterministic on the sample clock, as fast as frames are read."""

    mic_name = "recorded answers"

    def __init__(
        self,
        candidate: Candidate | Script,
        *,
        room: Room | None = None,
        realtime: bool = False,
        monitor: Callable[[Samples], None] | None = None,
    ) -> None:
        """Make the room; `monitor` is given both voices mixed, frame by frame, to be heard."""
        self.realtime = realtime
        self.in_passing = False
        """Whether what the interviewer says is no turn: a word to say that it listens."""
        self._script = candidate if isinstance(candidate, Script) else Script(candidate=candidate)
        self._room = Room() if room is None else room
        self._monitor = monitor
        self._sample = 0
        self._lost = 0
        self._loudspeaker = np.zeros(0, np.int16)
        self._rest: Clip | None = None
        self._turns = Turns()
        self._ahead: Floats = np.zeros(0)
        """What the candidate has begun to say, from now on."""
        self._echo = self._silent_echo()
        self._opened_s = 0.0

    def __enter__(self) -> Self:
        self._opened_s = time.monotonic()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def play(self, clip: Clip) -> None:
        """Queue a clip of any rate behind what is playing."""
        self._turns.taken_up = self._turns.taken_up or clip is self._rest
        self._loudspeaker = np.concatenate((self._loudspeaker, resample(clip).samples))

    def stop(self) -> tuple[Clip, ...]:
        """Fall silent at once; return what was not given out, to be played again in this turn.

        Nobody answers an interviewer who breaks off.
        """
        left, self._loudspeaker = self._loudspeaker, np.zeros(0, np.int16)
        if not len(left):
            return ()
        self._turns.asked = False
        self._rest = Clip(left)
        return (self._rest,)

    def cut_in(self) -> None:
        """Let the candidate break off what they are saying."""
        self._ahead = self._ahead[: round(BREAKS_OFF_S * SAMPLE_RATE_HZ)]

    @property
    def playing(self) -> bool:
        """Whether queued sound is still to be given out; its echo may sound on after that."""
        return len(self._loudspeaker) > 0

    @property
    def ended(self) -> bool:
        """Whether the candidate was asked again and had nothing left to say."""
        return self._script.ended

    def read(self) -> Frame:
        """Return the next frame, in realtime when its moment has come.

        DeviceLostError where the microphone is gone; once a second, as from the real one. What the
        loudspeaker was to play is kept, and the first frame afterwards tells the gap.
        """
        while (back_sample := self._room.microphone.back_at(self._sample)) is not None:
            self._miss(min(back_sample - self._sample, SAMPLE_RATE_HZ))
        start_sample, lost_samples = self._sample, self._lost
        self._lost = 0
        sound = self._said(FRAME_SAMPLES)
        given, self._loudspeaker = np.split(self._loudspeaker, [FRAME_SAMPLES])
        speaker = np.pad(given, (0, FRAME_SAMPLES - len(given)))
        for loop in self._room.noise:
            sound += loop[np.arange(start_sample, self._sample) % len(loop)]
        if self._echo is not None:
            sound += self._echo.next(speaker, start_sample)
        mic = self._room.microphone.record(sound, start_sample)
        if self._monitor is not None:
            self._monitor(np.clip(mic.astype(np.int32) + speaker, -32768, 32767).astype(np.int16))
        self._wait()
        return Frame(start_sample, mic, speaker, lost_samples)

    def _miss(self, count: int) -> None:
        """Let samples pass that no device takes; the candidate, who may not know, speaks on.

        DeviceLostError where it was a whole second.
        """
        self._said(count)
        self._lost += count
        self._echo = self._silent_echo()
        self._wait()
        if count == SAMPLE_RATE_HZ:
            raise DeviceLostError(
                f"the microphone ({self.mic_name}) has gone; it is back when the room says so"
            )

    def _said(self, count: int) -> Floats:
        """Go on by `count` samples; return what the candidate says in them."""
        start_sample, self._sample = self._sample, self._sample + count
        speaking = self.playing and not self.in_passing
        self._turns.follow(start_sample, speaking, answering=len(self._ahead) > 0)
        for at, entry in self._script.cues(self._turns, self._sample):
            sound = resample(entry.clip).samples
            mix = np.zeros(max(len(self._ahead), at - start_sample + len(sound)))
            mix[: len(self._ahead)] = self._ahead
            mix[at - start_sample :][: len(sound)] += sound
            self._ahead = mix
        said, self._ahead = np.split(self._ahead, [count])
        return np.pad(said, (0, count - len(said)))

    def _silent_echo(self) -> Echo | None:
        return None if self._room.echo is None else Echo(self._room.echo)

    def _wait(self) -> None:
        if self.realtime:
            due_s = self._opened_s + self._sample / SAMPLE_RATE_HZ
            time.sleep(max(0.0, due_s - time.monotonic()))
