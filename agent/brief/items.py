"""The questions and talking points in the lines of their section: tables, lists, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from agent.brief import Question, TalkingPoint
from agent.brief.table import BREAK, POINT_COLUMNS, QUESTION_COLUMNS, Row, split_tables
from agent.brief.text import NAME_CHARS, area_name, plain
from agent.brief.words import column_named

_AREA_WORDS = (
    "system_design|design|architecture|coding|algorithms|technical|domain|behavioral|culture|"
    "culture_fit|values|leadership|management|conflict|motivation|warm_up|introduction|general|"
    "experience|background|project|safety|quality|prioritization|ethics|product|strategy|data|"
    "statistics|research|communication|teamwork|situational|case|role_specific|company"
)
AREAS = frozenset(_AREA_WORDS.split("|"))
"""Areas that are known without underscore or brackets; our own list."""

_ITEM = re.compile(
    r"(\s*)(?:[-*+•‣◦▪●–]|\(?\d{1,5}[.)]|[Qq](?:uestion )?\d{1,5}[.:)]|[Qq]:)\s+(\S.*)"
)
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*)")
_BOLD_LINE = re.compile(r"\s*\*\*([^*]+)\*\*\s*")
_LABEL = re.compile(r"\s*(?:[-*+•]\s+)?\**([A-Za-z][A-Za-z -]{0,24})\**\s*[:–—]\s*\**\s*(.*)")
_INLINE_WHY = re.compile(
    r"(?:(?<=[?.!])\s{1,3}|\s{0,3}[(–—-]\s{0,3})\*{0,3}(?:why|reason|rationale)\*{0,3}:\*{0,3}\s*",
    re.IGNORECASE,
)
_INLINE_PROBES = re.compile(
    r"(?:(?<=[?.!])\s{1,3}|\s{0,3}[(–—-]\s{0,3})"
    r"\*{0,3}(?:probes?|follow[- ]?ups?)\*{0,3}:\*{0,3}\s*",
    re.IGNORECASE,
)
_NEXT_PROBE = re.compile(rf"{BREAK.pattern}|(?<=[.?!])\s+/\s+|(?<=\?)\s+", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*[(\dQq]")
_AREA_IN_BRACKETS = re.compile(r"\**[\[(]([^\[\]()]{1,40})[\])]\**[:\s–—-]*(\S.*)")
_AREA_BEFORE = re.compile(
    r"(?:\*\*([^*:]{1,40}):?\*\*|`([^`:]{1,40})`|([\w -]{1,40}))\s*[:–—]\s*(\S.*)"
)
_BOLD_NAME = re.compile(r"\*\*([^*]+?)\s*\*\*\s*(?::|[–—-](?=\s)|)\s*(.*)")
_NAME_LINE_CHARS = 40
"""A line above a paragraph that is no longer than this names the talking point (ours)."""
_NAME_END = re.compile(r":\s+|\s+[–—-]{1,2}\s+")


@dataclass
class _Draft:
    """A question or talking point while its lines are read."""

    head: str = ""
    body: list[str] = field(default_factory=list)
    area: str = ""
    bulleted: bool = False
    numbered: bool = False
    probes: list[str] = field(default_factory=list)
    taking: bool = False
    """Whether the lines that follow are probes."""


def questions_in(lines: list[str]) -> list[Question]:
    """Return the questions of a section, given its lines with escapes hidden."""
    rows, others = split_tables(lines, QUESTION_COLUMNS)
    tabled = [_tabled_question(row) for row in rows]
    return [*tabled, *_listed_questions(others)]


def points_in(lines: list[str]) -> list[TalkingPoint]:
    """Return the talking points of a section, given its lines with escapes hidden."""
    rows, others = split_tables(lines, POINT_COLUMNS)
    tabled = [TalkingPoint(name=row.get("name", ""), text=row.get("claim", "")) for row in rows]
    return [*tabled, *(_point(draft) for draft in _point_drafts(others))]


def point_from(text: str) -> TalkingPoint:
    """Return a talking point from one string: "**Name**: text", "Name: text", "Name — text"."""
    bold = _BOLD_NAME.fullmatch(text)
    if bold:
        return TalkingPoint(name=plain(bold[1].rstrip(" :")), text=plain(bold[2]))
    end = _NAME_END.search(text, 0, NAME_CHARS + 4)
    if end and end.start():
        return TalkingPoint(name=plain(text[: end.start()]), text=plain(text[end.end() :]))
    if len(text) <= NAME_CHARS:
        return TalkingPoint(name=plain(text.removesuffix(":")))
    return TalkingPoint(name="", text=plain(text))


def question_from(text: str, area: str = "") -> Question:
    """Return a question from one string: "[area] question", "area: question — why: reason"."""
    text, probes = _parted(text, _INLINE_PROBES)
    text, why = _parted(text, _INLINE_WHY)
    own_area, text = _area_first(text.strip())
    return Question(
        area=own_area or area, text=plain(text), why=plain(why), probes=probes_in(probes)
    )


def probes_in(text: str) -> tuple[str, ...]:
    """Return the follow-ups in one text (escapes hidden): "What broke? / Who paid for it?"."""
    return tuple(filter(None, map(plain, _NEXT_PROBE.split(text))))


def _parted(text: str, label: re.Pattern[str]) -> tuple[str, str]:
    """Return the text before a label, and what stands after it; the label may be in brackets."""
    found = label.search(text)
    return (text[: found.start()], text[found.end() :].rstrip(") ")) if found else (text, "")


def _area_first(text: str) -> tuple[str, str]:
    bracketed = _AREA_IN_BRACKETS.fullmatch(text)
    if bracketed and _is_area(bracketed[1]):
        return plain(bracketed[1]), bracketed[2]
    named = _AREA_BEFORE.fullmatch(text)
    if named:
        area = next(part for part in named.groups()[:3] if part)
        if _is_area(area):
            return plain(area), named[4]
    return "", text


def _is_area(text: str) -> bool:
    name = area_name(plain(text))
    return name in AREAS or ("_" in text.strip() and " " not in text.strip())


def _tabled_question(row: Row) -> Question:
    return Question(
        area=row.get("area", ""),
        text=row.get("question", ""),
        why=row.get("why", ""),
        probes=probes_in(row.get("probes", "")),
    )


def _listed_questions(lines: list[str]) -> Iterator[Question]:
    for draft in _question_drafts(lines):
        asked = question_from(draft.head, draft.area)
        why = " ".join(part for part in (asked.why, plain(" ".join(draft.body))) if part)
        below = [probe for line in draft.probes for probe in probes_in(line)]
        yield Question(area=asked.area, text=asked.text, why=why, probes=(*asked.probes, *below))


def _question_drafts(lines: list[str]) -> list[_Draft]:
    drafts: list[_Draft] = []
    group = ""
    gap = True
    for line in _dedented(lines):
        heading = _HEADING.fullmatch(line)
        column, text = _labelled(line)
        if heading and not column and not _asks(heading[1]):
            group = plain(heading[1]).removesuffix(":")
        elif line.strip():
            if column == "area" and (not drafts or drafts[-1].area):
                group = plain(text)
            elif column == "question":
                drafts.append(_Draft(text, area=group))
            elif column and drafts:
                _take_label(column, text, drafts[-1])
            else:
                _take_question(line, drafts, group, gap=gap)
        gap = not line.strip()
    return drafts


def _dedented(lines: list[str]) -> list[str]:
    """Return the lines with the indent of the outermost list items taken away."""
    lines = [line.expandtabs(4) for line in lines]
    indents = [len(item[1]) for item in map(_ITEM.fullmatch, lines) if item]
    base = " " * min(indents, default=0)
    return [line.removeprefix(base) for line in lines]


def _asks(text: str) -> bool:
    return text.rstrip().endswith("?") or _ITEM.fullmatch(text) is not None


def _labelled(line: str) -> tuple[str | None, str]:
    """Return the column that a line such as "- **Why:** text" names, and its text."""
    label = _LABEL.fullmatch(line)
    if label:
        return column_named(label[1], QUESTION_COLUMNS.all), label[2]
    heading = _HEADING.fullmatch(line) or _BOLD_LINE.fullmatch(line)
    return (column_named(heading[1], QUESTION_COLUMNS.more) if heading else None), ""


def _take_label(column: str, text: str, draft: _Draft) -> None:
    draft.taking = column == "probes"
    if column == "area":
        draft.area = plain(text)
    elif draft.taking:
        draft.probes.append(text)
    else:
        draft.body.append(text)


def _take_question(line: str, drafts: list[_Draft], group: str, *, gap: bool) -> None:
    bold = _BOLD_LINE.fullmatch(line)
    heading = _HEADING.fullmatch(line) or bold
    item = _ITEM.fullmatch(line)
    text = heading[1] if heading else line.strip()
    if drafts and drafts[-1].taking and not heading and _is_probe(line, drafts[-1], gap=gap):
        _take_probe(line, drafts[-1])
    elif heading:
        inner = _ITEM.fullmatch(text)
        drafts.append(_Draft(inner[2] if inner else text, area=group))
    elif item and not (drafts and len(item[1]) > 1):
        numbered = _NUMBERED.match(line) is not None
        drafts.append(_Draft(item[2], area=group, bulleted=True, numbered=numbered))
    elif item:
        drafts[-1].body.append(item[2])
    elif drafts and not gap and not (_finished(drafts[-1]) and text.endswith("?")):
        _go_on(drafts[-1], text)
    elif text.endswith("?"):
        drafts.append(_Draft(text, area=group))


def _is_probe(line: str, draft: _Draft, *, gap: bool) -> bool:
    """Return whether a line under "Probes:" is one more of them, not the next question."""
    item = _ITEM.fullmatch(line)
    if item is None:
        return not gap
    dashed = draft.numbered and not _NUMBERED.match(line)
    return len(item[1]) > 1 or not draft.bulleted or dashed


def _take_probe(line: str, draft: _Draft) -> None:
    item = _ITEM.fullmatch(line)
    if item is None and draft.probes and not draft.probes[-1].endswith("?"):
        draft.probes[-1] += f" {line.strip()}"
    else:
        draft.probes.append(item[2] if item else line)


def _finished(draft: _Draft) -> bool:
    return not draft.bulleted and not draft.body and draft.head.endswith("?")


def _go_on(draft: _Draft, text: str) -> None:
    if draft.body:
        draft.body.append(text)
    else:
        draft.head += " " + text


def _point_drafts(lines: list[str]) -> list[_Draft]:
    drafts: list[_Draft] = []
    lines = _dedented(lines)
    listed = any(_ITEM.fullmatch(line) or _HEADING.fullmatch(line) for line in lines)
    spaced = "\n\n" in re.sub(r"[^\S\n]+", "", "\n".join(lines)).strip()
    gap = True
    for line, following in zip(lines, [*lines, ""][1:], strict=True):
        if line.strip() and not listed and (gap or not spaced):
            named = spaced and bool(following.strip()) and _names_what_follows(line)
            drafts.append(_Draft(line.strip(), area="heading" if named else ""))
        elif line.strip():
            _take_point(line, drafts)
        gap = not line.strip()
    return drafts


def _names_what_follows(line: str) -> bool:
    line = line.strip()
    short = len(line) <= _NAME_LINE_CHARS and not line.endswith((".", ",", ";", "!", "?"))
    return short and not _NAME_END.search(line)


def _take_point(line: str, drafts: list[_Draft]) -> None:
    heading = _HEADING.fullmatch(line)
    item = _ITEM.fullmatch(line)
    text = item[2] if item else line.strip()
    above = drafts[-1] if drafts and drafts[-1].area == "heading" else None
    if heading:
        drafts.append(_Draft(heading[1], area="heading"))
    elif above and item and text.startswith("**") and not above.body:
        drafts[-1] = _Draft(text)
    elif above:
        above.body.append(text)
    elif item and len(item[1]) < 2:
        drafts.append(_Draft(text))
    elif drafts:
        drafts[-1].body.append(text)


def _point(draft: _Draft) -> TalkingPoint:
    if draft.area == "heading":
        inner = _ITEM.fullmatch(draft.head)
        name = plain(inner[2] if inner else draft.head).removesuffix(":")
        return TalkingPoint(name=name, text=plain(" ".join(draft.body)))
    return point_from(" ".join([draft.head, *draft.body]).strip())
