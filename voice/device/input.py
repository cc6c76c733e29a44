"""The microphone's PortAudio stream: a callback that only copies, and what reads from it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

import numpy as np

from voice.audio import SAMPLE_RATE_HZ, Samples
from voice.device.choice import DeviceInfo
from voice.device.opening import BLOCK_S, BUFFER_S, agreed_opening, reason_of, refused

LOST_AFTER_S = 1.0
"""No block for so long means that the device is gone; blocks come every 20 to 40 ms."""
_SLICES = 10
"""That time is waited for in so many pieces."""


@dataclass(frozen=True, eq=False)
class _Block:
    """What one input callback delivered."""

    position: int
    """Device samples before it since the stream was opened, lost ones included."""
    data: bytes
    """16-bit samples, channels interleaved."""


class MicrophoneStream:
    """The input stream. Its callback counts samples and queues bytes, nothing else."""

    def __init__(self, sd: Any, device: DeviceInfo, start_sample: int) -> None:
        """Open and start the stream; session time goes on at `start_sample`.

        Raises:
            DeviceError: the device refuses.
        """
        import soxr

        self.name = device.name
        self.overflows = 0
        self._opening = agreed_opening(sd, device, "microphone")
        self._blocks: SimpleQueue[_Block] = SimpleQueue()
        self._position = 0
        self._first_position = 0
        self._start_sample = start_sample
        self._next_position = 0
        self._adc_end_s = 0.0
        self._last_arrival_s = time.monotonic()
        self._resampler = (
            None
            if self._opening.rate_hz == SAMPLE_RATE_HZ
            else soxr.ResampleStream(self._opening.rate_hz, SAMPLE_RATE_HZ, 1, dtype="int16")
        )
        try:
            self._stream = sd.RawInputStream(
                device=device.index,
                samplerate=self._opening.rate_hz,
                channels=self._opening.channels,
                dtype="int16",
                blocksize=round(BLOCK_S * self._opening.rate_hz),
                latency=BUFFER_S,
                callback=self._arrived,
            )
            self._stream.start()
        except (sd.PortAudioError, ValueError) as error:
            raise refused("microphone", device.name, reason_of(error)) from error
        self.latency_s = float(self._stream.latency)

    def _arrived(self, data: Any, frames: int, when: Any, status: Any) -> None:
        """Copy a block into the queue (PortAudio's thread)."""
        began_s = when.inputBufferAdcTime
        if status.input_overflow:
            self.overflows += 1
            gap_s = min(began_s - self._adc_end_s, time.monotonic() - self._last_arrival_s)
            self._position += max(0, round(gap_s * self._opening.rate_hz))
        self._blocks.put(_Block(self._position, bytes(data)))
        self._position += frames
        self._adc_end_s = began_s + frames / self._opening.rate_hz
        self._last_arrival_s = time.monotonic()

    @property
    def has_delivered(self) -> bool:
        """Whether a first block has come."""
        return self._position > 0

    @property
    def silent_for_s(self) -> float:
        """Seconds since the last block came."""
        return time.monotonic() - self._last_arrival_s

    @property
    def clock_sample(self) -> int:
        """Session time of the newest sample delivered, in samples at SAMPLE_RATE_HZ."""
        since = self._position - self._first_position
        return self._start_sample + since * SAMPLE_RATE_HZ // self._opening.rate_hz

    def begin(self, start_sample: int) -> None:
        """Let session time be `start_sample` now; what came before is dropped."""
        self._first_position = self._next_position = self._position
        self._start_sample = start_sample

    def take(self) -> tuple[int, Samples] | None:
        """Wait for the next block.

        The wait is cut into slices, because a recognizer written in C may keep all other threads,
        PortAudio's too, from running for seconds. That uses up one slice, after which the
        callbacks get their chance; only a microphone that is gone leaves all of them empty.

        Returns:
            Samples at SAMPLE_RATE_HZ lost just before it, and its samples at SAMPLE_RATE_HZ
            (fewer or more than the block: a resampler keeps some back); None when nothing came
            for LOST_AFTER_S.
        """
        for _ in range(_SLICES):
            block = self._take(LOST_AFTER_S / _SLICES)
            if block is not None:
                return block
        return None

    def _take(self, timeout_s: float) -> tuple[int, Samples] | None:
        deadline_s = time.monotonic() + timeout_s
        while True:
            try:
                block = self._blocks.get(timeout=max(0.0, deadline_s - time.monotonic()))
            except Empty:
                return None
            if block.position >= self._first_position:
                break
        lost = max(0, block.position - self._next_position)
        mono = self._mono(block.data)
        self._next_position = block.position + len(mono)
        if self._resampler is not None:
            mono = self._resampler.resample_chunk(mono)
        return lost * SAMPLE_RATE_HZ // self._opening.rate_hz, mono

    def _mono(self, data: bytes) -> Samples:
        samples = np.frombuffer(data, np.int16)
        if self._opening.channels == 1:
            return samples
        mean = samples.reshape(-1, self._opening.channels).mean(axis=1)
        return np.asarray(np.round(mean), np.int16)

    def close(self) -> None:
        """Stop at once and free the device; a device that is gone is no error."""
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)
