"""`rehearse replay SESSION`: hear it again, the transcript running along."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import RehearseError

if TYPE_CHECKING:
    from agent.analysis import Analysis
    from agent.moments import Moment
    from voice.audio import Clip
    from voice.device.loudspeaker import Loudspeaker


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "replay",
        help="play a session with its transcript",
        description="Play a session, or its moments of one kind, with the transcript.",
    )
    parser.add_argument("session", metavar="SESSION", help="a session folder")
    parser.add_argument(
        "--only", choices=["fillers", "pauses", "missed", "long"], default="", help="these moments"
    )
    parser.add_argument("--speed", type=_speed, default=1.0, help="0.5 to 3 (default 1)")
    parser.add_argument("--speaker", metavar="NAME", help="loudspeaker, by name or part of it")
    parser.add_argument("--list", action="store_true", help="print the moments, play nothing")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Play the moments one after another."""
    from agent.moments import moments
    from agent.results import read_analysis
    from agent.screen import clock

    folder = Path(args.session).expanduser()
    analysis = read_analysis(folder)
    found = moments(analysis, args.only)
    if not found:
        named = {"missed": "missed talking points", "long": "long answers"}
        print(f"Nothing to play: no {named.get(args.only, args.only)} in this session.")
        return 0
    if args.list:
        for moment in found:
            print(f"{clock(moment.start_s)}-{clock(moment.end_s)}  {moment.label}"[:80])
        return 0
    if not analysis.about.audio:
        raise RehearseError(f"{folder} holds typed answers; there is nothing to hear")
    both = _both_tracks(folder, analysis)
    from voice.device.loudspeaker import Loudspeaker

    with Loudspeaker(args.speaker) as loudspeaker:
        for moment in found:
            print(f"\n[{clock(moment.start_s)}] {moment.label}")
            _play(loudspeaker, analysis, both, moment, args.speed)
    print()
    return 0


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


def _play(
    loudspeaker: Loudspeaker, analysis: Analysis, both: Clip, moment: Moment, speed: float
) -> None:
    """Play one moment, printing every word when its time comes."""
    from agent.moments import spoken_between
    from voice.audio import FRAME_SAMPLES, SAMPLE_RATE_HZ, at_speed

    words = spoken_between(analysis, moment.start_s, moment.end_s)
    samples = at_speed(both.between(moment.start_s, moment.end_s), speed).samples
    column = 0
    for start in range(0, len(samples), FRAME_SAMPLES):
        loudspeaker.write(samples[start : start + FRAME_SAMPLES])
        now_s = moment.start_s + (start + FRAME_SAMPLES) / SAMPLE_RATE_HZ * speed
        while words and words[0][0] <= now_s:
            text = words.pop(0)[1]
            column = 0 if text.endswith("\n") or column + len(text) > 76 else column + len(text) + 1
            print(text, end=" " if column else "\n", flush=True)


def _speed(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.5 <= value <= 3:
        raise argparse.ArgumentTypeError("0.5 to 3")
    return value
