"""A brief as data: YAML or JSON with the same content, keys in any common spelling."""

from __future__ import annotations

import json
from collections.abc import Iterator

import yaml

from agent.brief import Brief, Persona, Question, TalkingPoint
from agent.brief.items import AREAS, point_from, probes_in, question_from
from agent.brief.panel import areas_in, persona_from
from agent.brief.table import PANEL_COLUMNS, QUESTION_COLUMNS
from agent.brief.text import area_name, hide, one_line
from agent.brief.words import column_named, section_named
from agent.errors import BriefError

_DEPTH = 30
"""How deep lists and mappings may lie in each other; a brief needs four."""
_WHAT_TO_GIVE = "give it the keys questions and talking_points, each with a list"

Data = str | list["Data"] | dict[str, "Data"]
"""Outside data with every scalar as text."""


def parse_json(text: str, name: str) -> Brief:
    """Return the brief in a JSON document.

    Raises:
        BriefError: it is no JSON, or nested deeper than a brief can be.
    """
    try:
        return _brief(_text_only(json.loads(text), _DEPTH))
    except json.JSONDecodeError as error:
        raise BriefError(
            f"{name} is not valid JSON (line {error.lineno}: {error.msg}); correct that line"
        ) from error
    except (RecursionError, ValueError) as error:
        raise BriefError(f"{name} holds JSON that is no brief; {_WHAT_TO_GIVE}") from error


def parse_yaml(text: str, name: str) -> Brief:
    """Return the brief in a YAML document. Nothing is constructed but text, lists and mappings.

    Aliases are refused, so a small file cannot unfold into a huge one.

    Raises:
        BriefError: it is no YAML, holds an alias, or is nested deeper than a brief can be.
    """
    try:
        _refuse_bombs(text, name)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        problem = getattr(error, "problem", None) or "unreadable"
        raise BriefError(
            f"{name} is not valid YAML ({where}{one_line(str(problem))}); put texts with "
            "a colon in quotes"
        ) from error
    except (RecursionError, ValueError) as error:
        raise BriefError(f"{name} holds YAML that is no brief; {_WHAT_TO_GIVE}") from error
    return _brief(_from_node(node))


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _refuse_bombs(text: str, name: str) -> None:
    """Look at the events, which unfold nothing, before anything is built from them."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise BriefError(f"{name} uses YAML aliases (*{event.anchor}); write the text out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEPTH:
            raise BriefError(f"{name} is nested too deep for a brief; {_WHAT_TO_GIVE}")


def _from_node(node: yaml.Node | None) -> Data:
    if isinstance(node, yaml.MappingNode):
        return {str(_from_node(key)): _from_node(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_from_node(value) for value in node.value]
    if node is None or node.tag == "tag:yaml.org,2002:null":
        return ""
    return str(node.value)


def _text_only(value: object, depth: int) -> Data:
    """Return JSON data with every scalar as text, null and booleans as nothing."""
    if depth < 0:
        raise RecursionError
    if isinstance(value, dict):
        return {str(key): _text_only(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_text_only(item, depth - 1) for item in value]
    return "" if value is None or isinstance(value, bool) else str(value)


def _brief(data: Data) -> Brief:
    if isinstance(data, list):
        return Brief(questions=tuple(_questions(data)))
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
    company, about = _name_and_text(fields.get("company", ""))
    role, _ = _name_and_text(fields.get("role", ""))
    questions = tuple(_questions(fields.get("questions", [])))
    areas = AREAS | {area_name(asked.area) for asked in questions}
    return Brief(
        company=company,
        role=role,
        snapshot=_prose(fields.get("snapshot", "")) or about,
        stack=_prose(fields.get("stack", ""), ", "),
        questions=questions,
        talking_points=tuple(_points(fields.get("talking_points", []))),
        panel=tuple(_panel(fields.get("panel", []), areas)),
        interview_date=_prose(fields.get("interview_date", ""), " "),
    )


def _name_and_text(data: Data) -> tuple[str, str]:
    """Return name and prose of a company or role given as text or {"name": …, "about": …}."""
    if not isinstance(data, dict):
        return _prose(data, ", "), ""
    name = next((data[key] for key in ("name", "title") if key in data), "")
    about = next((value for key, value in data.items() if section_named(key) == "snapshot"), "")
    return _prose(name), _prose(about)


def _prose(data: Data, between: str = "\n\n") -> str:
    if isinstance(data, str):
        return data
    if isinstance(data, list):
        return between.join(filter(None, (_prose(item, ", ") for item in data)))
    return "\n\n".join(f"{key}: {_prose(value, ', ')}" for key, value in data.items())


def _questions(data: Data) -> Iterator[Question]:
    if isinstance(data, str):
        yield from (question_from(hide(line)) for line in data.split("\n") if line.strip())
    elif isinstance(data, list):
        for item in data:
            yield _question(item)
    else:
        for key, value in data.items():
            yield from _keyed_questions(key, value)


def _question(item: Data, area: str = "") -> Question:
    if isinstance(item, str):
        return question_from(hide(one_line(item)), area)
    if isinstance(item, list):
        return Question(area=area, text=_prose(item, " "))
    found = {
        column: value
        for key in item
        if (column := column_named(key, QUESTION_COLUMNS.all))
        for value in [item[key]]
    }
    if "question" in found:
        return Question(
            area=_prose(found.get("area", ""), " ") or area,
            text=_prose(found["question"], " "),
            why=_prose(found.get("why", ""), " "),
            probes=tuple(_probes(found.get("probes", ""))),
        )
    if len(item) == 1:
        key, value = next(iter(item.items()))
        return next(_keyed_questions(key, value), Question(area=area, text=key))
    return Question(area=area, text="")


def _probes(data: Data) -> Iterator[str]:
    if isinstance(data, str):
        yield from (probe for line in data.split("\n") for probe in probes_in(hide(line)))
    else:
        yield from (_prose(item, " ") for item in (data if isinstance(data, list) else [data]))


def _keyed_questions(key: str, value: Data) -> Iterator[Question]:
    """Return the questions of one entry: an area with its questions, or a question with its why."""
    if isinstance(value, list):
        yield from (_question(item, key) for item in value)
    elif isinstance(value, dict):
        yield _question({"question": key, **value})
    elif key.rstrip().endswith("?"):
        yield Question(text=key, why=value)
    else:
        asked = question_from(hide(one_line(f"{key}: {value}")))
        yield asked if value else Question(text=key)


def _points(data: Data) -> Iterator[TalkingPoint]:
    if isinstance(data, str):
        yield from (point_from(hide(line)) for line in data.split("\n") if line.strip())
    elif isinstance(data, list):
        yield from map(_point, data)
    else:
        yield from (TalkingPoint(name=key, text=_prose(item, " ")) for key, item in data.items())


def _point(item: Data) -> TalkingPoint:
    if isinstance(item, str):
        return point_from(hide(one_line(item)))
    if isinstance(item, list):
        return TalkingPoint(name="", text=_prose(item, " "))
    name = next((value for key, value in item.items() if column_named(key, ("name",))), "")
    claim = next((value for key, value in item.items() if column_named(key, ("claim",))), "")
    if not name and len(item) == 1 and not claim:
        name, claim = next(iter(item.items()))
    return TalkingPoint(name=_prose(name, " "), text=_prose(claim, " "))


def _panel(data: Data, areas: frozenset[str]) -> Iterator[Persona]:
    if isinstance(data, str):
        lines = (line for line in data.split("\n") if line.strip())
        yield from (persona_from(hide(line), areas) for line in lines)
    elif isinstance(data, list):
        yield from (_persona(item, areas) for item in data)
    else:
        for key, value in data.items():
            named: Data = {"name": key, **value} if isinstance(value, dict) else {key: value}
            yield _persona(named, areas)


def _persona(item: Data, areas: frozenset[str]) -> Persona:
    if isinstance(item, str):
        return persona_from(hide(one_line(item)), areas)
    if isinstance(item, list):
        return persona_from(hide(one_line(_prose(item, "; "))), areas)
    found: dict[str, Data] = {}
    for key, value in item.items():
        found.setdefault(column_named(key, PANEL_COLUMNS.names) or "", value)
    if len(item) == 1 and "" in found:
        key, value = next(iter(item.items()))
        return persona_from(hide(one_line(f"{key}: {_prose(value, '; ')}")), areas)
    asked = found.get("areas", "")
    listed = asked if isinstance(asked, list) else [*areas_in(hide(_prose(asked, ", ")))]
    return Persona(
        name=_prose(found.get("who", ""), " "),
        role=_prose(found.get("role", ""), " "),
        areas=tuple(_prose(area, ", ") for area in listed),
        manner=_prose(found.get("manner", ""), ", "),
        voice=_prose(found.get("voice", ""), " "),
    )
