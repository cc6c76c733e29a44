"""A channel that gives scripted turns, to test what the rehearsal makes of them."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Self

from voice.speech.transcript import Word
from voice.turns.talk import Heard, Listening, Said, StoppedBy

Answer = tuple[str, str]
"""What is said, and what ended the turn."""


class ScriptedChannel:
    """Answer with these turns; stop the interviewer where the script says so."""

    realtime = False
    paused_s = 0.0

    def __init__(
        self,
        answers: list[Answer],
        stops: dict[int, StoppedBy] | None = None,
        waits: Sequence[StoppedBy] = (),
    ) -> None:
        """Give `answers` in order; stop the n-th text of the interviewer by `stops[n]`.

        The waits end as `waits` says, in order, then in silence.
        """
        self.now_s = 0.0
        self.said: list[tuple[str, bool]] = []
        """What the interviewer said, and whether it may be interrupted."""
        self.voices: list[str] = []
        """In whose voice it was said."""
        self.listened: list[Listening] = []
        """How it listened."""
        self.prepared: list[str] = []
        self.prepared_voices: list[str] = []
        self.waited: list[float] = []
        """The most seconds that were waited, each time."""
        self._answers = deque(answers)
        self._stops = stops or {}
        self._waits = deque(waits)

    def prepare(self, text: str, voice: str = "") -> None:
        """Remember it."""
        self.prepared.append(text)
        self.prepared_voices.append(voice)

    def say(self, text: str, yielding: bool = True, voice: str = "") -> Said:
        """Take two seconds."""
        stopped = self._stops.pop(len(self.said), "") if yielding else ""
        self.said.append((text, yielding))
        self.voices.append(voice)
        start_s, self.now_s = self.now_s, self.now_s + 2.0
        return Said(start_s, self.now_s, text[:5] if stopped else text, stopped)

    def wait(self, ready: Callable[[], bool], most_s: float) -> Said:  # noqa: ARG002
        """Take no time."""
        self.waited.append(most_s)
        return Said(self.now_s, self.now_s, "", self._waits.popleft() if self._waits else "")

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

    def __exit__(self, *_: object) -> None:
        return None
