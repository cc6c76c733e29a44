"""`rehearse replay SESSION`: hear it again, the transcript running along."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.options import Commands, add_session, declare
from agent.console import say
from agent.errors import RehearseError

if TYPE_CHECKING:
    from agent.analysis import Analysis
    from agent.analysis.moments import Moment
    from voice.audio.clip import Clip
    from voice.ports.device.loudspeaker import Loudspeaker

_NAMED = {
    "fillers": "fillers",
    "pauses": "pauses",
    "missed": "missed talking points",
    "long": "long answers",
    "contradicted": "contradicted talking points",
}


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = declare(
        commands,
        "replay",
        run,
        "play a session with its transcript",
        "Play a session, one answer, or the moments of one kind, with the transcript. Without a"
        " loudspeaker the transcript is printed with its times.",
    )
    add_session(parser)
    parser.add_argument("--only", choices=[*_NAMED], default="", help="these moments")
    parser.add_argument("--answer", metavar="NAME", help="this answer: 3, or 3a for a follow-up")
    parser.add_argument(
        "--with",
        dest="earlier",
        metavar="EARLIER",
        help="the same questions in an earlier session and then here, both texts side by side:"
        " a session; last is the one before this",
    )
    parser.add_argument("--speaker", metavar="NAME", help="loudspeaker, by name or part of it")
    parser.add_argument("--list", action="store_true", help="print the moments, play nothing")


def run(args: argparse.Namespace) -> int:
    """Play the moments one after another."""
    from agent.analysis import read_analysis
    from agent.analysis.moments import answer_named, moments
    from agent.report.sound import both_tracks
    from agent.session.find import find_session

    folder = find_session(args.session)
    analysis = read_analysis(folder)
    index = answer_named(analysis, args.answer) if args.answer else None
    if args.earlier:
        return _side_by_side(args, (analysis, folder), index)
    found = moments(analysis, args.only, index)
    if not found:
        where = "this answer" if args.answer else "this session"
        print(f"Nothing to play: no {_NAMED[args.only]} in {where}.")
    elif args.list:
        print("\n".join(moment.head[:80] for moment in found))
    elif not analysis.about.audio:
        raise RehearseError(f"{folder} holds typed answers; there is nothing to hear")
    else:
        both = both_tracks(folder, analysis)
        with ExitStack() as stack:
            loudspeaker = _loudspeaker(stack, args.speaker)
            for moment in found:
                _play(loudspeaker, (analysis, both), moment)
    return 0


def _side_by_side(args: argparse.Namespace, now: tuple[Analysis, Path], index: int | None) -> int:
    """Print the answers to the same questions in two columns, and play one after the other."""
    from agent.analysis.moments import whole
    from agent.analysis.side_by_side import compared, pairs
    from agent.report.sound import both_tracks

    if args.only:
        raise RehearseError("--with plays whole answers; leave out --only")
    then = _earlier(now[1], args.earlier)
    found = pairs(now[0], then[0])
    if index is not None:
        found = [pair for pair in found if pair.after is now[0].answers[index]]
    if not found:
        what = f"the question of answer {args.answer}" if args.answer else "one of its questions"
        raise RehearseError(f"{then[1]} does not have {what}; choose another session for --with")
    with ExitStack() as stack:
        heard = then[0].about.audio and now[0].about.audio and not args.list
        loudspeaker = _loudspeaker(stack, args.speaker) if heard else None
        for pair in found:
            print("\n".join(["", *compared(pair, (then, now))]))
            for (one, path), answer in ((then, pair.before), (now, pair.after)):
                if loudspeaker:
                    _play(loudspeaker, (one, both_tracks(path, one)), whole(answer))
    return 0


def _earlier(folder: Path, wanted: str) -> tuple[Analysis, Path]:
    from agent.analysis import read_analysis
    from agent.analysis.history import session_before
    from agent.session.find import find_session

    if wanted != "last":
        other = find_session(wanted)
        return read_analysis(other), other
    found = session_before(folder)
    if found is None:
        raise RehearseError(
            f"{folder} is the first complete session of its brief; name another one: --with SESSION"
        )
    return found.analysis, found.folder


def _loudspeaker(stack: ExitStack, name: str | None) -> Loudspeaker | None:
    """Open the loudspeaker; None, said on standard error, where there is none to be had."""
    from voice.errors import DeviceError
    from voice.ports.device.loudspeaker import Loudspeaker

    try:
        return stack.enter_context(Loudspeaker(name))
    except DeviceError as error:
        if name:
            raise
        print(f"Printed only: {' '.join(str(error).split())}", file=sys.stderr)
        return None


def _play(loudspeaker: Loudspeaker | None, sound: tuple[Analysis, Clip], moment: Moment) -> None:
    """Play a moment, what is said printed when its time comes; without a loudspeaker at once."""
    from agent.analysis.moments import spoken_between
    from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ

    analysis, both = sound
    print()
    say(moment.head, later=" " * 13)
    said = spoken_between(analysis, moment.start_s, moment.end_s)
    if loudspeaker is not None:
        samples = both.between(moment.start_s, moment.end_s).samples
        for start in range(0, len(samples), FRAME_SAMPLES):
            loudspeaker.write(samples[start : start + FRAME_SAMPLES])
            now_s = moment.start_s + (start + FRAME_SAMPLES) / SAMPLE_RATE_HZ
            while said and said[0][0] <= now_s:
                say(said.pop(0)[1])
    for _, text in said:
        say(text)
