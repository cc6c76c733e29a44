"""What a channel says and hears, as values, and what every channel promises."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

from voice.speech.transcript import Word, text_of
from voice.turns.endpointing import QuestionKind

EndedBy = Literal["silence", "done", "repeat", "skip", "finish", "no_speech", "ended", "cut_in"]
StoppedBy = Literal["", "key", "interruption", "resumed_answer"]


@dataclass(frozen=True)
class Level:
    """The microphone's level, for a meter."""

    session_s: float
    level_dbfs: float
    listening: bool


@dataclass(frozen=True)
class WordsHeard:
    """A stretch of the answer as it was understood."""

    words: tuple[Word, ...]


@dataclass(frozen=True)
class Notice:
    """Something the person has to know at once: what happened and what to do, in one line."""

    session_s: float
    text: str


@dataclass(frozen=True)
class Gap:
    """A time of which nothing was heard, so that nothing is measured over it."""

    start_s: float
    end_s: float
    why: Literal["lost", "muted", "paused"]
    """lost: samples that the device or this machine lost; paused: by the key."""


ChannelEvent = Level | WordsHeard | Notice | Gap


@dataclass(frozen=True)
class Said:
    """What the interviewer's voice did; times are session time in seconds."""

    start_s: float
    end_s: float
    """Of the last sample that was heard."""
    text: str = ""
    """The words that were heard; all of them, unless it was stopped."""
    stopped_by: StoppedBy = ""
    """"" where it came to its end; resumed_answer: the person went on with the answer before."""
    held: int = 0
    """How often it fell silent for a sound that was no interruption, and went on."""


@dataclass(frozen=True)
class Heard:
    """One turn of the person; times are session time in seconds."""

    words: tuple[Word, ...]
    start_s: float
    """Start of the first voice, or of listening when there was none."""
    end_s: float
    """End of the last voice, or of listening when there was none."""
    ended_by: EndedBy
    """Skip, repeat and finish may have words before them."""
    acknowledged: Said | None = None
    """The little word that was said in a silence of it, if it was."""

    @property
    def text(self) -> str:
        """The words in one line."""
        return text_of(self.words)


@dataclass(frozen=True)
class Listening:
    """What a channel is told before it listens."""

    kind: QuestionKind = QuestionKind.OPEN
    ahead: Callable[[Heard], None] = lambda _: None
    """Is told the answer so far in a silence, so that what comes next can be prepared."""
    cut_in_s: float | None = None
    """From the first voice; then the turn ends at its next short pause. None for no limit."""
    acknowledge: str = ""
    """Said once in a silence that is likely the end, while the turn stays open; "" for never. Not
    where sample time runs freely, nor in half duplex, which would be deaf meanwhile."""
    voice: str = ""
    """Whose voice says that."""


class Channel(AbstractContextManager["Channel"], Protocol):
    """The interviewer's way to the person: sound, or the keyboard. A context manager."""

    @property
    def now_s(self) -> float:
        """Session time in seconds."""

    @property
    def paused_s(self) -> float:
        """Session time spent in pauses, which does not count against the plan."""

    @property
    def realtime(self) -> bool:
        """Whether time passes while nobody asks for it."""

    def prepare(self, text: str, voice: str = "") -> None:
        """Get ready to say a text soon in a voice; may be called from another thread."""

    def say(self, text: str, yielding: bool = True, voice: str = "") -> Said:
        """Say a text and return when it was heard; if `yielding`, the person may interrupt."""

    def wait(self, ready: Callable[[], bool], most_s: float) -> Said:
        """Say nothing, and go on hearing, until something is ready or `most_s` have passed.

        A voice meanwhile is heard to its end first. At once where sample time runs freely.
        """

    def listen(self, about: Listening) -> Heard:
        """Return the person's turn when it has ended."""
