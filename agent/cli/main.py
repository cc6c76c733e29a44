"""The `rehearse` command: one parser, one table of commands, errors in one line."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from agent.cli import (
    analyze,
    brief,
    demo,
    devices,
    doctor,
    plan,
    progress,
    replay,
    report,
    retry,
    run,
    scan,
    sessions,
    setup,
    transcript,
    why,
)
from agent.cli import next as carry_on
from agent.cli import open as page
from agent.errors import RehearseError

EXIT_ERROR = 1
EXIT_INTERRUPTED = 130

_COMMANDS = (
    page,
    demo,
    run,
    carry_on,
    retry,
    analyze,
    scan,
    report,
    replay,
    progress,
    transcript,
    why,
    sessions,
    brief,
    plan,
    setup,
    doctor,
    devices,
)


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(
        prog="rehearse",
        description="A spoken mock interview on your own brief, on your own machine.",
        epilog="Begin with `rehearse demo`, then `rehearse run YOUR-BRIEF`.",
    )
    top.add_argument("--version", action="version", version=f"rehearse {_version()}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in _COMMANDS:
        module.add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code: 0, 1 our error, 2 usage, 130 Ctrl-C."""
    _open_closed_streams()
    rehearse = parser()
    _complete(rehearse)
    args = rehearse.parse_args(arguments)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
    except RehearseError as error:
        print(f"rehearse: {' '.join(str(error).split())}", file=sys.stderr)
        return EXIT_ERROR
    except KeyboardInterrupt:
        print("\nrehearse: stopped", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (`rehearse … | head`); nothing is left to tell it.
        _drop_output()
        return EXIT_ERROR
    except OSError as error:
        # Every file and device has its own words where it is used; left is the output itself.
        named = f"{error.filename}: " if error.filename else ""
        print(
            f"rehearse: cannot go on: {named}{error.strerror or error}; make room or choose another"
            " place for the output, then try again",
            file=sys.stderr,
        )
        _drop_output()
        return EXIT_ERROR
    return code


def _complete(rehearse: argparse.ArgumentParser) -> None:
    """Answer the shell that asks how a line may go on, which ends the process; else do nothing."""
    if "_ARGCOMPLETE" in os.environ:
        import argcomplete

        argcomplete.autocomplete(rehearse)


def _drop_output() -> None:
    """Send what is still to be printed nowhere, or the end of the process fails on it too."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_closed_streams() -> None:
    """Put the null device where a standard stream was closed (`<&-`, `>&-`, a service).

    Python leaves None there; and the next file to be opened would get the free number.
    """
    # They stay open until the process ends, as the streams that they stand for.
    nowhere = Path(os.devnull)
    sys.stdin = sys.stdin or nowhere.open(encoding="utf-8")
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")


def _version() -> str:
    try:
        return version("rehearse-aloud")
    except PackageNotFoundError:
        return "(not installed)"


if __name__ == "__main__":
    sys.exit(main())
