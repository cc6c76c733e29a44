"""Ears in a process of their own, so that recognizing never holds up sound.

PocketSphinx keeps Python's interpreter lock while it decodes: for a stretch of five seconds no
other thread ran for up to 2.3 s (measured), PortAudio's callbacks included. A sound server bridges
that; a device without one loses what was said meanwhile, and a voice that plays stutters.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from typing import Any

from voice.audio import Clip
from voice.errors import ModelError
from voice.stt import Ears
from voice.transcript import Word

_START_WITHIN_S = 60.0
"""A model that loads more slowly than this is stuck."""
_DIED = "the recognizer has ended by itself; start again, or use another one with --stt"


class AsideEars:
    """Recognize in a child process; satisfies voice.stt.Ears."""

    def __init__(self, make: Callable[[], Ears]) -> None:
        """Start the child, let it make its ears, and wait until they are ready.

        Args:
            make: makes the ears in the child; a function or functools.partial at module level.

        Raises:
            ModelError: the ears cannot be made.
        """
        # "spawn" gives the child no copy of our end of the pipe: when we are killed, it ends.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._child = context.Process(target=_serve, args=(theirs, make), daemon=True, name="ears")
        self._child.start()
        theirs.close()
        if not self._pipe.poll(_START_WITHIN_S):
            self.close()
            raise ModelError(_DIED)
        self.name = str(self._received())

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:
        """Return the words of a clip, times from its start; other threads go on meanwhile.

        Raises:
            ModelError: the child failed.
        """
        try:
            self._pipe.send(clip)
        except OSError as error:
            raise ModelError(_DIED) from error
        return tuple(self._received())

    def close(self) -> None:
        """End the child; it also ends when this process does."""
        self._child.terminate()
        self._child.join()
        self._pipe.close()

    def _received(self) -> Any:
        """Return what the child sends, or raise the ModelError that it sends."""
        try:
            reply = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise ModelError(_DIED) from error
        if isinstance(reply, ModelError):
            raise reply
        return reply


def _serve(pipe: Any, make: Callable[[], Ears]) -> None:
    """Make the ears, then answer clip after clip until the pipe is closed (the child's main)."""
    # Ctrl-C goes to both processes; only the parent decides what becomes of the session.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        ears = make()
        pipe.send(ears.name)
        while True:
            pipe.send(ears.transcribe(pipe.recv()))
    except ModelError as error:
        pipe.send(error)
    except (EOFError, OSError):
        return
