"""The keyboard instead of sound: `--text`, answers typed or piped, one line each."""

import select
import time
from collections.abc import Callable
from typing import Self, TextIO

from agent.text.display import clean, clock
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
        self._next = ""
        """A line that was typed while something was waited for."""

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
        """Let time pass until a line is typed, which stays the next one unless it is empty."""
        start_s = self.now_s
        while not ready() and self.now_s - start_s < most_s:
            time.sleep(WAIT_STEP_S)
            if self._is_typed():
                self._next = self._next or clean(self._answers.readline()).strip()
                return Said(start_s, self.now_s, stopped_by="key")
        return Said(start_s, self.now_s)

    def listen(self, about: Listening) -> Heard:
        """Read one line; the end of the input ends the interview.

        A line cannot be cut into: one that took longer than it may is ended by that, and told so.
        """
        start_s = self.now_s
        while (line := self._line()).lower() in ("?", "help"):
            self._observe(Notice(self.now_s, HELP))
        if not line:
            return Heard((), start_s, self.now_s, "ended")
        late = about.cut_in_s is not None and self.now_s - start_s > about.cut_in_s
        if late:
            took = f"that took {clock(self.now_s - start_s)} of {clock(about.cut_in_s or 0.0)}"
            self._observe(Notice(self.now_s, f"{took}; aloud it would have been cut off"))
        self._ahead_s += max(0.0, LINE_S - (self.now_s - start_s))
        end_s = self.now_s
        if line.lower() in COMMANDS:
            return Heard((), start_s, end_s, COMMANDS[line.lower()])
        # A typed word has no time of its own: all carry that of the line.
        words = tuple(Word(text, start_s, end_s) for text in line.split())
        if not words:
            return Heard((), start_s, end_s, "no_speech")
        self._observe(WordsHeard(words))
        usual: EndedBy = "cut_in" if late else "done"
        return Heard(words, start_s, end_s, _ENDINGS.get(spoken_control(line), usual))

    def _is_typed(self) -> bool:
        """Return whether a line can be read at once; of a console of Windows that is not known."""
        try:
            return bool(self._next or select.select([self._answers], [], [], 0)[0])
        except OSError:  # neither a console nor a pipe that can be asked
            return not self._answers.isatty()

    def _line(self) -> str:
        """Return the next line stripped, " " for an empty one, "" at the end of the input."""
        if self._next:
            line, self._next = self._next, ""
            return line
        if self._answers.isatty():
            print("> ", end="", flush=True)  # noqa: T201 - the prompt of a person who types
        line = self._answers.readline()
        return line and (clean(line).strip() or " ")
