"""A channel that gives scripted turns, to test what the rehearsal makes of them."""

from __future__ import annotations

from collections import deque
from types import TracebackType
from typing import Self

from voice.talk import Heard, Listening, Said, StoppedBy
from voice.transcript import Word

Answer = tuple[str, str]
"""What is said, and what ended the turn."""


class ScriptedChannel:
    """Answer with these turns; stop the interviewer where the script says so."""

    realtime = False
    paused_s = 0.0

    def __init__(self, answers: list[Answer], stops: dict[int, StoppedBy] | None = None) -> None:
        """Give `answers` in order; stop the n-th text of the interviewer by `stops[n]`."""
        self.now_s = 0.0
        self.said: list[tuple[str, bool]] = []
        """What the interviewer said, and whether it may be interrupted."""
        self.listened: list[Listening] = []
        """How it listened."""
        self.prepared: list[str] = []
        """What was made ready."""
        self._answers = deque(answers)
        self._stops = stops or {}

    def prepare(self, text: str) -> None:
        """Remember it."""
        self.prepared.append(text)

    def say(self, text: str, yielding: bool = True) -> Said:
        """Take two seconds."""
        stopped = self._stops.pop(len(self.said), "") if yielding else ""
        self.said.append((text, yielding))
        start_s, self.now_s = self.now_s, self.now_s + 2.0
        return Said(start_s, self.now_s, text[:5] if stopped else text, stopped)

    def listen(self, about: Listening) -> Heard:
        """Give the next answer after ten seconds, foretold as the product does."""
        self.listened.append(about)
        text, ended_by = self._answers.popleft() if self._answers else ("", "ended")
        start_s, self.now_s = self.now_s, self.now_s + 10.0
        words = tuple(Word(word, start_s, self.now_s) for word in text.split())
        if words:
            about.ahead(Heard(words, start_s, self.now_s, "silence"))
        return Heard(words, start_s, self.now_s, ended_by)  # type: ignore[arg-type]

    @property
    def left(self) -> int:
        """Answers that nobody asked for."""
        return len(self._answers)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None
