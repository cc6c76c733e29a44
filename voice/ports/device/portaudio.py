"""PortAudio itself, the only file that imports sounddevice: its devices, the choice of one.

On unplug its callbacks just stop, and only a new start of the library finds new devices.
"""

import ctypes
import os
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Literal

from voice.audio.clip import SAMPLE_RATE_HZ
from voice.errors import DeviceError

BLOCK_S, BUFFER_S = 0.02, 0.06
"""A callback is given one frame; devices buffer three, heard as delay before every sentence."""
FALLBACK_RATES_HZ = (48_000, 44_100, 96_000, 16_000, 8_000)
"""Rates that nearly every device offers one of, tried last."""
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′`", "'"))

Role = Literal["microphone", "loudspeaker"]


@dataclass(frozen=True)
class DeviceInfo:
    """One sound device as PortAudio sees it."""

    index: int
    """It may change when something is plugged in."""
    name: str
    inputs: int
    """Microphone channels, 0 for none."""
    outputs: int
    """Loudspeaker channels, 0 for none."""
    default_rate_hz: int
    host: str
    """The sound system that offers it: ALSA, Core Audio, Windows WASAPI…"""
    is_default_input: bool
    is_default_output: bool

    def fills(self, role: Role) -> bool:
        """Tell whether the device has channels for the role."""
        return (self.inputs if role == "microphone" else self.outputs) > 0

    def is_default(self, role: Role) -> bool:
        """Tell whether the device is used when none is named."""
        return self.is_default_input if role == "microphone" else self.is_default_output


_SILENT = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)(lambda *_: None)
"""What ALSA calls instead of printing; it must live as long as the library."""


def portaudio() -> Any:
    """Return the module sounddevice, or raise DeviceError where PortAudio is not installed."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_SILENT)
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


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Keep ALSA's and PortAudio's own messages off the terminal while devices are opened."""
    try:
        saved = os.dup(2)
        null = os.open(os.devnull, os.O_WRONLY)
    except OSError:
        yield
        return
    try:
        os.dup2(null, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(null)


def list_devices() -> tuple[DeviceInfo, ...]:
    """Return all sound devices; none is no error, no PortAudio a DeviceError."""
    sd = portaudio()
    hosts = sd.query_hostapis()
    default_input, default_output = sd.default.device
    if default_input < 0 and hosts:
        default_input = hosts[0]["default_input_device"]
    if default_output < 0 and hosts:
        default_output = hosts[0]["default_output_device"]
    return tuple(
        DeviceInfo(
            index=int(device["index"]),
            name=str(device["name"]),
            inputs=int(device["max_input_channels"]),
            outputs=int(device["max_output_channels"]),
            default_rate_hz=round(device["default_samplerate"]),
            host=str(hosts[device["hostapi"]]["name"]),
            is_default_input=bool(device["index"] == default_input),
            is_default_output=bool(device["index"] == default_output),
        )
        for device in sd.query_devices()
    )


def choose_device(devices: tuple[DeviceInfo, ...], wanted: str | None, role: Role) -> DeviceInfo:
    """Return the device that `wanted` names, or the default one for None or "".

    An index wins, then the whole name, then a part of it. One name offered by several sound
    systems is one device: the default one's system is taken. DeviceError for none and several.
    """
    able = [device for device in devices if device.fills(role)]
    if not able:
        instead = "--text or --candidate FILE" if role == "microphone" else "--text"
        raise DeviceError(
            f"no {role} found; plug one in and check with `rehearse devices`, or use {instead}"
        )
    default = next((device for device in able if device.is_default(role)), able[0])
    key = _plain(wanted or "")
    if not key:
        return default
    found = (
        [device for device in able if key == str(device.index)]
        or [device for device in able if key == _plain(device.name)]
        or [device for device in able if key in _plain(device.name)]
    )
    names = {device.name for device in found}
    if len(names) == 1:
        return next((device for device in found if device.host == default.host), found[0])
    what = f"several {role}s match" if names else f"no {role} matches"
    listed = ", ".join(sorted(names or {device.name for device in able}))
    raise DeviceError(f"{what} {wanted!r}: {listed}; name one of them, see `rehearse devices`")


def _plain(name: str) -> str:
    composed = unicodedata.normalize("NFC", name).translate(_APOSTROPHES)
    return " ".join(composed.casefold().split())


def find_device(wanted: str | None, role: Role) -> tuple[Any, DeviceInfo]:
    """Return the module sounddevice and the device that `wanted` names, as choose_device does."""
    return portaudio(), choose_device(list_devices(), wanted, role)


def fallbacks(
    devices: tuple[DeviceInfo, ...], wanted: dict[Role, str | None]
) -> list[dict[Role, str | None]]:
    """Return what to try instead of devices that do not come back, best first."""
    listed = dict(wanted)
    for role, name in wanted.items():
        try:
            choose_device(devices, name, role)
        except DeviceError:
            listed[role] = None
    default: dict[Role, str | None] = dict.fromkeys(wanted)
    found = [choice for choice in (listed, default) if choice != wanted]
    return found[:1] if listed == default else found


class Stream:
    """A stream of one device; a subclass sets itself up, then calls `_start`."""

    role: Role

    def __init__(self, sd: Any, device: DeviceInfo) -> None:
        self.name = device.name
        self.rate_hz, self._channels = _agreed(sd, device, self.role)
        self._last_call_s = time.monotonic()

    @property
    def silent_for_s(self) -> float:
        """Seconds since the device last called back."""
        return time.monotonic() - self._last_call_s

    def _start(self, sd: Any, device: DeviceInfo, callback: Callable[..., None]) -> None:
        stream = sd.RawInputStream if self.role == "microphone" else sd.RawOutputStream
        try:
            self._stream = stream(
                device=device.index,
                samplerate=self.rate_hz,
                channels=self._channels,
                dtype="int16",
                blocksize=round(BLOCK_S * self.rate_hz),
                latency=BUFFER_S,
                callback=callback,
            )
            self.latency_s = float(self._stream.latency)
            self._stream.start()
        except (sd.PortAudioError, ValueError) as error:
            raise _refused(self.role, device.name, error) from error

    def close(self) -> None:
        """Stop at once and free the device; a device that is gone is no error."""
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)


def _agreed(sd: Any, device: DeviceInfo, role: Role) -> tuple[int, int]:
    """Return a rate in Hz and channels that the device offers, or raise DeviceError.

    One channel and 16 kHz for a microphone; its own rate for a loudspeaker, as 16 kHz is dull.
    """
    own = device.default_rate_hz
    if role == "microphone":
        check, most, rates = sd.check_input_settings, device.inputs, (SAMPLE_RATE_HZ, own)
    else:
        check, most, rates = sd.check_output_settings, device.outputs, (own, SAMPLE_RATE_HZ)
    refusal = Exception("no rate tried")
    # Some devices open with all of their channels only: a studio interface has 18.
    for channels in sorted({1, min(2, most), min(8, most), most}):
        for rate_hz in (*rates, *FALLBACK_RATES_HZ):
            try:
                check(device=device.index, channels=channels, dtype="int16", samplerate=rate_hz)
            except (sd.PortAudioError, ValueError) as error:
                refusal = error
                continue
            return rate_hz, channels
    raise _refused(role, device.name, refusal)


def _refused(role: Role, name: str, error: Exception) -> DeviceError:
    said = str(error.args[0] if error.args else error)
    reason = " ".join(said.removeprefix("Error opening RawInputStream: ").split())
    option = "--mic" if role == "microphone" else "--speaker"
    return DeviceError(
        f"the {role} {name} does not open ({reason}); close what else uses it, or choose another"
        f" with {option} (`rehearse devices` lists them)"
    )
