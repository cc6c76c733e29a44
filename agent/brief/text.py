"""The text under a brief: bytes to lines, Markdown escapes, and fields in their normal form."""

from __future__ import annotations

import codecs
import re
import string

from agent.brief import Brief, Persona, Question, TalkingPoint
from agent.brief.dates import read_date
from agent.errors import BriefError

NAME_CHARS = 80
"""The longest text before a separator that is still taken as the name of a talking point."""
NAME_WORDS = 8
"""How many words name a talking point that comes without a name."""
MOST_PROBES = 3
"""Own follow-ups kept for a question: at most two are asked, a third is in reserve (ours)."""
MOST_PERSONAS = 8
"""Interviewers kept of a panel; no more fit into a session of two hours (ours)."""
MOST_AREAS = 12
"""Areas kept for one of them (ours)."""
PERSONA_NAME_CHARS = 40
"""The longest name of one who interviews; it is spoken (ours)."""
PERSONA_CHARS = 80
"""The longest role, manner or voice of one (ours)."""
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
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
)

# Escaped punctuation is hidden while the structure is read, as the 32 noncharacters
# U+FDD0 to U+FDEF, which the Unicode Standard (23.7) keeps for use inside a program.
_HIDDEN_FIRST = 0xFDD0
_HIDE = {mark: chr(_HIDDEN_FIRST + at) for at, mark in enumerate(string.punctuation)}
_REVEAL = {ord(hidden): mark for mark, hidden in _HIDE.items()}
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\ufeff\ufdd0-\ufdef\ud800-\udfff]"
)
_BOLD = re.compile(r"(?<![\w*])\*\*(?=[^\s*])([^*]+)(?<=\S)\*\*(?![\w*])")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+)(?<=\S)\*(?![\w*])")
_MARK = re.compile(r"[`*\[]")
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)")


def decode(data: bytes, name: str) -> str:
    """Return the text of a file: by its byte order mark, else UTF-8, else Windows-1252.

    Raises:
        BriefError: the bytes are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")
    if kind:
        raise BriefError(f"{name} is {kind}, not text; copy its text into a .md or .txt file")
    controls = len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", data))
    if b"\0" in data or controls > _CONTROL_SHARE * len(data):
        raise BriefError(f"{name} is binary, not text; give a brief as text, YAML or JSON")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def lines_of(text: str) -> list[str]:
    """Return the lines with every kind of line end understood and unprintable characters gone."""
    return _UNWANTED.sub("", _LINE_END.sub("\n", text)).split("\n")


def hide(text: str) -> str:
    r"""Return Markdown with every backslash escape (``\|``) replaced by one hidden character."""
    return _ESCAPED.sub(lambda found: _HIDE[found[1]], text)


def reveal(text: str) -> str:
    """Return the text with the hidden characters as what they stand for."""
    return text.translate(_REVEAL)


def plain(text: str) -> str:
    """Return hidden Markdown as the words a person would read, on one line.

    Bold, italics, code marks and link targets are dropped: questions are spoken verbatim.
    """
    for pattern in (_CODE, _LINK, _BOLD, _ITALIC) if _MARK.search(text) else ():
        text = pattern.sub(r"\1", text)
    return one_line(reveal(text))


def one_line(text: str) -> str:
    """Return the text with each run of white space as one space and no control characters."""
    return " ".join(_UNWANTED.sub("", text).split())


def paragraphs(text: str) -> str:
    """Return the text as paragraphs of one line each, one empty line between them."""
    parts = re.split(r"\n[^\S\n]*\n", "\n".join(lines_of(text)))
    return "\n\n".join(part for part in map(one_line, parts) if part)


def area_name(text: str) -> str:
    """Return an area as one lower-case word: "System design" is "system_design"."""
    joined = re.sub(r"[\s_/-]+", "_", one_line(text).lower()).strip("_")
    return joined.replace("behaviour", "behavior")


def name_for(text: str) -> str:
    """Return the first words of a talking point that has no name of its own."""
    return " ".join(text.split()[:NAME_WORDS]).rstrip(" ,;:.")


def short(text: str) -> str:
    """Return as much of a text as a message quotes."""
    return text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1].rstrip() + "…"


def normal(brief: Brief) -> Brief:
    """Return the brief in the form that reading gives and writing keeps.

    Company, role, questions, reasons and talking points are one line each, white space
    collapsed; snapshot and stack are paragraphs of one line; areas are lower case with
    underscores; a question without text and a talking point without any are dropped; a
    talking point without a name is named by its first words. Own probes, the panel and what is
    said of it are cut to the limits above, each name and probe is there once, and the date of
    the interview is YYYY-MM-DD or nothing. agent.brief.left_out tells what that leaves out.
    """
    questions = tuple(
        Question(
            area=area_name(asked.area),
            text=text,
            why=one_line(asked.why),
            probes=normal_probes(asked)[:MOST_PROBES],
        )
        for asked in brief.questions
        if (text := one_line(asked.text))
    )
    points = tuple(
        TalkingPoint(name=name, text=text)
        for point in brief.talking_points
        if (text := one_line(point.text)) or one_line(point.name)
        if (name := one_line(point.name) or name_for(text) or text)
    )
    return Brief(
        company=one_line(brief.company),
        role=one_line(brief.role),
        snapshot=paragraphs(brief.snapshot),
        stack=paragraphs(brief.stack),
        questions=questions,
        talking_points=points,
        panel=normal_panel(brief)[:MOST_PERSONAS],
        interview_date=read_date(one_line(brief.interview_date))[0],
    )


def normal_probes(asked: Question) -> tuple[str, ...]:
    """Return the own probes of a question, one line each and each once, however many."""
    return tuple(dict.fromkeys(filter(None, map(one_line, asked.probes))))


def normal_panel(brief: Brief) -> tuple[Persona, ...]:
    """Return those who interview, each name once, however many."""
    named: dict[str, Persona] = {}
    for persona in brief.panel:
        name = _cut(persona.name, PERSONA_NAME_CHARS)
        areas = (area_name(part) for text in persona.areas for part in re.split("[,;]", text))
        if name:
            named.setdefault(
                name.casefold(),
                Persona(
                    name=name,
                    role=_cut(persona.role, PERSONA_CHARS),
                    areas=tuple(dict.fromkeys(filter(None, areas)))[:MOST_AREAS],
                    manner=_cut(persona.manner, PERSONA_CHARS),
                    voice=_cut(persona.voice, PERSONA_CHARS),
                ),
            )
    return tuple(named.values())


def _cut(text: str, most: int) -> str:
    return one_line(text)[:most].rstrip()
