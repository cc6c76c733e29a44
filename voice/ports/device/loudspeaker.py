"""The loudspeaker: a PortAudio stream, what feeds it, and where on the clock its sound stands."""

import time
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from statistics import median
from threading import Lock
from typing import Any, NamedTuple, Self

import numpy as np

from voice.audio.clip import SAMPLE_RATE_HZ, Clip, Samples, resample
from voice.errors import DeviceError, DeviceLostError
from voice.ports.device.portaudio import BLOCK_S, DeviceInfo, Stream, find_device, quiet_libraries

STALLED_AFTER_S = 4.0
"""A loudspeaker that asks for nothing so long is gone; a sound server may take 2 s to start."""
WRITE_AHEAD_S = 0.1
"""It is fed so far ahead of what is heard."""
DRIFT_LIMIT_S = 0.02
"""A clip that lies further from where it sounds is moved; the tracks must agree within 100 ms."""
DRIFT_BLOCKS = 25
"""The drift is the median over half a second: one block's moment is known to one input block."""
_POLL_S = 0.005


class _Cued(NamedTuple):
    """A clip as given, at SAMPLE_RATE_HZ for the record, and at the device's rate."""

    source: Clip
    heard: Samples
    played: Samples


class HandedOut(NamedTuple):
    """A part of a clip that the loudspeaker took."""

    clip: Samples
    """The whole clip at SAMPLE_RATE_HZ; the same object for all its parts."""
    start: int
    """First sample of the part, counted in the clip."""
    end: int
    """End of the part, counted in the clip."""
    at_sample: int
    """Session time, in input samples, at which the part's first sample sounds."""


class LoudspeakerStream(Stream):
    """The output stream. Its callback copies from the queued clips and notes what it took."""

    role = "loudspeaker"

    def __init__(self, sd: Any, device: DeviceInfo, clock: Callable[[], int] | None = None) -> None:
        """Open and start the stream; `clock` returns the session time of the newest input sample.

        Without it nothing is noted of what was handed out.
        """
        super().__init__(sd, device)
        self._clock = clock
        self._lock = Lock()
        self._clips: deque[tuple[_Cued, int]] = deque()
        self._fading: tuple[_Cued, int] | None = None
        self._handed_out: SimpleQueue[tuple[_Cued, int, int, int]] = SimpleQueue()
        self._asked = 0
        self.quiet_from_s = time.monotonic()
        """When the last sample was handed out."""
        self._start(sd, device, self._wanted)

    def _wanted(self, out: Any, frames: int, when: Any, status: Any) -> None:  # noqa: ARG002
        block = np.zeros(frames, np.int16)
        clock_sample = 0 if self._clock is None else self._clock()
        with self._lock:
            filled = self._fill(block, clock_sample)
        self._last_call_s = time.monotonic()
        if filled:
            self.quiet_from_s = self._last_call_s + filled / self.rate_hz
        out[:] = np.repeat(block, self._channels).tobytes()
        self._asked += frames

    def _fill(self, block: Samples, clock_sample: int) -> int:
        """Copy what is due into the block and return the count; what was dropped fades first."""
        filled = 0
        while filled < len(block) and (self._fading or self._clips):
            cued, start = self._fading or self._clips.popleft()
            end = min(start + len(block) - filled, len(cued.played))
            part = cued.played[start:end]
            if self._fading:
                part = (part * np.linspace(1.0, 0.0, len(part))).astype(np.int16)
                self._fading = None
            elif end < len(cued.played):
                self._clips.appendleft((cued, end))
            block[filled : filled + len(part)] = part
            if self._clock is not None:
                self._handed_out.put((cued, start, end, clock_sample + self._heard(filled)))
            filled += len(part)
        return filled

    @property
    def runs(self) -> bool:
        """Whether blocks are asked for at the pace of the device, its buffer being full."""
        return self._asked > (self.latency_s + 2 * BLOCK_S) * self.rate_hz

    @property
    def waiting(self) -> bool:
        """Whether clips are not yet wholly handed out."""
        with self._lock:
            return bool(self._clips)

    @property
    def queued_s(self) -> float:
        """Seconds of sound queued behind what is playing."""
        with self._lock:
            return sum(len(cued.played) - start for cued, start in self._clips) / self.rate_hz

    def cue(self, clip: Clip) -> None:
        """Queue a clip of any rate."""
        played = resample(clip, self.rate_hz).samples
        heard = played if self._clock is None else resample(clip).samples
        if len(played):
            with self._lock:
                self._clips.append((_Cued(clip, heard, played), 0))

    def drop(self) -> list[Clip]:
        """Fall silent within a fading block; return that block and all that comes after."""
        with self._lock:
            left = list(self._clips)
            self._clips.clear()
            self._fading = left[0] if left and left[0][1] else None
        return [c.source.between(at / self.rate_hz, c.source.duration_s) for c, at in left]

    def handed_out(self, delay_samples: int) -> list[HandedOut]:
        """Return what was handed out since the last call, `delay_samples` before it is heard."""
        parts = []
        while not self._handed_out.empty():
            cued, start, end, at_sample = self._handed_out.get()
            heard_end = len(cued.heard) if end == len(cued.played) else self._heard(end)
            at = at_sample + delay_samples
            parts.append(HandedOut(cued.heard, self._heard(start), heard_end, at))
        return parts

    def _heard(self, count: int) -> int:
        return count * SAMPLE_RATE_HZ // self.rate_hz


class SpeakerTimeline:
    """The loudspeaker's track, written ahead by the player and taken frame by frame.

    Each clip is anchored where its first block sounds, so that the drift of two clocks never adds
    up; a clip that lies beyond DRIFT_LIMIT_S from where it sounds is moved.
    """

    def __init__(self) -> None:
        self._taken = 0
        self._ahead = np.zeros(0, np.int16)
        self._clip: Samples | None = None
        self._origin = 0
        self._drift: deque[int] = deque(maxlen=DRIFT_BLOCKS)

    @property
    def end_sample(self) -> int:
        """Session time of the end of the last sound placed, in samples."""
        return self._taken + len(self._ahead)

    def place(self, part: HandedOut) -> None:
        """Take in the next part that was handed out; parts of a clip come in order."""
        if part.clip is not self._clip:
            self._clip = part.clip
            self._origin = max(part.at_sample, self.end_sample) - part.start
            self._drift.clear()
        self._drift.append(part.at_sample - part.start - self._origin)
        drift = round(median(self._drift))
        if len(self._drift) == DRIFT_BLOCKS and abs(drift) > DRIFT_LIMIT_S * SAMPLE_RATE_HZ:
            self._origin += drift
            self._drift.clear()
        # What is placed stays: a clip moved back goes on where its sound is by now.
        at = max(self.end_sample, self._origin + part.start)
        gap = np.zeros(at - self.end_sample, np.int16)
        rest = part.clip[at - self._origin : part.end]
        self._ahead = np.concatenate((self._ahead, gap, rest))

    def take(self, start_sample: int, count: int) -> Samples:
        """Return `count` samples from `start_sample` on, zeros where nothing sounded."""
        self._drop(start_sample - self._taken)
        taken = self._ahead[:count]
        self._drop(count)
        return np.pad(taken, (0, count - len(taken)))

    def _drop(self, count: int) -> None:
        if count > 0:
            self._ahead = self._ahead[count:]
            self._taken += count


class Loudspeaker:
    """A loudspeaker alone: play samples as they are written, at the pace of the device."""

    def __init__(self, speaker: str | None = None) -> None:
        self._wanted = speaker
        self._stream: LoudspeakerStream | None = None
        self._resampler: Any = None

    def __enter__(self) -> Self:
        import soxr

        with quiet_libraries():
            self._stream = LoudspeakerStream(*find_device(self._wanted, "loudspeaker"))
        rate_hz = self._stream.rate_hz
        self._resampler = soxr.ResampleStream(SAMPLE_RATE_HZ, rate_hz, 1, dtype="int16")
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        if self._stream is None:
            return
        try:
            if kind is None:
                self._cue(np.zeros(0, np.int16), last=True)
                self._wait_while(lambda stream: stream.waiting)
                time.sleep(self._stream.latency_s)
        finally:
            with quiet_libraries():
                self._stream.close()

    def write(self, samples: Samples) -> None:
        """Play samples at SAMPLE_RATE_HZ; DeviceLostError where nothing takes them."""
        self._cue(samples)
        self._wait_while(lambda stream: stream.queued_s > WRITE_AHEAD_S)

    def _cue(self, samples: Samples, last: bool = False) -> None:
        if self._stream is None:
            raise DeviceError("the loudspeaker is not open; open it first (`with loudspeaker:`)")
        converted = self._resampler.resample_chunk(samples, last=last)
        self._stream.cue(Clip(converted, self._stream.rate_hz))

    def _wait_while(self, unfinished: Callable[[LoudspeakerStream], bool]) -> None:
        stream = self._stream
        while stream is not None and unfinished(stream):
            if stream.silent_for_s > STALLED_AFTER_S:
                raise DeviceLostError(f"the loudspeaker {stream.name} has gone; plug it in again")
            time.sleep(_POLL_S)
