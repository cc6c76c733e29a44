"""Every write to disk: private files, on the disk for good, whole or not at all.

Tests put an error in the place of `write`, `sync` and `replace`, one call after the other.
"""

import errno
import os
import stat
import threading
import time
from contextlib import suppress
from pathlib import Path

SYNC_S = 5.0
"""So much at most is lost where the machine loses its power."""
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def write(handle: int, data: bytes | memoryview, at: int | None = None) -> None:
    """Write all of the data, at a place or at the end; OSError where the disk refuses."""
    left = memoryview(data)
    while left:
        if at is not None:
            os.lseek(handle, at, os.SEEK_SET)
            at = None
        left = left[os.write(handle, left) :]


def sync(handle: int) -> None:
    """Wait until what was written is on the disk for good."""
    os.fsync(handle)


def replace(draft: Path, path: Path) -> None:
    """Give a finished draft its name."""
    draft.replace(path)


def create(path: Path, *, append: bool = False) -> int:
    """Open a file for writing that only its owner can read; return its descriptor."""
    how = os.O_RDWR | os.O_CREAT | _NOFOLLOW | (os.O_APPEND if append else os.O_TRUNC)
    return os.open(path, how, 0o600)


def read(path: Path, most_bytes: int) -> bytes:
    """Read a regular file of a size that can be; OSError for a link, a pipe, a device."""
    handle = os.open(path, os.O_RDONLY | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", str(path))
        if about.st_size > most_bytes:
            raise OSError(errno.EFBIG, f"it is larger than {most_bytes // 1_000_000} MB", str(path))
        return file.read(about.st_size)


def write_whole(path: Path, *parts: bytes | memoryview) -> None:
    """Write parts to a private file, one after the other.

    What was there before stays until all of it is on the disk. A file that was there keeps the
    rights that its owner gave it.
    """
    draft = path.with_name(path.name + ".part")
    try:
        draft.unlink(missing_ok=True)
        handle = create(draft)
        try:
            for part in parts:
                write(handle, part)
            sync(handle)
        finally:
            os.close(handle)
        if path.is_file():
            draft.chmod(stat.S_IMODE(path.stat().st_mode))
        replace(draft, path)
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


class Syncing:
    """Have an open file written to the disk for good every SYNC_S, on a thread of its own."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._next_s = time.monotonic() + SYNC_S
        self._thread: threading.Thread | None = None
        self._error: OSError | None = None

    def look(self) -> None:
        """Begin where it is time; OSError where the last one failed, or the file was deleted."""
        if self._error:
            error, self._error = self._error, None
            raise error
        if time.monotonic() < self._next_s or (self._thread and self._thread.is_alive()):
            return
        self._next_s = time.monotonic() + SYNC_S
        self._thread = threading.Thread(target=self._sync, args=(os.dup(self._handle),))
        self._thread.start()

    def _sync(self, handle: int) -> None:
        try:
            sync(handle)
        except OSError as error:
            self._error = error
        finally:
            os.close(handle)


def is_gone(handle: int) -> bool:
    """Return whether an open file was deleted, so that nothing written to it is kept."""
    return os.fstat(handle).st_nlink == 0
