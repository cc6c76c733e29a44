"""Sound devices as values, and the choice of one by name, part of a name, or index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from voice.errors import DeviceError

Role = Literal["microphone", "loudspeaker"]


@dataclass(frozen=True)
class DeviceInfo:
    """One sound device as PortAudio sees it."""

    index: int
    """PortAudio's number; it may change when something is plugged in."""
    name: str
    """The name to give to `--mic` and `--speaker`; a part of it is enough."""
    inputs: int
    """Microphone channels, 0 for none."""
    outputs: int
    """Loudspeaker channels, 0 for none."""
    default_rate_hz: int
    """The rate that the device itself prefers, in samples per second."""
    host: str
    """The sound system that offers it: ALSA, Core Audio, Windows WASAPI…"""
    is_default_input: bool
    """Whether it is the microphone used when none is named."""
    is_default_output: bool
    """Whether it is the loudspeaker used when none is named."""

    def fills(self, role: Role) -> bool:
        """Tell whether the device has channels for the role."""
        return (self.inputs if role == "microphone" else self.outputs) > 0

    def is_default(self, role: Role) -> bool:
        """Tell whether the device is used when none is named."""
        return self.is_default_input if role == "microphone" else self.is_default_output


def choose_device(devices: tuple[DeviceInfo, ...], wanted: str | None, role: Role) -> DeviceInfo:
    """Return the device that `wanted` names, or the default one for None or "".

    An index wins, then the whole name, then a part of it; case does not count. One name offered
    by several sound systems (Windows lists each device up to four times) is one device: the one
    of the default device's sound system is taken.

    Raises:
        DeviceError: no device fits, or several do; the message lists them.
    """
    able = tuple(device for device in devices if device.fills(role))
    if not able:
        raise DeviceError(f"no {role} found; {_without(role)}, then check with `rehearse devices`")
    host = next((device.host for device in able if device.is_default(role)), able[0].host)
    if wanted is None or not wanted.strip():
        return next((device for device in able if device.is_default(role)), able[0])
    found = _matching(able, wanted.strip())
    names = {device.name for device in found}
    if len(names) == 1:
        return next((device for device in found if device.host == host), found[0])
    what = f"several {role}s match" if names else f"no {role} matches"
    listed = ", ".join(sorted(names or {device.name for device in able}))
    raise DeviceError(
        f"{what} {wanted!r}: {listed}; name one of them, see `rehearse devices`",
    )


def fallbacks(
    devices: tuple[DeviceInfo, ...], wanted: dict[Role, str | None]
) -> list[dict[Role, str | None]]:
    """Return what to try instead of devices that do not come back, best first.

    The default one for what is not listed any more, then for both: a device may be listed and
    give nothing.
    """
    listed: dict[Role, str | None] = {
        role: name if _is_listed(devices, name, role) else None for role, name in wanted.items()
    }
    default: dict[Role, str | None] = dict.fromkeys(wanted)
    found = [choice for choice in (listed, default) if choice != wanted]
    return found[:1] if listed == default else found


def _is_listed(devices: tuple[DeviceInfo, ...], wanted: str | None, role: Role) -> bool:
    try:
        choose_device(devices, wanted, role)
    except DeviceError:
        return False
    return True


def _matching(able: tuple[DeviceInfo, ...], wanted: str) -> tuple[DeviceInfo, ...]:
    if wanted.isdecimal():
        by_index = tuple(device for device in able if device.index == int(wanted))
        if by_index:
            return by_index
    key = wanted.casefold()
    whole = tuple(device for device in able if device.name.casefold() == key)
    return whole or tuple(device for device in able if key in device.name.casefold())


def _without(role: Role) -> str:
    if role == "microphone":
        return "plug one in, or use --text or --candidate FILE instead of a voice"
    return "plug one in, or do without: run --text, replay --list"
