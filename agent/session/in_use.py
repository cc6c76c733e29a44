"""Who has what: locks on open files, and a file with who records with the microphone."""

import json
import os
import sys
from contextlib import suppress
from typing import Self, TextIO

from agent.config import home


def locked(handle: int, *, shared: bool = False) -> bool:
    """Lock an open file until it is closed; return False where another process has locked it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # A byte far behind the text, so that others can read it.
            at = os.lseek(handle, 0, os.SEEK_CUR)
            os.lseek(handle, 1 << 40, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, at, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


class MicrophoneLock:
    """The lock of the microphone, given up with the process that holds it; a context manager.

    There is one for all microphones: a browser calls them by other names than the terminal does.
    """

    def __init__(self) -> None:
        self._path = home() / "microphone.lock"
        self._file: TextIO | None = None

    def take(self, place: str) -> str:
        """Take the lock for an interview; return who has it instead, "" where nobody has.

        `place` is where it is held: its folder, or the browser. Where no lock can be written
        nobody has it: it is a courtesy.
        """
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            file = self._path.open("r+", encoding="utf-8")
        except OSError:
            return ""
        if not locked(file.fileno()):
            with file, suppress(OSError, ValueError, KeyError, TypeError):
                said = json.loads(file.read(10_000))
                return f"the interview in {said['place']} (process {int(said['pid'])})"
            return "another interview"
        self._file = file
        with suppress(OSError):
            file.truncate()
            json.dump({"pid": os.getpid(), "place": place}, file)
            file.flush()
        return ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
