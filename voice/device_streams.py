"""One PortAudio stream each way: callbacks that only copy, and what reads and feeds them.

The module `sounddevice` is handed in by voice.device, the only file that imports it.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

import numpy as np

from voice.audio import SAMPLE_RATE_HZ, Clip, Samples, resample
from voice.device_choice import DeviceInfo, Role
from voice.errors import DeviceError
from voice.speaker_timeline import HandedOut

BLOCK_S = 0.02
"""What a callback is given: one frame, short enough for the meter, long enough for Python."""
MICROPHONE_BUFFER_S = 0.06
"""Buffer asked of the microphone. It delays nothing (blocks come as they are full), and no sample
is lost while another thread keeps Python busy for a tenth of a second."""
LOUDSPEAKER_BUFFER_S = 0.06
"""Buffer asked of the loudspeaker. All of it is heard as delay before every sentence."""
FALLBACK_RATES_HZ = (48_000, 44_100)
"""Rates that nearly every device offers, tried last."""


@dataclass(frozen=True)
class Opening:
    """A stream that a device agreed to."""

    rate_hz: int
    """Samples per second."""
    channels: int
    """Channels; the microphone's are averaged, the loudspeaker's all get the same."""


@dataclass(frozen=True, eq=False)
class _Block:
    """What one input callback delivered."""

    position: int
    """Device samples before it since the stream was opened, lost ones included."""
    data: bytes
    """16-bit samples, channels interleaved."""


def agreed_opening(sd: Any, device: DeviceInfo, role: Role) -> Opening:
    """Return rate and channels that the device offers.

    One channel is preferred. A microphone is asked for 16 kHz first, what frames need; a
    loudspeaker for its own rate first, because a voice at 16 kHz sounds dull.

    Raises:
        DeviceError: it offers none.
    """
    own = device.default_rate_hz
    rates = (SAMPLE_RATE_HZ, own) if role == "microphone" else (own, SAMPLE_RATE_HZ)
    check = sd.check_input_settings if role == "microphone" else sd.check_output_settings
    most = device.inputs if role == "microphone" else device.outputs
    reason = "no rate tried"
    for channels in sorted({1, min(2, most), min(8, most)}):
        for rate_hz in (*rates, *FALLBACK_RATES_HZ):
            try:
                check(device=device.index, channels=channels, dtype="int16", samplerate=rate_hz)
            except (sd.PortAudioError, ValueError) as error:
                reason = reason_of(error)
                continue
            return Opening(rate_hz, channels)
    raise refused(role, device.name, reason)


def refused(role: Role, name: str, reason: str) -> DeviceError:
    """Return the error for a device that does not open."""
    option = "--mic" if role == "microphone" else "--speaker"
    return DeviceError(
        f"the {role} {name} does not open ({reason}); close what else uses it, or choose another"
        f" with {option} (`rehearse devices` lists them)"
    )


def reason_of(error: Exception) -> str:
    """Return PortAudio's message without its preamble, in one line."""
    text = str(error.args[0] if error.args else error)
    return " ".join(text.removeprefix("Error opening RawInputStream: ").split())


class Microphone:
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
                latency=MICROPHONE_BUFFER_S,
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

    def take(self, timeout_s: float) -> tuple[int, Samples] | None:
        """Wait for the next block.

        Returns:
            Samples at SAMPLE_RATE_HZ lost just before it, and its samples at SAMPLE_RATE_HZ
            (fewer or more than the block: a resampler keeps some back); None after `timeout_s`.
        """
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


@dataclass(frozen=True, eq=False)
class _Cued:
    """A clip ready to be played."""

    source: Clip
    """As it was given."""
    heard: Samples
    """At SAMPLE_RATE_HZ, for the record."""
    played: Samples
    """At the device's rate."""


class Loudspeaker:
    """The output stream. Its callback copies from the queued clips and notes what it took."""

    def __init__(self, sd: Any, device: DeviceInfo, clock: Callable[[], int]) -> None:
        """Open and start the stream, silent at first.

        Args:
            sd: the module sounddevice.
            device: where to play.
            clock: returns the session time of the newest input sample; called in the callback.

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
                latency=LOUDSPEAKER_BUFFER_S,
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
        clock_sample = self._clock()
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
    def quiet_from_s(self) -> float:
        """When the last sample was handed out (time.monotonic)."""
        return self._quiet_from_s

    def cue(self, clip: Clip) -> None:
        """Queue a clip of any rate."""
        if len(clip.samples):
            played = resample(clip, self._opening.rate_hz).samples
            self._queue.append(_Cued(clip, resample(clip).samples, played))

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
