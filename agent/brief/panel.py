"""Who interviews, in the lines of its section: a table, a list, headings with what is said below.

One line holds name, role, areas, manner and voice, each where it is wished for:
"Priya, staff engineer: system_design, coding; terse; voice low".
"""

import re
from collections.abc import Iterable

from agent.brief import Persona
from agent.brief.lines import labelled, read_lines
from agent.brief.table import BREAK, LINE, PANEL_COLUMNS, Row, cell, split_tables
from agent.brief.text import plain
from agent.brief.words import AREAS
from agent.text.question_kind import area_name

_HEAD_END = re.compile(r": |; | [–—-] ")
_LIST_END = re.compile(rf"{BREAK.pattern}|[,;]| / | (?:and|&) ", re.IGNORECASE)


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
    head, *rest = _HEAD_END.split(text.replace("*", ""), maxsplit=1)
    name, _, role = head.replace(" (", ", ").rstrip(") ").partition(",")
    row: Row = {"who": name, "role": role}
    for part in filter(None, map(str.strip, ";".join(rest).split(";"))):
        column, value = labelled(part, PANEL_COLUMNS.names)
        if not column:
            column, value = _meant(part, areas), part.removeprefix("voice ")
        if not row.get(column):
            row[column] = value
    return persona_of(row)


def areas_in(text: str) -> tuple[str, ...]:
    """Return the areas in a text (escapes hidden): "system design, coding and domain"."""
    return tuple(filter(None, map(plain, _LIST_END.split(text))))


def _meant(part: str, areas: frozenset[str]) -> str:
    """Return which column a part of a line without a label is."""
    if part.startswith("voice "):
        return "voice"
    named = {area_name(piece) for piece in areas_in(part)} & areas or "_" in part
    return "areas" if named else "manner"
