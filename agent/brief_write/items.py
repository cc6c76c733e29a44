"""Lines as items: headings told apart, bullets and wrapped lines put together again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.brief.text import hide, plain
from agent.brief_write.documents import Document, Line

_BULLET = re.compile(r"^(?:[-*+•◦▪▫●○■□‣⁃–—·✓✔➢➤]|\d{1,2}[.)])\s+")
_HEADING_MARK = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
YEARS = re.compile(
    r"\b(19|20)\d\d\b\s*(?:[-–—]|to|until)\s*"
    r"(?:(?:\w+ )?(?:19|20)\d\d\b|present|today|now|current|\d\d/)",
    re.IGNORECASE,
)
"""From when to when somebody worked at a place: such a line begins an item."""
_MOST_HEADING_WORDS = 7
"""A longer line is a sentence (ours)."""
_FULL_LINE_CHARS = 55
"""A line below this was not broken because the page ended (ours; pages hold 70 to 100)."""


@dataclass(frozen=True)
class Item:
    """A heading, a bullet with its wrapped lines, or a paragraph."""

    number: int
    """The number of its first line."""
    text: str
    """All its words, without bullet and Markdown marks."""
    first: str
    """The words of its first line."""
    section: str = ""
    """The heading that it stands under, in lower case; "" before the first."""
    is_heading: bool = False
    """Whether it is a heading itself."""
    is_bullet: bool = False
    """Whether it begins with a bullet."""

    def excerpt(self, most_words: int = 12) -> str:
        """Return the beginning of its first line, to be quoted."""
        words = self.first.split()
        return " ".join(words[:most_words]) + ("…" if len(words) > most_words else "")


def items_of(document: Document) -> tuple[Item, ...]:
    """Return the items of a document in order."""
    items: list[Item] = []
    section, before = "", ""
    for line in document.lines:
        heading = _heading(line, before)
        bullet = _BULLET.match(line.text)
        text = plain(hide(heading or line.text[bullet.end() if bullet else 0 :]))
        if items and not heading and not bullet and _goes_on(items[-1], line, before):
            last = items.pop()
            items.append(_joined(last, text))
        elif text:
            section = text.lower() if heading else section
            items.append(Item(line.number, text, text, section, bool(heading), bool(bullet)))
        before = line.text
    return tuple(items)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [part for part in re.split(r"(?<=[.!?])\s+(?=[A-Z0-9\"“(])", text) if part]


def _heading(line: Line, before: str) -> str:
    """Return the words of a heading, "" for another line.

    A heading is marked in Markdown, ends with a colon, or is short, begins with a capital, holds
    no figure, ends without punctuation, and follows an empty line, a sentence or a heading.
    """
    marked = _HEADING_MARK.match(line.text)
    if marked:
        return marked[1].rstrip(":")
    text = plain(hide(line.text)).strip("*_ ")
    if _BULLET.match(line.text) or len(text.split()) > _MOST_HEADING_WORDS:
        return ""
    if text.endswith(":") or (text.isupper() and len(text) > 3 and not re.search(r"\d|,", text)):
        return text.rstrip(":")
    short = text[:1].isupper() and not re.search(r"[\d,.;!|@·]|:\s", text)
    return text if short and (line.after_gap or not before) and len(text.split()) <= 5 else ""


def _goes_on(last: Item, line: Line, before: str) -> bool:
    """Return whether a line goes on with the item before it."""
    if last.is_heading or line.after_gap or YEARS.search(line.text):
        return False
    if line.text[:1].islower():
        return True
    return len(before) >= _FULL_LINE_CHARS and before[-1] not in ".!?:;"


def _joined(last: Item, text: str) -> Item:
    gap = "" if last.text.endswith("-") and text[:1].islower() else " "
    return Item(
        last.number, f"{last.text}{gap}{text}", last.first, last.section, False, last.is_bullet
    )
