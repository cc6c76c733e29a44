"""A resume as JSON (jsonresume.org/schema) as the text that one would read."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from agent.errors import BriefError

_Text = str | None
_PLACES = ("work", "volunteer", "projects", "education")
"""Its lists of stations, in the order of reading."""
_NAMES = ("position", "study_type", "area", "name", "organization", "institution", "entity")


class _Station(BaseModel):
    """A post, a project, a degree, a skill, or the person."""

    model_config = ConfigDict(alias_generator=to_camel)
    position: _Text = None
    study_type: _Text = None
    area: _Text = None
    name: _Text = None
    organization: _Text = None
    institution: _Text = None
    entity: _Text = None
    label: _Text = None
    start_date: _Text = None
    end_date: _Text = None
    summary: _Text = None
    description: _Text = None
    highlights: list[str] = []
    keywords: list[str] = []


class _Resume(BaseModel):
    basics: _Station = _Station()
    work: list[_Station] = []
    volunteer: list[_Station] = []
    projects: list[_Station] = []
    education: list[_Station] = []
    skills: list[_Station] = []


def resume_text(data: str, name: str) -> str:
    """Return the text of a JSON Resume: a line a station, its highlights as a list below.

    BriefError: broken JSON, or JSON of another kind.
    """
    try:
        resume = _Resume.model_validate_json(data)
    except ValidationError:
        resume = _Resume()
    if not resume.model_fields_set.intersection(_PLACES):
        raise BriefError(f"{name} is JSON, but no JSON Resume; give PDF, DOCX or text")
    return "\n".join(" ".join(line.split()) for line in _lines(resume))


def _lines(resume: _Resume) -> Iterator[str]:
    yield from (resume.basics.name or "Resume", "", resume.basics.label or "")
    for place in _PLACES:
        yield from ("", f"## {place.capitalize()}")
        for one in getattr(resume, place):
            named = ", ".join(filter(None, (getattr(one, each) for each in _NAMES)))
            start, end = ((date or "")[:4] for date in (one.start_date, one.end_date))
            yield from ("", f"### {named} ({start} – {end or 'present'})", "")
            told = filter(None, (one.summary, one.description, *one.highlights))
            yield from (f"- {line}" for line in told)
    yield from ("", "## Skills")
    yield from (f"- {', '.join(filter(None, (s.name, *s.keywords)))}" for s in resume.skills)
