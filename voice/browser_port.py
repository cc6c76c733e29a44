"""The port to a browser: both sides of the sound in chunks over one connection; fills voice.port.

The page's AudioWorklet takes the microphone and gives out the queued clips in one and the same
callback, so that a chunk holds both sides of the same moment, counted by the worklet's own clock.
What it sends back as its output is what was really played.
"""

from __future__ import annotations

import math
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Self

import numpy as np

from voice.audio import FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip, Samples, resample
from voice.device.microphone import LOST_AFTER_S, FrameCutter
from voice.errors import DeviceError, DeviceLostError
from voice.port import Frame

HEADER = struct.Struct("<ddII")
"""Of a chunk: samples before it on the worklet's clock, wall clock in milliseconds at its end,
number of the queue, samples of that queue played up to its end. Then 16-bit samples, microphone and
output in turn."""
OUT_HEADER = struct.Struct("<I")
"""Of a clip to the page: number of the queue. Then 16-bit samples at the page's rate."""
OPENS_WITHIN_S = 60.0
"""How long a page may take to send its first sound."""
STOPS_WITHIN_S = 0.2
"""How long the page may take to say what it had played; it answers within two chunks."""
_LATE_S = 0.06
"""Sound that falls behind the wall clock by more is lost, not late."""
_WINDOW = 25
"""Chunks (0.5 s) of which the promptest tells how far the sound is behind."""
_AT_ONCE_S = 1.0
"""By so much no chunk is late; the tab or the machine slept."""
_MOST_LOST_S = 600.0
"""A longer gap counts as this long: a clock that was set, or a laptop that was shut overnight."""
MOST_CHUNK_BYTES = HEADER.size + 4 * 9600
"""A longer message is none of ours: 20 ms at 192 kHz are 3840 samples of each side."""


@dataclass(frozen=True)
class Sound:
    """What the page says of its sound when it begins, or begins again."""

    rate_hz: int
    """The rate of its audio context."""
    delay_s: float
    """From giving out a sample to its return in the microphone: the latencies of both."""
    mic_name: str = "the browser's microphone"
    """The microphone's label."""


@dataclass(frozen=True, eq=False)
class _Cued:
    """A clip in the page's queue."""

    source: Clip
    """As it was given."""
    played: Samples
    """At the page's rate."""

    def rest(self, count: int) -> Clip | None:
        """Return what is left of it after `count` samples were played, None where nothing is."""
        if count >= len(self.played):
            return None
        start = max(0, count) * len(self.source.samples) // len(self.played)
        return Clip(self.source.samples[start:], self.source.rate_hz)


class _Resting:
    """The page is there, and gives no sound until it is told to go on."""


class BrowserPort:
    """A microphone and a loudspeaker in a page; the clock is that of the page's sound.

    `connect`, `take`, `rest` and `disconnect` are called by the server's thread, all else by the
    interview's.
    """

    realtime = True
    ended = False
    """A person may always say more."""

    def __init__(self) -> None:
        self._arrived: SimpleQueue[bytes | Sound | _Resting | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._send: Callable[[bytes], None] | None = None
        self._rate_hz = 0
        self._queue = 0
        self._cued: list[_Cued] = []
        self._played = 0
        self._told = threading.Event()
        self.mic_name = "the browser's microphone"
        self._mic, self._out = FrameCutter(), FrameCutter()
        self._stream = _Stream(Sound(SAMPLE_RATE_HZ, 0.0))
        self._present = self._rests = self._closed = False
        self._filled_s = 0.0
        self._loud_until = self._next_sample = 0

    # -- the server's side

    def connect(self, send: Callable[[bytes], None], sound: Sound) -> None:
        """Begin to take the sound of a page; what it had not yet played it gets again.

        Args:
            send: sends a message to the page, from any thread.
            sound: its rate and latencies.
        """
        with self._lock:
            left = self._left()
            self._send, self._rate_hz = send, sound.rate_hz
            self._begin_queue()
            for clip in left:
                self._cue(clip)
        self._arrived.put(sound)

    def take(self, message: bytes) -> None:
        """Take one chunk; what has not its form is passed over."""
        if not HEADER.size <= len(message) <= MOST_CHUNK_BYTES:
            return
        position, wall_ms, queue, played = HEADER.unpack_from(message)
        if not (math.isfinite(position) and math.isfinite(wall_ms)):
            return
        with self._lock:
            if queue == self._queue:
                self._played = played
        if len(message) == HEADER.size:
            self._told.set()
        else:
            self._arrived.put(message)

    def rest(self) -> None:
        """Let time pass in silence: the page is there and waits for the person."""
        self._arrived.put(_Resting())

    def disconnect(self) -> None:
        """The page has gone."""
        with self._lock:
            self._send = None
        self._arrived.put(None)

    def close(self) -> None:
        """Let the next read fail for good: the server stops."""
        self._closed = True
        self._arrived.put(None)

    # -- the interview's side

    def __enter__(self) -> Self:
        """Wait for the sound, and begin session time when it is there.

        Raises:
            DeviceError: no sound came.
        """
        deadline_s = time.monotonic() + OPENS_WITHIN_S
        while not (self._present and self._stream.began):
            self._step(LOST_AFTER_S)
            if time.monotonic() > deadline_s:
                raise DeviceError(
                    "the page sent no sound; allow it the microphone, then start again"
                )
        while not self._arrived.empty():
            self._step(0.0)
        self._mic, self._out = FrameCutter(), FrameCutter()
        self._loud_until = self._next_sample = 0
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    @property
    def playing(self) -> bool:
        """Whether queued sound is still to be heard, or heard and not yet in the frames."""
        with self._lock:
            waiting = self._queued() > self._played
        return waiting or self._next_sample < self._loud_until

    def play(self, clip: Clip) -> None:
        """Queue a clip of any rate behind what is playing; return at once."""
        if not len(clip.samples):
            return
        with self._lock:
            if self._cued and self._played >= self._queued():
                self._begin_queue()  # so that a long interview keeps no clip that was heard
            self._cue(clip)

    def stop(self) -> tuple[Clip, ...]:
        """Fall silent at once; return what was not played, as the page tells it."""
        with self._lock:
            if not self._cued:
                return ()
            self._told.clear()
            asked = self._tell_stop()
        if asked:
            self._told.wait(STOPS_WITHIN_S)
        with self._lock:
            left = self._left()
            self._begin_queue(told=True)
        return tuple(left)

    def read(self) -> Frame:
        """Wait for the next frame.

        Raises:
            DeviceLostError: nothing came for LOST_AFTER_S; reading again waits again. The first
                frame afterwards says how much was lost.
        """
        while (frame := self._mic.next()) is None:
            if self._closed:
                raise DeviceError("the page's server was stopped; the recording is safe")
            if not self._step(LOST_AFTER_S):
                raise DeviceLostError(
                    "no sound comes from the page; go back to it, and see to its microphone"
                )
        start_sample, mic, lost_samples = frame
        self._next_sample = start_sample + FRAME_SAMPLES
        speaker = self._out.next()
        assert speaker is not None  # noqa: S101 - both cutters are always given the same lengths
        return Frame(start_sample, mic, speaker[1], lost_samples)

    # -- what comes in

    def _step(self, most_s: float) -> bool:
        """Take in the next thing that arrived; return False where nothing came in time."""
        try:
            arrived = self._arrived.get(timeout=0.02 if self._rests else most_s)
        except Empty:
            if self._rests:
                self._fill_with_silence()
            return self._rests
        if isinstance(arrived, bytes):
            self._take_chunk(arrived)
        elif isinstance(arrived, Sound):
            self._present = True
            self._stream = _Stream(arrived)
            self.mic_name = arrived.mic_name
        elif isinstance(arrived, _Resting):
            self._present = self._rests = True
            self._lose(self._behind())
        else:
            self._present = self._rests = False
        return True

    def _take_chunk(self, message: bytes) -> None:
        before = self._stream.began
        lost, mic, out, loud = self._stream.read(message)
        if self._rests:
            self._fill_with_silence(len(mic))
            self._rests = False
        elif not before:
            # Between two connections only the wall clock tells how long nothing was heard.
            lost = self._behind() - len(mic)
        self._lose(lost)
        self._filled_s = time.monotonic()
        self._mic.add(mic)
        self._out.add(out)
        if loud:
            self._loud_until = self._mic.end_sample + self._stream.delay

    def _fill_with_silence(self, but: int = 0) -> None:
        quiet = np.zeros(max(0, self._behind() - but), np.int16)
        self._filled_s = time.monotonic()
        self._mic.add(quiet)
        self._out.add(quiet)

    def _lose(self, count: int) -> None:
        count = min(max(0, count), round(_MOST_LOST_S * SAMPLE_RATE_HZ))
        self._mic.lose(count)
        self._out.lose(count)
        if count > 0:
            self._filled_s = time.monotonic()

    def _behind(self) -> int:
        """Return how many samples the session clock is behind the wall clock; 0 at the start."""
        if not self._filled_s:
            return 0
        return round((time.monotonic() - self._filled_s) * SAMPLE_RATE_HZ)

    # -- the page's queue; called with the lock held

    def _queued(self) -> int:
        return sum(len(cued.played) for cued in self._cued)

    def _cue(self, clip: Clip) -> None:
        if self._send is None:
            self._cued.append(_Cued(clip, clip.samples))  # resampled for the page that comes
            return
        played = resample(clip, self._rate_hz).samples
        self._cued.append(_Cued(clip, played))
        self._send(OUT_HEADER.pack(self._queue) + played.tobytes())

    def _left(self) -> list[Clip]:
        """Return what of the queue was not played."""
        left, at = [], self._played
        for cued in self._cued:
            if (rest := cued.rest(at)) is not None:
                left.append(rest)
            at -= len(cued.played)
        return left

    def _begin_queue(self, told: bool = False) -> None:
        """Begin an empty queue; what the page still has of the one before it drops."""
        if not told:
            self._tell_stop()
        self._queue += 1
        self._cued, self._played = [], 0

    def _tell_stop(self) -> bool:
        if self._send is None:
            return False
        self._send(OUT_HEADER.pack(self._queue + 1))
        return True


class _Stream:
    """One connection's chunks, made 16 kHz; what is missing between them is told."""

    def __init__(self, sound: Sound) -> None:
        import soxr

        self.delay = round(max(0.0, min(1.0, sound.delay_s)) * SAMPLE_RATE_HZ)
        self._rate_hz = sound.rate_hz
        self._resampler = soxr.ResampleStream(sound.rate_hz, SAMPLE_RATE_HZ, 2, dtype="int16")
        self._line = np.zeros(self.delay, np.int16)
        self._next: float | None = None
        self._behind_s = 0.0
        self._promptest_s: list[float] = []
        self._base_s: float | None = None

    @property
    def began(self) -> bool:
        """Whether a first chunk has come."""
        return self._next is not None

    def read(self, message: bytes) -> tuple[int, Samples, Samples, bool]:
        """Return samples lost before a chunk, its two sides, and whether it gave out any sound.

        The output is put where it is heard: `delay` samples later.
        """
        position, wall_ms, _, _ = HEADER.unpack_from(message)
        body = np.frombuffer(message, np.int16, offset=HEADER.size)
        both = body[: len(body) // 2 * 2].reshape(-1, 2)
        gap = 0.0 if self._next is None else max(0.0, position - self._next)
        self._next = position + len(both)
        lost = round((gap / self._rate_hz + self._lag_s(wall_ms)) * SAMPLE_RATE_HZ)
        if lost:
            self._line = np.zeros(self.delay, np.int16)
        sides = np.asarray(self._resampler.resample_chunk(both), np.int16)
        line = np.concatenate((self._line, sides[:, 1]))
        out, self._line = line[: len(sides)], line[len(sides) :]
        return lost, np.ascontiguousarray(sides[:, 0]), out, bool(both[:, 1].any())

    def _lag_s(self, wall_ms: float) -> float:
        """Return how far the sound fell behind the wall clock, once that is certain."""
        assert self._next is not None  # noqa: S101 - set by the caller
        lag_s = wall_ms / 1000 - self._next / self._rate_hz
        if self._base_s is None:
            self._base_s = lag_s
        self._promptest_s.append(lag_s)
        fell_s = lag_s - self._base_s
        if fell_s < _AT_ONCE_S:
            if len(self._promptest_s) < _WINDOW:
                return 0.0
            fell_s = min(self._promptest_s) - self._base_s
        self._base_s += fell_s  # small steps are the drift of two clocks
        self._promptest_s.clear()
        return fell_s if fell_s > _LATE_S else 0.0
