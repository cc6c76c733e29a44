"""What a resume claims: the lines that tell of something done, with their facts."""

import re
from dataclasses import dataclass

from agent.brief import TalkingPoint
from agent.brief.check import facts_of
from agent.brief.writing.documents import Document
from agent.brief.writing.items import YEARS, Item, items_of
from agent.text.words import is_stopword
from voice.speech.spoken import sentences

_FEWEST_WORDS = 5
"""A claim that can be told has a verb, a thing and a fact (ours)."""
_FEWEST_IN_SENTENCE = 8
"""Without a bullet: shorter lines are titles, degrees and stations (ours)."""
_MOST_NAME_WORDS = 6
_MOST_CLAIM_WORDS = 60
"""A talking point above this is not told in one breath (ours)."""
_NOT_CLAIMS = re.compile(
    r"\b(?:skills?|languages?|interests?|hobbies|references?|contact|personal|tools|technologies"
    r"|memberships?)\b"
)
_CONTACT = re.compile(r"@\w|https?:|www\.|linkedin|\+\d[\d ()-]{7}|\bphone\b", re.IGNORECASE)
_CUT = re.compile(
    r"\s(?:from|by|to|with|for|using|through|which|that|and|in|at|on|of|so|across|over|within|"
    r"while|who|as|after|before|including)\b"
    r"|[,;:(–—](?!\d)|\s[~$€£]?\d",
    re.IGNORECASE,
)
"""Where the name of a claim may end: before its figures and circumstances."""


@dataclass(frozen=True)
class Claim:
    """Something that the resume says was done."""

    item: Item
    """Where it stands."""
    point: TalkingPoint
    """The same as a talking point, in the resume's own words."""


@dataclass(frozen=True)
class Resume:
    """A resume as understood."""

    document: Document
    claims: tuple[Claim, ...]
    """What can become a talking point, in order."""


def read_resume(document: Document) -> Resume:
    """Return what a resume says; a claim is a bullet or sentence with at least one fact."""
    claims: dict[str, Claim] = {}
    for item in items_of(document)[1:]:
        for text in _told(item):
            point = TalkingPoint(name=name_of(text), text=text)
            if facts_of(point):
                claims.setdefault(text, Claim(item, point))
    return Resume(document, tuple(claims.values()))


def is_contact(text: str) -> bool:
    """Return whether a line holds an address, a number or a page of the person."""
    return bool(_CONTACT.search(text))


def name_of(text: str) -> str:
    """Return the first words of a claim, before its figures and circumstances."""
    heads = (text[: hit.start()].split() for hit in _CUT.finditer(text))
    told = (head for head in heads if len(head) > 1 and not is_stopword(head[-1]))
    words = next(told, text.split())[:_MOST_NAME_WORDS]
    while len(words) > 2 and is_stopword(words[-1]):
        words.pop()
    return " ".join(words).strip(" ,;:.")


def _told(item: Item) -> list[str]:
    """Return what an item says was done: itself, or its sentences where it is no bullet."""
    if item.is_heading or _NOT_CLAIMS.search(item.section) or is_contact(item.text):
        return []
    told = [item.text] if item.is_bullet else sentences(item.text)
    fewest = _FEWEST_WORDS if item.is_bullet else _FEWEST_IN_SENTENCE
    return [
        text
        for text in told
        if fewest <= len(text.split()) <= _MOST_CLAIM_WORDS
        and (item.is_bullet or not YEARS.search(text))
    ]
