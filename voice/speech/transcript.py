"""Words with times, and their file form: openai-whisper's JSON layout."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from voice import files
from voice.errors import RehearseError

_MOST_BYTES = 100_000_000


@dataclass(frozen=True)
class Word:
    """One recognized word."""

    text: str
    """As written, punctuation attached, no spaces around it."""
    start_s: float
    """In seconds on the clock of the recording."""
    end_s: float
    probability: float = 1.0
    """The recognizer's own confidence, 0 to 1."""

    def shifted(self, by_s: float) -> "Word":
        """Return the word `by_s` seconds later."""
        return Word(self.text, self.start_s + by_s, self.end_s + by_s, self.probability)


def joined(pieces: Iterable[Word]) -> tuple[Word, ...]:
    """Return whole words from pieces: one without a space before it (",234", "%") goes on."""
    words: list[Word] = []
    for piece in pieces:
        text = piece.text.strip()
        if text and words and not piece.text[:1].isspace():
            last = words[-1]
            end_s, sure = max(last.end_s, piece.end_s), min(last.probability, piece.probability)
            words[-1] = Word(last.text + text, last.start_s, end_s, sure)
        elif text:
            words.append(Word(text, piece.start_s, piece.end_s, piece.probability))
    return tuple(words)


def text_of(words: tuple[Word, ...] | list[Word]) -> str:
    """Return the words as one line of text."""
    return " ".join(word.text for word in words)


class _FileWord(BaseModel):
    word: str
    start: float = Field(ge=0, le=1e7, allow_inf_nan=False)
    end: float = Field(ge=0, le=1e7, allow_inf_nan=False)
    probability: float = 1.0


class _FileSegment(BaseModel):
    text: str = ""
    words: list[_FileWord] = []


class _File(BaseModel):
    segments: list[_FileSegment]


def read_words(path: Path) -> tuple[Word, ...]:
    """Read words from openai-whisper's JSON, sorted by start, or raise RehearseError."""
    segments = None
    try:
        with suppress(ValidationError):
            segments = _File.model_validate_json(files.read(path, _MOST_BYTES)).segments
    except OSError as error:
        raise RehearseError(
            f"cannot read words from {path} ({error.strerror}); check the path"
        ) from error
    if segments is None or any(each.text.strip() and not each.words for each in segments):
        raise RehearseError(
            f"{path} is not openai-whisper's JSON with word times"
            " (segments, each with words); write it with --word_timestamps True"
        )
    # Programs that strip their words leave no sign of where one begins: each is whole then.
    spaced = any(word.word[:1].isspace() for each in segments for word in each.words)
    words: list[Word] = []
    for segment in segments:
        words += joined(
            Word(w.word if spaced else f" {w.word}", w.start, max(w.start, w.end), w.probability)
            for w in segment.words
        )
    return tuple(sorted(words, key=lambda word: word.start_s))


def to_document(segments: list[tuple[Word, ...]]) -> dict[str, Any]:
    """Return openai-whisper's JSON layout for the segments."""
    return {
        "text": " ".join(text_of(words) for words in segments if words),
        "language": "en",
        "segments": [
            {
                "id": number,
                "start": round(words[0].start_s, 3),
                "end": round(words[-1].end_s, 3),
                "text": text_of(words),
                "words": [
                    {
                        "word": f" {word.text}",
                        "start": round(word.start_s, 3),
                        "end": round(word.end_s, 3),
                        "probability": round(word.probability, 3),
                    }
                    for word in words
                ],
            }
            for number, words in enumerate(s for s in segments if s)
        ],
    }
