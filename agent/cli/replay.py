"""`rehearse replay SESSION`: hear it again, the transcript running along."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from agent.console import say
from agent.errors import RehearseError

if TYPE_CHECKING:
    from agent.after.moments import Moment
    from agent.analysis import Analysis
    from voice.audio import Clip
    from voice.device.loudspeaker import Loudspeaker

_KINDS = ["fillers", "pauses", "missed", "long", "contradicted"]
_NAMED = {
    "missed": "missed talking points",
    "long": "long answers",
    "contradicted": "contradicted talking points",
}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "replay",
        help="play a session with its transcript",
        description="Play a session, one answer, or the moments of one kind, with the transcript."
        " Without a loudspeaker the transcript is printed with its times.",
    )
    parser.add_argument("session", metavar="SESSION", help="a session folder")
    parser.add_argument("--only", choices=_KINDS, default="", help="these moments")
    parser.add_argument("--answer", metavar="NAME", help="this answer: 3, or 3a for a follow-up")
    parser.add_argument(
        "--with",
        dest="earlier",
        metavar="EARLIER",
        help="the same questions in an earlier session and then here, both texts side by side:"
        " a session folder, or last for the one before this",
    )
    parser.add_argument("--speed", type=_speed, default=1.0, help="0.5 to 3 (default 1)")
    parser.add_argument("--speaker", metavar="NAME", help="loudspeaker, by name or part of it")
    parser.add_argument("--list", action="store_true", help="print the moments, play nothing")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Play the moments one after another."""
    from agent.after.moments import answer_alone, answer_named, moments, whole
    from agent.after.results import read_analysis

    folder = Path(args.session).expanduser()
    analysis = read_analysis(folder)
    index = answer_named(analysis, args.answer) if args.answer else None
    if args.earlier:
        if args.only:
            raise RehearseError("--with plays whole answers; leave out --only")
        return _side_by_side(args, folder, analysis, index)
    if index is None:
        found = moments(analysis, args.only)
    elif args.only:
        found = moments(answer_alone(analysis, index), args.only)
    else:
        found = [whole(analysis.answers[index])]
    if not found:
        where = f"answer {args.answer}" if args.answer else "this session"
        print(f"Nothing to play: no {_NAMED.get(args.only, args.only)} in {where}.")
        return 0
    if args.list:
        for moment in found:
            print(_head(moment)[:80])
        return 0
    if not analysis.about.audio:
        raise RehearseError(f"{folder} holds typed answers; there is nothing to hear")
    both = _both_tracks(folder, analysis)
    with ExitStack() as stack:
        player = _Player(_loudspeaker(stack, args.speaker), args.speed)
        for moment in found:
            player.play(analysis, both, moment)
    print()
    return 0


def _side_by_side(
    args: argparse.Namespace, folder: Path, analysis: Analysis, index: int | None
) -> int:
    """Print the answers to the same questions in two columns, and play one after the other."""
    from agent.after.moments import whole
    from agent.after.side_by_side import columns, heading, pairs, title_of

    earlier, before = _earlier(folder, args.earlier)
    found = pairs(analysis, before)
    if index is not None:
        found = [pair for pair in found if pair.after is analysis.answers[index]]
    if not found:
        what = f"the question of answer {args.answer}" if args.answer else "one of its questions"
        raise RehearseError(f"{earlier} does not have {what}; choose another session for --with")
    titles = (title_of(before, earlier), title_of(analysis, folder))
    heard = bool(before.about.audio and analysis.about.audio) and not args.list
    with ExitStack() as stack:
        loudspeaker = _loudspeaker(stack, args.speaker) if heard else None
        player = _Player(loudspeaker, args.speed)
        sounds = [(earlier, before), (folder, analysis)] if loudspeaker else []
        tracks = [_both_tracks(*sound) for sound in sounds]
        for pair in found:
            print(f"\n{heading(pair)}\n")
            print("\n".join(columns(pair, titles)))
            if tracks:
                player.play(before, tracks[0], whole(pair.before))
                player.play(analysis, tracks[1], whole(pair.after))
    print()
    return 0


def _earlier(folder: Path, wanted: str) -> tuple[Path, Analysis]:
    """Return the session to compare with, and its analysis."""
    from agent.after.results import read_analysis
    from agent.earlier import session_before

    if wanted != "last":
        other = Path(wanted).expanduser()
        return other, read_analysis(other)
    found = session_before(folder)
    if found is None:
        raise RehearseError(
            f"{folder} is the first complete session of its brief; name another one: --with SESSION"
        )
    return found


def _loudspeaker(stack: ExitStack, name: str | None) -> Loudspeaker | None:
    """Open the loudspeaker; None, said on standard error, where there is none to be had.

    Raises:
        DeviceError: the one that was asked for by name cannot be had.
    """
    from voice.device.loudspeaker import Loudspeaker
    from voice.errors import DeviceError

    try:
        return stack.enter_context(Loudspeaker(name))
    except DeviceError as error:
        if name:
            raise
        print(f"Printed only: {' '.join(str(error).split())}", file=sys.stderr)
        return None


def _both_tracks(folder: Path, analysis: Analysis) -> Clip:
    """Return the candidate and, where there is one, the interviewer in one clip."""
    import numpy as np

    from voice.audio import Clip
    from voice.recorder import INTERVIEWER_TRACK, read_track

    tracks = [read_track(folder / Path(analysis.about.audio).name)]
    if (folder / INTERVIEWER_TRACK).exists():
        tracks.append(read_track(folder / INTERVIEWER_TRACK))
    mixed = np.zeros(max(len(track.samples) for track in tracks), np.int32)
    for track in tracks:
        mixed[: len(track.samples)] += track.samples
    return Clip(np.clip(mixed, -32768, 32767).astype(np.int16), tracks[0].rate_hz)


def _head(moment: Moment) -> str:
    from agent.text.display import clock

    return f"{clock(moment.start_s)}-{clock(moment.end_s)}  {moment.label}"


class _Player:
    """Play moments, every word printed when its time comes; without a loudspeaker at once."""

    def __init__(self, loudspeaker: Loudspeaker | None, speed: float) -> None:
        self._loudspeaker = loudspeaker
        self._speed = speed
        self._column = 0

    def play(self, analysis: Analysis, both: Clip, moment: Moment) -> None:
        """Play one moment."""
        from agent.after.moments import spoken_between
        from voice.audio import FRAME_SAMPLES, SAMPLE_RATE_HZ, at_speed

        print()
        say(_head(moment), later=" " * 13)
        self._column = 0
        words = spoken_between(analysis, moment.start_s, moment.end_s)
        if self._loudspeaker is not None:
            samples = at_speed(both.between(moment.start_s, moment.end_s), self._speed).samples
            for start in range(0, len(samples), FRAME_SAMPLES):
                self._loudspeaker.write(samples[start : start + FRAME_SAMPLES])
                now_s = moment.start_s + (start + FRAME_SAMPLES) / SAMPLE_RATE_HZ * self._speed
                while words and words[0][0] <= now_s:
                    self._say(words.pop(0)[1])
        for _, text in words:
            self._say(text)
        print()

    def _say(self, text: str) -> None:
        """Print a word, or an interviewer's line of its own, within 80 columns."""
        if text.endswith("\n"):
            print(end="\n" * bool(self._column))
            say(text)
            self._column = 0
            return
        if self._column + len(text) > 79:
            print()
            self._column = 0
        print(text, end=" ", flush=True)
        self._column += len(text) + 1


def _speed(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.5 <= value <= 3:
        raise argparse.ArgumentTypeError("0.5 to 3")
    return value
