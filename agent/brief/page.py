"""A brief as a page: pasted from a browser, Markdown with headings, or the project's own form."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from agent.brief import Brief, Question
from agent.brief.items import points_in, questions_in
from agent.brief.lines import BOLD, label_of, read_lines
from agent.brief.panel import panel_in
from agent.brief.table import is_rule
from agent.brief.text import hide, lines_of, one_line, plain, uncited
from agent.brief.words import AREAS, Section, heading_words, section_heard, section_named
from agent.text.question_kind import area_name

OWN_TITLE = "# Interview brief"
"""The first line of the project's own form; plain lines are never headings below it."""

_FENCE = ("```", "~~~")
_QUOTED = re.compile(r"([\"'])(.+)\1")
_BACK = "←<"
_TITLE_LEAD = re.compile(
    r"\W{0,9}(?:(?:my |the )?interview )?(?:brief(?:ing)?|prep(?:aration)?)\b(?: for)?[ :–—-]{0,3}",
    re.IGNORECASE,
)
_TITLE_PARTS = re.compile(r" (?:[/|·—–-]|//) ")
_LABELS_ABOVE = frozenset({"role", "company", "model", "created", "brief", "updated", "author"})
_COMMON = re.compile(r"\b(?:likely|possible|interview|expected|potential|prep|questions?)\b")
_PROSE = ("snapshot", "stack")
_NAMED_ABOVE: tuple[Section, ...] = ("company", "role", "interview_date")
"""What a line above the sections says; as a bare line they are no headings."""
_HEADING_CHARS = 60
"""No heading of a pasted page is longer."""
_TITLE_CHARS = 100
"""A longer first line is no title."""
_NAME_WORDS = 10
"""A "Company" or "Role" section with more words than this holds prose, not a name."""


@dataclass
class Reading:
    """A brief as read, with what was left aside."""

    brief: Brief
    left_out: list[str] = field(default_factory=list)
    """What of the text is not in the brief, each in a sentence."""


@dataclass
class _Parts:
    """The lines of a page by section, as far as it is read."""

    own: bool
    lines: defaultdict[Section, list[str]] = field(default_factory=lambda: defaultdict(list))
    above: list[str] = field(default_factory=list)
    """The lines above all sections."""
    titles: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    section: Section | None = None
    level: int = 0


def parse_page(text: str) -> Reading:
    """Return what a page says; one without any section gives an empty brief."""
    lines = [hide(uncited(line)) for line in lines_of(text) if not line.lstrip().startswith(_FENCE)]
    parts = _split(lines)
    lost = parts.lost
    lost += [f"to check: {plain(line.text)}" for line in read_lines(parts.lines["to_check"])]
    questions = _questions(parts, lines, lost)
    above = _said_above(parts)
    company, role = _company_and_role(parts, above)
    company, snapshot = _name_or_prose(parts, company, "company", "snapshot")
    role, stack = _name_or_prose(parts, role, "role", "stack")
    brief = Brief(
        company=company,
        role=role,
        snapshot=snapshot,
        stack=stack,
        questions=tuple(questions),
        talking_points=tuple(points_in(parts.lines["talking_points"], lost)),
        panel=tuple(panel_in(parts.lines["panel"], (asked.area for asked in questions))),
        interview_date=above.get("interview_date") or _prose(parts.lines["interview_date"]),
    )
    return Reading(brief, lost)


def _split(lines: list[str]) -> _Parts:
    parts = _Parts(own=next((line.strip() for line in lines if line.strip()), "") == OWN_TITLE)
    for line, following in zip(lines, [*lines, ""][1:], strict=True):
        heading = _heading(line, following, parts)
        if heading is not None and _opens(*heading[:2], parts):
            _open(*heading, parts)
        elif parts.section is None:
            parts.above.append(line)
        else:
            parts.lines[parts.section].append(line)
    return parts


def _heading(line: str, following: str, parts: _Parts) -> tuple[str, int, str] | None:
    """Return text, level (0 for a plain line) and what follows on its line, of a heading."""
    read = next(iter(read_lines([line])), None)
    if read is None or ("|" in line and is_rule(following)):
        return None
    if 0 < read.level < BOLD:
        return read.text, read.level, ""
    section = section_named(read.text) if len(line) <= _HEADING_CHARS else None
    plain_line = not parts.own and section not in _NAMED_ABOVE
    if section and read.depth < 0 and (read.level == BOLD or plain_line):
        return read.text, 0, ""
    if parts.own or read.depth >= 0:
        return None
    label, rest = label_of(read.text)
    if parts.section in (None, *_PROSE) and rest and section_named(label) in _PROSE:
        return (label, 0, rest) if read.text[: len(label) + 6].count(":") else None
    return None


def _opens(text: str, level: int, parts: _Parts) -> bool:
    """Return whether a heading ends the section above it, rather than being a part of it."""
    if parts.section == "questions" and level and _is_sentence(text) and not section_heard(text):
        return False
    if parts.section is None or level <= parts.level or level == 0:
        return True
    named = section_named(text)
    words = heading_words(text)
    strong = named in ("questions", "talking_points") or " " in words or words == "sources"
    return named is not None and strong


def _is_sentence(text: str) -> bool:
    return text.rstrip('*_"” ').endswith(("?", ".")) and text.count(" ") > 2


def _open(text: str, level: int, rest: str, parts: _Parts) -> None:
    section = section_heard(text) if level else section_named(text)
    parts.section, parts.level = section, level
    if section is None:
        if level == 1:
            parts.titles.append(plain(text))
        else:
            parts.lost.append(f'the part "{plain(text)}" was not used')
        return
    lines = parts.lines[section]
    if section == "other":
        parts.lost.append(f'the part "{plain(text)}" was not used')
    if section == "questions":
        area = area_name(_COMMON.sub("", heading_words(text)))
        lines.append(f"###### {area}" if area in AREAS else "")
    lines.append(rest)


def _said_above(parts: _Parts) -> dict[Section, str]:
    """Return what lines such as "company: …" above the sections say."""
    found: dict[Section, str] = {}
    for line, following in zip(parts.above, [*parts.above, ""][1:], strict=True):
        label, value = label_of(line.strip().lstrip("-*+• "))
        key = section_named(label) or section_named(line)
        if not label:  # The value of a bare "Company" is on the next line.
            value = "" if heading_words(following) in _LABELS_ABOVE else following.strip()
        if value and key in _NAMED_ABOVE:
            quoted = _QUOTED.fullmatch(value.strip())
            found.setdefault(key, plain(quoted[2] if quoted else value))
    return found


def _company_and_role(parts: _Parts, above: dict[Section, str]) -> tuple[str, str]:
    """Return both from lines such as "company: …", else the breadcrumb, else the title."""
    company, role = above.get("company", ""), above.get("role", "")
    for find in () if parts.own else (_from_crumbs, _from_title):
        other_company, other_role = find(parts)
        company, role = company or other_company, role or other_role
    return company, role


def _from_crumbs(parts: _Parts) -> tuple[str, str]:
    """Return company and role from a line such as "← company / role"."""
    for line in map(str.strip, parts.above):
        company, slash, role = line[:400].lstrip(_BACK).partition(" / ")
        if line[:1] and line[0] in _BACK and slash and role.strip():
            prose = " ".join(line for lines in parts.lines.values() for line in lines)
            return _cased(plain(company), prose), plain(role)
    return "", ""


def _cased(slug: str, prose: str) -> str:
    """Return a lower-case company slug as the prose writes it ("openai", "OpenAI")."""
    words = "[ -]?".join(map(re.escape, slug.split("-")))
    forms = re.findall(rf"\b{words}\b", prose, re.IGNORECASE)
    title = slug.replace("-", " ").title() if slug == slug.lower() else slug
    return next((form for form in forms if form != form.lower()), title)


def _from_title(parts: _Parts) -> tuple[str, str]:
    """Return company and role from a title: "Brief: Acme — Engineer", "Engineer at Acme"."""
    first = next((line for line in parts.above if line.strip()), "")
    plain_title = plain(first) if len(first) <= _TITLE_CHARS and ":" not in first else ""
    for title in (*parts.titles, plain_title):
        lead = _TITLE_LEAD.match(title)
        text = title[lead.end() :] if lead else title
        found = _TITLE_PARTS.split(text)
        if len(found) == 2:
            return found[0].strip(), found[1].strip()
        role, at, company = text.partition(" at ")
        if at and len(text) <= _TITLE_CHARS and role[:1].isupper() and company[:1].isupper():
            return company, role
    return "", ""


def _name_or_prose(parts: _Parts, name: str, short: Section, long: Section) -> tuple[str, str]:
    """Return the name, and the prose of the `long` section, from both sections."""
    text, prose = _prose(parts.lines[short]), _prose(parts.lines[long])
    if text and len(text.split()) <= _NAME_WORDS:
        return name or one_line(text), prose
    return name, prose or text


def _prose(lines: list[str]) -> str:
    """Return the lines as paragraphs; each list item is a paragraph of its own."""
    found: list[str] = []
    for line in read_lines(lines):
        if line.after_gap or line.depth >= 0 or not found:
            found.append(line.text)
        else:
            found[-1] += f" {line.text}"
    return "\n\n".join(filter(None, map(plain, found)))


def _questions(parts: _Parts, lines: list[str], lost: list[str]) -> list[Question]:
    """Return the questions; a page of nothing but questions needs no heading."""
    if any(parts.lines.values()):
        return questions_in(parts.lines["questions"], lost)
    filled = [line.rstrip() for line in lines if line.strip()]
    bare = all(line.endswith("?") for line in filled) or any("|" in line for line in filled[:1])
    return questions_in(lines, lost) if bare else []
