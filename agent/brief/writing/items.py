"""Lines as items: headings told apart, bullets and wrapped lines put together again."""

import re
from dataclasses import dataclass, replace

from agent.brief.text import hide, plain
from agent.brief.writing.documents import Document

# The headings of postings and resumes, collected by us; the first kind that matches counts.
_KINDS = {
    "offers": r"benefits|perks|offer|salary|compensation|pay\b|apply|equal opportunity|contact"
    r"|date posted|contract|working pattern|job (?:details|type)|schedule|reference|closing date",
    "about": r"about (?!(?:the|this) (?:role|job|position)|you)|who we are|our (?:story|mission)"
    r"|the (?:company|hospital|school|firm|organi[sz]ation)|company|overview",
    "stack": r"stack|tools|technolog(?:y|ies)|equipment|systems?|software|how we work|team",
    "wants": r"require|qualif|must[- ]have|nice[- ]to[- ]have|skills|experience|profile|essential"
    r"|desirable|preferred|ideal|you (?:bring|have|need|are)|who you are|about you|looking for"
    r"|we (?:expect|need|ask)|specification|\bfit\b",
    "work": r"responsib|dut(?:y|ies)|tasks|you(?:['’](?:ll|d)| will| do| own)"
    r"|your (?!profile|background)|day to day|(?:the|this) (?:role|job|position|work)",
}
_KIND = re.compile(
    "|".join(rf"(?P<{kind}>\b(?:{words}))" for kind, words in _KINDS.items()), re.IGNORECASE
)
_BULLET = re.compile(r"(?:[-*+•◦▪▫●○■□‣⁃–—·✓✔➢➤]|\d{1,2}[.)])\s+")
YEARS = re.compile(
    r"\b(?:19|20)\d\d\b\s?(?:[-–—]|to|until)\s?(?:(?:\w{3,9} )?(?:19|20)\d\d|present|today|now|"
    r"current)\b",
    re.IGNORECASE,
)
"""From when to when somebody worked at a place: such a line begins an item."""
_MOST_HEADING_WORDS = 7
"""A longer line is a sentence (ours)."""
_MOST_LOOSE_WORDS = 5
"""Likewise, where nothing marks it as one."""
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
    kind: str = ""
    """What that heading announces: about, stack, work, wants, offers, or "" for another."""
    is_heading: bool = False
    is_bullet: bool = False

    def excerpt(self, most_words: int = 12) -> str:
        """Return the beginning of its first line, to be quoted."""
        words = self.first.split()
        return " ".join(words[:most_words]) + ("…" if len(words) > most_words else "")


def items_of(document: Document) -> tuple[Item, ...]:
    """Return the items of a document in order."""
    items: list[Item] = []
    section, kind, before = "", "", ""
    filled = [(number, line) for number, line in enumerate(document.lines, start=1) if line]
    for (number, line), (_, following) in zip(filled, [*filled[1:], (0, "")], strict=True):
        apart = number == 1 or not document.lines[number - 2]
        heading = _heading(line, apart, bool(_BULLET.match(following)))
        bullet = _BULLET.match(line)
        text = plain(hide(heading or line[bullet.end() if bullet else 0 :]))
        if items and not (heading or bullet or apart) and _goes_on(items[-1], line, before):
            last = items[-1]
            hyphenated = last.text.endswith("-") and text[:1].islower()
            items[-1] = replace(last, text=f"{last.text}{'' if hyphenated else ' '}{text}")
        elif text:
            section = text.lower() if heading else section
            kind = (kind_of(section) if items else "") if heading else kind  # a title tells nothing
            items.append(Item(number, text, text, section, kind, bool(heading), bool(bullet)))
        before = line
    return tuple(items)


def kind_of(heading: str) -> str:
    """Return what a heading announces, "" where none of our words is in it."""
    found = _KIND.search(heading)
    return str(found.lastgroup) if found else ""


def _heading(line: str, apart: bool, above_list: bool) -> str:
    """Return the words of a heading, "" for another line.

    A heading is marked in Markdown, ends with a colon, stands in capitals, or is a short line
    without figures or punctuation that follows an empty line or is one of the usual ones.
    """
    if line.startswith("#"):
        return line.strip("# ").rstrip(":")
    text = plain(hide(line)).strip("*_ ")
    if _BULLET.match(line) or len(text.split()) > _MOST_HEADING_WORDS:
        return ""
    if text.endswith(":") or (text.isupper() and len(text) > 3 and not re.search(r"\d|,", text)):
        return text.rstrip(":")
    short = text[:1].isupper() and not re.search(r"[\d,.;!|@·]|:\s", text)
    if short and above_list and kind_of(text):
        return text
    loose = apart or (kind_of(text) and len(text.split()) > 1)
    return text if short and loose and len(text.split()) <= _MOST_LOOSE_WORDS else ""


def _goes_on(last: Item, line: str, before: str) -> bool:
    """Return whether a line goes on with the item before it."""
    if last.is_heading or YEARS.search(line):
        return False
    if line[:1].islower():
        return True
    return len(before) >= _FULL_LINE_CHARS and before[-1] not in ".!?:;"
