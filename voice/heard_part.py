"""What was heard of a text whose sound was cut short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voice.audio import Clip


@dataclass(frozen=True)
class Spoken:
    """A piece of a text and its sound."""

    text: str
    """The sentence or clause as it was written."""
    clip: Clip
    """Its sound, with the pause behind it."""
    pause_s: float
    """Silence at the end of the clip, in seconds."""


def heard_part(parts: Sequence[Spoken], played_s: float) -> str:
    """Return the words that were heard whole when `played_s` of the clips, in order, were played.

    Within a clip the letters are taken to be equally long. The silence behind a sentence is not
    spread over its words. (Measured with a Piper voice: see tests/test_workers.py.)
    """
    heard: list[str] = []
    left_s = played_s
    for part in parts:
        voice_s = part.clip.duration_s - part.pause_s
        if left_s >= voice_s:
            heard.append(part.text)
            left_s -= part.clip.duration_s
            continue
        heard.append(_whole_words(part.text, left_s / voice_s))
        break
    return " ".join(text for text in heard if text)


def _whole_words(text: str, share: float) -> str:
    """Return the words that end within the first `share` of the letters."""
    letters = max(0, int(share * len(text)))
    if letters >= len(text) or text[letters].isspace():
        return text[:letters].rstrip()
    return text[:letters].rpartition(" ")[0].rstrip()
