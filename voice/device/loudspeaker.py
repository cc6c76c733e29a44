"""A loudspeaker alone, to hear a recording or a simulated room."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import numpy as np

from voice.audio import SAMPLE_RATE_HZ, Clip, Samples
from voice.device.choice import choose_device
from voice.device.opening import quiet_libraries
from voice.device.output import LoudspeakerStream
from voice.device.portaudio import list_devices, portaudio
from voice.errors import DeviceError, DeviceLostError

STALLED_AFTER_S = 4.0
"""A loudspeaker that asks for nothing so long is gone; a sound server may take 2 s to start."""
WRITE_AHEAD_S = 0.1
"""It is fed so far ahead of what is heard."""
_POLL_S = 0.005


class Loudspeaker:
    """Play samples as they are written, at the pace of the device; a context manager."""

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
        self._resampler = soxr.ResampleStream(
            SAMPLE_RATE_HZ, self._stream.rate_hz, 1, dtype="int16"
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
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
