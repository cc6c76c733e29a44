"""A brief as data: YAML or JSON with the same content, keys in any common spelling."""

import json
from collections.abc import Iterator
from contextlib import suppress

import yaml

from agent.brief import Brief
from agent.brief.items import point_of, question_of
from agent.brief.page import Reading
from agent.brief.panel import persona_of
from agent.brief.table import (
    LINE,
    LISTED,
    PANEL_COLUMNS,
    POINT_COLUMNS,
    QUESTION_COLUMNS,
    Columns,
    Row,
    columns_lost,
)
from agent.brief.text import hide, literal, one_line, uncited
from agent.brief.words import AREAS, Section, column_named, heading_words, section_named
from agent.errors import BriefError
from agent.text.question_kind import area_name

_DEPTH = 30
"""How deep lists and mappings may lie in each other; a brief needs four."""
_WHAT_TO_GIVE = "give it the keys questions and talking_points, each with a list"
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Constructs nothing but texts, lists and mappings."""
_STRAIGHT = str.maketrans("“”„", '"""')

Data = str | list["Data"] | dict[str, "Data"]
"""Outside data with every scalar as text."""


def parse_json(text: str, name: str) -> Reading:
    """Return the brief in a JSON document; raise BriefError where it is none."""
    try:
        return _brief(_text_only(json.loads(text), _DEPTH))
    except json.JSONDecodeError as error:
        with suppress(BriefError):
            # YAML allows a comma too many; quotation marks may have been made typographic.
            found = parse_yaml(text.translate(_STRAIGHT), name)
            if found.brief.questions or found.brief.talking_points:
                return found
        where = f"line {error.lineno}: {error.msg}"
        raise BriefError(f"{name} is not valid JSON ({where}); correct that line") from error
    except (RecursionError, ValueError) as error:
        raise BriefError(f"{name} holds JSON that is no brief; {_WHAT_TO_GIVE}") from error


def parse_yaml(text: str, name: str) -> Reading:
    """Return the brief in a YAML document, of which nothing is constructed; BriefError for none."""
    try:
        _refuse_bombs(text, name)
        return _brief(_text_only(yaml.load(text, Loader=_LOADER), _DEPTH))  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        problem = one_line(str(getattr(error, "problem", None) or "unreadable"))
        told = f"{name} is not valid YAML ({where}{problem}); put texts with a colon in quotes"
        raise BriefError(told) from error
    except (RecursionError, ValueError) as error:
        raise BriefError(f"{name} holds YAML that is no brief; {_WHAT_TO_GIVE}") from error


def _refuse_bombs(text: str, name: str) -> None:
    """Look at the events, which unfold nothing, before anything is built from them."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise BriefError(f"{name} uses YAML aliases (*{event.anchor}); write the text out")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEPTH:
            raise BriefError(f"{name} is nested too deep for a brief; {_WHAT_TO_GIVE}")


def _text_only(value: object, depth: int) -> Data:
    """Return data with every scalar as text, null and booleans as nothing."""
    if depth < 0:
        raise RecursionError
    if isinstance(value, dict):
        return {str(key): _text_only(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_text_only(item, depth - 1) for item in value]
    nothing = value is None or isinstance(value, bool) or value in ("null", "~")
    return "" if nothing else uncited(str(value))


def _brief(data: Data) -> Reading:
    if isinstance(data, list):
        data = {"questions": data}
    if isinstance(data, str):
        return Reading(Brief())
    fields: dict[Section, Data] = {}
    lost: list[str] = []
    for section, value in _fields(data, lost):
        fields.setdefault(section, value)
    rows = [*_rows(fields.get("questions", []), QUESTION_COLUMNS)]
    questions = tuple(map(question_of, rows))
    areas = AREAS | {area_name(asked.area) for asked in questions}
    points = _rows(fields.get("talking_points", []), POINT_COLUMNS)
    people = _rows(fields.get("panel", []), PANEL_COLUMNS)
    brief = Brief(
        company=_prose(fields.get("company", ""), ", "),
        role=_prose(fields.get("role", ""), ", "),
        snapshot=_prose(fields.get("snapshot", "")),
        stack=_prose(fields.get("stack", ""), ", "),
        questions=questions,
        talking_points=tuple(map(point_of, points)),
        panel=tuple(persona_of(row, areas) for row in people),
        interview_date=_prose(fields.get("interview_date", ""), " "),
    )
    return Reading(brief, [*lost, *columns_lost(rows)])


def _fields(data: dict[str, Data], lost: list[str]) -> Iterator[tuple[Section, Data]]:
    """Yield the sections, those in a wrapper or in {"company": {"name": …}} too; a title last.

    What names none goes to `lost`.
    """
    for key, value in sorted(data.items(), key=lambda item: heading_words(item[0]) == "title"):
        named = section_named(key)
        if isinstance(value, dict) and named in (None, "company", "role"):
            inner = [*_fields(value, [] if named else lost)]
            name = value.get("name", "" if inner else value)
            yield from [*inner, *([(named, name)] if named else [])]
        elif named not in (None, "other") and value:
            yield named, value
        elif value:
            lost.append(f'the part "{one_line(key)}" was not used')


def _prose(data: Data, between: str = "\n\n") -> str:
    if isinstance(data, str):
        return data
    if isinstance(data, list):
        return between.join(filter(None, (_prose(item, ", ") for item in data)))
    return "\n\n".join(f"{key}: {_prose(value, ', ')}" for key, value in data.items())


def _rows(data: Data, columns: Columns) -> Iterator[Row]:
    """Return what a section lists as rows; a mapping of other keys has its entries by name."""
    if isinstance(data, str):
        yield from ({LINE: hide(one_line(line))} for line in data.split("\n") if line.strip())
    elif isinstance(data, list):
        for item in data:
            yield from _rows(one_line(item) if isinstance(item, str) else item, columns)
    elif any(column_named(key, (columns.main,)) for key in data) or not columns.second:
        row: Row = {}
        for key, value in data.items():
            column = column_named(key, columns.all) or key
            row.setdefault(column, _cell(value, listed=column in LISTED))
        yield row
    else:
        for key, value in data.items():
            if isinstance(value, list):
                yield from ({"area": literal(key), **row} for row in _rows(value, columns))
                continue
            named = {columns.main: key, columns.second: value}
            yield {column: _cell(cell, listed=False) for column, cell in named.items()}


def _cell(data: Data, *, listed: bool) -> str:
    """Return data as the cell of a table that reads back as it is; `listed` where it may list."""
    if not listed:
        return literal(_prose(data, " "))
    if isinstance(data, list):
        return "<br>".join(literal(_probe(item)) for item in data)
    return "<br>".join(map(hide, _prose(data).split("\n")))


def _probe(data: Data) -> str:
    """Return one of a list: a follow-up as {"question": …, "unless": …} has its cue in brackets."""
    if not isinstance(data, dict):
        return _prose(data, " ")
    text, *cues = (_prose(value, ", ") for value in data.values())
    cue = ", ".join(filter(None, cues))
    return f"{text} (unless: {cue})" if cue else text
