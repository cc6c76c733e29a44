"""A resume as JSON (jsonresume.org/schema) as the text that one would read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from agent.errors import BriefError

_PLACES = ("work", "volunteer", "projects", "education")
"""Its lists of stations, in the order of reading."""
_NAMES = ("position", "studyType", "area", "name", "organization", "institution", "entity")


def resume_text(data: str, name: str) -> str:
    """Return the text of a JSON Resume: a line a station, its highlights as a list below.

    Raises:
        BriefError: broken JSON, or JSON of another kind.
    """
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BriefError(f"{name} is broken JSON; give PDF, DOCX or text") from error
    if not isinstance(found, dict) or not any(isinstance(found.get(key), list) for key in _PLACES):
        raise BriefError(f"{name} is JSON, but no JSON Resume; give PDF, DOCX or text")
    return "\n".join(_lines(found))


def _lines(resume: dict[str, Any]) -> Iterator[str]:
    basics = resume.get("basics")
    basics = basics if isinstance(basics, dict) else {}
    yield _text(basics.get("name")) or "Resume"
    yield from ("", _text(basics.get("label")))
    for place in _PLACES:
        yield from ("", f"## {place.capitalize()}")
        for one in _list(resume.get(place)):
            named = ", ".join(filter(None, (_text(one.get(key)) for key in _NAMES)))
            years = (_text(one.get(key))[:4] for key in ("startDate", "endDate"))
            start, end = years
            yield from ("", f"### {named} ({start} – {end or 'present'})", "")
            told = [one.get("summary"), one.get("description"), *_items(one.get("highlights"))]
            yield from (f"- {line}" for line in map(_text, told) if line)
    yield from ("", "## Skills")
    for one in _list(resume.get("skills")):
        words = [_text(one.get("name")), *map(_text, _items(one.get("keywords")))]
        yield f"- {', '.join(filter(None, words))}"


def _list(data: object) -> list[dict[str, Any]]:
    return [one for one in _items(data) if isinstance(one, dict)]


def _items(data: object) -> list[Any]:
    return data if isinstance(data, list) else []


def _text(data: object) -> str:
    return " ".join(data.split()) if isinstance(data, str) else ""
