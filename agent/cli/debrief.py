"""The debrief at the end of an interview: three lines, and the interviewer's voice to say them."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.console import say
from agent.errors import RehearseError

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent.analysis import Analysis
    from voice.speech.tts import Synthesizer


@dataclass(frozen=True)
class Telling:
    """How what came of an interview is told."""

    shown: bool = True
    """Whether there is a debrief."""
    aloud: bool = False
    """Whether it is spoken too: not where answers are typed, nor in a room that is not heard."""
    speaker: str | None = None
    """The loudspeaker, by name or part of it; None for the default one."""
    summary: Callable[[Analysis], None] | None = None
    """What prints the results before the debrief; None for the usual summary."""


def add_debrief_option(parser: argparse.ArgumentParser) -> None:
    """Declare the option that turns the debrief off."""
    parser.add_argument(
        "--no-debrief", action="store_true", help="end without the three sentences on how it went"
    )


def telling_of(args: argparse.Namespace, *, simulated: bool, typed: bool = False) -> Telling:
    """Return what the options ask for; a simulated room is heard with `--play` only."""
    shown = not args.no_debrief
    return Telling(shown, shown and not typed and (args.play or not simulated), args.speaker)


def show_debrief(analysis: Analysis, telling: Telling) -> None:
    """Print the three sentences."""
    from agent.report.debrief import debrief_of

    if not telling.shown:
        return
    key = " (any key silences it)" if telling.aloud and sys.stdin.isatty() else ""
    print(f"Debrief{key}")
    for sentence in debrief_of(analysis):
        say(sentence, "  ")
    print()


def say_debrief(analysis: Analysis, synthesizer: Synthesizer | None, telling: Telling) -> None:
    """Say the three sentences until a key or Ctrl-C; a missing loudspeaker is told in a line."""
    if not telling.aloud or synthesizer is None:
        return
    try:
        from agent.interview.keys import Keys
        from agent.report.debrief import debrief_of
        from voice.audio.clip import FRAME_SAMPLES, resample
        from voice.ports.device.loudspeaker import Loudspeaker

        with Keys() as keys, Loudspeaker(telling.speaker) as loudspeaker:
            for clip in synthesizer.speak(" ".join(debrief_of(analysis))):
                samples = resample(clip).samples
                for start in range(0, len(samples), FRAME_SAMPLES):
                    if keys.any_pressed():
                        return
                    loudspeaker.write(samples[start : start + FRAME_SAMPLES])
    except KeyboardInterrupt:
        print()
    except RehearseError as error:
        print(f"Printed only: {' '.join(str(error).split())}", file=sys.stderr)
