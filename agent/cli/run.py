"""`rehearse run BRIEF`: the spoken mock interview; `rehearse demo`: one without a microphone."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from agent.brief import Brief
from agent.brief.read import read_brief
from agent.cli.interview import Summary, hold_and_show, loaded
from agent.cli.options import (
    PLAY,
    add_devices,
    add_engines,
    add_flags,
    add_out,
    describe,
    engines,
    output_parent,
)
from agent.cli.setup import require_models
from agent.config import demo_dir, sample_briefs_dir
from agent.console import say, waiting
from agent.errors import RehearseError
from agent.interview.demo import DemoCandidate, read_manifest
from agent.interview.rehearsal import Audience
from agent.interview.start import Stage, Wish, hold_spoken, hold_typed, spoken_stage, typed_stage
from agent.session.in_use import MicrophoneLock
from agent.session.settings import Settings
from agent.session.turns import Move
from voice.ports.device.loudspeaker import Loudspeaker
from voice.ports.device.port import DevicePort
from voice.ports.room import Candidate, RoomPort, recorded
from voice.turns.talk import ChannelEvent, Heard, Level

ONE_WAY = "like a recorded interview: 5 questions, 30 s to prepare, 2 min to answer each"


def add_run(parser: argparse.ArgumentParser) -> None:
    """Declare the command."""
    describe(parser, run, "Hold a spoken mock interview on your brief, then write the report.")
    add_interview_options(parser)


def add_interview_options(parser: argparse.ArgumentParser) -> None:
    """Declare an interview on a brief."""
    parser.add_argument("brief", metavar="BRIEF", help="your brief; - for standard input")
    add_length_options(parser)
    add_holding_options(parser)


def add_length_options(parser: argparse.ArgumentParser) -> None:
    """Declare how long an interview is, and how much of it the person may ask in."""
    parser.add_argument("--minutes", type=_minutes, default=20.0, help="length (default 20)")
    parser.add_argument("--questions", type=_count, help="number of questions")
    parser.add_argument(
        "--own-questions",
        type=_own_minutes,
        metavar="MINUTES",
        help="kept for your own questions (default 5 where --minutes is 30 or more; 0 for none)",
    )


def add_holding_options(parser: argparse.ArgumentParser) -> None:
    """Declare how an interview is held: by which recognizer and voice, and where it is kept."""
    add_flags(
        parser,
        text="type instead of speaking",
        one_way=ONE_WAY,
        strict="cut in politely where an answer takes twice the advised time",
        realtime="let recorded answers take their time",
        play=PLAY,
        half_duplex="never listen while the interviewer speaks (loud rooms and loudspeakers)",
    )
    add_panel_option(parser)
    answers = "recorded answers instead of the microphone, one per turn"
    parser.add_argument("--candidate", nargs="+", metavar="FILE", help=answers)
    add_devices(parser)
    add_engines(parser)
    add_out(parser, "folder for the session's folder")


def add_panel_option(parser: argparse.ArgumentParser) -> None:
    """Declare who interviews."""
    several = "several interviewers, each with a voice (default: whom the brief names)"
    parser.add_argument(
        "--panel", action=argparse.BooleanOptionalAction, default=None, help=several
    )


def run(args: argparse.Namespace) -> int:
    """Hold the interview and show its results."""
    return hold(args, stage_of(args, wish_of(args, brief_of(args))))


def brief_of(args: argparse.Namespace) -> Brief:
    """Read the brief of an interview; the answers cannot come from the same place."""
    if args.brief == "-" and args.text:
        raise RehearseError(
            "the brief and the answers cannot both come from standard input; give the brief as a"
            " file"
        )
    return read_brief(args.brief)


def wish_of(args: argparse.Namespace, brief: Brief) -> Wish:
    """Return the interview that the options ask for."""
    settings = Settings(
        minutes=args.minutes,
        questions=args.questions,
        half_duplex=args.half_duplex,
        strict=args.strict,
        one_way=args.one_way,
        own_questions_min=args.own_questions,
    )
    return Wish(
        brief,
        output_parent(args.out),
        settings,
        engines=engines(args),
        panel=args.panel,
        live=not args.candidate or args.realtime,
    )


def stage_of(args: argparse.Namespace, wish: Wish) -> Stage:
    """Choose the engines of an interview, typed or spoken as the options say."""
    if args.text:
        with waiting("Trying the local model, if there is one ..."):
            return typed_stage(wish)
    require_models(args.stt, args.tts)
    return loaded(lambda: spoken_stage(wish))


def hold(args: argparse.Namespace, stage: Stage, summary: Summary | None = None) -> int:
    """Hold an interview as the options say and show its results; return the exit code.

    `summary` prints the results, None for the usual summary.
    """

    def held(stage: Stage, audience: list[Audience]) -> None:
        if args.text:
            hold_typed(stage, sys.stdin, audience)
        elif args.candidate:
            answers = recorded(Path(name).expanduser() for name in args.candidate)
            with simulated(answers, args) as room:
                hold_spoken(stage, room, [*audience, Manners(room)])
        else:
            # Opened before the session is: without devices nothing is left behind.
            with DevicePort(args.mic, args.speaker) as port:
                say(f"Microphone {port.mic_name}, loudspeaker {port.speaker_name}.")
                hold_spoken(stage, port, audience)

    alone = args.text or args.candidate
    with nullcontext() if alone else microphone_held(stage.folder):
        return hold_and_show(stage, held, summary, keys=not args.text, stt=args.stt)


@contextmanager
def microphone_held(folder: Path) -> Iterator[None]:
    """Hold the microphone for a session; RehearseError where another interview has it."""
    with MicrophoneLock() as lock:
        if holder := lock.take(str(folder)):
            raise RehearseError(f"the microphone is in use by {holder}; end that one first")
        yield


def _minutes(text: str) -> float:
    return _number(text, 180, "1 to 180 minutes")


def _own_minutes(text: str) -> float:
    return 0.0 if text == "0" else _number(text, 60, "0, or 1 to 60 minutes")


def _count(text: str) -> int:
    return int(_number(text if text.isdecimal() else "", 50, "1 to 50 questions"))


def _number(text: str, most: float, allowed: str) -> float:
    """Return the number of an option, which is from 1 to `most`."""
    with suppress(ValueError):
        if 1 <= float(text) <= most:
            return float(text)
    raise argparse.ArgumentTypeError(allowed)


def add_demo(parser: argparse.ArgumentParser) -> None:
    """Declare `rehearse demo`."""
    what = "Interview a recorded candidate about a sample brief, then write the report."
    describe(parser, run_demo, what)
    add_flags(parser, realtime="take the time it really takes", play=PLAY)
    add_devices(parser, "speaker")
    add_engines(parser)
    add_out(parser, "folder for the session's folder")


def run_demo(args: argparse.Namespace) -> int:
    """Hold the demo interview and show its results."""
    brief = read_brief(str(sample_briefs_dir() / read_manifest(demo_dir()).brief))
    candidate = DemoCandidate(demo_dir(), brief)
    wish = Wish(
        brief,
        output_parent(args.out),
        Settings(minutes=20.0, demo=True),
        only=candidate.questions,
        engines=engines(args) | {"interviewer": args.interviewer or "rules"},
    )

    def hold(stage: Stage, audience: list[Audience]) -> None:
        with simulated(candidate, args) as port:
            hold_spoken(stage, port, [*audience, candidate])

    require_models(args.stt, args.tts)
    stage = loaded(lambda: spoken_stage(wish))
    return hold_and_show(stage, hold, keys=args.realtime, stt=args.stt)


class Manners:
    """Tell a recorded candidate what sound alone cannot tell; one of the audience."""

    def __init__(self, port: RoomPort) -> None:
        self._port = port

    def on_move(self, move: Move) -> None:
        """Let an acknowledgement pass, and wait for what wants an answer."""
        self._port.in_passing = move.kind == "acknowledgement"

    def on_heard(self, heard: Heard) -> None:
        """Break off where the interviewer cuts in."""
        if heard.ended_by == "cut_in":
            self._port.cut_in()

    def on_event(self, event: ChannelEvent) -> None:
        """Let what is said while the interviewer listens pass."""
        if isinstance(event, Level) and event.listening:
            self._port.in_passing = True


@contextmanager
def simulated(candidate: Candidate, args: argparse.Namespace) -> Iterator[RoomPort]:
    """Give a room for a recorded candidate; with `--play` both voices are heard in real time."""
    if not args.play:
        with RoomPort(candidate, realtime=args.realtime) as port:
            yield port
        return
    # Playing takes real time, whether or not it was asked for.
    with (
        Loudspeaker(args.speaker) as loudspeaker,
        RoomPort(candidate, realtime=True, monitor=loudspeaker.write) as port,
    ):
        yield port
