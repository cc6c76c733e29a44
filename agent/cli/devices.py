"""`rehearse devices`: microphones and loudspeakers, as --mic and --speaker name them."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voice.device.portaudio import DeviceInfo, Role

_WIDTH = 80


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "devices",
        help="list microphones and loudspeakers",
        description="List microphones and loudspeakers by the names that --mic and --speaker take;"
        " * marks the ones used when none is named.",
    )
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the devices."""
    from voice.device.portaudio import list_devices

    devices = list_devices()
    if args.json:
        print(json.dumps([asdict(device) for device in devices], ensure_ascii=False, indent=1))
        return 0
    _show("Microphones", devices, "microphone")
    print()
    _show("Loudspeakers", devices, "loudspeaker")
    if devices:
        print("\nA part of the name is enough: rehearse run BRIEF --mic NAME --speaker NAME")
    return 0


def _show(title: str, devices: tuple[DeviceInfo, ...], role: Role) -> None:
    able = [device for device in devices if device.fills(role)]
    if not able:
        print(f"{title}: none found; plug one in, or use --text or --candidate FILE.")
        return
    print(f"{title} (* is used when none is named)")
    for device in able:
        mark = "*" if device.is_default(role) else " "
        rest = f"  {device.default_rate_hz} Hz  {device.host}"
        room = _WIDTH - len(rest) - 7
        name = device.name if len(device.name) <= room else device.name[: room - 1] + "…"
        print(f"{mark} {device.index:>3}  {name}{rest}")
