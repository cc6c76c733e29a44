"""Text as a mouth should say it: nothing in it is a command, numbers and signs become words.

What eSpeak NG (which also gives Piper its phonemes) reads well is left as it is: "6K TPS",
"99.9%", "API". The rules below mend what its phonemes showed to be misread: "~4" as "tilde
four", "$2.5M" as "dollar two point five em", "6-50" as "six dash fifty", "AWS" as "awes".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from voice.audio import Clip, join, silence
from voice.tts import sentences

SENTENCE_PAUSE_S = 0.35
"""Silence between two sentences of one text. Synthesizers give none; readers leave 0.3 to 0.6 s."""
CLAUSE_PAUSE_S = 0.15
"""Silence after a first clause that is made alone. eSpeak NG leaves 0.12 to 0.27 s at a comma."""
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
_DROPPED = {"Cc", "Cf", "Co", "Cs", "Cn", "So", "Sk"}
"""Unicode categories that are never said: controls (\\x01 starts an eSpeak command), emoji."""
_SCALES = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion"}
_CURRENCIES = {"$": "dollar", "£": "pound", "€": "euro"}
_LETTERS = "AWS|CI|CLI|EC|EHR|EKS|ECS|ETL|IAM|ICU|IEP|IO|OKR|QA|ROI|SLO|UX"
"""Abbreviations that are spelled aloud and that eSpeak NG 1.52 reads as words."""
_NUMBER = r"(\d[\d.,]*[kKMB%]?)"
_PER = r"second|sec|minute|min|hour|day|week|month|year|user|request"


def _money(found: re.Match[str]) -> str:
    name = _CURRENCIES[found[1]]
    if scale := found[3]:
        return f"{found[2]} {_SCALES.get(scale.lower(), scale.lower())} {name}s"
    return f"{found[2]} {name}" if found[2] == "1" else f"{found[2]} {name}s"


def _spelled(found: re.Match[str]) -> str:
    return ".".join(found[1])


_RULES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"\[\[|\]\]", " "),  # Piper's and eSpeak's brackets around raw phonemes
    (r"[~≈]\s?(?=[$£€]?\d)", "about "),
    (r"https?://", ""),
    (r"\s*(?:->|→|⇒)\s*", " to "),
    (rf"([$£€]){_NUMBER}\s?[-–]\s?\1?{_NUMBER}(?![\w-])", r"\2 to \1\3"),
    (rf"(?<![\w-]){_NUMBER}\s?[-–]\s?{_NUMBER}(?![\w-])", r"\1 to \2"),
    (
        r"([$£€])\s?(\d(?:[\d,.]*\d)?)"
        r"(?:\s?(k|K|m|M|b|B|bn|thousand|million|billion|trillion)\b)?",
        _money,
    ),
    (r"(\d)\s?ms\b", r"\1 milliseconds"),
    (r"(\d)x\b", r"\1 times"),
    (r"(\d)M\b", r"\1 million"),
    (r"(?<!\w)#(?=\d)", "number "),
    (rf"(?<=\w)/(?=(?:{_PER})s?\b)", " per "),
    (r"(?<=[^\W\d_])/(?=[^\W\d_])", " "),
    (r"[*`|\\^{}~]|(?<!\w)#|(?<!\w)_+|_+(?!\w)|(?<=\s)[-–—>]+(?=\s)", " "),
    (rf"\b({_LETTERS})(?=s?\b|\d)", _spelled),
)


def written_sentences(text: str) -> list[str]:
    """Cut a text into sentences as they are written; silent ones are left out."""
    return [sentence for sentence in sentences(_plain(text)) if _is_said(spoken(sentence))]


def spoken_sentences(text: str) -> list[str]:
    """Cut a text into sentences and write each as it should be said; silent ones are left out."""
    return [said for sentence in sentences(_plain(text)) if _is_said(said := spoken(sentence))]


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
    """Write signs, money, ranges and abbreviations of one sentence as words."""
    sentence = _plain(sentence)
    for pattern, words in _RULES:
        sentence = re.sub(pattern, words, sentence)
    return " ".join(sentence.split())


def _is_said(sentence: str) -> bool:
    return any(letter.isalnum() for letter in sentence)


def _plain(text: str) -> str:
    """Return the text without characters that are never said; line ends become spaces."""
    spaced = "".join(" " if letter.isspace() else letter for letter in text)
    return "".join(c for c in spaced if unicodedata.category(c) not in _DROPPED)
