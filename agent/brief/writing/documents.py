"""A posting or resume from a file of any usual kind, as numbered lines of text."""

import re
from dataclasses import dataclass

from agent.brief.text import bytes_of, decode, lines_of, one_line
from agent.brief.writing.docx import docx_text
from agent.brief.writing.json_resume import resume_text
from agent.brief.writing.pdf import pdf_text
from agent.errors import BriefError
from agent.text.language import is_english
from agent.text.no_answer import holds_orders
from voice.speech.spoken import sentences

MAX_BYTES = 10_000_000
"""A larger file is refused: a posting or resume with a photograph stays below."""
MAX_CHARS = 60_000
"""About twenty full pages; more is no posting or resume (ours)."""
_MAX_LINE_CHARS = 2000
"""A longer line counts as its sentences: a page pasted as one line has no lines to name."""


@dataclass(frozen=True)
class Document:
    """A posting or resume as text."""

    name: str
    """What messages call it."""
    lines: tuple[str, ...]
    """Its lines, white space collapsed; those that were left out are empty."""
    dropped: tuple[str, ...] = ()
    """Lines that were left out, each with the reason."""

    @property
    def text(self) -> str:
        """All words on one line."""
        return " ".join(filter(None, self.lines))


def read_document(path: str) -> Document:
    """Return the document in a file, "-" for standard input; BriefError where it is none."""
    name = "standard input" if path == "-" else path
    return document_in(bytes_of(path, MAX_BYTES), name)


def document_in(data: bytes, name: str) -> Document:
    """Return the document in the bytes of a file; `name` is what messages call it."""
    if len(data) > MAX_BYTES:
        raise BriefError(f"{name} is larger than 10 MB; save it without pictures")
    if not data.strip():
        raise BriefError(f"{name} is empty; give a posting or resume with text in it")
    return document_of(_text_of(data, name), name)


def document_of(text: str, name: str) -> Document:
    """Return the document of a text; see `read_document`."""
    if len(text) > MAX_CHARS:
        raise BriefError(
            f"{name} has {len(text):,} characters, more than 20 pages; shorten it to what matters"
        )
    if not re.search(r"[^\W\d_]{2}", text):
        raise BriefError(f"{name} has no words in it; give a posting or resume as text")
    if not is_english(text):
        raise BriefError(f"{name} is not in English, which the interviewer speaks; translate it")
    lines: list[str] = []
    dropped: list[str] = []
    whole = map(one_line, lines_of(text))
    rows = (r for row in whole for r in ([row] if len(row) < _MAX_LINE_CHARS else sentences(row)))
    for number, row in enumerate(rows, start=1):
        # A courtesy to the reader: that nothing obeys it is the work of agent.brief.writing.model.
        if holds_orders(row):
            dropped.append(f"{name}, line {number}: it speaks to a program, not to a reader")
        lines.append("" if holds_orders(row) else row)
    if not any(lines):
        raise BriefError(f"{name} has nothing to use in it; give a posting or resume as text")
    return Document(name, tuple(lines), tuple(dropped))


def _text_of(data: bytes, name: str) -> str:
    if b"%PDF-" in data[:1024]:
        return pdf_text(data, name)
    if data.startswith(b"PK\x03\x04"):
        return docx_text(data, name)
    try:
        text = decode(data, name)
    except BriefError as error:
        raise BriefError(
            f"{name} is no PDF, DOCX, Markdown or text; save it as one of these"
        ) from error
    is_json = text.lstrip()[:1] == "{" or name.lower().endswith(".json")
    return resume_text(text, name) if is_json else text
