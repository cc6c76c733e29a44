"""`rehearse run BRIEF`: the spoken mock interview."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.debrief import add_debrief_option, telling_of
from agent.cli.interview import (
    Hold,
    add_engine_options,
    engines,
    hold_and_show,
    loaded,
    output_parent,
)
from agent.cli.language import add_language_option, check_language
from agent.errors import RehearseError

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent.analysis import Analysis
    from agent.brief import Brief
    from agent.rehearsal import Audience
    from agent.start import Stage, Wish

_SCENARIO = """
a scenario for --room, in YAML or JSON, paths relative to it:
  candidate:                       # recordings; only this is needed
    - {file: one.wav, after_s: 1}  # once the interviewer fell silent, in order
    - {file: mhm.wav, over_s: 2}   # over its next turn, 2 s in (or of_turn: 4)
    - {file: knock.wav, at_s: 60}  # at a session time; gain_db with any of them
  loudspeaker: {impulse_response: office.wav, delay_ms: 40, level_db: -20,
                distortion: 0.2, drift_ppm: 100}    # its echo
  noise: [{kind: pink, snr_db: 20}, {file: fan.wav, level_dbfs: -55}]
  microphone: {gain_db: 0, clip_dbfs: 0, lost: [{at_s: 40, for_s: 5}],
               zeros: [{at_s: 10, for_s: 4}]}
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "run",
        help="hold a spoken mock interview on your brief",
        description="Hold a spoken mock interview on your brief, then write the report.",
        epilog=_SCENARIO,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("brief", metavar="BRIEF", help="your brief; - for standard input")
    add_length_options(parser)
    add_language_option(parser)
    add_holding_options(parser)
    parser.set_defaults(run=run)


def add_length_options(parser: argparse.ArgumentParser) -> None:
    """Declare how long an interview is, and how much of it the person may ask in."""
    parser.add_argument("--minutes", type=minutes, default=20.0, help="length (default 20)")
    parser.add_argument("--questions", type=_count, help="number of questions")
    parser.add_argument(
        "--own-questions",
        type=_own_minutes,
        metavar="MINUTES",
        help="kept for your own questions (default 5 where --minutes is 30 or more; 0 for none)",
    )


def add_holding_options(parser: argparse.ArgumentParser) -> None:
    """Declare how an interview is held: by which recognizer and voice, and where it is kept."""
    parser.add_argument("--text", action="store_true", help="type instead of speaking")
    add_panel_option(parser)
    parser.add_argument(
        "--strict",
        action="store_true",
        help="cut in politely where an answer takes twice the advised time",
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--candidate",
        nargs="+",
        metavar="FILE",
        help="recorded answers instead of the microphone, one per turn",
    )
    instead.add_argument(
        "--room",
        metavar="SCENARIO",
        help="a simulated room in a YAML or JSON file: answers, echo, noise, a lost device",
    )
    parser.add_argument(
        "--realtime", action="store_true", help="let recorded answers take their time"
    )
    parser.add_argument("--play", action="store_true", help="hear both voices (with --realtime)")
    parser.add_argument(
        "--half-duplex",
        action="store_true",
        help="never listen while the interviewer speaks (loud rooms and loudspeakers)",
    )
    parser.add_argument("--mic", metavar="NAME", help="microphone, by name or part of it")
    parser.add_argument("--speaker", metavar="NAME", help="loudspeaker, by name or part of it")
    add_engine_options(parser)
    add_debrief_option(parser)
    parser.add_argument("--out", metavar="DIR", help="folder for the session's folder")


def add_panel_option(parser: argparse.ArgumentParser) -> None:
    """Declare who interviews."""
    parser.add_argument(
        "--panel",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="several interviewers, each with a voice (default: whom the brief names)",
    )


def run(args: argparse.Namespace) -> int:
    """Hold the interview and show its results."""
    return hold(args, stage_of(args, wish_of(args, brief_of(args))))


def brief_of(args: argparse.Namespace) -> Brief:
    """Read the brief of an interview.

    Raises:
        BriefError: the brief cannot be read.
        RehearseError: the answers are to come from the same place, or the interviewer does not
            speak the language.
    """
    from agent.brief.read import read_brief

    if args.brief == "-" and args.text:
        raise RehearseError(
            "the brief and the answers cannot both come from standard input; give the brief as a"
            " file"
        )
    brief = read_brief(args.brief)
    check_language(brief, args.language)
    return brief


def wish_of(args: argparse.Namespace, brief: Brief) -> Wish:
    """Return the interview that the options ask for."""
    from agent.start import Wish

    return Wish(
        brief=brief,
        parent=output_parent(args.out),
        minutes=args.minutes,
        questions=args.questions,
        engines=engines(args),
        half_duplex=args.half_duplex,
        panel=args.panel,
        own_questions_min=args.own_questions,
        strict=args.strict,
        live=not (args.candidate or args.room) or args.realtime,
    )


def stage_of(args: argparse.Namespace, wish: Wish) -> Stage:
    """Choose the engines of an interview, typed or spoken as the options say.

    Raises:
        RehearseError: an engine that is needed or insisted on is not there.
    """
    from agent.cli.fetch_models import offer_models
    from agent.start import spoken_stage, typed_stage

    if args.text:
        return typed_stage(wish)
    offer_models(args.stt, args.tts)
    return loaded(lambda: spoken_stage(wish))


def hold(
    args: argparse.Namespace, stage: Stage, summary: Callable[[Analysis], None] | None = None
) -> int:
    """Hold an interview as the options say and show its results; return the exit code.

    `summary` prints the results, None for the usual summary.
    """
    from dataclasses import replace

    simulated = bool(args.room or args.candidate)
    telling = replace(telling_of(args, simulated=simulated, typed=args.text), summary=summary)
    if args.text:
        return hold_and_show(stage, _hold_typed, telling, keys=False)
    return hold_and_show(stage, _spoken(args), telling, keys=True, stt=args.stt)


def _spoken(args: argparse.Namespace) -> Hold:
    """Return how to hold the interview: with recorded answers, or with the sound devices."""
    from agent.start import hold_spoken

    def in_room(stage: Stage, audience: list[Audience]) -> None:
        from agent.cli.room import Manners, simulated
        from voice.room.scenario import read_scenario

        scenario = read_scenario(Path(args.room).expanduser())
        with simulated(scenario.script(), args, scenario.room) as port:
            hold_spoken(stage, port, [*audience, Manners(port)])

    def with_answers(stage: Stage, audience: list[Audience]) -> None:
        from agent.cli.room import Manners, simulated
        from voice.room import recorded

        candidate = recorded(Path(name).expanduser() for name in args.candidate)
        with simulated(candidate, args) as port:
            hold_spoken(stage, port, [*audience, Manners(port)])

    def with_devices(stage: Stage, audience: list[Audience]) -> None:
        from voice.device.port import DevicePort
        from voice.talk import Notice

        # Opened before the session is: without devices nothing is left behind.
        with DevicePort(args.mic, args.speaker) as port:
            used = f"microphone {port.mic_name}, loudspeaker {port.speaker_name}"
            for listener in audience:
                listener.on_event(Notice(0.0, used))
            hold_spoken(stage, port, audience)

    if args.room:
        return in_room
    return with_answers if args.candidate else with_devices


def _hold_typed(stage: Stage, audience: list[Audience]) -> None:
    from agent.start import hold_typed

    hold_typed(stage, sys.stdin, audience)


def minutes(text: str) -> float:
    """Return the length of an interview in minutes."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 1 <= value <= 180:
        raise argparse.ArgumentTypeError("1 to 180 minutes")
    return value


def _own_minutes(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if value != 0 and not 1 <= value <= 60:
        raise argparse.ArgumentTypeError("0, or 1 to 60 minutes")
    return value


def _count(text: str) -> int:
    value = int(text) if text.isdecimal() else 0
    if not 1 <= value <= 50:
        raise argparse.ArgumentTypeError("1 to 50 questions")
    return value
