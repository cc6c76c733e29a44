"""`rehearse run BRIEF`: the spoken mock interview."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.debrief import add_debrief_option, telling_of
from agent.cli.interview import add_engine_options, engines, hold_and_show, loaded, output_parent
from agent.console import say, waiting
from agent.errors import RehearseError

if TYPE_CHECKING:
    from agent.analysis import Analysis
    from agent.brief import Brief
    from agent.interview.rehearsal import Audience
    from agent.interview.start import Stage, Wish

ONE_WAY = "like a recorded interview: 5 questions, 30 s to prepare, 2 min to answer each"
_FLAGS = {
    "--text": "type instead of speaking",
    "--one-way": ONE_WAY,
    "--strict": "cut in politely where an answer takes twice the advised time",
    "--realtime": "let recorded answers take their time",
    "--play": "hear both voices (with --realtime)",
    "--half-duplex": "never listen while the interviewer speaks (loud rooms and loudspeakers)",
}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "run",
        help="hold a spoken mock interview on your brief",
        description="Hold a spoken mock interview on your brief, then write the report.",
    )
    add_interview_options(parser)
    parser.set_defaults(run=run)


def add_interview_options(parser: argparse.ArgumentParser) -> None:
    """Declare an interview on a brief."""
    parser.add_argument("brief", metavar="BRIEF", help="your brief; - for standard input")
    add_length_options(parser)
    add_holding_options(parser)


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
    for name, text in _FLAGS.items():
        parser.add_argument(name, action="store_true", help=text)
    add_panel_option(parser)
    answers = "recorded answers instead of the microphone, one per turn"
    parser.add_argument("--candidate", nargs="+", metavar="FILE", help=answers)
    parser.add_argument("--mic", metavar="NAME", help="microphone, by name or part of it")
    parser.add_argument("--speaker", metavar="NAME", help="loudspeaker, by name or part of it")
    add_engine_options(parser)
    add_debrief_option(parser)
    parser.add_argument("--out", metavar="DIR", help="folder for the session's folder")


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
    from agent.brief.read import read_brief

    if args.brief == "-" and args.text:
        raise RehearseError(
            "the brief and the answers cannot both come from standard input; give the brief as a"
            " file"
        )
    return read_brief(args.brief)


def wish_of(args: argparse.Namespace, brief: Brief) -> Wish:
    """Return the interview that the options ask for."""
    from agent.interview.start import Wish
    from agent.session.settings import Settings

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
    from agent.cli.fetch_models import offer_models
    from agent.interview.start import spoken_stage, typed_stage

    if args.text:
        with waiting("Trying the local model, if there is one ..."):
            return typed_stage(wish)
    offer_models(args.stt, args.tts)
    return loaded(lambda: spoken_stage(wish))


def hold(
    args: argparse.Namespace, stage: Stage, summary: Callable[[Analysis], None] | None = None
) -> int:
    """Hold an interview as the options say and show its results; return the exit code.

    `summary` prints the results, None for the usual summary.
    """

    def held(stage: Stage, audience: list[Audience]) -> None:
        from agent.interview.start import hold_spoken, hold_typed

        if args.text:
            hold_typed(stage, sys.stdin, audience)
        elif args.candidate:
            from agent.cli.room import Manners, simulated
            from voice.ports.room import recorded

            answers = recorded(Path(name).expanduser() for name in args.candidate)
            with simulated(answers, args) as room:
                hold_spoken(stage, room, [*audience, Manners(room)])
        else:
            from voice.ports.device.port import DevicePort

            # Opened before the session is: without devices nothing is left behind.
            with DevicePort(args.mic, args.speaker) as port:
                say(f"Microphone {port.mic_name}, loudspeaker {port.speaker_name}.")
                hold_spoken(stage, port, audience)

    from agent.cli.microphone import microphone_held

    recorded_answers = bool(args.candidate)
    telling = telling_of(args, simulated=recorded_answers, typed=args.text)
    telling = replace(telling, summary=summary)
    alone = args.text or recorded_answers
    with nullcontext() if alone else microphone_held(stage.folder):
        return hold_and_show(stage, held, telling, keys=not args.text, stt=args.stt)


def minutes(text: str) -> float:
    """Return the length of an interview in minutes."""
    return _number(text, "1 to 180 minutes", lambda value: 1 <= value <= 180)


def _own_minutes(text: str) -> float:
    return _number(text, "0, or 1 to 60 minutes", lambda value: value == 0 or 1 <= value <= 60)


def _count(text: str) -> int:
    count = _number(text, "1 to 50 questions", lambda value: value % 1 == 0 and 1 <= value <= 50)
    return int(count)


def _number(text: str, allowed: str, is_allowed: Callable[[float], bool]) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not is_allowed(value):
        raise argparse.ArgumentTypeError(allowed)
    return value
