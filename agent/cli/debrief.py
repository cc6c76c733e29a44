"""The debrief: of a mock interview three sentences, of a real one which questions came."""

import argparse
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from agent.analysis import Analysis, read_analysis
from agent.analysis.history import Came, RealInterview, keep_real
from agent.brief import Brief
from agent.brief.read import read_brief
from agent.brief.write import with_questions
from agent.cli.options import add_out, describe, output_parent
from agent.console import say, wrapped
from agent.errors import RehearseError
from agent.interview.keys import Keys
from agent.report.debrief import debrief_of
from agent.session.find import find_session
from agent.text.display import clean, flat, plural
from voice.audio.clip import FRAME_SAMPLES, resample
from voice.ports.device.loudspeaker import Loudspeaker
from voice.speech.protocols import Synthesizer


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


_NUMBERED = re.compile(r"(\d{1,3})(?:[ ,:]+([1-5]))?")
"""A question of the brief, and how it went: "3", "3 4"."""


def add_debrief(parser: argparse.ArgumentParser) -> None:
    """Declare the command."""
    describe(
        parser,
        run,
        "Note which questions of the brief really came in the interview, which others, and how each"
        " went. New ones are added to the brief, and `rehearse next` begins with what went badly."
        " With a session in the place of the brief: its three sentences once more.",
    )
    parser.add_argument("of", metavar="BRIEF|SESSION", help="your brief, or a session")
    add_out(parser)


def run(args: argparse.Namespace) -> int:
    """Note a real interview, or print the debrief of a session."""
    if not Path(args.of).expanduser().is_file():
        folder = find_session(args.of)
        if not folder.is_dir():
            raise RehearseError(f"{args.of} is neither a brief nor a session; check the path")
        show_debrief(read_analysis(folder), Telling())
        return 0
    brief = read_brief(args.of)
    day = _day(brief)
    came = _ask_what_came(brief)
    if not came:
        print("Nothing noted.")
        return 0
    real = RealInterview(brief=brief, day=day, came=tuple(came))
    place = keep_real(output_parent(args.out), real)
    print("\n".join([f"Kept in {place}", *_into_brief(Path(args.of).expanduser(), day, came)]))
    return 0


def _day(brief: Brief) -> date:
    """Return the day of the interview: the brief's if it is past, else today."""
    today = date.today()
    return min(today, date.fromisoformat(brief.interview_date)) if brief.interview_date else today


def _ask_what_came(brief: Brief) -> list[Came]:
    for number, question in enumerate(brief.questions, 1):
        print("\n".join(wrapped(question.text, f"{number:>3}. ", " " * 5)))
    say("Which came? A number, or the question as it was asked; an empty line ends.")
    came: list[Came] = []
    while text := " ".join(clean(_line("> ")).split()):
        numbered = _NUMBERED.fullmatch(text)
        if numbered and not 0 < int(numbered[1]) <= len(brief.questions):
            say(f"The brief has {plural(len(brief.questions), 'question')}; not noted.")
            continue
        asked = brief.questions[int(numbered[1]) - 1].text if numbered else text
        went = (numbered and numbered[2]) or "?"
        while went not in ("", *"12345"):
            went = _line("  How did it go, 1 (badly) to 5 (well)? Enter skips. ").strip()
        came.append(Came(question=asked, went=int(went) if went else None))
    return came


def _line(prompt: str) -> str:
    """Return a line that was typed or piped in, "" at the end."""
    if sys.stdin.isatty():
        print(prompt, end="", flush=True)
    return sys.stdin.readline()


def _into_brief(path: Path, day: date, came: list[Came]) -> list[str]:
    """Add the new questions to the brief, and say where they stand."""
    count, place = with_questions(path, [one.question for one in came], f"it came on {day}")
    added = f"{plural(count, 'new question')} added to {place}"
    if place != path:
        added += f"; {path.name} is in another form and stays as it is"
    return [*([added] if count else []), f"What comes next: rehearse plan {place} --next"]


def telling_of(args: argparse.Namespace, *, simulated: bool, typed: bool = False) -> Telling:
    """Return what the options ask for; a simulated room is heard with `--play` only."""
    shown = not args.no_debrief
    return Telling(shown, shown and not typed and (args.play or not simulated), args.speaker)


def show_debrief(analysis: Analysis, telling: Telling) -> None:
    """Print the three sentences."""
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
        print(f"Printed only: {flat(str(error))}", file=sys.stderr)
