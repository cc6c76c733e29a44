"""How it was said: words with their times, pauses, pace, fillers, the voice."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

Band = Literal["", "slow", "fine", "fast"]
"""Where a speech rate lies; "" where it was not scored."""


class Part(BaseModel):
    """A part of the document: frozen, and tolerant of what a later version added."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Span(Part):
    """A stretch of time."""

    start_s: float
    end_s: float


class SpokenWord(Span):
    """One recognized word of an answer."""

    text: str
    probability: float = 1.0
    mark: Literal["", "filled_pause", "filler_word", "hedge"] = ""
    """What the word counts as, if anything."""


class Pause(Span):
    """A silent pause of 0.25 s or more inside an answer."""

    inside_clause: bool = False
    """Whether the word before it does not end a clause."""
    before_number: bool = False
    """Whether a number follows: the moment of looking it up."""


class Filler(Span):
    """One filled pause or filler word."""

    text: str
    source: Literal["transcript"] = "transcript"
    """Where it was heard: always as a word."""


class PaceWindow(Span):
    """The pace of 20 s of an answer."""

    speech_rate_wpm: float
    """Words a minute, pauses included."""
    band: Band
    """Where it lies."""


class Voice(Part):
    """How the voice moved. None where there is too little of it to say."""

    pitch_sd_semitones: float | None = None
    """Standard deviation of the pitch; below 2 a voice sounds flat."""
    end_drop_db: float | None = None
    """How much lower the last 0.3 s of a phrase are than its middle, median over the phrases."""


class Pacing(Part):
    """How fast, with how much silence. None where there is too little speech to say."""

    words: int = 0
    """Words of the rate: filled pauses are not counted, filler words are."""
    speech_rate_wpm: float | None = None
    """Words a minute from the first to the last word, pauses included."""
    articulation_rate_sps: float | None = None
    """Syllables per second of phonation."""
    phonation_s: float = 0.0
    """Seconds of voice."""
    duration_s: float = 0.0
    """Seconds from the start of the first to the end of the last word or voice."""
    pauses: tuple[Pause, ...] = ()
    band: Band = ""
    """Where speech_rate_wpm lies, "" where it was not scored."""
    windows: tuple[PaceWindow, ...] = ()
    """The pace in sliding windows of 20 s, one every 5 s; empty for shorter answers."""
    longest_run_s: float = 0.0
    """Longest stretch without a pause."""
    voice: Voice = Voice()


class Fillers(Part):
    """Fillers of an answer or of all. A count from a recognizer is a floor: "at least n"."""

    filled_pauses: tuple[Filler, ...] = ()
    filler_words: tuple[Filler, ...] = ()
    hedges: tuple[Filler, ...] = ()
    per_minute: float | None = None
    """Filled pauses and filler words per minute of phonation and pauses (duration_s)."""
    per_100_words: float | None = None
    repetitions: tuple[Filler, ...] = ()
    """Doubled words and restarts ("the the", "we moved, we moved")."""

    @field_validator("filled_pauses", mode="before")
    @classmethod
    def _heard_as_words(cls, value: object) -> object:
        """Drop what earlier versions guessed from held vowels: on people it was mostly wrong."""
        if not isinstance(value, list):
            return value
        return [
            one for one in value if not (isinstance(one, dict) and one.get("source") == "acoustic")
        ]

    @property
    def counted(self) -> tuple[Filler, ...]:
        """Filled pauses and filler words, in order of time; hedges are another list."""
        return tuple(sorted((*self.filled_pauses, *self.filler_words), key=lambda one: one.start_s))


class Habit(Part):
    """A filler that stands out by how often it comes."""

    text: str
    count: int
    kind: Literal["crutch"] = "crutch"
    """crutch: one filler that makes up most of all."""
    moments: tuple[Span, ...] = ()
