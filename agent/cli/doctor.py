"""`rehearse doctor`: what works here, and what to do about the rest."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agent.doctor import Check

_WIDTH = 80
_INDENT = 20
# A path is never broken, so that it can be copied.
_WRAPPER = textwrap.TextWrapper(
    _WIDTH, subsequent_indent=" " * _INDENT, break_long_words=False, break_on_hyphens=False
)
_HEARD = "You will hear a sentence; please be quiet meanwhile (--no-sound leaves it out)."


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "doctor",
        help="look at every part and say what to do",
        description="Look at every part, listen to the microphone, and say what to do. Ends with 0"
        " when an interview is possible in some form.",
    )
    parser.add_argument(
        "--offline",
        action="store_true",
        help="prove that nothing connects: speak, recognize and analyze with the network blocked",
    )
    parser.add_argument("--mic", metavar="NAME", help="microphone, by name or part of it")
    parser.add_argument("--speaker", metavar="NAME", help="loudspeaker, by name or part of it")
    parser.add_argument(
        "--seconds", type=_seconds, default=3.0, help="how long to listen (default 3; 0: not)"
    )
    parser.add_argument(
        "--sound",
        action=argparse.BooleanOptionalAction,
        help="play a sentence, measure what the microphone hears of it, and say which of"
        " headphones, loudspeaker and --half-duplex fits (default: only where the output is a"
        " terminal)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check everything, a line as each result is known."""
    from agent.doctor import possible

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
    from agent import doctor

    yield doctor.check_python()
    sound = doctor.attempt("sound", doctor.check_devices)
    yield sound
    heard = sound.state == "ok"
    if heard and args.seconds:
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
    import numpy as np

    from agent.cli.screen import meter
    from agent.doctor import judge_level
    from voice.audio.clip import level_dbfs
    from voice.ports.device.microphone import open_microphone

    live = sys.stdout.isatty() and not args.json
    blocks = []
    with open_microphone(args.mic) as microphone:
        for block in microphone.listen(args.seconds):
            blocks.append(block)
            if live:
                print(f"\rSay a sentence now  {meter(level_dbfs(block))}", end="", flush=True)
    if live:
        print("\r" + " " * (_WIDTH - 1) + "\r", end="", flush=True)
    return judge_level(np.concatenate(blocks), microphone.name)


def _room(args: argparse.Namespace, measured: dict[str, Any]) -> Check:
    """Measure the echo, having said what will be heard."""
    from agent.room_check import hear_room, judge_room

    print(_HEARD, file=sys.stderr if args.json else sys.stdout, flush=True)
    room = hear_room(args.mic, args.speaker)
    measured["room"] = asdict(room) | {"mode": room.mode}
    return judge_room(room)


def _show(check: Check) -> None:
    mark = {"ok": "ok", "better": "!", "missing": "no"}[check.state]
    lines = [f"{mark:<3} {check.name:<{_INDENT - 5}} {check.found}"]
    if check.remedy:
        lines.append(f"{'':<{_INDENT}}-> {check.remedy}")
    for line in lines:
        print(_WRAPPER.fill(line), flush=True)


def _verdict(checks: list[Check], able: bool) -> str:
    if not able:
        return "No interview is possible until the lines marked no are fixed."
    lost = {check.name for check in checks if check.state == "missing"}
    if lost & {"sound", "microphone", "recognizer", "voice"}:
        return "You can rehearse with the keyboard: rehearse run BRIEF --text"
    return "You can rehearse: rehearse run BRIEF"


def _seconds(text: str) -> float:
    with suppress(ValueError):
        if 0 <= float(text) <= 60:
            return float(text)
    raise argparse.ArgumentTypeError("0 to 60 seconds")
