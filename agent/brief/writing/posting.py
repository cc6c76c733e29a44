"""What a job posting says: company, role, a snapshot, the stack, and what is asked for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.brief.writing.documents import Document
from agent.brief.writing.items import Item, items_of, kind_of
from voice.speech.spoken import sentences

MOST_SNAPSHOT_WORDS = 130
MOST_STACK_WORDS = 110
"""A paragraph that is read in half a minute (ours)."""
_FEWEST_WORDS = 3
"""Fewer words ask for nothing that can be spoken of."""
_MOST_TITLE_WORDS = 8
"""A longer first line is no title (ours)."""
_SENTENCE_WORDS = 8
"""Fewer words outside of a section about the company are a scrap of the page (ours)."""
_TOP = 40
"""So many items are searched for who is hiring."""

_NAME = r"[A-Z][\w.'’-]*(?: (?:&|and|of|[A-Z])[\w.'’-]*){0,6}(?<!and)(?<!of)(?<!&)"
_FIELD = re.compile(
    r"(?:(?P<company>company|employer|organi[sz]ation|hospital|school|firm)"
    r"|role|position|job title|title|job)\s?[:–-]\s(?P<value>.+)",
    re.IGNORECASE,
)
_TITLE_PARTS = re.compile(r"\s+(?:[|·–—@-]|at)\s+|,? at ")
_ABOUT = re.compile(r"about (?!us\b|you\b|the |this |our )(.+)", re.IGNORECASE)
_WHO = re.compile(
    rf"\b(?:[Ww]e(?:'re|’re| are)|at|[Jj]oin(?:ing)?) ({_NAME})"
    rf"|^(?!(?:We|Our|You|Your|The|This|It|They|As|In|An?|Are|Is)\b)({_NAME}),?"
    r" (?:is|are|was|has|[a-z]{3,}s)\b"
)
"""A name where a company's stands: "We're Acme", "at Acme", "Acme Payments processes…"."""
_HIRES = re.compile(
    r"\b(?:hiring|looking for|seeking|recruiting|searching for|opportunity (?:has arisen )?for"
    r"|[Jj]oin us as) an? (?:[a-z]\w+,? )*(?P<role>[^.!?;,]{3,80}?)"
    r"(?=[.!?;,]| who | to | for | in | looking |$)"
)
_NO_TITLE = re.compile(r"(?:full )?(?:job|role) (?:summary|description|details|overview)", re.I)
_ASKING = re.compile(r"\b(?:you|you'll|must|required?|experience|responsible for)\b", re.IGNORECASE)
_TOOL = re.compile(
    r"\b(?:using|use|with|in|on|know|like|such as|include|have:) (?:the )?(?:[A-Z]\w+|dbt)"
    r"|\b\w{0,20}[a-z][A-Z]\w|\b[A-Z]+\d"
)
_APART = re.compile(
    r"\b(?:apply|applications?|applicants?|account|salary|send (?:us )?(?:a|your)|reports? to|equal"
    r" opportunit\w+|permanent|full-?time|followers|posted|reposted|recruiting|are you|we offer)\b"
    r"|[£$€]\s?\d",
    re.IGNORECASE,
)
"""What tells of applying, pay or the page rather than of the company or the work."""


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
    """What it says about the company, "" where nothing is surely about it."""
    stack: str
    """What it says that the team works with, "" likewise."""
    asks: tuple[Item, ...]
    """What it asks for, in order."""
    unsure: tuple[str, ...] = ()
    """What was guessed or not found, each in one line."""


def read_posting(document: Document) -> Posting:
    """Return what a posting says, by the headings and words that postings use."""
    items = items_of(document)
    company, role = _who_and_what(items)
    title = items[0].text if len(items[0].text.split()) <= _MOST_TITLE_WORDS else ""
    body = [item for item in items if not (item.text == title or _is_furniture(item))]
    asks = [item for item in body if item.kind in ("work", "wants")]
    listed = bool(asks)
    if len(asks) < _FEWEST_WORDS:
        likely = (item for item in body if _ASKING.search(item.text) and item.kind != "about")
        asks = sorted({*asks, *likely}, key=lambda item: item.number)
    about = [item for item in body if item.kind == "about"]
    asking = set(asks)
    told = about or [
        one
        for one in body
        if one not in asking and not one.is_bullet and len(one.text.split()) >= _SENTENCE_WORDS
    ]
    tools = [item for item in body if item.kind == "stack"]
    stack = [part for item in tools or (*asks, *about) for part in sentences(item.text)]
    parts = [part for item in told for part in sentences(item.text)]
    parts = [part for part in parts if len(part.split()) > _FEWEST_WORDS]  # no scraps of a page
    snapshot = _joined(parts, MOST_SNAPSHOT_WORDS)
    doubts = {
        "the company's name was not found: write it after '- company:'": not company,
        "no role was found: write it after '- role:'": not role,
        "nothing is said about the company: write a snapshot": not snapshot,
        "nothing is headed 'About us': is the snapshot about the company?": snapshot and not about,
        "nothing is headed 'Stack' or 'Tools': does the team use what the stack says?": not tools,
        "no heading such as 'Your tasks' was found: are the questions about the work?": not listed,
    }
    return Posting(
        document=document,
        items=items,
        company=company,
        role=role,
        snapshot=snapshot,
        stack=_joined([one for one in stack if tools or _TOOL.search(one)], MOST_STACK_WORDS),
        asks=tuple(asks),
        unsure=tuple(line for line, holds in doubts.items() if holds),
    )


def _is_furniture(item: Item) -> bool:
    """Return whether an item is of the page, or of pay and applying."""
    label = item.text.partition(":")[0]
    offers = "offers" in (item.kind, kind_of(label) if len(label.split()) < _FEWEST_WORDS else "")
    return bool(offers or item.is_heading or _FIELD.match(item.text) or _APART.search(item.text))


def _who_and_what(items: tuple[Item, ...]) -> tuple[str, str]:
    """Return company and role: from fields, else by where names stand and how often they come."""
    fields = [found for item in items[:_TOP] if (found := _FIELD.fullmatch(item.text))]
    named = [found["value"].strip(" .") for found in fields if found["company"]]
    roles = [found["value"].strip(" .") for found in fields if not found["company"]]
    titled = [part.strip(" ,") for item in items[:2] for part in _TITLE_PARTS.split(item.first)]
    titled = [part for part in titled if not (_FIELD.match(part) or _NO_TITLE.match(part))]
    about = [hit[1] for item in items if item.is_heading and (hit := _ABOUT.fullmatch(item.text))]
    hired = [hit["role"].strip() for item in items[:_TOP] if (hit := _HIRES.search(item.text))]
    text = "\n".join(item.text for item in items)
    every = dict.fromkeys((*about, *_names(items[:_TOP]), *titled[1:], *titled[:1]))
    often = [
        name
        for name in [*every][:_TOP]
        if len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text)) > 1 and name not in hired
    ]
    company = next(iter((*named, *about, *often)), "")
    is_title = len(items[0].text.split()) <= _MOST_TITLE_WORDS + 4
    first = (part for part in titled if is_title and part in items[0].first and part != company)
    return company, next(iter((*roles, *first, *hired)), "")


def _names(items: Sequence[Item]) -> Iterator[str]:
    for item in items:
        if not (item.is_bullet or item.is_heading) and len(item.text.split()) > _FEWEST_WORDS:
            for sentence in sentences(item.text):
                yield from (hit[1] or hit[2] for hit in _WHO.finditer(sentence))


def _joined(parts: list[str], most_words: int) -> str:
    """Return as many of the parts as fit, each ended as a sentence."""
    taken: list[str] = []
    for part in parts:
        if taken and len(" ".join([*taken, part]).split()) > most_words:
            break
        taken.append(part if part[-1] in ".!?" else part.rstrip(",;:") + ".")
    return " ".join(taken)
