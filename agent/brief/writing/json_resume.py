"""A resume as JSON (jsonresume.org/schema) as the text that one would read."""

from collections.abc import Iterator

from pydantic import BaseModel, ValidationError

from agent.errors import BriefError

_PLACES = ("work", "volunteer", "projects", "education")
"""Its lists of stations, in the order of reading."""
_NAMES = ("position", "studyType", "area", "name", "organization", "institution", "entity")
_Part = dict[str, object]
"""A post, a project, a degree, a skill, or the person."""


class _Resume(BaseModel):
    basics: _Part = {}
    work: list[_Part] = []
    volunteer: list[_Part] = []
    projects: list[_Part] = []
    education: list[_Part] = []
    skills: list[_Part] = []


def resume_text(data: str, name: str) -> str:
    """Return the text of a JSON Resume, a heading a station; BriefError for any other JSON."""
    try:
        resume = _Resume.model_validate_json(data)
    except ValidationError:
        resume = _Resume()
    if not resume.model_fields_set.intersection(_PLACES):
        raise BriefError(f"{name} is JSON, but no JSON Resume; give PDF, DOCX or text")
    return "\n".join(" ".join(line.split()) for line in _lines(resume))


def _lines(resume: _Resume) -> Iterator[str]:
    yield from (*(_texts(resume.basics, "name") or ["Resume"]), "")
    yield from _texts(resume.basics, "label")
    for place in _PLACES:
        yield from ("", f"## {place.capitalize()}")
        for one in getattr(resume, place):
            start, end = ("".join(_texts(one, date))[:4] for date in ("startDate", "endDate"))
            named = ", ".join(_texts(one, *_NAMES))
            yield from ("", f"### {named} ({start} – {end or 'present'})", "")
            yield from (f"- {line}" for line in _texts(one, "summary", "description", "highlights"))
    yield from ("", "## Skills")
    yield from (f"- {', '.join(_texts(one, 'name', 'keywords'))}" for one in resume.skills)


def _texts(part: _Part, *names: str) -> list[str]:
    """Return what a part holds under these names, texts and lists of texts alike."""
    held = [part.get(name) for name in names]
    every = [text for one in held for text in (one if isinstance(one, list) else [one])]
    return [text for text in every if text and isinstance(text, str)]
