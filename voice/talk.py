"""What a channel says and hears, as values, and what every channel promises."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Protocol, Self

from voice.transcript import Word, text_of

EndedBy = Literal["silence", "done", "repeat", "skip", "finish", "no_speech", "ended"]


@dataclass(frozen=True)
class Level:
    """The microphone's level, for a meter."""

    session_s: float
    """Session time in seconds."""
    level_dbfs: float
    """RMS of the last frame in dB below full scale."""
    listening: bool
    """Whether the microphone is listened to now."""


@dataclass(frozen=True)
class WordsHeard:
    """A stretch of the answer as it was understood."""

    words: tuple[Word, ...]
    """The words, on the session clock."""


@dataclass(frozen=True)
class Notice:
    """Something the person has to know at once, in one line."""

    session_s: float
    """Session time in seconds."""
    text: str
    """What happened and what to do."""


ChannelEvent = Level | WordsHeard | Notice


@dataclass(frozen=True)
class Said:
    """What the interviewer's voice did."""

    start_s: float
    """Session time of the first sample."""
    end_s: float
    """Session time of the last sample that was heard."""
    complete: bool = True
    """False when the person cut it short with a key."""


@dataclass(frozen=True)
class Heard:
    """One turn of the person."""

    words: tuple[Word, ...]
    """The words, on the session clock."""
    start_s: float
    """Start of the first voice, or of listening when there was none."""
    end_s: float
    """End of the last voice, or of listening when there was none."""
    ended_by: EndedBy
    """What ended the turn; skip, repeat and finish may have words before them."""

    @property
    def text(self) -> str:
        """The words in one line."""
        return text_of(self.words)


class Channel(Protocol):
    """The interviewer's way to the person: sound, or the keyboard. A context manager."""

    @property
    def now_s(self) -> float:
        """Session time in seconds."""

    @property
    def paused_s(self) -> float:
        """Session time spent in pauses, which does not count against the plan."""

    def say(self, text: str) -> Said:
        """Say a text and return when it was heard."""

    def listen(self) -> Heard:
        """Return the person's turn when it has ended."""

    def __enter__(self) -> Self:
        """Open it."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
