"""Who interviews, in the lines of its section: a table, a list, headings with what is said below.

One line holds name, role, areas, manner and voice, each where it is wished for:
"Priya, staff engineer: system_design, coding; terse; voice low".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from agent.brief import Persona
from agent.brief.items import AREAS
from agent.brief.lines import labelled, read_lines
from agent.brief.table import BREAK, LINE, PANEL_COLUMNS, Row, cell, split_tables
from agent.brief.text import area_name, plain

_MANNERS = frozenset(
    "warm friendly kind calm neutral formal dry terse brief blunt direct tough strict challenging"
    " skeptical detailed".split()
)
"""Words for how somebody asks, where nothing says what a part of a line is; our own list."""

_HEAD_ENDS = (": ", ":** ", "** — ", "** – ", " — ", " – ", " - ", "; ")
_PART_END = re.compile("; ?| [–—] ")
_LIST_END = re.compile(rf"{BREAK.pattern}|[,;]| / | (?:and|&) ", re.IGNORECASE)
_ABOUT = re.compile(r"(?:asks|asking|covers|focus(?:es)?)(?: about| on)? (.*)", re.IGNORECASE)


def panel_in(lines: list[str], areas: Iterable[str] = ()) -> list[Persona]:
    """Return the people in the lines of a section, escapes hidden; `areas` are the brief's own."""
    rows, others = split_tables(lines, PANEL_COLUMNS)
    known = AREAS | {area_name(area) for area in areas}
    drafts: list[list[str]] = []
    for line in read_lines(others):
        column, text = labelled(line.text, PANEL_COLUMNS.names)
        if column == "who":
            drafts.append([text])
        elif drafts and (column or line.depth > 1) and not line.level:
            drafts[-1].append(line.text)
        else:
            drafts.append([line.text])
    tabled = [persona_of(row) for row in rows if any(row.values())]
    return [*tabled, *(persona_from("; ".join(parts), known) for parts in drafts)]


def persona_of(row: Row, areas: frozenset[str] = AREAS) -> Persona:
    """Return one who interviews from a row; `areas` are those that a line may name."""
    if LINE in row:
        return persona_from(row[LINE], areas)
    name, role, manner, voice = (cell(row, each) for each in ("who", "role", "manner", "voice"))
    own = areas_in(row.get("areas", ""))
    return Persona(name=name, role=role, areas=own, manner=manner, voice=voice)


def persona_from(text: str, areas: frozenset[str] = AREAS) -> Persona:
    """Return one who interviews from one line (escapes hidden), as at the top of this file."""
    ends = [(at, end) for end in _HEAD_ENDS if (at := f"{text} ".find(end)) >= 0]
    at, end = min(ends, default=(len(text), ""))
    head, rest = text[:at], text[at + len(end) :]
    name, bracket, role = head.rstrip("* )").partition("(")
    if not bracket or not head.rstrip("* ").endswith(")"):
        name, _, role = head.partition(",")
    row = {"who": name.strip(" *"), "role": role.strip(" *")}
    unnamed = []
    for part in filter(None, map(str.strip, _PART_END.split(rest))):
        column, value = _column_of(part, areas)
        if column and not row.get(column):
            row[column] = value
        elif not column:
            unnamed.append(part)
    for part in unnamed:
        free = next((c for c in ("role", "areas", "manner") if not row.get(c)), "manner")
        row[free] = part
    return persona_of(row)


def areas_in(text: str) -> tuple[str, ...]:
    """Return the areas in a text (escapes hidden): "system design, coding and domain"."""
    return tuple(filter(None, map(plain, _LIST_END.split(text))))


def _column_of(part: str, areas: frozenset[str]) -> tuple[str | None, str]:
    """Return which column a part of a line is, by its label or by what it says, and its text."""
    column, value = labelled(part, PANEL_COLUMNS.names)
    about = _ABOUT.fullmatch(part)
    if column:
        return column, value
    if part.lower().startswith("voice "):
        return "voice", part[6:].strip()
    if about:
        return "areas", about[1]
    if {area_name(piece) for piece in areas_in(part)} & areas or "_" in part:
        return "areas", part
    told = _MANNERS.intersection(re.findall(r"[a-z]+", part.lower()))
    return ("manner" if told else None), part
