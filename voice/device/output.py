"""The loudspeaker's PortAudio stream: a callback that only copies, and what feeds it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

import numpy as np

from voice.audio import SAMPLE_RATE_HZ, Clip, Samples, resample
from voice.device.choice import DeviceInfo
from voice.device.opening import BLOCK_S, BUFFER_S, agreed_opening, reason_of, refused
from voice.device.timeline import HandedOut


@dataclass(frozen=True, eq=False)
class _Cued:
    """A clip ready to be played."""

    source: Clip
    """As it was given."""
    heard: Samples
    """At SAMPLE_RATE_HZ, for the record."""
    played: Samples
    """At the device's rate."""


class LoudspeakerStream:
    """The output stream. Its callback copies from the queued clips and notes what it took."""

    def __init__(self, sd: Any, device: DeviceInfo, clock: Callable[[], int] | None = None) -> None:
        """Open and start the stream, silent at first.

        Args:
            sd: the module sounddevice.
            device: where to play.
            clock: returns the session time of the newest input sample; called in the callback.
                Without it nothing is noted of what was handed out.

        Raises:
            DeviceError: the device refuses.
        """
        self.name = device.name
        self.underflows = 0
        self._opening = agreed_opening(sd, device, "loudspeaker")
        self._clock = clock
        self._queue: deque[_Cued] = deque()
        self._current: _Cued | None = None
        self._at = 0
        self._stopping = False
        self._asked = 0
        self._quiet_from_s = self._last_ask_s = time.monotonic()
        self._handed_out: SimpleQueue[tuple[_Cued, int, int, int, int]] = SimpleQueue()
        block = round(BLOCK_S * self._opening.rate_hz)
        self._fall = np.linspace(1.0, 0.0, block, dtype=np.float32)
        try:
            self._stream = sd.RawOutputStream(
                device=device.index,
                samplerate=self._opening.rate_hz,
                channels=self._opening.channels,
                dtype="int16",
                blocksize=block,
                latency=BUFFER_S,
                callback=self._wanted,
            )
            self.latency_s = float(self._stream.latency)
            self._stream.start()
        except (sd.PortAudioError, ValueError) as error:
            raise refused("loudspeaker", device.name, reason_of(error)) from error

    def _wanted(self, out: Any, frames: int, when: Any, status: Any) -> None:  # noqa: ARG002
        """Fill a block from the queue (PortAudio's thread)."""
        if status.output_underflow:
            self.underflows += 1
        block = np.zeros(frames, np.int16)
        clock_sample = 0 if self._clock is None else self._clock()
        filled = 0
        if self._stopping:
            self._stopping = False
            if self._current is not None:
                filled = self._copy(block, 0, clock_sample)
                block[:] = block * self._fall[:frames]
                self._current = None
        while filled < frames and (taken := self._copy(block, filled, clock_sample)):
            filled += taken
        self._last_ask_s = time.monotonic()
        if filled:
            self._quiet_from_s = self._last_ask_s + filled / self._opening.rate_hz
        channels = self._opening.channels
        out[:] = (block if channels == 1 else np.repeat(block, channels)).tobytes()
        self._asked += frames

    def _copy(self, block: Samples, filled: int, clock_sample: int) -> int:
        """Copy from the clip that is due into the rest of the block; return the count."""
        if self._current is None:
            try:
                self._current, self._at = self._queue.popleft(), 0
            except IndexError:
                return 0
        cued, at = self._current, self._at
        part = cued.played[at : at + len(block) - filled]
        block[filled : filled + len(part)] = part
        if self._clock is not None:
            self._handed_out.put((cued, at, at + len(part), filled, clock_sample))
        self._at += len(part)
        if self._at >= len(cued.played):
            self._current = None
        return len(part)

    @property
    def runs(self) -> bool:
        """Whether blocks are asked for at the pace of the device, its buffer being full."""
        return self._asked > (self.latency_s + 2 * BLOCK_S) * self._opening.rate_hz

    @property
    def stalled_s(self) -> float:
        """Seconds since a block was last asked for."""
        return time.monotonic() - self._last_ask_s

    @property
    def waiting(self) -> bool:
        """Whether clips are not yet wholly handed out."""
        return bool(self._queue) or self._current is not None

    @property
    def rate_hz(self) -> int:
        """Samples per second of the device."""
        return self._opening.rate_hz

    @property
    def queued_s(self) -> float:
        """Seconds of sound queued behind what is playing."""
        return sum(len(cued.played) for cued in list(self._queue)) / self._opening.rate_hz

    @property
    def quiet_from_s(self) -> float:
        """When the last sample was handed out (time.monotonic)."""
        return self._quiet_from_s

    def cue(self, clip: Clip) -> None:
        """Queue a clip of any rate."""
        if len(clip.samples):
            played = resample(clip, self._opening.rate_hz).samples
            heard = played if self._clock is None else resample(clip).samples
            self._queue.append(_Cued(clip, heard, played))

    def drop(self) -> None:
        """Forget what is queued; what plays fades out within one block."""
        self._queue.clear()
        if self._current is not None:
            self._stopping = True

    def handed_out(self, delay_samples: int) -> list[HandedOut]:
        """Return what was handed out since the last call.

        Args:
            delay_samples: from the newest input sample at the moment of the callback to the
                input sample at which the block is heard.
        """
        parts = []
        while not self._handed_out.empty():
            cued, start, end, filled, clock_sample = self._handed_out.get()
            at = clock_sample + delay_samples + self._heard(filled)
            end_heard = len(cued.heard) if end >= len(cued.played) else self._heard(end)
            parts.append(HandedOut(cued.heard, self._heard(start), end_heard, at))
        return parts

    def _heard(self, count: int) -> int:
        """Return device samples as samples at SAMPLE_RATE_HZ."""
        return count * SAMPLE_RATE_HZ // self._opening.rate_hz

    def remaining(self) -> list[Clip]:
        """Return what was queued and not handed out, to be played elsewhere."""
        clips = [cued.source for cued in self._queue]
        current = self._current
        if current is not None and not self._stopping:
            at_s = self._at / self._opening.rate_hz
            clips.insert(0, current.source.between(at_s, current.source.duration_s))
        return clips

    def close(self) -> None:
        """Stop at once and free the device; a device that is gone is no error."""
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)
