"""The loudspeaker: a PortAudio stream whose callback only copies, and what feeds it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, NamedTuple, Self

import numpy as np

from voice.audio import SAMPLE_RATE_HZ, Clip, Samples, resample
from voice.device.portaudio import (
    BLOCK_S,
    BUFFER_S,
    DeviceInfo,
    agreed_opening,
    choose_device,
    list_devices,
    portaudio,
    quiet_libraries,
    refused,
)
from voice.device.timeline import HandedOut
from voice.errors import DeviceError, DeviceLostError

STALLED_AFTER_S = 4.0
"""A loudspeaker that asks for nothing so long is gone; a sound server may take 2 s to start."""
WRITE_AHEAD_S = 0.1
"""It is fed so far ahead of what is heard."""
_POLL_S = 0.005


class _Cued(NamedTuple):
    """A clip ready to be played."""

    source: Clip
    """As it was given."""
    heard: Samples
    """At SAMPLE_RATE_HZ, for the record."""
    played: Samples
    """At the device's rate."""


class _Piece(NamedTuple):
    """A block's length of a clip, or its shorter end; counted in `cued.played`."""

    cued: _Cued
    start: int
    end: int


class LoudspeakerStream:
    """The output stream. Its callback copies from the queued clips and notes what it took.

    Clips are queued in pieces of one block. Taking a piece from the queue is atomic, so that each
    goes either to the callback, to be heard, or to `drop`, to be returned.
    """

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
        self.rate_hz, self._channels = agreed_opening(sd, device, "loudspeaker")
        self._clock = clock
        self._queue: deque[_Piece] = deque()
        self._begun: _Piece | None = None
        self._fading: _Piece | None = None
        self._asked = 0
        self.quiet_from_s = self._last_ask_s = time.monotonic()
        """When the last sample was handed out (time.monotonic)."""
        self._handed_out: SimpleQueue[tuple[_Piece, int, int]] = SimpleQueue()
        self._block = round(BLOCK_S * self.rate_hz)
        try:
            self._stream = sd.RawOutputStream(
                device=device.index,
                samplerate=self.rate_hz,
                channels=self._channels,
                dtype="int16",
                blocksize=self._block,
                latency=BUFFER_S,
                callback=self._wanted,
            )
            self.latency_s = float(self._stream.latency)
            self._stream.start()
        except (sd.PortAudioError, ValueError) as error:
            raise refused("loudspeaker", device.name, error) from error

    def _wanted(self, out: Any, frames: int, when: Any, status: Any) -> None:  # noqa: ARG002
        """Fill a block from the queue (PortAudio's thread)."""
        block = np.zeros(frames, np.int16)
        filled = self._fill(block, 0 if self._clock is None else self._clock())
        self._last_ask_s = time.monotonic()
        if filled:
            self.quiet_from_s = self._last_ask_s + filled / self.rate_hz
        out[:] = np.repeat(block, self._channels).tobytes()
        self._asked += frames

    def _fill(self, block: Samples, clock_sample: int) -> int:
        """Copy what is due into the block and return the count; the end of a dropped clip fades."""
        fading, self._fading = self._fading, None
        filled = 0
        while filled < len(block) and (piece := self._next_piece(fading)) is not None:
            count = min(piece.end - piece.start, len(block) - filled)
            part = piece.cued.played[piece.start : piece.start + count]
            if piece is fading:
                part = (part * np.linspace(1.0, 0.0, count)).astype(np.int16)
                fading = None
            elif piece.start + count < piece.end:
                self._begun = piece._replace(start=piece.start + count)
            block[filled : filled + count] = part
            if self._clock is not None:
                taken = piece._replace(end=piece.start + count)
                self._handed_out.put((taken, filled, clock_sample))
            filled += count
        return filled

    def _next_piece(self, fading: _Piece | None) -> _Piece | None:
        """Return the rest of the piece begun in the block before, what fades, or the next piece."""
        begun, self._begun = self._begun, None
        if begun is not None or fading is not None:
            return begun or fading
        try:
            return self._queue.popleft()
        except IndexError:
            return None

    @property
    def runs(self) -> bool:
        """Whether blocks are asked for at the pace of the device, its buffer being full."""
        return self._asked > (self.latency_s + 2 * BLOCK_S) * self.rate_hz

    @property
    def stalled_s(self) -> float:
        """Seconds since a block was last asked for."""
        return time.monotonic() - self._last_ask_s

    @property
    def waiting(self) -> bool:
        """Whether clips are not yet wholly handed out."""
        return bool(self._queue) or self._begun is not None

    @property
    def queued_s(self) -> float:
        """Seconds of sound queued behind what is playing."""
        return sum(piece.end - piece.start for piece in list(self._queue)) / self.rate_hz

    def cue(self, clip: Clip) -> None:
        """Queue a clip of any rate."""
        played = resample(clip, self.rate_hz).samples
        heard = played if self._clock is None else resample(clip).samples
        cued, count = _Cued(clip, heard, played), len(played)
        self._queue.extend(
            _Piece(cued, at, min(at + self._block, count)) for at in range(0, count, self._block)
        )

    def drop(self) -> list[Clip]:
        """Fall silent and return what was not handed out, to be played again or elsewhere.

        What plays fades out within one block. That block is heard half and therefore returned;
        what the device has in its buffer will be heard whole and is not.
        """
        pieces: list[_Piece] = []
        while self._queue:
            try:
                pieces.append(self._queue.popleft())
            except IndexError:
                break
        if pieces and pieces[0].start:
            self._fading = pieces[0]
        return [
            piece.cued.source.between(piece.start / self.rate_hz, piece.cued.source.duration_s)
            for number, piece in enumerate(pieces)
            if not number or not piece.start
        ]

    def handed_out(self, delay_samples: int) -> list[HandedOut]:
        """Return what was handed out since the last call.

        Args:
            delay_samples: from the newest input sample at the moment of the callback to the
                input sample at which the block is heard.
        """
        parts = []
        while not self._handed_out.empty():
            piece, filled, clock_sample = self._handed_out.get()
            at = clock_sample + delay_samples + self._heard(filled)
            heard, whole = piece.cued.heard, piece.end >= len(piece.cued.played)
            end = len(heard) if whole else self._heard(piece.end)
            parts.append(HandedOut(heard, self._heard(piece.start), end, at))
        return parts

    def _heard(self, count: int) -> int:
        """Return device samples as samples at SAMPLE_RATE_HZ."""
        return count * SAMPLE_RATE_HZ // self.rate_hz

    def close(self) -> None:
        """Stop at once and free the device; a device that is gone is no error."""
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)


class Loudspeaker:
    """A loudspeaker alone: play samples as they are written, at the pace of the device."""

    def __init__(self, speaker: str | None = None) -> None:
        """Name the device: a name, a part of one, an index, or None for the default."""
        self._wanted = speaker
        self._stream: LoudspeakerStream | None = None
        self._resampler: Any = None

    def __enter__(self) -> Self:
        import soxr

        sd = portaudio()
        device = choose_device(list_devices(), self._wanted, "loudspeaker")
        with quiet_libraries():
            self._stream = LoudspeakerStream(sd, device)
        rate_hz = self._stream.rate_hz
        self._resampler = soxr.ResampleStream(SAMPLE_RATE_HZ, rate_hz, 1, dtype="int16")
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        """Let the rest be heard, or be silent at once when something went wrong."""
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
        """Play samples at SAMPLE_RATE_HZ behind what plays; return when they are nearly due.

        Raises:
            DeviceLostError: the loudspeaker asked for nothing for STALLED_AFTER_S.
        """
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
            if stream.stalled_s > STALLED_AFTER_S:
                raise DeviceLostError(f"the loudspeaker {stream.name} has gone; plug it in again")
            time.sleep(_POLL_S)
