"""Hold an interview from a command, then analyze it and show what came of it."""

from __future__ import annotations

import shlex
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.debrief import Telling, say_debrief, show_debrief
from agent.cli.rating import rate_yourself
from agent.console import console, say, waiting
from agent.errors import RehearseError

if TYPE_CHECKING:
    from agent.analysis import Analysis
    from agent.analysis.recognition import WordSource
    from agent.interview.rehearsal import Audience
    from agent.interview.start import Stage
    from voice.speech.protocols import Recognizer

Hold = Callable[["Stage", "list[Audience]"], None]
"""Holds the interview that was prepared, with those who follow it."""
_ENGINES = {
    "stt": ("ENGINE", "recognizer: whisper:base, whisper:DIR"),
    "tts": ("ENGINE", "voice: piper:en_US-joe-medium, piper:PATH, with +low too"),
    "interviewer": ("NAME", "rules, or ollama:llama3.2 to lead the follow-ups"),
}


def add_engine_options(parser: ArgumentParser) -> None:
    """Declare the options that insist on an engine."""
    for part, (name, text) in _ENGINES.items():
        parser.add_argument(f"--{part}", metavar=name, help=text)


def engines(args: Namespace) -> dict[str, str | None]:
    """Return the engines that were asked for."""
    return {part: getattr(args, part) for part in _ENGINES}


def output_parent(out: str | None) -> Path:
    """Return the folder that gets the session's folder."""
    from agent.config import recordings_dir

    return Path(out).expanduser() if out else recordings_dir()


def loaded(make: Callable[[], Stage]) -> Stage:
    """Return the interview that `make` builds, and say on a terminal that models are loading."""
    with waiting("Loading the recognizer and the voice ..."):
        return make()


def hold_and_show(
    stage: Stage, hold: Hold, telling: Telling, *, keys: bool, stt: str | None = None
) -> int:
    """Hold an interview, analyze it whatever happened, show the summary; return the exit code.

    A device that fails or Ctrl-C ends the interview, never the recording: it is analyzed as far
    as it went, and the debrief is not spoken then. `stt` is the recognizer that was insisted on.
    """
    from agent.cli.screen import Screen
    from agent.console import Progress
    from agent.report.results import write_results

    _finish_others(stage, stt)
    for line in [*stage.lines, *_beforehand(stage)]:
        say(line)
    print()
    code = 0
    try:
        typed = stage.recognizer is None
        with Screen(console(), keys=keys and sys.stdin.isatty(), meter=not typed) as screen:
            hold(stage, [screen])
    except KeyboardInterrupt:
        if not stage.session.begun:
            raise
        print("\nStopped; what was recorded is kept and analyzed.")
        code = 130
    except RehearseError as error:
        if not stage.session.begun:
            raise
        print(f"rehearse: {error}", file=sys.stderr)
        code = 1
    if stage.interviewer.engine != stage.interviewer.name:
        say(f"{stage.interviewer.engine}.")
    if not code and not stage.meta.demo:
        rate_yourself(stage.folder)
    with Progress("Listening once more") as progress:
        source = _source(stage, stt)
        seen = telling.summary or show_summary
        analysis = write_results(stage.folder, source, progress=progress.to, seen=seen)
    show_debrief(analysis, telling)
    show_place(stage.folder, analysis)
    if not code:
        say_debrief(analysis, stage.synthesizer, telling)
    return code


def _finish_others(stage: Stage, stt: str | None) -> None:
    """Tell of sessions whose analysis was cut off; in a terminal, offer to make it now."""
    from agent.report.results import write_results
    from agent.session import unfinished

    for folder in unfinished(stage.folder.parent):
        say(f"Not analyzed yet: {folder}", later="")
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            print(f"Finish it with: rehearse analyze {shlex.quote(str(folder))}")
        elif input("Analyze it now, before this interview? [y/N] ").strip().lower() in ("y", "yes"):
            try:
                write_results(folder, _source(stage, stt))
            except RehearseError as error:
                say(f"It cannot be analyzed: {error}")


def _beforehand(stage: Stage) -> Iterator[str]:
    """Yield what the brief lacks and what will be missing for it, and how to type."""
    from agent.interview.typed import HELP
    from agent.text.language import is_english

    brief = stage.meta.brief
    if not brief.questions:
        yield "The brief has no questions: general ones are asked."
    if not brief.talking_points:
        yield "The brief has no talking points: coverage will not be scored."
    if not is_english(" ".join(question.text for question in brief.questions)):
        yield "The brief is not in English, the only language that the interviewer speaks."
    if stage.recognizer is None:
        yield HELP


def _source(stage: Stage, stt: str | None) -> WordSource:
    """Return the recognizer for an answer that was cut off, and the one that hears all again."""
    from agent.analysis.recognition import WordSource

    def recognizer() -> Recognizer:
        if stage.recognizer is None:
            raise RehearseError(f"{stage.folder} holds typed answers; nothing is to recognize")
        return stage.recognizer

    def second() -> Recognizer | None:
        from agent.brief.terms import terms_of
        from voice.speech.engines import choose_second_recognizer

        chosen = choose_second_recognizer(recognizer(), stt, terms_of(stage.meta.brief))
        if chosen.note:
            say(chosen.note)
        return chosen.engine

    return WordSource(recognizer, second=second)


def show_summary(analysis: Analysis) -> None:
    """Print the summary."""
    from agent.report.summary import summary_lines

    print("\n".join(["", *summary_lines(analysis), ""]))


def show_place(folder: Path, analysis: Analysis) -> None:
    """Print where the report lies, and how to try the answer again that needs it most."""
    import shlex

    from agent.report.again import worth_again
    from agent.session import REPORT, read_meta
    from agent.session.find import newest, short_name

    print(f"Report: {folder / REPORT}")
    answer, of = worth_again(analysis), folder
    if retry := read_meta(folder).settings.retry:
        answer, of = retry.answer, folder.parent / Path(retry.of).name
    if answer:
        name = "last" if newest(whole=True) == of else shlex.quote(short_name(of))
        print(f"Try again: rehearse retry {name} --answer {answer}")
