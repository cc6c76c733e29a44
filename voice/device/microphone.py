"""A microphone alone, to look at its level."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from voice.audio import SAMPLE_RATE_HZ, Samples
from voice.device.choice import choose_device
from voice.device.input import MicrophoneStream
from voice.device.opening import quiet_libraries
from voice.device.portaudio import list_devices, portaudio
from voice.errors import DeviceLostError

_TRIES = 4
"""A sound server may take 2 s until the first block comes."""


class Microphone:
    """An open microphone; made by `open_microphone`."""

    def __init__(self, stream: MicrophoneStream) -> None:
        self._stream = stream

    @property
    def name(self) -> str:
        """The device's name."""
        return self._stream.name

    def listen(self, duration_s: float) -> Iterator[Samples]:
        """Yield blocks at SAMPLE_RATE_HZ, shape (n,), until `duration_s` seconds were heard.

        Raises:
            DeviceLostError: the microphone gives nothing.
        """
        heard = 0
        while heard < duration_s * SAMPLE_RATE_HZ:
            block = next((b for _ in range(_TRIES) if (b := self._stream.take())), None)
            if block is None:
                raise DeviceLostError(
                    f"the microphone {self.name} opens but gives nothing; plug it in again, or"
                    " choose another with --mic"
                )
            heard += len(block[1])
            yield block[1]


@contextmanager
def open_microphone(mic: str | None = None) -> Iterator[Microphone]:
    """Open a microphone by name, part of one, or index; None for the default.

    Raises:
        DeviceError: there is none, or it refuses.
    """
    sd = portaudio()
    device = choose_device(list_devices(), mic, "microphone")
    with quiet_libraries():
        stream = MicrophoneStream(sd, device, 0)
    try:
        yield Microphone(stream)
    finally:
        with quiet_libraries():
            stream.close()
