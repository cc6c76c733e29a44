"""`rehearse replay SESSION`: hear it again, the transcript running along."""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path

from agent.analysis import Analysis, Span, read_analysis
from agent.cli.options import add_devices, add_flags, add_session, describe
from agent.console import say
from agent.errors import RehearseError
from agent.report.again import answer_named
from agent.report.sound import both_tracks, spoken_between
from agent.session.find import find_session
from agent.text.display import clock, flat
from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ
from voice.errors import DeviceError
from voice.ports.device.loudspeaker import Loudspeaker


def add_replay(parser: argparse.ArgumentParser) -> None:
    """Declare the command."""
    describe(
        parser,
        run,
        "Play a session, or one answer, with the transcript. Without a loudspeaker it is printed.",
    )
    add_session(parser)
    parser.add_argument("--answer", metavar="NAME", help="this answer: 3, or 3a for a follow-up")
    add_devices(parser, "speaker")
    add_flags(parser, list="print what was said, play nothing")


def run(args: argparse.Namespace) -> int:
    """Play the session or the answer."""
    folder = find_session(args.session)
    analysis = read_analysis(folder)
    part: Span = Span(start_s=0.0, end_s=analysis.about.duration_s)
    if args.answer:
        part = analysis.answers[answer_named(analysis, args.answer)]
    if not (analysis.about.audio or args.list):
        raise RehearseError(f"{folder} holds typed answers; there is nothing to hear")
    with ExitStack() as stack:
        loudspeaker = None if args.list else _loudspeaker(stack, args.speaker)
        _play(loudspeaker, (analysis, folder), part)
    return 0


def _loudspeaker(stack: ExitStack, name: str | None) -> Loudspeaker | None:
    """Open the loudspeaker; None, said on standard error, where there is none to be had."""
    try:
        return stack.enter_context(Loudspeaker(name))
    except DeviceError as error:
        if name:
            raise
        print(f"Printed only: {flat(str(error))}", file=sys.stderr)
        return None


def _play(loudspeaker: Loudspeaker | None, session: tuple[Analysis, Path], part: Span) -> None:
    """Play a part, what is said printed when its time comes; without a loudspeaker at once."""
    analysis, folder = session
    print(f"\n{clock(part.start_s)}-{clock(part.end_s)}")
    said = spoken_between(analysis, part.start_s, part.end_s)
    if loudspeaker is not None:
        samples = both_tracks(folder, analysis).between(part.start_s, part.end_s).samples
        for start in range(0, len(samples), FRAME_SAMPLES):
            loudspeaker.write(samples[start : start + FRAME_SAMPLES])
            now_s = part.start_s + (start + FRAME_SAMPLES) / SAMPLE_RATE_HZ
            while said and said[0][0] <= now_s:
                say(said.pop(0)[1])
    for _, text in said:
        say(text)
