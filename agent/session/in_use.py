"""Who has what: locks on open files, and for each microphone a file with who records with it."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TextIO

import platformdirs


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


@dataclass(frozen=True)
class Holder:
    """A running session; its folder is "" where that cannot be read."""

    pid: int
    folder: str


class MicrophoneLock:
    """The lock of one microphone, given up with the process that holds it; a context manager."""

    def __init__(self, mic: str) -> None:
        """Prepare the lock of the microphone of that name; nothing is written yet."""
        name = hashlib.sha256(mic.encode(errors="replace")).hexdigest()[:16]
        self._path = Path(platformdirs.user_runtime_dir("rehearse")) / f"microphone-{name}.lock"
        self._file: TextIO | None = None

    def take(self, folder: Path) -> Holder | None:
        """Take the lock; return who has it instead, None where nobody has or none can be had."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            file = self._path.open("r+", encoding="utf-8")
        except OSError:
            return None
        if not locked(file.fileno()):
            with file, suppress(OSError, ValueError, KeyError, TypeError):
                said = json.loads(file.read(10_000))
                return Holder(int(said["pid"]), str(said["folder"]))
            return Holder(0, "")
        self._file = file
        with suppress(OSError):
            file.truncate()
            json.dump({"pid": os.getpid(), "folder": str(folder)}, file)
            file.flush()
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
