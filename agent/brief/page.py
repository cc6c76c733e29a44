"""A brief as a page: pasted from a browser, Markdown with headings, or the project's own form."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from agent.brief import Brief, Question
from agent.brief.items import AREAS, points_in, questions_in
from agent.brief.panel import panel_in, people_in
from agent.brief.text import area_name, hide, lines_of, one_line, plain
from agent.brief.words import Section, heading_words, section_heard, section_named

OWN_TITLE = "# Interview brief"
"""The first line of the project's own form; plain lines are never headings below it."""

_ATX = re.compile(r"\s{0,3}(#{1,6})\s+(\S.*)")
_BOLD_LINE = re.compile(r"\s{0,3}\*\*([^*]{1,60})\*\*\s*:?\s*")
_UNDERLINE = re.compile(r"\s{0,3}(?:={3,}|-{3,})\s*")
_NAMED_LINE = re.compile(r"\s{0,3}\**([A-Za-z][A-Za-z_ &/]{1,38})\**:\**\s+(\S.*)")
_META = re.compile(r"\s*(?:[-*+•]\s+)?\**([A-Za-z][A-Za-z_ ]{0,20})\**\s*:\**\s+(\S.*)")
_CRUMBS = re.compile(r"\s*(?:←|⟵|‹|«|<-|<)\s*([^/›»>|]{1,80})\s[/›»>|]\s+(\S.*)")
_BULLET = re.compile(r"\s*(?:[-*+•‣◦▪●]|\d{1,3}[.)])\s+(?=\S)")
_TITLE_LEAD = re.compile(
    r"^\W*(?:(?:my |the )?interview )?(?:brief(?:ing)?|prep(?:aration)?)\b(?: for)?[\s:–—-]*",
    re.IGNORECASE,
)
_TITLE_PARTS = re.compile(r"\s(?:[/|·—–-]|//)\s")
_ROLE_AT = re.compile(r"([A-Z][^.!?]{1,60}) at ([A-Z][^.!?]{1,60})")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)[\w-]*\s*")
_LABELS_ABOVE = frozenset({"role", "company", "model", "created", "brief", "updated", "author"})
_COMMON = re.compile(r"\b(?:likely|possible|interview|expected|potential|questions?)\b")
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
class _Page:
    """The lines of a page by section."""

    lines: dict[Section, list[str]] = field(default_factory=dict)
    preamble: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    section: Section | None = None
    level: int = 0
    own: bool = False


@dataclass(frozen=True)
class _Heading:
    """A line that opens a section, or a part of one."""

    text: str
    level: int
    section: Section | None
    rest: str = ""


def parse_page(text: str) -> tuple[Brief, list[str]]:
    """Return what a page says, in whatever spacing, and the headings that were not used.

    Nothing is an error here: a page without any section gives an empty brief.
    """
    lines = [hide(line) for line in lines_of(text) if not _FENCE.fullmatch(line)]
    page = _split(lines)
    company, role = _company_and_role(page)
    questions = tuple(_questions(page, lines))
    above = _said_above(page)
    people = people_in(above.get("panel", ""))
    page.unused += ["Panel"] if "panel" in above and not people else []
    company, snapshot = _name_or_prose(page, company, "company", "snapshot")
    role, stack = _name_or_prose(page, role, "role", "stack")
    brief = Brief(
        company=company,
        role=role,
        snapshot=snapshot,
        stack=stack,
        questions=questions,
        talking_points=tuple(points_in(page.lines.get("talking_points", []))),
        panel=tuple(panel_in(page.lines.get("panel", people), {asked.area for asked in questions})),
        interview_date=above.get("interview_date", "")
        or _prose(page.lines.get("interview_date", [])),
    )
    return brief, page.unused


def _split(lines: list[str]) -> _Page:
    page = _Page(own=next((line.strip() for line in lines if line.strip()), "") == OWN_TITLE)
    underlined = False
    for line, following in zip(lines, [*lines, ""][1:], strict=True):
        heading = None if underlined else _heading(line, following, page)
        if underlined:
            underlined = False
        elif _is_dated(line, page):
            page.preamble.append(line)
        elif heading and _opens(heading, page):
            _open(heading, page)
            underlined = not page.own and bool(_UNDERLINE.fullmatch(following))
        elif page.section is None:
            page.preamble.append(line)
        elif not (heading and page.section in _PROSE):
            page.lines[page.section].append(line)
    return page


def _heading(line: str, following: str, page: _Page) -> _Heading | None:
    atx = _ATX.fullmatch(line)
    if atx:
        text = atx[2].rstrip().rstrip("#").rstrip() or atx[2]
        return _Heading(text, len(atx[1]), section_heard(text))
    bold = _BOLD_LINE.fullmatch(line)
    section = section_named(bold[1] if bold else line) if len(line) <= _HEADING_CHARS else None
    if section and (bold or (not page.own and section not in _NAMED_ABOVE)):
        return None if _BULLET.match(line) else _Heading(line.strip(), 0, section)
    if page.own:
        return None
    if line.strip() and re.fullmatch(r"={3,}\s*", following) and "|" not in line:
        return _Heading(line.strip(), 1, section_heard(line))
    return _named_line(line) if page.section in (None, *_PROSE) else None


def _named_line(line: str) -> _Heading | None:
    """Return a heading with its text on the same line, as in "Stack: Python and CUDA"."""
    named = _NAMED_LINE.fullmatch(line)
    section = section_named(named[1]) if named else None
    if named and section in _PROSE:
        return _Heading(named[1], 0, section, named[2])
    return None


def _is_dated(line: str, page: _Page) -> bool:
    """Return whether a line such as "Interview date: 3 December 2026" stands below the top."""
    named = _NAMED_LINE.fullmatch(line) if page.section in _PROSE and not page.own else None
    return named is not None and section_named(named[1]) == "interview_date"


def _opens(heading: _Heading, page: _Page) -> bool:
    """Return whether a heading ends the section above it, rather than being a part of it."""
    if page.section is None or heading.level == 0:
        return True
    if heading.level <= page.level:
        return True
    if page.section in _PROSE:
        return heading.section is not None
    named = section_named(heading.text)
    strong = named in ("questions", "talking_points") or " " in heading_words(heading.text)
    return named is not None and strong


def _open(heading: _Heading, page: _Page) -> None:
    page.section, page.level = heading.section, heading.level
    if heading.section is None:
        (page.titles if heading.level == 1 else page.unused).append(plain(heading.text))
        return
    lines = page.lines.setdefault(heading.section, [])
    if heading.section == "other":
        page.unused.append(plain(heading.text))
    if heading.section == "questions":
        area = area_name(_COMMON.sub("", heading_words(heading.text)))
        lines.append(f"###### {area}" if area in AREAS else "")
    lines.append(heading.rest)


def _company_and_role(page: _Page) -> tuple[str, str]:
    """Return both from lines such as "company: …", else the breadcrumb, else the title."""
    found = _said_above(page)
    if page.own:
        return found.get("company", ""), found.get("role", "")
    pairs = (_from_crumbs(page), _from_title(page))
    return (
        found.get("company") or next((pair[0] for pair in pairs if pair[0]), ""),
        found.get("role") or next((pair[1] for pair in pairs if pair[1]), ""),
    )


def _said_above(page: _Page) -> dict[Section, str]:
    """Return what lines such as "company: …" above the sections say."""
    found: dict[Section, str] = {}
    for line, following in zip(page.preamble, [*page.preamble, ""][1:], strict=True):
        meta = _META.fullmatch(line)
        key = section_named(meta[1] if meta else line)
        value = meta[2] if meta else following.strip()
        if key is None or not value or not (key in _NAMED_ABOVE or (meta and key == "panel")):
            continue
        if meta or heading_words(value) not in _LABELS_ABOVE:
            found.setdefault(key, plain(_unquoted(value.strip())))
    return found


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]
    return value[1:-1] if quoted else value


def _from_crumbs(page: _Page) -> tuple[str, str]:
    """Return company and role from a line such as "← company / role"."""
    crumbs = next(filter(None, map(_CRUMBS.fullmatch, page.preamble)), None)
    if not crumbs:
        return "", ""
    prose = " ".join(line for part in page.lines.values() for line in part)
    return _cased(plain(crumbs[1]), prose), plain(crumbs[2])


def _cased(slug: str, prose: str) -> str:
    """Return a lower-case company slug as the prose writes it most often ("openai", "OpenAI")."""
    if slug != slug.lower() or not slug:
        return slug
    words = r"[\s-]?".join(map(re.escape, re.split(r"[\s_-]+", slug)))
    seen = Counter(re.findall(rf"\b{words}\b", prose, re.IGNORECASE))
    seen = Counter({form: n for form, n in seen.items() if form != form.lower()})
    return seen.most_common(1)[0][0] if seen else slug.replace("-", " ").title()


def _from_title(page: _Page) -> tuple[str, str]:
    """Return company and role from a title: "Brief: Acme — Engineer", "Engineer at Acme"."""
    first = next((line for line in page.preamble if line.strip()), "")
    plain_title = plain(first) if len(first) <= _TITLE_CHARS and not _META.fullmatch(first) else ""
    for title in (*page.titles, plain_title):
        text = _TITLE_LEAD.sub("", title)
        parts = _TITLE_PARTS.split(text)
        if len(parts) == 2:
            return parts[0].strip(), parts[1].strip()
        at = _ROLE_AT.fullmatch(text)
        if at:
            return at[2], at[1]
    return "", ""


def _name_or_prose(page: _Page, name: str, short: Section, long: Section) -> tuple[str, str]:
    """Return the name, and the prose of the `long` section, from both sections."""
    text, prose = _prose(page.lines.get(short, [])), _prose(page.lines.get(long, []))
    if text and len(text.split()) <= _NAME_WORDS:
        return name or one_line(text), prose
    return name, prose or text


def _prose(lines: list[str]) -> str:
    """Return the lines as paragraphs; each list item is a paragraph of its own."""
    parts: list[str] = []
    fresh = True
    for line in lines:
        bullet = _BULLET.match(line)
        text = line[bullet.end() :] if bullet else line
        if not line.strip():
            fresh = True
        elif fresh or bullet:
            parts.append(text)
            fresh = False
        else:
            parts[-1] += " " + text
    return "\n\n".join(filter(None, map(plain, parts)))


def _questions(page: _Page, lines: list[str]) -> list[Question]:
    """Return the questions; a page of nothing but questions needs no heading."""
    if page.lines:
        return questions_in(page.lines.get("questions", []))
    filled = [line.rstrip() for line in lines if line.strip()]
    bare = all(line.endswith("?") for line in filled) or any("|" in line for line in filled[:1])
    return questions_in(lines) if bare else []
