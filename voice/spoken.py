"""Text as a voice says it: its sentences, its clauses, and the pauses between them."""

from __future__ import annotations

import re

from voice.normalize import normalized, plain

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
_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s(?=[\"'“‘(\[]?[^\W_a-z])")
"""Where a sentence may end: its sign, closing quotes, a space, then no small letter."""
_GOES_ON = re.compile(
    r"(?:^|[\s(\"'“‘\[])(?:(?!I\.)[A-Z]|(?i:[ei]\.[ge]|approx|capt|dr|figs?|gen|gov|hon|mrs?|ms|mt"
    r"|prof|rep|rev|sen|st|vs|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    r"|(?:nos?|vol|ch|sec|art|pp?)(?=\.\s\d)))\.\s.$"
)
"""Before the first letter of what follows: a full stop that ends no sentence, after an initial, a
title, a month, "vs.", "No. 3"."""
_LOOKED_AT = 12
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


def sentences(text: str) -> list[str]:
    """Cut a text after ., ! and ? followed by a space and a new sentence.

    No sentence ends after an abbreviation that goes on ("vs.", "Dr.", "No. 3") or an initial.
    """
    line = " ".join(text.split())
    parts, start = [], 0
    for end in _END.finditer(line):
        if not _GOES_ON.search(line[max(0, end.start() - _LOOKED_AT) : end.end() + 1]):
            parts.append(line[start : end.end()].rstrip())
            start = end.end()
    return [part for part in [*parts, line[start:]] if part]


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


def spoken(sentence: str) -> str:
    """Write one sentence as it is said."""
    return normalized(sentence)


def _is_said(sentence: str) -> bool:
    return any(letter.isalnum() for letter in sentence)
