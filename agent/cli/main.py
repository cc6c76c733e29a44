"""The `rehearse` command: one parser, one table of commands, errors in one line."""

import argparse
import contextlib
import io
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TextIO, cast

from agent.console import Cleaned
from agent.errors import RehearseError, fault_of
from agent.text.display import flat

EXIT_ERROR = 1
EXIT_INTERRUPTED = 130
_COMMANDS = {
    "open": ("open", "rehearse in your browser"),
    "demo": ("run", "see a whole interview and its report; no microphone needed"),
    "run": ("run", "hold a spoken mock interview on your brief"),
    "next": ("plan", "hold the next interview on your brief, from what was left open"),
    "plan": ("plan", "show what will be asked, for how long, and why"),
    "retry": ("retry", "answer one question of a session again, and compare"),
    "debrief": ("debrief", "after the real interview: note which questions came"),
    "analyze": ("analyze", "analyze a session, any recording, or a meeting's transcript"),
    "replay": ("replay", "play a session with its transcript"),
    "report": ("past", "draw a session's report again"),
    "progress": ("past", "your figures from session to session"),
    "why": ("past", "show why the interviewer said what it said"),
    "sessions": ("past", "list what was recorded"),
    "transcript": ("transcript", "print the words of a session, or correct them"),
    "scan": ("scan", "find fillers, hedges, numbers and talking points in written text"),
    "brief": ("brief", "check a brief, turn a page into one, or write one from a posting"),
    "setup": ("setup", "fetch the models for speech recognition and the voice"),
    "doctor": ("doctor", "look at every part and say what to do"),
    "devices": ("doctor", "list microphones and loudspeakers"),
}
"""Every command: the module of agent.cli that declares it with `add_NAME`, its line in the help."""


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of all commands; `only` that one's module is loaded where one is named."""
    top = argparse.ArgumentParser(
        prog="rehearse",
        description="A spoken mock interview on your own brief, on your own machine.",
        epilog="Begin with `rehearse demo`, then `rehearse run YOUR-BRIEF`.",
    )
    top.add_argument("--version", action="version", version=f"rehearse {_version()}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (module, text) in _COMMANDS.items():
        command = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
        if only in (None, name):
            getattr(import_module(f"agent.cli.{module}"), f"add_{name}")(command)
    return top


def entry() -> int:
    """Run the command as a process, which Ctrl-C, SIGTERM and SIGHUP end with all of it saved."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)
    try:
        code = main()
    except KeyboardInterrupt:  # once more, while the first one was answered
        code = EXIT_INTERRUPTED
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else EXIT_ERROR
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if code > 128:
        # All is closed. What still loads a model on a thread aborts or holds up the usual end.
        with contextlib.suppress(OSError):
            sys.stdout.flush()
        os._exit(code)
    return code


def _end(number: int, _frame: object) -> None:
    """End the process from where it is: everything is closed, once."""
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code: 0, 1 our error, 2 usage, 130 Ctrl-C."""
    _open_streams()
    with (
        contextlib.redirect_stdout(cast(TextIO, Cleaned(sys.stdout))),
        contextlib.redirect_stderr(cast(TextIO, Cleaned(sys.stderr))),
    ):
        return _run(arguments)


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    given = sys.argv[1:] if arguments is None else arguments
    if "_ARGCOMPLETE" in os.environ:
        given = os.environ.get("COMP_LINE", "").split()[1:]
    rehearse = parser(next(iter(given), ""))
    if "_ARGCOMPLETE" in os.environ:
        # The shell asks how a line may go on; the answer ends the process.
        import argcomplete

        argcomplete.autocomplete(rehearse)
    return rehearse.parse_args(arguments)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        args = _parsed(arguments)
        code: int = args.run(args)
        sys.stdout.flush()
    except RehearseError as error:
        return _failed(str(error))
    except KeyboardInterrupt:
        print("\nrehearse: stopped", file=sys.stderr)
        return EXIT_INTERRUPTED
    except OSError as error:
        # Every file and device has its own words where it is used; left is the output itself.
        # Where its reader has gone (`rehearse … | head`) nothing is left to tell it.
        if not isinstance(error, BrokenPipeError):
            named = f"{error.filename}: " if error.filename else ""
            _failed(
                f"cannot go on: {named}{error.strerror or error}; make room or choose another place"
                " for the output, then try again"
            )
        _drop_output()
        return EXIT_ERROR
    except Exception as error:
        if os.environ.get("REHEARSE_TRACEBACK"):
            raise
        return _failed(
            f"{fault_of(error)}; what was recorded is kept, please report it with what"
            " REHEARSE_TRACEBACK=1 before the command shows"
        )
    return code


def _failed(why: str) -> int:
    with contextlib.suppress(OSError):  # the terminal may be gone
        print(f"rehearse: {flat(why)}", file=sys.stderr)
    return EXIT_ERROR


def _drop_output() -> None:
    """Send what is still to be printed nowhere, or the end of the process fails on it too."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_streams() -> None:
    """Have three standard streams, which no letter can break; the null device for a closed one."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
        if isinstance(stream := getattr(sys, name), io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _version() -> str:
    try:
        return version("rehearse-aloud")
    except PackageNotFoundError:
        return "(not installed)"


if __name__ == "__main__":
    sys.exit(entry())
