"""Hold a microphone for one interview, and ask what to do where another one has it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.console import say, waiting
from agent.errors import RehearseError
from agent.session.in_use import Holder, MicrophoneLock


@contextmanager
def microphone_held(folder: Path) -> Iterator[None]:
    """Hold the microphone while a session in `folder` is recorded.

    RehearseError where another session has it and nobody wants to wait or to go on anyway.
    """
    with MicrophoneLock() as lock:
        holder = lock.take(str(folder))
        if holder is not None and _waits(holder):
            with waiting("Waiting for the microphone (Ctrl-C stops)"):
                while lock.take(str(folder)) is not None:
                    time.sleep(0.5)
        yield


def _waits(holder: Holder) -> bool:
    """Return whether to wait for the microphone; False to go on although it is in use."""
    told = f"the microphone is in use by {holder}"
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise RehearseError(f"{told}; end that one first")
    say(told[0].upper() + told[1:] + ".")
    try:
        answer = input("w wait until it is free, g go on anyway, Enter stop: ").strip().lower()
    except EOFError:
        answer = ""
    if answer[:1] not in ("w", "g"):
        raise RehearseError(f"not begun: {told}; try again when that one has ended")
    return answer.startswith("w")
