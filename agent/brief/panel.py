"""Who interviews, in the lines of its section: a table, a list, headings with what is said below.

One line holds name, role, areas, manner and voice, each where it is wished for:
"Priya, staff engineer: system_design, coding; terse; voice low".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from agent.brief import Persona
from agent.brief.items import AREAS
from agent.brief.table import BREAK, PANEL_COLUMNS, split_tables
from agent.brief.text import area_name, plain
from agent.brief.words import column_named

_MANNERS = frozenset(
    "warm friendly kind polite gentle relaxed calm quiet patient cheerful curious neutral formal"
    " dry terse brief short curt brisk direct blunt tough hard strict stern demanding critical"
    " challenging skeptical sceptical impatient probing detailed thorough".split()
)
"""Words for how somebody asks, where nothing says what a part of a line is; our own list."""

_ITEM = re.compile(r"(\s*)(?:[-*+•‣◦▪●–]|\(?\d{1,3}[.)])\s+(\S.*)")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*)")
_LABEL = re.compile(r"\**([A-Za-z][A-Za-z ]{0,24})\**\s*:\**\s*(.*)")
_VOICE = re.compile(r"voice\s+(\S+)", re.IGNORECASE)
_HEAD_END = re.compile(r"\**:\**(?:\s+|$)|\**\s+[–—-]{1,2}\s+|;\s*")
_PART_END = re.compile(r";\s*|\s+[–—]{1,2}\s+")
_LIST_END = re.compile(rf"{BREAK.pattern}|[,;]|\s/\s|\s(?:and|&)\s", re.IGNORECASE)
_ROLE = re.compile(r"(.*\S)\s*\(([^()]*)\)\**\s*")
_NEXT_ONE = re.compile(r"(?:,|\s(?:and|&)\s)(?![^()]*\))\s*")
_ABOUT = re.compile(r"(?:asks|asking|covers|focus(?:es)?)(?: about| on)?:?\s+(.*)", re.IGNORECASE)


def panel_in(lines: list[str], areas: Iterable[str] = ()) -> list[Persona]:
    """Return the people of a panel section.

    Args:
        lines: the lines of the section, escapes hidden.
        areas: the areas of the brief's questions; a part that names one is a list of areas.
    """
    rows, others = split_tables(lines, PANEL_COLUMNS)
    tabled = [
        Persona(
            name=row.get("who", ""),
            role=row.get("role", ""),
            areas=areas_in(row.get("areas", "")),
            manner=row.get("manner", ""),
            voice=row.get("voice", ""),
        )
        for row in rows
        if any(row.values())
    ]
    known = AREAS | {area_name(area) for area in areas}
    return [*tabled, *(persona_from("; ".join(parts), known) for parts in _drafts(others))]


def people_in(text: str) -> list[str]:
    """Return the people of a single line, "Priya (staff engineer), Tom (recruiter)", a line each.

    Nothing where it cannot be told whether a comma stands before a role or the next name.
    """
    if ";" in text:
        return text.split(";")
    lines = _NEXT_ONE.split(text)
    certain = len(lines) == 1 or all(map(_ROLE.fullmatch, lines))
    return lines if certain else []


def persona_from(text: str, areas: frozenset[str] = AREAS) -> Persona:
    """Return one who interviews from one line (escapes hidden), as at the top of this file."""
    end = _HEAD_END.search(text)
    head, rest = (text[: end.start()], text[end.end() :]) if end else (text, "")
    in_brackets = _ROLE.fullmatch(head)
    name, role = in_brackets.groups() if in_brackets else (head.partition(",")[::2])
    fields = {"who": name.strip(" *"), "role": role.strip(" *")}
    unnamed = []
    for part in filter(None, map(str.strip, _PART_END.split(rest))):
        column, value = _column_of(part, areas)
        if column and not fields.get(column):
            fields[column] = value
        elif not column:
            unnamed.append(part)
    for part in unnamed:
        _fill(part, fields)
    return Persona(
        name=plain(fields["who"]),
        role=plain(fields["role"]),
        areas=areas_in(fields.get("areas", "")),
        manner=plain(fields.get("manner", "")),
        voice=plain(fields.get("voice", "")),
    )


def areas_in(text: str) -> tuple[str, ...]:
    """Return the areas in a text (escapes hidden): "system design, coding and domain"."""
    return tuple(filter(None, map(plain, _LIST_END.split(text))))


def _column_of(part: str, areas: frozenset[str]) -> tuple[str | None, str]:
    """Return which column a part of a line is, by its label or by what it says, and its text."""
    label = _LABEL.fullmatch(part)
    column = column_named(label[1], PANEL_COLUMNS.names) if label else None
    if label and column:
        return column, label[2]
    voice, about = _VOICE.fullmatch(part), _ABOUT.fullmatch(part)
    if voice or about:
        return ("voice", voice[1]) if voice else ("areas", about[1] if about else "")
    pieces = {area_name(piece) for piece in areas_in(part)}
    if pieces & areas or any("_" in piece for piece in part.replace(",", " ").split()):
        return "areas", part
    told = _MANNERS.intersection(re.findall(r"[a-z]+", part.lower()))
    return ("manner" if told else None), part


def _fill(part: str, fields: dict[str, str]) -> None:
    """Put a part that says nothing of what it is where it belongs by its place in the line."""
    if not fields["role"]:
        fields["role"] = part
    else:
        fields.setdefault("manner" if "areas" in fields else "areas", part)


def _drafts(lines: list[str]) -> list[list[str]]:
    """Return the parts of each person's lines: the one that names them, and those below it."""
    drafts: list[list[str]] = []
    for line in filter(str.strip, lines):
        item, heading = _ITEM.fullmatch(line.expandtabs(4)), _HEADING.fullmatch(line)
        text = heading[1] if heading else item[2] if item else line.strip()
        label = _LABEL.fullmatch(text)
        column = column_named(label[1], PANEL_COLUMNS.names) if label else None
        nested = bool(item and len(item[1]) > 1)
        if label and column == "who":
            drafts.append([label[2]])
        elif drafts and (column or nested) and not heading:
            drafts[-1].append(text)
        else:
            drafts.append([text])
    return drafts
