"""PortAudio itself, the only file that imports sounddevice: the library, its devices, a new start.

PortAudio tells nothing of devices that come and go: on unplug its callbacks just stop, and only a
new start of the library finds new devices.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from voice.device.choice import DeviceInfo
from voice.device.opening import quiet_libraries
from voice.errors import DeviceError


def _no_word(*_: object) -> None:
    """Take a message of ALSA's and do nothing."""


_SILENT = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)(_no_word)
"""What ALSA calls instead of printing; it must live as long as the library."""


def _hush_alsa() -> None:
    """Keep ALSA's messages ("underrun occurred") off the terminal, also from its own threads."""
    if sys.platform == "linux":
        try:
            ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_SILENT)
        except (OSError, AttributeError):
            return


def portaudio() -> Any:
    """Return the module sounddevice.

    Raises:
        DeviceError: the PortAudio library is not installed.
    """
    _hush_alsa()
    try:
        import sounddevice
    except OSError as error:
        raise DeviceError(
            "the PortAudio library is missing; install it (`sudo apt install libportaudio2`,"
            " `sudo dnf install portaudio`), or use --text or --candidate FILE"
        ) from error
    return sounddevice


def restart(sd: Any) -> None:
    """Start PortAudio anew, which closes all streams and finds the devices of this moment."""
    with quiet_libraries():
        sd._terminate()
        sd._initialize()


def list_devices() -> tuple[DeviceInfo, ...]:
    """Return all sound devices; none is no error.

    Raises:
        DeviceError: the PortAudio library is not installed.
    """
    sd = portaudio()
    hosts = sd.query_hostapis()
    default_input, default_output = _defaults(sd, hosts)
    return tuple(
        DeviceInfo(
            index=int(device["index"]),
            name=str(device["name"]),
            inputs=int(device["max_input_channels"]),
            outputs=int(device["max_output_channels"]),
            default_rate_hz=round(device["default_samplerate"]),
            host=str(hosts[device["hostapi"]]["name"]),
            is_default_input=device["index"] == default_input,
            is_default_output=device["index"] == default_output,
        )
        for device in sd.query_devices()
    )


def _defaults(sd: Any, hosts: Any) -> tuple[int, int]:
    """Return the indices of the default microphone and loudspeaker, -1 for none."""
    inputs, outputs = sd.default.device
    if inputs < 0 and hosts:
        inputs = hosts[0]["default_input_device"]
    if outputs < 0 and hosts:
        outputs = hosts[0]["default_output_device"]
    return int(inputs), int(outputs)
