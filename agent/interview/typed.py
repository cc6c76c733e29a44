"""The keyboard instead of sound: `--text`, answers typed or piped, one line each."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Self, TextIO

from agent.text.display import clean
from voice.speech.transcript import Word
from voice.turns.controls import Control, spoken_control
from voice.turns.talk import ChannelEvent, EndedBy, Heard, Listening, Notice, Said, WordsHeard

WAIT_STEP_S = 0.02
"""How often it is looked whether something waited for is ready."""
LINE_S = 2.0
"""What a line takes at least, so that piped answers do not all lie at the same moment."""
COMMANDS: dict[str, EndedBy] = {"r": "repeat", "s": "skip", "q": "finish"}
"""Lines that are no answers, beside `?` and `help`."""
HELP = "On a line of its own r repeats the question, s skips it, q finishes, ? shows this."
_ENDINGS: dict[Control | None, EndedBy] = {
    Control.REPEAT: "repeat",
    Control.SKIP: "skip",
    Control.FINISH: "finish",
}


class TypedChannel:
    """Ask in writing and read answers line by line; the clock is the wall's, LINE_S a line."""

    paused_s = 0.0
    """Typing can be left alone at any time; no pause key is needed."""
    realtime = True
    """Typing takes its time."""

    def __init__(self, answers: TextIO, observe: Callable[[ChannelEvent], None]) -> None:
        """Make the channel; `observe` is told the words of every line."""
        self._answers = answers
        self._observe = observe
        self._opened = time.monotonic()
        self._ahead_s = 0.0

    def __enter__(self) -> Self:
        self._opened = time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        return None

    @property
    def now_s(self) -> float:
        """Seconds since the channel was opened, and what piped lines were given besides."""
        return time.monotonic() - self._opened + self._ahead_s

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
        while (line := self._line()).lower() in ("?", "help"):
            self._observe(Notice(self.now_s, HELP))
        if not line:
            return Heard((), start_s, self.now_s, "ended")
        self._ahead_s += max(0.0, LINE_S - (self.now_s - start_s))
        end_s = self.now_s
        if line.lower() in COMMANDS:
            return Heard((), start_s, end_s, COMMANDS[line.lower()])
        # A typed word has no time of its own: all carry that of the line.
        words = tuple(Word(text, start_s, end_s) for text in line.split())
        if not words:
            return Heard((), start_s, end_s, "no_speech")
        self._observe(WordsHeard(words))
        return Heard(words, start_s, end_s, _ENDINGS.get(spoken_control(line), "done"))

    def _line(self) -> str:
        """Return the next line stripped, " " for an empty one, "" at the end of the input."""
        if self._answers.isatty():
            print("> ", end="", flush=True)  # noqa: T201 - the prompt of a person who types
        line = self._answers.readline()
        return line and (clean(line).strip() or " ")
