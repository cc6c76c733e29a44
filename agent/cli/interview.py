"""Hold an interview from a command, then analyze it and show what came of it."""

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from agent.analysis import Analysis
from agent.analysis.conversation import read_conversation
from agent.analysis.phrases import answer_names
from agent.analysis.ratings import write_ratings
from agent.analysis.recognition import heard_before, heard_live
from agent.cli.screen import Screen
from agent.console import console, progress, say, shortened, waiting
from agent.errors import RehearseError
from agent.interview.keys import Keys
from agent.interview.rehearsal import Audience
from agent.interview.start import Stage
from agent.interview.typed import HELP
from agent.report.again import worth_again
from agent.report.results import write_results
from agent.report.summary import summary_lines
from agent.session import REPORT, read_meta, read_session, unfinished
from agent.session.find import newest, short_name
from agent.text.language import is_english

Hold = Callable[[Stage, list[Audience]], None]
"""Holds the interview that was prepared, with those who follow it."""
Summary = Callable[[Analysis], None]
"""Prints what came of an interview."""


def loaded(make: Callable[[], Stage]) -> Stage:
    """Return the interview that `make` builds, and say on a terminal that models are loading."""
    with waiting("Loading the recognizer and the voice ..."):
        return make()


def hold_and_show(
    stage: Stage, hold: Hold, seen: Summary | None = None, *, keys: bool, stt: str | None = None
) -> int:
    """Hold an interview, analyze it whatever happened, show the summary; return the exit code.

    A device that fails or Ctrl-C ends the interview, never the recording: it is analyzed as far
    as it went. `seen` prints the results, None for the usual summary; `stt` is the recognizer that
    was insisted on.
    """
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
    with progress("Listening once more") as told:
        source = heard_live(stage.recognizer, stage.meta.brief, stt, say)
        analysis = write_results(stage.folder, source, progress=told, seen=seen or show_summary)
    show_place(stage.folder, analysis)
    return code


def offer_to_finish(parent: Path) -> None:
    """Name the sessions below `parent` that were never analyzed; a terminal may do the last now."""
    for folder in (left := unfinished(parent)):
        command = f"rehearse analyze {shlex.quote(str(folder))}"
        say(f"A session is not analyzed yet; finish it with: {command}", whole=True)
    if left and sys.stdin.isatty() and sys.stdout.isatty():
        with suppress(EOFError):
            if input("Finish it now? y, or Enter for later: ").strip().lower() in ("y", "yes"):
                _finish(left[-1])


def _finish(folder: Path) -> None:
    """Analyze what was cut off; what stands in its way is told, and the next interview goes on."""
    try:
        with progress("Recognizing") as told:
            source = heard_before(read_meta(folder).brief)
            analysis = write_results(folder, source, progress=told, seen=show_summary)
    except RehearseError as error:
        print(f"rehearse: {error}", file=sys.stderr)
    else:
        show_place(folder, analysis)


def _beforehand(stage: Stage) -> Iterator[str]:
    """Yield what the brief lacks and what will be missing for it, and how to type."""
    brief = stage.meta.brief
    if not brief.questions:
        yield "The brief has no questions: general ones are asked."
    if not brief.talking_points:
        yield "The brief has no talking points: coverage will not be scored."
    if not is_english(" ".join(question.text for question in brief.questions)):
        yield "The brief is not in English, the only language that the interviewer speaks."
    if stage.recognizer is None:
        yield HELP


def show_summary(analysis: Analysis) -> None:
    """Print the summary."""
    print("\n".join(["", *summary_lines(analysis), ""]))


def show_place(folder: Path, analysis: Analysis) -> None:
    """Print where the report lies, and how to try the answer again that needs it most."""
    print(f"Report: {folder / REPORT}")
    answer, of = worth_again(analysis), folder
    if retry := read_meta(folder).settings.retry:
        answer, of = retry.answer, folder.parent / Path(retry.of).name
    if answer:
        name = "last" if newest(whole=True) == of else shlex.quote(short_name(of))
        print(f"Try again: rehearse retry {name} --answer {answer}")


def rate_yourself(folder: Path) -> None:
    """Ask for 1 to 5 for each main answer and keep them with the session; only on a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    answers = read_conversation(read_session(folder)).answers
    names = answer_names(answers)
    main = {n: a.asked.text for n, a in zip(names, answers, strict=True) if a.kind == "question"}
    # What the person gave counts as far as they came, and a full disk costs only this.
    with suppress(OSError):
        if ratings := _asked(main):
            write_ratings(folder, ratings)


def _asked(questions: dict[str, str]) -> dict[str, int]:
    """Return what was given; Enter skips an answer, q or Ctrl-C the rest."""
    ratings: dict[str, int] = {}
    if not questions:
        return ratings
    print()
    say("How good was each answer, 1 (weak) to 5 (strong)? Enter skips one, q skips the rest.")
    with suppress(KeyboardInterrupt), Keys() as keys:
        keys.any_pressed()
        for name, question in questions.items():
            print(f"{name:>4}. {shortened(question, 70)}  ", end="", flush=True)
            while (key := keys.wait()) not in "12345q\r\n":
                pass
            print(key if key in "12345" else "-")
            if key == "q":
                break
            if key in "12345":
                ratings[name] = int(key)
    return ratings
