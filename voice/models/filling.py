"""A child process that fills a folder: watched, limited, and ended with whoever started it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from voice.errors import ModelError

_LOOK_S = 0.2
STALL_S = 60.0
"""A download may take long, but not this long without a new byte."""


class StoppedError(Exception):
    """Report that the download was told to stop; the person knows why."""


def fill(
    folder: Path, arguments: Sequence[str], environment: Mapping[str, str], stop: threading.Event
) -> tuple[int, str]:
    """Run Python with `arguments` until it ends; return its exit code and what it complained of.

    Args:
        folder: where it writes; a new byte there is a sign of life.
        arguments: what follows the interpreter; modules are not looked for in this directory.
        environment: is put over this process's own.
        stop: ends the child within 0.2 s when it is set.

    Raises:
        StoppedError: `stop` was set.
        ModelError: no byte came for 60 s.
        OSError: the child cannot be started, or found the disk full.
    """
    complaints = folder / "complaints.txt"
    with complaints.open("wb") as errors:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
            [sys.executable, "-P", *arguments],
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
        try:
            _watch(process, folder, stop)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
    said = complaints.read_text(encoding="utf-8", errors="replace")
    if process.returncode and os.strerror(errno.ENOSPC) in said:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return process.returncode, said


def _watch(process: subprocess.Popen[bytes], folder: Path, stop: threading.Event) -> None:
    done_bytes, moved_s = -1, time.monotonic()
    while process.poll() is None:
        if stop.is_set():
            raise StoppedError("stopped")
        now_bytes = size_bytes(folder)
        if now_bytes != done_bytes:
            done_bytes, moved_s = now_bytes, time.monotonic()
        elif time.monotonic() - moved_s > STALL_S:
            raise ModelError(f"nothing came for {STALL_S:.0f} s")
        try:
            process.wait(_LOOK_S)
        except subprocess.TimeoutExpired:
            continue


def size_bytes(folder: Path) -> int:
    """Return the size in bytes of all files in a folder, while they come and go."""
    total_bytes = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total_bytes += (Path(root) / name).stat().st_size
            except OSError:
                continue  # it has been moved meanwhile
    return total_bytes
