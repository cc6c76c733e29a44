"""Single keys during an interview, without Enter, where there is a terminal."""

import sys
import time
from typing import Any, Self

from voice.turns.controls import Control

KEYS = {
    "\n": Control.DONE,
    "\r": Control.DONE,
    "r": Control.REPEAT,
    "s": Control.SKIP,
    "p": Control.PAUSE,
    "q": Control.FINISH,
}
_STEP_S = 0.02
"""How often it is looked for a key that is waited for."""
HELP = "Enter that's my answer · r repeat · s skip · p pause · q finish"


class Keys:
    """Read keys without waiting; a context manager that leaves the terminal as it was."""

    def __init__(self) -> None:
        self._restore: list[Any] | None = None

    def __enter__(self) -> Self:
        if sys.stdin.isatty() and sys.platform != "win32":
            import termios
            import tty

            self._restore = termios.tcgetattr(sys.stdin)
            tty.setcbreak(sys.stdin)
        return self

    def __exit__(self, *_: object) -> None:
        if self._restore is not None and sys.platform != "win32":
            import termios

            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._restore)

    def pressed(self) -> Control | None:
        """Return the control of a key pressed since the last call, or None."""
        return KEYS.get(self._key().lower())

    def any_pressed(self) -> bool:
        """Return whether any key was pressed since the last call; all of them are taken."""
        pressed = False
        while self._key():
            pressed = True
        return pressed

    def wait(self) -> str:
        """Return the next key, in lower case."""
        while not (key := self._key()):
            time.sleep(_STEP_S)
        return key.lower()

    def _key(self) -> str:
        if sys.platform == "win32":
            import msvcrt

            return msvcrt.getwch() if sys.stdin.isatty() and msvcrt.kbhit() else ""
        if self._restore is None:
            return ""
        import os
        import select

        # The descriptor is read directly: Python's own buffer would hide keys from select.
        ready, _, _ = select.select([sys.stdin], [], [], 0)
        return os.read(sys.stdin.fileno(), 1).decode(errors="ignore") if ready else ""
