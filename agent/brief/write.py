r"""Writing a brief in the project's own Markdown form, which reads back to the same brief.

Every brief in its normal form (agent.brief.normal) survives: marks that Markdown would
understand are escaped with a backslash, and the pipes of a table cell are, too.
"""

import re
import string
from collections.abc import Sequence
from pathlib import Path

from agent.brief import Brief, Question
from agent.brief.normal import normal
from agent.brief.page import OWN_TITLE
from agent.brief.read import read_reading
from agent.text.words import key_of
from voice import files

_SPECIAL = re.compile(r"[\\`*\[\]]|<(?=br)", re.IGNORECASE)
_PROBE_END = re.compile(r"\?(?=[;”\"]|\s(?!\(unless:))|\)(?=; | [•\"“\d])|(?<!\S)/(?!\S)")
"""What would end a probe in its middle: a question mark, a bracket, a slash that stands alone."""
_NUMBER_FIRST = re.compile(r"\d{1,3}(?=[.)])")
_BULLET_FIRST = re.compile(r"[^\x00-\x7f]\s")


def write_brief(brief: Brief, doubts: Sequence[str] = ()) -> str:
    """Return the own Markdown form: parse_brief(write_brief(b)) == normal(b).

    `doubts` are written below it; `brief check` tells them until somebody deletes them. A brief
    without questions and talking points is written too, but is no brief to read.
    """
    brief = normal(brief)
    parts = [OWN_TITLE, _meta(brief)]
    for heading, text in (("Company snapshot", brief.snapshot), ("Team stack", brief.stack)):
        if text:
            parts += [f"## {heading}", *map(_paragraph, text.split("\n\n"))]
    if brief.questions:
        parts += ["## Likely questions", _question_table(brief)]
    if brief.talking_points:
        parts += ["## Talking points", _point_list(brief)]
    if brief.panel:
        parts += ["## Panel", _panel_table(brief)]
    if doubts:
        told = "\n".join(f"- {_first_escaped(doubt)}" for doubt in doubts)
        parts += ["## To check", told]
    return "\n\n".join(filter(None, parts)) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def _first_escaped(text: str) -> str:
    """Return the text escaped, its first mark too, so that it begins nothing in Markdown."""
    number = _NUMBER_FIRST.match(text)
    if number:
        return f"{number[0]}\\{_escaped(text[number.end() :])}"
    escaped = _escaped(text)
    return "\\" + escaped if escaped[0] in string.punctuation.replace("\\", "") else escaped


def _paragraph(text: str) -> str:
    """Return a paragraph that reads back as one; a bullet that is no ASCII gets one before it."""
    return ("- " if _BULLET_FIRST.match(text) else "") + _first_escaped(text)


def _meta(brief: Brief) -> str:
    """Return company, role and date as list items on their lines, nothing for an empty one."""
    fields = (
        ("company", brief.company),
        ("role", brief.role),
        ("interview date", brief.interview_date),
    )
    return "\n".join(f"- {key}: {_first_escaped(value)}" for key, value in fields if value)


def _question_table(brief: Brief) -> str:
    """Return the table of questions; its column of probes is there where there are any."""
    head = ["area", "question", "why"]
    rows = [[asked.area, asked.text, asked.why] for asked in brief.questions]
    rows = [[*map(_escaped, row)] for row in rows]
    if any(asked.probes for asked in brief.questions):
        head.append("probes")
        for row, asked in zip(rows, brief.questions, strict=True):
            row.append(_probes_cell(asked.probes))
    return _table(head, rows)


def _probes_cell(probes: tuple[str, ...]) -> str:
    """Return own probes in one cell: "What broke? / Who paid for it?"."""
    cell = ""
    for probe in probes:
        between = " / " if cell.endswith((".", "?", "!", ")")) else "<br>" if cell else ""
        cell += between + _PROBE_END.sub(r"\\\g<0>", _escaped(probe))
    return cell


def _panel_table(brief: Brief) -> str:
    rows = [
        [one.name, one.role, ", ".join(one.areas), one.manner, one.voice] for one in brief.panel
    ]
    return _table(
        ["name", "role", "areas", "manner", "voice"], [[*map(_escaped, row)] for row in rows]
    )


def _table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table; only the pipes of its cells are still to be escaped."""
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for row in rows:
        cells = (cell.replace("|", r"\|") for cell in row)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _point_list(brief: Brief) -> str:
    items: list[str] = []
    for point in brief.talking_points:
        name = _escaped(point.name)
        name = name.removesuffix(":") + r"\:" if name.endswith(":") else name
        items.append(f"- **{name}**: {point.text and _escaped(point.text)}".removesuffix(": "))
    return "\n".join(items)


def with_questions(path: Path, texts: Sequence[str], why: str) -> tuple[int, Path]:
    """Add the questions that a brief does not have; return how many, and where they stand now.

    A file in the own form, all of it understood, is changed; of any other a copy in that form is
    written beside it, under a free name.
    """
    reading = read_reading(str(path))
    brief, known = reading.brief, {key_of(one.text) for one in reading.brief.questions}
    fresh: dict[str, str] = {}
    for text in texts:
        if key_of(text) not in known:
            fresh.setdefault(key_of(text), text)
    if not fresh:
        return 0, path
    asked = (Question(text=text, why=why) for text in fresh.values())
    grown = write_brief(brief.model_copy(update={"questions": (*brief.questions, *asked)}))
    own = path.read_text(encoding="utf-8", errors="replace").startswith(OWN_TITLE)
    if own and not reading.left_out:
        files.write_whole(path.resolve(), grown.encode())
        return len(fresh), path
    place, number = path.with_name(f"{path.stem}.brief.md"), 1
    while place.exists():
        number += 1
        place = path.with_name(f"{path.stem}.brief-{number}.md")
    files.write_whole(place, grown.encode())
    return len(fresh), place
