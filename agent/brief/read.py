"""Reading a brief in any of its forms: a pasted page, Markdown, the own form, YAML, JSON."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from agent.brief import Brief
from agent.brief.data import parse_json, parse_yaml
from agent.brief.left_out import left_out
from agent.brief.page import parse_page
from agent.brief.text import decode, lines_of, normal
from agent.brief.words import heading_words, section_named
from agent.errors import BriefError

MAX_BYTES = 1_000_000
"""A larger file is refused: a brief is a few pages of text."""

_FENCED = re.compile(r"\s*(?:```|~~~)(json|ya?ml)[^\S\n]*\n(.*?)\n\s{0,3}(?:```|~~~)\s*", re.DOTALL)
_TOP_KEY = re.compile(r"(?:(['\"]?)([A-Za-z][A-Za-z _-]{1,30})\1):(?:\s.*)?")
_WRAPPERS = ("brief", "interview brief", "interview")
_WHAT_TO_GIVE = "give it headings such as '## Likely questions' and '## Talking points'"


@dataclass(frozen=True)
class Reading:
    """A brief as read, with what was left aside."""

    brief: Brief
    """The brief in its normal form (agent.brief.text.normal)."""
    unused: tuple[str, ...] = ()
    """Headings whose text went nowhere."""
    left_out: tuple[str, ...] = ()
    """What the normal form leaves out, each in a sentence (agent.brief.left_out)."""


def read_brief(path: str) -> Brief:
    """Return the brief in a file, or from standard input for "-".

    Raises:
        BriefError: no such file, no text, too large, or nothing in it to ask or to say.
    """
    return read_reading(path).brief


def read_reading(path: str) -> Reading:
    """Return what read_brief returns, with the headings that were not used."""
    name = "standard input" if path == "-" else path
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if path == "-" else _bytes_of(path)
    if len(data) > MAX_BYTES:
        raise BriefError(f"{name} is larger than 1 MB; a brief is a few pages of text, shorten it")
    return understand(decode(data, name), name)


def parse_brief(text: str, name: str) -> Brief:
    """Return the brief in a text; `name` is for messages, its ending tells YAML and JSON.

    Raises:
        BriefError: nothing in it to ask or to say, or broken YAML or JSON.
    """
    return understand(text, name).brief


def understand(text: str, name: str) -> Reading:
    """Return what parse_brief returns, with the headings that were not used."""
    if len(text) > MAX_BYTES:
        raise BriefError(f"{name} is larger than 1 MB; a brief is a few pages of text, shorten it")
    text = "\n".join(lines_of(text))
    if not text.strip():
        raise BriefError(f"{name} is empty; {_WHAT_TO_GIVE}")
    found, unused = _parsed(text, name)
    brief = normal(found)
    if not brief.questions and not brief.talking_points:
        raise BriefError(f"{name} holds no questions and no talking points; {_WHAT_TO_GIVE}")
    return Reading(brief, tuple(unused), left_out(found))


def _parsed(text: str, name: str) -> tuple[Brief, list[str]]:
    fenced = _FENCED.fullmatch(text) if text.lstrip()[:1] in "`~" else None
    kind, text = (f".{fenced[1]}", fenced[2]) if fenced else (Path(name).suffix.lower(), text)
    if kind == ".json":
        return parse_json(text, name), []
    if kind in (".yaml", ".yml"):
        return parse_yaml(text, name), []
    parse = parse_json if text.lstrip()[0] in "{[" else parse_yaml if _like_yaml(text) else None
    page, unused = parse_page(text)
    if parse is None:
        return page, unused
    try:
        brief = parse(text, name)
    except BriefError:
        if page.questions or page.talking_points:
            return page, unused
        raise
    return (brief, []) if brief.questions or brief.talking_points else (page, unused)


def _like_yaml(text: str) -> bool:
    """Return whether the first line that is no comment is a key of ours, and no heading follows."""
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("---")]
    if any(re.match(r"#{1,6}\s+\S", line) and section_named(line) for line in lines):
        return False
    first = next((line for line in lines if not line.startswith("#")), "")
    found = _TOP_KEY.fullmatch(first.rstrip())
    return bool(found and (section_named(found[2]) or heading_words(found[2]) in _WRAPPERS))


def _bytes_of(path: str) -> bytes:
    try:
        file = Path(path).expanduser()
        if file.is_dir():
            raise BriefError(f"{path} is a folder; name the brief file in it")
        if file.is_file() and file.stat().st_size > MAX_BYTES:
            size_mb = file.stat().st_size / 1e6
            raise BriefError(
                f"{path} is {size_mb:.0f} MB; a brief is a few pages of text, at most 1 MB"
            )
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise BriefError(f"no such brief: {path}; check the path") from error
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BriefError(f"cannot read {path} ({reason}); check the path and its rights") from error
