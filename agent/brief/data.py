"""A brief as data: YAML or JSON with the same content, keys in any common spelling."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress

import yaml

from agent.brief import Brief, Persona, Question, TalkingPoint
from agent.brief.items import AREAS, point_from, probes_in, question_from
from agent.brief.panel import areas_in, persona_from
from agent.brief.table import PANEL_COLUMNS, POINT_COLUMNS, QUESTION_COLUMNS, Columns
from agent.brief.text import area_name, hide, one_line
from agent.brief.words import column_named, section_named
from agent.errors import BriefError

_DEPTH = 30
"""How deep lists and mappings may lie in each other; a brief needs four."""
_WHAT_TO_GIVE = "give it the keys questions and talking_points, each with a list"
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Constructs nothing but texts, lists and mappings."""
_STRAIGHT = str.maketrans("“”„", '"""')
_NO_CLAIM = {*POINT_COLUMNS.names, "area", "id", "number", "no", "#"}
_LINE = "line"
"""The key of an entry that is a text and nothing else."""

Data = str | list["Data"] | dict[str, "Data"]
"""Outside data with every scalar as text."""
Entry = Mapping[str, Data]
"""One question, point or person by column, or as a line of text."""


def parse_json(text: str, name: str) -> Brief:
    """Return the brief in a JSON document; raise BriefError where it is none."""
    try:
        return _brief(_text_only(json.loads(text), _DEPTH))
    except json.JSONDecodeError as error:
        with suppress(BriefError):
            # YAML allows a comma too many; quotation marks may have been made typographic.
            found = parse_yaml(text.translate(_STRAIGHT), name)
            if found.questions or found.talking_points:
                return found
        where = f"line {error.lineno}: {error.msg}"
        raise BriefError(f"{name} is not valid JSON ({where}); correct that line") from error
    except (RecursionError, ValueError) as error:
        raise BriefError(f"{name} holds JSON that is no brief; {_WHAT_TO_GIVE}") from error


def parse_yaml(text: str, name: str) -> Brief:
    """Return the brief in a YAML document; raise BriefError where it is none.

    Nothing is constructed but text, lists and mappings; aliases, by which a small file could unfold
    into a huge one, are refused.
    """
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
    return "" if nothing else str(value)


def _brief(data: Data) -> Brief:
    if isinstance(data, list):
        data = {"questions": data}
    if isinstance(data, str):
        return Brief()
    fields: dict[str, Data] = {}
    for key, value in data.items():
        named = section_named(key)
        if named and value:
            fields.setdefault(named, value)
    inner = next(iter(data.values()), "") if len(data) == 1 else ""
    if isinstance(inner, dict) and not ({"questions", "talking_points"} & fields.keys()):
        return _brief(inner)
    questions = tuple(map(_question, _entries(fields.get("questions", []), QUESTION_COLUMNS)))
    areas = AREAS | {area_name(asked.area) for asked in questions}
    points = _entries(fields.get("talking_points", []), POINT_COLUMNS)
    people = _entries(fields.get("panel", []), PANEL_COLUMNS)
    return Brief(
        company=_prose(fields.get("company", ""), ", "),
        role=_prose(fields.get("role", ""), ", "),
        snapshot=_prose(fields.get("snapshot", "")),
        stack=_prose(fields.get("stack", ""), ", "),
        questions=questions,
        talking_points=tuple(map(_point, points)),
        panel=tuple(_persona(entry, areas) for entry in people),
        interview_date=_prose(fields.get("interview_date", ""), " "),
    )


def _prose(data: Data, between: str = "\n\n") -> str:
    if isinstance(data, str):
        return data
    if isinstance(data, list):
        return between.join(filter(None, (_prose(item, ", ") for item in data)))
    return "\n\n".join(f"{key}: {_prose(value, ', ')}" for key, value in data.items())


def _entries(data: Data, columns: Columns) -> Iterator[Entry]:
    """Return what a section lists; a mapping of other keys has its entries by name."""
    if isinstance(data, str):
        yield from ({_LINE: line} for line in data.split("\n") if line.strip())
    elif isinstance(data, list):
        for item in data:
            yield from _entries(one_line(item) if isinstance(item, str) else item, columns)
    elif any(column_named(key, (columns.main,)) for key in data) or not columns.second:
        named = ((column_named(key, columns.all), key, value) for key, value in data.items())
        kept = columns is POINT_COLUMNS  # where other keys say more of it
        yield {column or key: value for column, key, value in named if column or kept}
    else:
        yield from ({columns.main: key, columns.second: value} for key, value in data.items())


def _question(entry: Entry) -> Question:
    if _LINE in entry:
        return question_from(hide(one_line(_prose(entry[_LINE]))))
    probes = entry.get("probes", "")
    if not isinstance(probes, list):
        lines = _prose(probes).split("\n")
        probes = [probe for line in lines for probe in probes_in(hide(line))]
    area, text, why = (_prose(entry.get(c, ""), " ") for c in ("area", "question", "why"))
    return Question(area=area, text=text, why=why, probes=tuple(map(_probe, probes)))


def _probe(data: Data) -> str:
    """Return a follow-up, one given as {"question": …, "unless": …} with its cue in brackets."""
    if not isinstance(data, dict):
        return _prose(data, " ")
    text, *cues = (_prose(value, ", ") for value in data.values())
    cue = ", ".join(filter(None, cues))
    return f"{text} (unless: {cue})" if cue else text


def _point(entry: Entry) -> TalkingPoint:
    if _LINE in entry:
        return point_from(hide(one_line(_prose(entry[_LINE]))))
    name, *more = (_prose(entry.get(column, ""), " ") for column in POINT_COLUMNS.names)
    more += [_prose(value, " ") for key, value in entry.items() if key not in _NO_CLAIM]
    return TalkingPoint(name=name, text="; ".join(filter(None, more)))


def _persona(entry: Entry, areas: frozenset[str]) -> Persona:
    if _LINE in entry:
        return persona_from(hide(one_line(_prose(entry[_LINE]))), areas)
    listed = entry.get("areas", "")
    if not isinstance(listed, list):
        listed = [*areas_in(hide(_prose(listed, ", ")))]
    named = {"name": "who", "role": "role", "manner": "manner", "voice": "voice"}
    texts = {field: _prose(entry.get(column, ""), ", ") for field, column in named.items()}
    return Persona(areas=tuple(_prose(area, ", ") for area in listed), **texts)
