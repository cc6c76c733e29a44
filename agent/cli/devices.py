"""`rehearse devices`: microphones and loudspeakers, as --mic and --speaker name them."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

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
    from voice.ports.device.portaudio import list_devices

    devices = list_devices()
    if args.json:
        print(json.dumps([asdict(device) for device in devices], ensure_ascii=False, indent=1))
        return 0
    for role in ("microphone", "loudspeaker"):
        able = [device for device in devices if device.fills(role)]
        told = "* is used when none is named" if able else "none found; plug one in, or use --text"
        print(f"{role.capitalize()}s: {told}")
        for device in able:
            mark = "*" if device.is_default(role) else " "
            rest = f"  {device.default_rate_hz} Hz  {device.host}"
            print(f"{mark} {device.index:>3}  {_cut(device.name, _WIDTH - len(rest) - 7)}{rest}")
    if devices:
        print("A part of the name is enough: rehearse run BRIEF --mic NAME --speaker NAME")
    return 0


def _cut(name: str, length: int) -> str:
    return name if len(name) <= length else name[: length - 1] + "…"
