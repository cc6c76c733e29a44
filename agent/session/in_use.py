"""Which spoken interview runs: one lock file, with its process and its place."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Self, TextIO

from agent.config import home


@dataclass(frozen=True)
class Holder:
    """A running interview; its place is "" where that cannot be read."""

    pid: int
    place: str

    def __str__(self) -> str:
        named = f"the interview in {self.place}" if self.place else "another interview"
        return f"{named} (process {self.pid})"


class MicrophoneLock:
    """The lock of the microphone, given up with the process that holds it; a context manager.

    There is one for all microphones: a browser calls them by other names than the terminal does.
    """

    def __init__(self) -> None:
        self._path = home() / "microphone.lock"
        self._file: TextIO | None = None

    def take(self, place: str) -> Holder | None:
        """Take the lock for an interview; return who has it instead, None where nobody has.

        `place` is where it is held: its folder, or the browser. Where no lock can be written
        nobody has it: it is a courtesy.
        """
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            file = self._path.open("r+", encoding="utf-8")
        except OSError:
            return None
        if not _locked(file):
            with file:
                return _holder(file)
        self._file = file
        with suppress(OSError):
            file.truncate()
            json.dump({"pid": os.getpid(), "place": place}, file)
            file.flush()
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()


def _locked(file: TextIO) -> bool:
    """Lock a file until it is closed; return False where another process has locked it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # A byte far behind the text, so that others can read it.
            file.seek(1 << 20)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _holder(file: TextIO) -> Holder:
    """Return what a lock file says, whatever stands in it."""
    try:
        said = json.loads(file.read(10_000))
        return Holder(int(said["pid"]), str(said["place"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder(0, "")
