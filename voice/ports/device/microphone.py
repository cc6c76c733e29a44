"""The microphone: a PortAudio stream whose callback only copies, cut into frames, gaps told."""

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any

import numpy as np

from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples
from voice.errors import DeviceLostError
from voice.ports.device.portaudio import DeviceInfo, Stream, find_device, quiet_libraries

LOST_AFTER_S, SLICE_S, LATE_S = 1.0, 0.1, 0.05
"""Blocks come every 20 to 40 ms. They are waited for in slices; one that ended so much too late
does not count: then nothing on this machine ran on time."""
MOST_LATE_S = 5.0
"""A machine that is never on time is waited for no longer."""
_TRIES = 4


class MicrophoneStream(Stream):
    """The input stream. Its callback counts samples and queues bytes, nothing else."""

    role = "microphone"

    def __init__(self, sd: Any, device: DeviceInfo, start_sample: int = 0) -> None:
        import soxr

        super().__init__(sd, device)
        self._blocks: SimpleQueue[tuple[int, bytes]] = SimpleQueue()
        """Device samples before a block, lost ones included; its samples, channels interleaved."""
        self._position = self._first_position = self._next_position = 0
        self._start_sample = start_sample
        self._adc_end_s = 0.0
        self._power = np.zeros(self._channels)
        """How loud each channel was of late."""
        self._resampler = (
            None
            if self.rate_hz == SAMPLE_RATE_HZ
            else soxr.ResampleStream(self.rate_hz, SAMPLE_RATE_HZ, 1, dtype="int16")
        )
        self._start(sd, device, self._arrived)

    def _arrived(self, data: Any, frames: int, when: Any, status: Any) -> None:
        began_s = when.inputBufferAdcTime
        if status.input_overflow:
            gap_s = min(began_s - self._adc_end_s, self.silent_for_s)
            self._position += max(0, round(gap_s * self.rate_hz))
        self._blocks.put((self._position, bytes(data)))
        self._position += frames
        self._adc_end_s = began_s + frames / self.rate_hz
        self._last_call_s = time.monotonic()

    @property
    def runs(self) -> bool:
        """Whether a first block has come."""
        return self._position > 0

    @property
    def clock_sample(self) -> int:
        """Session time of the newest sample delivered, in samples at SAMPLE_RATE_HZ."""
        since = self._position - self._first_position
        return self._start_sample + since * SAMPLE_RATE_HZ // self.rate_hz

    def begin(self, start_sample: int) -> None:
        """Let session time be `start_sample` now; what came before is dropped."""
        self._first_position = self._next_position = self._position
        self._start_sample = start_sample

    def take(self) -> tuple[int, Samples] | None:
        """Return samples lost before the next block, and the block, both at SAMPLE_RATE_HZ.

        None when nothing came for LOST_AFTER_S in which this thread ran on time.
        """
        position, data = -1, b""
        began_s, idle_s = time.monotonic(), 0.0
        while position < self._first_position:
            asked_s = time.monotonic()
            try:
                position, data = self._blocks.get(timeout=SLICE_S)
            except Empty:
                now_s = time.monotonic()
                idle_s += SLICE_S if now_s - asked_s < SLICE_S + LATE_S else 0.0
                if idle_s >= LOST_AFTER_S - 1e-9 or now_s - began_s > MOST_LATE_S:
                    return None
        lost = max(0, position - self._next_position)
        mono = self._mixed(np.frombuffer(data, np.int16).reshape(-1, self._channels))
        self._next_position = position + len(mono)
        if self._resampler is not None:
            mono = self._resampler.resample_chunk(mono)
        return lost * SAMPLE_RATE_HZ // self.rate_hz, mono

    def _mixed(self, sound: Samples) -> Samples:
        """Return one channel of all: of two the mean, of more the one that was loudest of late."""
        if self._channels <= 2:
            mean: Samples = np.round(sound.mean(axis=1)).astype(np.int16)
            return mean
        self._power = 0.99 * self._power + np.square(sound.astype(np.float64)).mean(axis=0)
        loudest: Samples = sound[:, int(np.argmax(self._power))]
        return loudest

    def listen(self, duration_s: float) -> Iterator[Samples]:
        """Yield blocks at SAMPLE_RATE_HZ, shape (n,), until `duration_s` seconds were heard."""
        heard = 0
        while heard < duration_s * SAMPLE_RATE_HZ:
            block = next((b for _ in range(_TRIES) if (b := self.take())), None)
            if block is None:
                raise DeviceLostError(
                    f"the microphone {self.name} opens but gives nothing; plug it in again, or"
                    " choose another with --mic"
                )
            heard += len(block[1])
            yield block[1]


@contextmanager
def open_microphone(mic: str | None = None) -> Iterator[MicrophoneStream]:
    """Open a microphone alone by name, part of one, or index; None for the default."""
    with quiet_libraries():
        stream = MicrophoneStream(*find_device(mic, "microphone"))
    try:
        yield stream
    finally:
        with quiet_libraries():
            stream.close()


class FrameCutter:
    """Turn stretches of any length into frames, every sample at the session time of its own."""

    def __init__(self) -> None:
        self._next_start = self._lost = 0
        self._partial = np.zeros(0, np.int16)
        self._frames: deque[tuple[int, Samples, int]] = deque()

    @property
    def end_sample(self) -> int:
        """Session time up to which samples were given or known to be lost."""
        return self._next_start + self._lost + len(self._partial)

    def add(self, samples: Samples) -> None:
        """Append samples that follow without a gap."""
        gathered = np.concatenate((self._partial, samples))
        whole = len(gathered) - len(gathered) % FRAME_SAMPLES
        for at in range(0, whole, FRAME_SAMPLES):
            start = self._next_start + self._lost
            self._frames.append((start, gathered[at : at + FRAME_SAMPLES], self._lost))
            self._next_start, self._lost = start + FRAME_SAMPLES, 0
        self._partial = gathered[whole:]

    def lose(self, count: int) -> None:
        """Note `count` lost samples; a half-filled frame is completed with silence first."""
        if count <= 0:
            return
        if len(self._partial):
            fill = min(count, FRAME_SAMPLES - len(self._partial))
            self.add(np.zeros(fill, np.int16))
            count -= fill
        self._lost += count

    def next(self) -> tuple[int, Samples, int] | None:
        """Return start, samples and lost samples of the next complete frame, or None."""
        return self._frames.popleft() if self._frames else None
