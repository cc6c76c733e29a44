"""The port to a browser: both sides of the sound in chunks over one connection; fills voice.port.

The page's AudioWorklet takes the microphone and gives out the queued clips in one callback, so that
a chunk holds both sides of the same moment, counted by one clock. What it sends back as its output
is what was really played.
"""

import struct
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Literal, NamedTuple, Self

import numpy as np

from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip, Samples, resample
from voice.audio.port import Frame
from voice.errors import DeviceError, DeviceLostError
from voice.ports.browser_sound import HEADER, Sound, Stream, is_chunk
from voice.ports.device.microphone import LOST_AFTER_S, FrameCutter

OUT_HEADER = struct.Struct("<I")
"""Of a clip to the page: number of the queue. Then 16-bit samples at the page's rate. A new number
drops what is left of the queue before it."""
OPENS_WITHIN_S = 60.0
"""How long a page may take to send its first sound."""
STOPS_WITHIN_S = 0.2
"""How long it may take to say what it had played; it answers within two chunks."""
_MOST_LOST_S = 600.0
"""A longer gap counts as this long: a clock that was set, or a laptop that was shut overnight."""


class _Cued(NamedTuple):
    """A clip in the page's queue, as given and at the page's rate."""

    source: Clip
    played: Samples


class BrowserPort:
    """A microphone and a loudspeaker in a page; the clock is that of the page's sound.

    `connect`, `take`, `rest`, `disconnect` and `close` are for the server's thread, all else for
    the interview's.
    """

    realtime = True
    ended = False
    """A person may always say more."""

    def __init__(self) -> None:
        self._arrived: SimpleQueue[bytes | Sound | Literal["rest", "gone"]] = SimpleQueue()
        self._lock = threading.RLock()
        """Held over what follows: the page's queue."""
        self._send: Callable[[bytes], None] | None = None
        self._rate_hz = SAMPLE_RATE_HZ
        self._queue = self._played = 0
        self._cued: list[_Cued] = []
        self._stopped = threading.Event()
        self.mic_name = "the browser's microphone"
        self._mic, self._out = FrameCutter(), FrameCutter()
        self._stream: Stream | None = None
        self._rests = self._closed = False
        self._filled_s = 0.0
        """Up to when, on the monotonic clock, the session is filled; 0 before the first sound."""
        self._loud_until = self._read_until = 0

    # The server's side

    def connect(self, send: Callable[[bytes], None], sound: Sound) -> None:
        """Take the sound of a page from now on; what was not yet played it gets again.

        `send` sends a message to the page, from any thread.
        """
        with self._lock:
            left = self._left()
            self._send, self._rate_hz = send, sound.rate_hz
            self._tell_stop()
            self._begin_queue()
            for clip in left:
                self._cue(clip)
        self._arrived.put(sound)

    def take(self, message: bytes) -> None:
        """Take one chunk; what has not its form is passed over."""
        if not is_chunk(message):
            return
        _, _, queue, played = HEADER.unpack_from(message)
        with self._lock:
            if queue == self._queue:
                self._played = played
        if len(message) == HEADER.size:
            self._stopped.set()
        else:
            self._arrived.put(message)

    def rest(self) -> None:
        """Let time pass in silence: the page is there and waits for the person."""
        self._arrived.put("rest")

    def disconnect(self) -> None:
        """Take note that the page has gone."""
        with self._lock:
            self._send = None
        self._arrived.put("gone")

    def close(self) -> None:
        """Let the next read fail: the server stops, or the person does and nothing is heard."""
        self._closed = True
        self._arrived.put("gone")

    @property
    def rests(self) -> bool:
        """Whether the page gives and plays no sound just now."""
        return self._rests or self._send is None

    # The interview's side

    def __enter__(self) -> Self:
        """Wait for the sound; session time begins when it is there."""
        self._closed = False
        deadline_s = time.monotonic() + OPENS_WITHIN_S
        while self._rests or self._stream is None or not self._filled_s:
            self._step()
            if time.monotonic() > deadline_s:
                raise DeviceError(
                    "the page sent no sound; allow it the microphone, then start again"
                )
        while not self._arrived.empty():
            self._step()
        self._mic, self._out = FrameCutter(), FrameCutter()
        self._loud_until = self._read_until = 0
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    @property
    def playing(self) -> bool:
        """Whether queued sound is still to be heard, or heard and not yet in the frames."""
        with self._lock:
            return self._waiting or self._read_until < self._loud_until

    def play(self, clip: Clip) -> None:
        """Queue a clip of any rate behind what is playing; return at once."""
        with self._lock:
            if not self._waiting:
                self._begin_queue()  # so that no clip is kept that was heard
            self._cue(clip)

    def stop(self) -> tuple[Clip, ...]:
        """Fall silent at once; return what was not played, as the page tells it."""
        with self._lock:
            self._stopped.clear()
            told = self._waiting and self._tell_stop()
        if told:
            self._stopped.wait(STOPS_WITHIN_S)
        with self._lock:
            left = self._left()
            self._begin_queue()
        return tuple(left)

    def read(self) -> Frame:
        """Wait for the next frame.

        DeviceLostError where nothing came for LOST_AFTER_S; reading again waits again, and the
        first frame afterwards says how much was lost.
        """
        while (frame := self._mic.next()) is None:
            if self._closed:
                raise DeviceError("the page was closed or stopped; the recording is safe")
            if not self._step():
                raise DeviceLostError(
                    "no sound comes from the page; go back to it, and see to its microphone"
                )
        start_sample, mic, lost_samples = frame
        self._read_until = start_sample + FRAME_SAMPLES
        _, out, _ = self._out.next() or frame  # both cutters are given the same lengths
        return Frame(start_sample, mic, out, lost_samples)

    # What comes in

    def _step(self) -> bool:
        """Take in the next thing that arrives; return False where nothing came in time."""
        try:
            arrived = self._arrived.get(timeout=0.02 if self._rests else LOST_AFTER_S)
        except Empty:
            if self._rests:
                self._fill(self._behind())
            return self._rests
        if isinstance(arrived, bytes):
            self._take_chunk(arrived)
        elif isinstance(arrived, Sound):
            self._stream, self.mic_name = Stream(arrived), arrived.mic_name
        elif arrived == "gone":
            self._stream, self._rests = None, False
        else:
            self._rests = True
            self._lose(self._behind())
            self._filled_s = time.monotonic()
        return True

    def _take_chunk(self, message: bytes) -> None:
        if self._stream is None:
            return
        by_wall = self._rests or not self._stream.began
        lost, mic, out = self._stream.read(message)
        if by_wall:  # between two connections only the wall clock tells how much is missing
            lost = self._behind() - len(mic)
        if self._rests:
            self._rests = False
            self._fill(lost)
        else:
            self._lose(lost)
        self._filled_s = time.monotonic()
        self._mic.add(mic)
        self._out.add(out)
        if out.any() or self._stream.on_its_way.any():
            self._loud_until = self._mic.end_sample + len(self._stream.on_its_way)

    def _fill(self, count: int) -> None:
        """Let samples pass in silence."""
        quiet = np.zeros(max(0, count), np.int16)
        self._filled_s = time.monotonic()
        self._mic.add(quiet)
        self._out.add(quiet)

    def _lose(self, count: int) -> None:
        """Tell samples as lost; what is less than a frame keeps its place and is not worth it."""
        if count < FRAME_SAMPLES:
            self._fill(count)
            return
        count = min(count, round(_MOST_LOST_S * SAMPLE_RATE_HZ))
        self._mic.lose(count)
        self._out.lose(count)

    def _behind(self) -> int:
        """Return how many samples the session is behind the wall clock."""
        behind_s = time.monotonic() - self._filled_s if self._filled_s else 0.0
        return round(behind_s * SAMPLE_RATE_HZ)

    # The page's queue; the lock is held

    @property
    def _waiting(self) -> bool:
        return sum(len(cued.played) for cued in self._cued) > self._played

    def _cue(self, clip: Clip) -> None:
        played = resample(clip, self._rate_hz).samples
        self._cued.append(_Cued(clip, played))
        if self._send is not None:
            self._send(OUT_HEADER.pack(self._queue) + played.tobytes())

    def _left(self) -> list[Clip]:
        """Return what of the queue was not played."""
        left, at = [], self._played
        for source, played in self._cued:
            if at < len(played):
                start_s = max(0, at) / len(played) * source.duration_s
                left.append(source.between(start_s, source.duration_s))
            at -= len(played)
        return left

    def _begin_queue(self) -> None:
        self._queue += 1
        self._cued, self._played = [], 0

    def _tell_stop(self) -> bool:
        if self._send is not None:
            self._send(OUT_HEADER.pack(self._queue + 1))
        return self._send is not None
