"""A Python process of our own that answers one request after another through its pipes."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import IO

from voice.errors import ModelError

_LENGTH = struct.Struct("<I")
_PATIENCE_S = 5.0


class Child:
    """Run a module of ours as a process and talk to it in messages of bytes.

    For libraries that hold Python's global lock while they work: in this process they would
    stop the sound callbacks. The process ends when this object, or this process, does.
    """

    def __init__(self, module: str, greeting: bytes) -> None:
        """Start `python -m module`; `greeting` is the first request.

        `first_answer` is what came back to the greeting.

        Raises:
            ModelError: the process cannot be started, or ended at once.
        """
        root = str(Path(__file__).resolve().parent.parent)
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            )
        except OSError as error:
            raise ModelError(f"cannot start {module} ({error}); close other programs") from error
        self._module = module
        weakref.finalize(self, _end, self._process)
        self.first_answer = self.ask(greeting)

    def ask(self, request: bytes) -> bytes:
        """Send a request and wait for its answer.

        Raises:
            ModelError: the process is gone.
        """
        requests, answers = self._process.stdin, self._process.stdout
        try:
            if requests is None or answers is None:
                raise EOFError
            _write(requests, request)
            return _read(answers)
        except (OSError, EOFError, ValueError) as error:
            raise ModelError(
                f"the process of {self._module} ended; start again, and report it if it repeats"
            ) from error


def serve(answer: Callable[[bytes], bytes]) -> None:
    """Answer requests until the other side closes the pipe; the child's half.

    Ctrl-C is left to the parent, and whatever a library prints goes to standard error.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with requests, answers:
        while True:
            try:
                request = _read(requests)
            except EOFError:
                return
            _write(answers, answer(request))


def _write(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    data = pipe.read(count)
    if len(data) < count:
        raise EOFError
    return data


def _end(process: subprocess.Popen[bytes]) -> None:
    """Close the pipes, which ends the child; kill one that does not notice."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue  # it was already gone
    try:
        process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
