"""What both PortAudio streams share: rates and channels agreed with a device, errors, quiet.

The module `sounddevice` is handed in by voice.device, the only file that imports it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from voice.audio import SAMPLE_RATE_HZ
from voice.device.choice import DeviceInfo, Role
from voice.errors import DeviceError

BLOCK_S = 0.02
"""What a callback is given: one frame, short enough for the meter, long enough for Python."""
BUFFER_S = 0.06
"""Buffer asked of both devices: three blocks. The loudspeaker's is heard as delay before every
sentence, the microphone's counts in full into its latency as PortAudio reports it on ALSA."""
FALLBACK_RATES_HZ = (48_000, 44_100)
"""Rates that nearly every device offers, tried last."""


@dataclass(frozen=True)
class Opening:
    """A stream that a device agreed to."""

    rate_hz: int
    """Samples per second."""
    channels: int
    """Channels; the microphone's are averaged, the loudspeaker's all get the same."""


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
