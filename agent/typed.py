"""The keyboard instead of sound: `--text`, answers typed or piped, one line each."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

from voice.controls import Control, spoken_control
from voice.talk import ChannelEvent, EndedBy, Heard, Listening, Said, WordsHeard
from voice.transcript import Word

_ENDINGS: dict[Control, EndedBy] = {
    Control.REPEAT: "repeat",
    Control.SKIP: "skip",
    Control.FINISH: "finish",
}


WAIT_STEP_S = 0.02
"""How often it is looked whether something waited for is ready."""
LINE_S = 2.0
"""What a line takes at least, so that piped answers do not all lie at the same moment."""


class TypedChannel:
    """Ask in writing and read answers line by line; the clock is the wall's, LINE_S a line."""

    paused_s = 0.0
    """Typing can be left alone at any time; no pause key is needed."""

    def __init__(self, answers: TextIO, observe: Callable[[ChannelEvent], None]) -> None:
        """Make the channel; `observe` is told the words of every line."""
        self._answers = answers
        self._observe = observe
        self._opened = time.monotonic()
        self._ahead_s = 0.0

    def __enter__(self) -> Self:
        self._opened = time.monotonic()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    @property
    def now_s(self) -> float:
        """Seconds since the channel was opened, and what piped lines were given besides."""
        return time.monotonic() - self._opened + self._ahead_s

    realtime = True
    """Typing takes its time."""

    def prepare(self, text: str, voice: str = "") -> None:
        """Do nothing: showing a text takes no time."""

    def say(self, text: str, yielding: bool = True, voice: str = "") -> Said:  # noqa: ARG002
        """Return at once: the screen shows what is said."""
        return Said(self.now_s, self.now_s, text)

    def wait(self, ready: Callable[[], bool], most_s: float) -> Said:
        """Let time pass; what is typed meanwhile is the next line."""
        start_s = self.now_s
        while not ready() and self.now_s - start_s < most_s:
            time.sleep(WAIT_STEP_S)
        return Said(start_s, self.now_s)

    def listen(self, about: Listening) -> Heard:  # noqa: ARG002
        """Read one line; the end of the input ends the interview."""
        start_s = self.now_s
        if self._answers.isatty():
            print("> ", end="", flush=True)  # noqa: T201 - the prompt of a person who types
        line = self._answers.readline()
        if not line:
            return Heard((), start_s, self.now_s, "ended")
        self._ahead_s += max(0.0, LINE_S - (self.now_s - start_s))
        end_s = self.now_s
        # A typed word has no time of its own: all carry that of the line.
        words = tuple(Word(text, start_s, end_s) for text in line.split())
        if not words:
            return Heard((), start_s, end_s, "no_speech")
        control = spoken_control(line)
        self._observe(WordsHeard(words))
        return Heard(words, start_s, end_s, _ENDINGS.get(control, "done") if control else "done")
