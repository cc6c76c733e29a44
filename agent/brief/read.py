"""Reading a brief in any of its forms: a pasted page, Markdown, the own form, YAML, JSON, CSV."""

import csv
import io
import re
from contextlib import suppress
from pathlib import Path

from agent.brief import Brief
from agent.brief.data import parse_json, parse_yaml
from agent.brief.normal import normal
from agent.brief.page import Reading, parse_page
from agent.brief.text import bytes_of, decode, lines_of
from agent.brief.words import heading_words, section_named
from agent.errors import BriefError

MAX_BYTES = 1_000_000
"""A larger file is refused: a brief is a few pages of text."""

_FEWEST_IN_BLOCK = 5
"""A block with so many questions and points is the brief, whatever stands around it."""
_TOP_KEY = re.compile(r"(['\"]?)([A-Za-z][A-Za-z _-]{1,30})\1:(?:\s.*)?")
_WRAPPERS = ("brief", "interview brief", "interview")
_POSTING_WORDS = 50
"""A text of more words without anything to ask may be a posting."""
IF_A_POSTING = (
    "if it is a job posting, make a brief of it: rehearse brief write --posting FILE --resume FILE,"
    " or rehearse brief prompt"
)
_WHAT_TO_GIVE = "give it headings such as '## Likely questions' and '## Talking points'"


def read_brief(path: str) -> Brief:
    """Return the brief in a file, "-" for standard input; BriefError where it cannot be read."""
    return read_reading(path).brief


def read_reading(path: str) -> Reading:
    """Return what read_brief returns, with what was left aside."""
    name = "standard input" if path == "-" else path
    data = bytes_of(path, MAX_BYTES)
    if len(data) > MAX_BYTES:
        raise BriefError(f"{name} is larger than 1 MB; a brief is a few pages of text, shorten it")
    return understand(decode(data, name), name)


def parse_brief(text: str, name: str) -> Brief:
    """Return the brief in a text; the ending of `name` tells YAML, JSON, CSV; or BriefError."""
    return understand(text, name).brief


def understand(text: str, name: str) -> Reading:
    """Return what parse_brief returns, with what was left aside."""
    text = "\n".join(lines_of(text))
    if not text.strip():
        raise BriefError(f"{name} is empty; {_WHAT_TO_GIVE}")
    found = _parsed(text, name)
    found.brief = normal(found.brief, found.left_out)
    if not _size(found):
        told = f"{name} holds no questions and no talking points"
        if len(text.split()) > _POSTING_WORDS:
            raise BriefError(f"{told}; {IF_A_POSTING}")
        raise BriefError(f"{told}; {_WHAT_TO_GIVE}")
    return found


def _parsed(text: str, name: str) -> Reading:
    """Return the brief of a text, or of the code block in it that holds most of a brief."""
    outside, blocks = _blocks(text)
    if len(blocks) == 1 and not outside.strip():
        return _of_kind(blocks[0][1], blocks[0][0], name)
    best = parse_page(text) if blocks else _of_kind(text, Path(name).suffix.lower(), name)
    for kind, inner in blocks:
        with suppress(BriefError):
            found = _of_kind(inner, kind, name)
            if _size(found) > _size(best) or (kind and _size(found) >= _FEWEST_IN_BLOCK):
                best = found
                best.left_out.append("what stands outside the code block was left out")
    return best


def _of_kind(text: str, kind: str, name: str) -> Reading:
    if kind == ".json":
        return Reading(parse_json(text, name))
    if kind in (".yaml", ".yml"):
        return Reading(parse_yaml(text, name))
    if kind == ".csv":
        return parse_page(_as_table(text, name))
    parse = parse_json if text.lstrip()[:1] in "{[" else parse_yaml if _like_yaml(text) else None
    page = parse_page(text)
    if parse is None:
        return page
    try:
        found = Reading(parse(text, name))
    except BriefError:
        if _size(page):
            return page
        raise
    return found if _size(found) else page


def _size(found: Reading) -> int:
    return len(found.brief.questions) + len(found.brief.talking_points)


def _blocks(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return what stands outside of fenced code blocks, and each block with its kind."""
    outside: list[str] = []
    blocks: list[tuple[str, list[str]]] = []
    open_mark = ""
    for line in text.split("\n"):
        mark = line.strip()[:3]
        if open_mark and line.strip() == open_mark:
            open_mark = ""
        elif not open_mark and mark in ("```", "~~~"):
            open_mark = mark
            blocks.append((f".{line.strip(' `~').lower()}", []))
        elif open_mark:
            blocks[-1][1].append(line)
        else:
            outside.append(line)
    return "\n".join(outside), [(kind, "\n".join(lines)) for kind, lines in blocks]


def _like_yaml(text: str) -> bool:
    """Return whether the first line that is no comment is a key of ours."""
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("---")]
    first = next((line for line in lines if not line.startswith("#")), "")
    found = _TOP_KEY.fullmatch(first.rstrip())
    return bool(found and (section_named(found[2]) or heading_words(found[2]) in _WRAPPERS))


def _as_table(text: str, name: str) -> str:
    """Return a CSV table of questions as a page."""
    try:
        rows = list(csv.reader(io.StringIO(text)))
    except csv.Error as error:
        raise BriefError(f"{name} is not valid CSV ({error}); save the table again") from error
    cells = ([cell.replace("|", r"\|").replace("\n", " ") for cell in row] for row in rows)
    return "\n".join(["## Questions", *(f"|{'|'.join(row)}|" for row in cells if row)])
