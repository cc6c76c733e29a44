"""What a job posting says: company, role, a snapshot, the stack, and what is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.brief.writing.documents import Document
from agent.brief.writing.items import Item, items_of, sentences

MOST_SNAPSHOT_WORDS = 130
MOST_STACK_WORDS = 110
"""A paragraph that is read in half a minute (ours)."""
_FEWEST_WORDS = 3
"""Fewer words ask for nothing that can be spoken of."""
_MOST_TITLE_WORDS = 8
"""A longer first line is no title (ours)."""
_TOP = 40
"""So many items are searched for who is hiring."""

_FIELD = re.compile(
    r"(?:(?P<company>company|employer|organi[sz]ation|hospital|school|firm)"
    r"|role|position|job title|title|job)\s?[:–-]\s(?P<value>.+)",
    re.IGNORECASE,
)
_ROLE_AT = re.compile(
    r"(?P<role>[^.!?]{3,80}?)(?:,? at | @ | [–—|·] | - )(?P<company>[^.!?]{2,60})$"
)
_HIRING = re.compile(
    r"(?P<company>[A-Z][^.!?]{1,50}?) is (?:hiring|looking for|seeking|recruiting)"
    r" (?:an? )?(?P<role>[^.!?;]{3,80}?)(?:[.!;]| who | to |$)"
)
_ABOUT = re.compile(r"about (?!us\b|you\b|the |this )(.+)", re.IGNORECASE)
_NAME_FIRST = re.compile(
    r"(?!(?:We|Our|You|Your|The|This|It|They|As|In)\b)([A-Z][\w&.'-]*(?: [A-Z][\w&.'-]*){0,3})"
    r" (?:is|are|was|has|[a-z]{3,}s)\b"
)
_ASKING = re.compile(r"\b(?:you|you'll|must|required?|experience|responsible for)\b", re.IGNORECASE)
_TOOL = re.compile(r"\b\w{0,20}[a-z0-9][A-Z]|\b[A-Z]{2,}\b|\b[A-Z]\d|\b(?:use|using|with) [A-Z]")
_APPLYING = re.compile(r"\b(?:apply|applications?|salary|send (?:us )?(?:a|your))\b", re.IGNORECASE)


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
    """What it asks for, in order."""
    unsure: tuple[str, ...] = ()
    """What was guessed or not found, each in one line."""


def read_posting(document: Document) -> Posting:
    """Return what a posting says, by the headings and words that postings use."""
    items = items_of(document)
    title = items[:1] if len(items[0].text.split()) <= _MOST_TITLE_WORDS else ()
    body = [
        item
        for item in items
        if not (item.is_heading or item in title or _FIELD.match(item.text) or "·" in item.text)
        and item.kind != "offers"
    ]
    asks = [item for item in body if item.kind in ("work", "wants")]
    if len(asks) < 3:
        likely = [item for item in body if _ASKING.search(item.text) and item.kind != "about"]
        asks = sorted({item.number: item for item in (*asks, *likely)}.values(), key=_place)
    about = [item for item in body if item.kind == "about"]
    asked = {item.number for item in asks}
    rest = [item for item in body if item.number not in asked and not item.is_bullet]
    snapshot = about or [item for item in rest if not _APPLYING.search(item.text)]
    headed = [item for item in body if item.kind == "stack"]
    told = {item.number for item in snapshot}
    naming = [item for item in body if item.number not in told]
    stack = [part for item in headed or naming for part in sentences(item.text)]
    company, role = _who_and_what(items)
    doubts = {
        "the company's name was not found: write it after '- company:'": not company,
        "no role was found: write it after '- role:'": not role,
        "nothing is headed 'About us': check that the snapshot is about the company": not about,
        "nothing is headed 'Stack' or 'Tools': the stack holds lines that name a tool": not headed,
        "no heading such as 'Your tasks' was found: check which lines are asked about": not any(
            item.kind in ("work", "wants") for item in asks
        ),
    }
    return Posting(
        document=document,
        items=items,
        company=company,
        role=role,
        snapshot=paragraph_of(snapshot, MOST_SNAPSHOT_WORDS),
        stack=_joined([part for part in stack if headed or _TOOL.search(part)], MOST_STACK_WORDS),
        asks=tuple(item for item in asks or body if len(item.text.split()) >= _FEWEST_WORDS),
        unsure=tuple(line for line, holds in doubts.items() if holds),
    )


def _place(item: Item) -> int:
    return item.number


def _who_and_what(items: tuple[Item, ...]) -> tuple[str, str]:
    """Return company and role: from a field, the title, a sentence that says who is hiring."""
    company, role = "", ""
    for item in items[:_TOP]:
        field = _FIELD.fullmatch(item.text)
        if field and field["company"]:
            company = company or field["value"].strip(" .")
        elif field:
            role = role or field["value"].strip(" .")
    for pattern, within in ((_ROLE_AT, items[:1]), (_HIRING, items[:_TOP])):
        for item in within:
            first = sentences(item.text)[0]
            hit = None if _FIELD.match(first) else pattern.match(first)
            if hit:
                company = company or hit["company"].strip(" ,")
                role = role or hit["role"].strip(" ,")
    about = next(filter(None, (_ABOUT.fullmatch(item.text) for item in items)), None)
    named = filter(None, (_named_by(item, items) for item in items[:_TOP]))
    first = items[0].text
    is_title = len(first.split()) <= _MOST_TITLE_WORDS and not _FIELD.match(first)
    company = company or (about[1] if about else "") or next(named, "")
    return company, role or (first if is_title else "")


def _named_by(item: Item, items: tuple[Item, ...]) -> str:
    """Return the name that begins a sentence ("Acme Payments processes…") and comes elsewhere."""
    hit = None if item.is_bullet else _NAME_FIRST.match(item.text)
    others = " ".join(other.text for other in items if other is not item)
    return hit[1] if hit and re.search(rf"\b{re.escape(hit[1])}\b", others) else ""


def paragraph_of(items: Sequence[Item], most_words: int) -> str:
    """Return the sentences of the items, as many as fit, as a paragraph; no scraps of a page."""
    parts = [part for item in items for part in sentences(item.text)]
    return _joined([part for part in parts if len(part.split()) > _FEWEST_WORDS], most_words)


def _joined(parts: list[str], most_words: int) -> str:
    """Return as many of the parts as fit, each ended as a sentence."""
    taken: list[str] = []
    for part in parts:
        if taken and len(" ".join([*taken, part]).split()) > most_words:
            break
        taken.append(part if part[-1] in ".!?" else part.rstrip(",;:") + ".")
    return " ".join(taken)
