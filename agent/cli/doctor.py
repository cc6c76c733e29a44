"""`rehearse doctor`: what works here, and what to do about the rest; `rehearse devices`."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from agent import doctor
from agent.cli.options import add_devices as add_device_options
from agent.cli.options import add_flags, add_json, describe, show
from agent.cli.screen import meter
from agent.console import WIDTH, say, shortened
from agent.doctor import Check, possible
from agent.room_check import hear_room, judge_room
from voice.audio.clip import level_dbfs
from voice.ports.device.microphone import open_microphone
from voice.ports.device.portaudio import DeviceInfo, Role, list_devices

_INDENT = 20
_LISTENS_S = 3.0
_HEARD = "You will hear a sentence; please be quiet meanwhile (--no-sound leaves it out)."


def add_doctor(parser: argparse.ArgumentParser) -> None:
    """Declare `rehearse doctor`."""
    describe(
        parser,
        run,
        "Look at every part, listen to the microphone, and say what to do. Ends with 0 when an"
        " interview is possible in some form.",
    )
    proof = "prove that nothing connects: speak, recognize and analyze with the network blocked"
    add_flags(parser, offline=proof)
    add_device_options(parser)
    parser.add_argument(
        "--sound",
        action=argparse.BooleanOptionalAction,
        help="play a sentence, measure what the microphone hears of it, and say which of"
        " headphones, loudspeaker and --half-duplex fits (default: only where the output is a"
        " terminal)",
    )
    add_json(parser)


def add_devices(parser: argparse.ArgumentParser) -> None:
    """Declare `rehearse devices`."""
    describe(
        parser,
        run_devices,
        "List microphones and loudspeakers by the names that --mic and --speaker take; * marks the"
        " ones used when none is named.",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Check everything, a line as each result is known."""
    checks: list[Check] = []
    measured: dict[str, Any] = {}
    for check in _checks(args, measured):
        checks.append(check)
        if not args.json:
            _show(check)
    able = possible(checks)
    if args.json:
        document = {"possible": able, "checks": [asdict(check) for check in checks], **measured}
        print(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        print(f"\n{_verdict(checks, able)}")
    return 0 if able else 1


def _checks(args: argparse.Namespace, measured: dict[str, Any]) -> Iterator[Check]:
    """Yield each result as it is known; figures for --json go into `measured`."""
    sound = doctor.attempt("sound", doctor.check_devices)
    yield sound
    heard = sound.state == "ok"
    if heard:
        microphone = doctor.attempt("microphone", lambda: _listen(args))
        heard = microphone.state != "missing"
        yield microphone
    if heard and (sys.stdout.isatty() if args.sound is None else args.sound):
        yield doctor.attempt("room", lambda: _room(args, measured))
    yield doctor.attempt("recognizer", doctor.check_recognizer)
    yield doctor.attempt("voice", doctor.check_voice)
    if not args.offline:
        yield doctor.check_interviewer()
    yield doctor.check_recordings()
    if args.offline:
        yield doctor.attempt("offline", doctor.check_offline)


def _listen(args: argparse.Namespace) -> Check:
    """Listen to the microphone, with a meter where the output is a terminal."""
    live = sys.stdout.isatty() and not args.json
    blocks = []
    with open_microphone(args.mic) as microphone:
        for block in microphone.listen(_LISTENS_S):
            blocks.append(block)
            if live:
                print(f"\rSay a sentence now  {meter(level_dbfs(block))}", end="", flush=True)
    if live:
        print("\r" + " " * (WIDTH - 1) + "\r", end="", flush=True)
    return doctor.judge_level(np.concatenate(blocks), microphone.name)


def _room(args: argparse.Namespace, measured: dict[str, Any]) -> Check:
    """Measure the echo, having said what will be heard."""
    print(_HEARD, file=sys.stderr if args.json else sys.stdout, flush=True)
    room = hear_room(args.mic, args.speaker)
    measured["room"] = asdict(room) | {"mode": room.mode}
    return judge_room(room)


def _show(check: Check) -> None:
    mark = {"ok": "ok", "better": "!", "missing": "no"}[check.state]
    later = " " * _INDENT
    say(check.found, f"{mark:<3} {check.name:<{_INDENT - 5}} ", later, whole=True)
    if check.remedy:
        say(check.remedy, f"{later}-> ", later, whole=True)


def _verdict(checks: list[Check], able: bool) -> str:
    if not able:
        return "No interview is possible until the lines marked no are fixed."
    lost = {check.name for check in checks if check.state == "missing"}
    if lost & {"sound", "microphone", "recognizer", "voice"}:
        return "You can rehearse with the keyboard: rehearse run BRIEF --text"
    return "You can rehearse: rehearse run BRIEF"


def run_devices(args: argparse.Namespace) -> int:
    """Print the devices."""
    devices = list_devices()
    return show(args, [asdict(device) for device in devices], _listed(devices))


def _listed(devices: Sequence[DeviceInfo]) -> Iterator[str]:
    roles: tuple[Role, ...] = ("microphone", "loudspeaker")
    for role in roles:
        able = [device for device in devices if device.fills(role)]
        told = "* is used when none is named" if able else "none found; plug one in, or use --text"
        yield f"{role.capitalize()}s: {told}"
        for device in able:
            mark = "*" if device.is_default(role) else " "
            rest = f"  {device.default_rate_hz} Hz  {device.host}"
            yield f"{mark} {device.index:>3}  {shortened(device.name, WIDTH - len(rest) - 7)}{rest}"
    if devices:
        yield "A part of the name is enough: rehearse run BRIEF --mic NAME --speaker NAME"
