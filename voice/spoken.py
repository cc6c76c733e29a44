"""Text as a voice says it: its sentences, its clauses, and the pauses between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from voice.audio import Clip, join, silence
from voice.normalize import normalized, plain
from voice.tts import sentences

SENTENCE_PAUSE_S = 0.35
"""Silence between two sentences of one text. Synthesizers give none; readers leave 0.3 to 0.6 s."""
CLAUSE_PAUSE_S = 0.15
"""Silence after a first clause that is made alone: joe leaves 0.24 to 0.30 s at a comma inside a
sentence, and its clips end with 0.12."""
LONG_SENTENCE_WORDS = 12
"""Longer sentences begin with their first clause where making them takes time: 12 words are 4 s of
speech, 0.4 to 0.8 s of work for a Piper voice of medium quality on two cores."""
CLAUSE_WORDS = 4
"""No clause that stands alone has fewer words: one or two alone sound like a list."""
_LISTED = r"(?!\S+(?:\s\S+)?(?:,|\s(?:and|or)\s))"
"""Not where one or two words follow and then a comma, "and" or "or": that is a list."""
_STOPS = rf"(?<=[;:])\s+|(?<=,)\s+{_LISTED}|\s+[-–—]\s+"
_BEGINNINGS = (
    "how|what|which|who|why|when|where|the|this|that|I|you|we|they|it|he|she|your|their|her|his"
)
_JOINTS = (
    rf"\s+(?=(?:and|but|or)\s(?:{_BEGINNINGS})\s)"
    r"|\s+(?=(?:because|so|when|where|while|which|if|before|after|until)\s)"
)


def written_sentences(text: str) -> list[str]:
    """Cut a text into sentences as they are written; silent ones are left out."""
    return [sentence for sentence in sentences(plain(text)) if _is_said(spoken(sentence))]


def spoken_sentences(text: str) -> list[str]:
    """Cut a text into sentences and write each as it should be said; silent ones are left out."""
    return [said for sentence in sentences(plain(text)) if _is_said(said := spoken(sentence))]


def clauses(sentence: str) -> list[str]:
    """Cut a long sentence after its first clause, so that its sound can begin sooner.

    The cut is made at the first comma, semicolon, colon or dash with CLAUSE_WORDS words on both
    sides, else before the first such joining word; a sentence of up to LONG_SENTENCE_WORDS words,
    or without such a place, stays whole.
    """
    if len(sentence.split()) <= LONG_SENTENCE_WORDS:
        return [sentence]
    for places in (_STOPS, _JOINTS):
        for place in re.finditer(places, sentence):
            first, rest = sentence[: place.start()], sentence[place.end() :]
            if min(len(first.split()), len(rest.split())) >= CLAUSE_WORDS:
                return [first, rest]
    return [sentence]


def unfinished(clause: str) -> str:
    """Write a clause so that the voice stays up at its end."""
    return clause if clause.endswith((",", ";", ":")) else f"{clause},"


def clips_of(text: str, synthesize: Callable[[str], Clip]) -> Iterator[Clip]:
    """Yield one clip per sentence as soon as it is made, with a pause at its end but the last's."""
    said = spoken_sentences(text)
    for number, sentence in enumerate(said, start=1):
        clip = synthesize(sentence)
        if not len(clip.samples):
            continue
        if number < len(said):
            clip = join([clip, silence(SENTENCE_PAUSE_S, clip.rate_hz)], clip.rate_hz)
        yield clip


def spoken(sentence: str) -> str:
    """Write one sentence as it is said."""
    return normalized(sentence)


def _is_said(sentence: str) -> bool:
    return any(letter.isalnum() for letter in sentence)
