"""What a job posting says: company, role, a snapshot, the stack, and what is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.brief_write.documents import Document
from agent.brief_write.items import Item, items_of, sentences

MOST_SNAPSHOT_WORDS = 130
MOST_STACK_WORDS = 110
"""A paragraph that is read in half a minute (ours)."""
_FEWEST_WORDS = 3
"""Fewer words ask for nothing that can be spoken of."""
_MOST_TITLE_WORDS = 8
"""A longer first line is no title (ours)."""

# The headings of postings, collected by us; each matches anywhere in the heading.
_ASKS = re.compile(
    r"\b(require|qualif|responsib|dut(y|ies)|must[- ]have|nice[- ]to[- ]have|skills|experience"
    r"|you (have|bring|will|are|can|need)|you'?ll|your (profile|role|tasks|background|work|day)"
    r"|looking for|we (expect|need|ask)|what you|who you are|tasks|the (role|job|position|work)"
    r"|about (the|this) (role|job|position)|about you|ideal candidate|essential|desirable"
    r"|preferred|day to day)"
)
_ABOUT = re.compile(
    r"\b(about (us|the (company|hospital|school|team|organi[sz]ation|firm))|who we are|our (story"
    r"|mission|company|school|hospital|firm)|the (company|hospital|school|firm|organi[sz]ation)"
    r"|company (overview|description|snapshot)|overview)\b|^about (?!(the|this) (role|job|pos)|you)"
)
_STACK = re.compile(
    r"\b(stack|tools|technolog(y|ies)|equipment|systems?|software|how we work|our team|the team)\b"
)
_OFFERS = re.compile(
    r"\b(benefits|perks|we offer|offer|salary|compensation|pay|apply|equal opportunity|contact)\b"
)
_FIELD = re.compile(
    r"^(company|employer|organi[sz]ation|hospital|school|firm|role|position|job title|title|job)"
    r"\s*[:–-]\s+(.+)$",
    re.IGNORECASE,
)
_ROLE_AT = re.compile(
    r"^(?P<role>[^.!?]{3,80}?)(?:,? at | @ | [–—|·] | - )(?P<company>[^.!?]{2,60})$"
)
_HIRING = re.compile(
    r"^(?P<company>[A-Z][^.!?]{1,50}?) is (?:hiring|looking for|seeking|recruiting)"
    r" (?:an? )?(?P<role>[^.!?;]{3,80}?)(?:[.!;]| who | to |$)"
)
_NAME_FIRST = re.compile(
    r"(?P<name>(?!(?:We|Our|You|Your|The|This|It|They|As|In)\b)[A-Z][\w&.'-]*"
    r"(?: [A-Z][\w&.'-]*){0,3}) (?:is|are|was|has|[a-z]{3,}s)\b"
)
_ASKING = re.compile(
    r"\b(you (will|have|bring|are|can|must|should|need)|you'll|must|required?"
    r"|experience (in|with|of)|ability to|knowledge of|responsible for|looking for|degree"
    r"|licen[cs]e|certifi)",
    re.IGNORECASE,
)
_TOOL = re.compile(
    r"\b\w*[a-z0-9][A-Z]\w*|\b[A-Z]{2,}\b|\b[A-Z]\d|\b(use|using|with|as|of|or|our) [A-Z]\w+"
)
_APPLYING = re.compile(r"\b(apply|applications?|salary|send (us )?(a|your))\b", re.IGNORECASE)


@dataclass(frozen=True)
class Posting:
    """A posting as understood; every word stands in it."""

    document: Document
    items: tuple[Item, ...]
    """All of it, in order."""
    company: str
    """Who hires, "" where it is not said in a way that is understood."""
    role: str
    """For what, "" likewise."""
    snapshot: str
    """What it says about the company."""
    stack: str
    """What it says that the team works with."""
    asks: tuple[Item, ...]
    """What it asks for, in order; never empty."""


def read_posting(document: Document) -> Posting:
    """Return what a posting says, by the headings and words that postings use."""
    items = items_of(document)
    company, role = _who_and_what(items)
    title = items[:1] if len(items[0].text.split()) <= _MOST_TITLE_WORDS else ()
    body = [
        item for item in items if not (item.is_heading or item in title or _FIELD.match(item.text))
    ]
    asks = [item for item in body if _ASKS.search(item.section) and not _is_other(item)]
    asks = [item for item in asks if len(item.text.split()) >= _FEWEST_WORDS]
    if len(asks) < 3:
        more = [item for item in body if _ASKING.search(item.text) and not _is_other(item)]
        asks = [item for item in body if item in asks or item in more]
    snapshot = [item for item in body if _ABOUT.search(item.section)]
    snapshot = snapshot or [
        item
        for item in body
        if item not in asks
        and not item.is_bullet
        and not _OFFERS.search(item.section)
        and not _APPLYING.search(item.text)
        and len(item.text.split()) >= 8
    ]
    return Posting(
        document=document,
        items=items,
        company=company,
        role=role,
        snapshot=paragraph_of(snapshot, MOST_SNAPSHOT_WORDS),
        stack=_stack(body, snapshot),
        asks=tuple(asks or body or items),
    )


def _is_other(item: Item) -> bool:
    return bool(_OFFERS.search(item.section) or _ABOUT.search(item.section))


def _who_and_what(items: tuple[Item, ...]) -> tuple[str, str]:
    """Return company and role, from a field, the title, or a sentence that says who is hiring."""
    found = {"company": "", "role": ""}
    for item in items[:40]:
        field = _FIELD.match(item.text)
        if field:
            kind = "role" if re.search(r"role|position|title|job", field[1].lower()) else "company"
            found[kind] = found[kind] or field[2].strip(" .")
    for pattern, within in ((_ROLE_AT, items[:1]), (_HIRING, items[:40])):
        for item in within:
            hit = pattern.match(sentences(item.text)[0]) if not _FIELD.match(item.text) else None
            found |= {kind: hit[kind].strip(" ,") for kind in found if hit and not found[kind]}
    about = (re.match(r"(?i)about (?!us\b|you\b|the |this )(.+)", item.text) for item in items)
    named = next((hit[1] for hit in about if hit), "")
    first = items[0].text if len(items[0].text.split()) <= _MOST_TITLE_WORDS else ""
    named = named or next(filter(None, (_named_by(item, items) for item in items)), "")
    role = found["role"] or ("" if _FIELD.match(first) else first)
    return found["company"] or named, role


def _named_by(item: Item, items: tuple[Item, ...]) -> str:
    """Return the name that begins a sentence ("Acme Payments processes…") and comes elsewhere."""
    hit = None if item.is_bullet else _NAME_FIRST.match(item.text)
    others = " ".join(other.text for other in items if other is not item)
    return hit["name"] if hit and re.search(rf"\b{re.escape(hit['name'])}\b", others) else ""


def _stack(body: list[Item], snapshot: list[Item]) -> str:
    """Return the lines under a heading about tools, else the sentences that name a tool."""
    headed = [item for item in body if _STACK.search(item.section) and item not in snapshot]
    if headed:
        return paragraph_of(headed, MOST_STACK_WORDS)
    naming = [
        sentence
        for item in body
        if item not in snapshot and not _OFFERS.search(item.section)
        for sentence in sentences(item.text)
        if _TOOL.search(sentence)
    ]
    return _joined(naming, MOST_STACK_WORDS)


def paragraph_of(items: Sequence[Item], most_words: int) -> str:
    """Return the sentences of the items, as many as fit, as a paragraph."""
    return _joined([part for item in items for part in sentences(item.text)], most_words)


def _joined(parts: list[str], most_words: int) -> str:
    """Return as many of the parts as fit, each ended as a sentence."""
    taken: list[str] = []
    for part in parts:
        if taken and len(" ".join([*taken, part]).split()) > most_words:
            break
        taken.append(part if part[-1] in ".!?" else part.rstrip(",;:") + ".")
    return " ".join(taken)
