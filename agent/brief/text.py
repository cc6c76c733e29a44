"""The text under a brief: files to lines, and Markdown to the words that a person would read."""

from __future__ import annotations

import codecs
import re
import string
import sys
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import BriefError
from agent.text.display import clean, flat

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

NAME_CHARS = 80
"""The longest text before a separator that is still taken as the name of a talking point."""
_NAME_WORDS = 8
"""How many words name a talking point that comes without a name."""
_SHOWN_CHARS = 48
"""How much of a text a message quotes."""
_CONTROL_SHARE = 0.02
"""Above this share of control characters a file is no text (ours; UTF-8 prose has none)."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = ((b"%PDF", "a PDF"), (b"PK\x03\x04", "a Word or zip file"), (b"{\\rtf", "an RTF file"))

# Escaped punctuation is hidden while the structure is read, as the 32 noncharacters
# U+FDD0 to U+FDEF, which the Unicode Standard (23.7) keeps for use inside a program.
_HIDE = {mark: chr(0xFDD0 + at) for at, mark in enumerate(string.punctuation)}
_LITERAL = {ord(mark): hidden for mark, hidden in _HIDE.items()}
_REVEAL = {ord(hidden): mark for mark, hidden in _HIDE.items()}
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\u200b\ufdd0-\ufdef\ud800-\udfff]")
"""The zero-width space, what hides escapes, and halves of surrogate pairs."""
_CITED = re.compile(r"(?:(?<=[.!?,;:)\"”*\]])|(?<=\S) )\[\d{1,2}\](?!\()|【[^】]{1,40}】")
_MARKED_CHARS = 10_000
"""A longer text is taken as it is: no field of a brief is."""
_LIST_MARKS = re.compile(r"^\s*(?:(?:[•–-]|\d[.)])\s+)+")
_MARK = re.compile(r"[`*\[]")


def bytes_of(path: str, most: int) -> bytes:
    """Return a file's first `most` bytes and one more, "-" for standard input; or BriefError."""
    if path == "-":
        return sys.stdin.buffer.read(most + 1)
    try:
        file = Path(path).expanduser()
        if file.is_dir():
            raise BriefError(f"{path} is a folder; name the file in it")
        with file.open("rb") as stream:
            return stream.read(most + 1)
    except FileNotFoundError as error:
        raise BriefError(f"no such file: {path}; check the path") from error
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BriefError(f"cannot read {path} ({reason}); check the path and its rights") from error


def decode(data: bytes, name: str) -> str:
    """Return a text by its byte order mark, else UTF-8, else Windows-1252; BriefError for none."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")
    if kind:
        raise BriefError(
            f"{name} is {kind}, not text; copy its text into a .md or .txt file (a job posting:"
            " rehearse brief write --posting FILE --resume FILE)"
        )
    controls = len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", data))
    if b"\0" in data or controls > _CONTROL_SHARE * len(data):
        raise BriefError(f"{name} is binary, not text; give a brief as text, YAML or JSON")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


UNLESS = "unless:"
"""What the cues of a probe begin with, in brackets."""


def lines_of(text: str) -> list[str]:
    """Return the lines with every kind of line end understood and unprintable characters gone."""
    return clean(_UNSEEN.sub("", _LINE_END.sub("\n", text))).split("\n")


def uncited(text: str) -> str:
    """Return a text without the marks by which assistants cite: "[1][2]", "【3†source】"."""
    return _CITED.sub("", text)


def hide(text: str) -> str:
    r"""Return Markdown with every backslash escape (``\|``) replaced by one hidden character."""
    return _ESCAPED.sub(lambda found: _HIDE[found[1]], text)


def literal(text: str) -> str:
    """Return a text as hidden Markdown that `plain` gives back as it is."""
    return text.translate(_LITERAL)


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("zero").enable(["backticks", "emphasis", "link"])


def plain(text: str) -> str:
    """Return hidden Markdown as the words a person would read: questions are spoken verbatim."""
    if _MARK.search(text) and len(text) <= _MARKED_CHARS:
        (inline,) = _markdown().parseInline(text.replace("_", _HIDE["_"]))  # "__init__" is no bold
        text = "".join(
            " " if token.type == "softbreak" else token.content for token in inline.children or ()
        )
    return one_line(text.translate(_REVEAL))


def one_line(text: str) -> str:
    """Return the text with each run of white space as one space and no control characters."""
    return flat(_UNSEEN.sub("", text))


def unquoted(text: str) -> str:
    """Return a text without the pair of quotation marks that is around all of it."""
    marks = [at for at, mark in enumerate(text) if mark in '"“”']
    return text[1:-1].strip() if len(text) > 2 and marks == [0, len(text) - 1] else text


def probe_text(text: str) -> str:
    """Return a follow-up without the marks of a list before it and quotation marks around it."""
    return _LIST_MARKS.sub("", unquoted(_LIST_MARKS.sub("", text)))


def paragraphs(text: str) -> str:
    """Return the text as paragraphs of one line each, one empty line between them."""
    groups = groupby(map(one_line, lines_of(text)), key=bool)
    return "\n\n".join(" ".join(lines) for filled, lines in groups if filled)


def name_for(text: str) -> str:
    """Return the first words of a talking point that has no name of its own."""
    return " ".join(text.split()[:_NAME_WORDS]).rstrip(" ,;:.")


def short(text: str) -> str:
    """Return as much of a text as a message quotes."""
    return text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1].rstrip() + "…"


def probe_parts(text: str) -> tuple[str, tuple[str, ...]]:
    """Return what a probe asks, and its cues: "Which figure? (unless: p95, latency)" has two."""
    asked, bracket, cues = text.rpartition(f"({UNLESS}")
    if not bracket or not cues.rstrip().endswith(")"):
        return text, ()
    parts = cues.rstrip().removesuffix(")").split(",")
    return asked.rstrip(), tuple(filter(None, map(str.strip, parts)))
