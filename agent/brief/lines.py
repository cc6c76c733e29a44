"""The lines of a brief's sections: headings, items of lists and plain lines told apart."""

import re
from dataclasses import dataclass, replace

from agent.brief.words import column_named

BOLD = 7
"""The level of a line that is bold as a whole, below the six of Markdown."""
_BULLET = re.compile(r"[-*+•‣◦▪●–] ")
_NUMBER = re.compile(r"(?:\(?\d{1,5}[.)]|[Qq](?:uestion )?\d{1,5}[.:)]|[Qq]:) ")
_BOX = re.compile(r"\[[ xX]?\] ")
_LABEL_CHARS = 40


@dataclass(frozen=True)
class Line:
    """One line that says something."""

    text: str
    """Its words on one line, marks of headings and lists gone, escapes hidden."""
    level: int = 0
    """1 to 6 for a heading, BOLD for a line in bold, 0 for others."""
    depth: int = -1
    """For an item of a list how far it is indented beyond the outermost, -1 for others."""
    indented: bool = False
    numbered: bool = False
    after_gap: bool = False
    """Whether an empty line stands before it."""


def read_lines(lines: list[str]) -> list[Line]:
    """Return the lines that say something, given with their escapes hidden."""
    found: list[Line] = []
    gap = True
    for line in lines:
        text = " ".join(line.split())
        if not _is_rule(text):
            indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
            found.append(_read(text, indent, gap=gap))
        gap = _is_rule(text)
    base = min((line.depth for line in found if line.depth >= 0), default=0)
    return [replace(line, depth=line.depth - base) if line.depth >= 0 else line for line in found]


def _is_rule(text: str) -> bool:
    """Return whether a line is empty, or draws a rule: "---", "* * *"."""
    marks = {*text} - {" "}
    return not marks or (len(text) > 2 and len(marks) == 1 and marks <= {*"-=_*"})


def _read(text: str, indent: int, *, gap: bool) -> Line:
    marks = len(text) - len(text.lstrip("#"))
    level = marks if 0 < marks < 7 and text[marks : marks + 1] == " " else 0
    if level:
        text = text[level:].strip()
        text = text.rstrip("#").rstrip() or text
    inner = text[2:-2] if text.startswith("**") and text.endswith("**") else ""
    if inner.strip() and "**" not in inner:
        text, level = inner.strip(), level or BOLD
    slanted = text[1:-1] if text[:1] == text[-1:] == "*" else ""
    text = slanted if slanted.strip() == slanted and slanted and "*" not in slanted else text
    number, bullet = _NUMBER.match(text), _BULLET.match(text)
    mark = number or bullet
    if mark is None:
        return Line(text, level, indented=indent > 0, after_gap=gap)
    text = text[mark.end() :]
    box = _BOX.match(text)
    text = text[box.end() :] if box else text
    return Line(text, level, -1 if level else indent, indent > 0, number is not None, gap)


def label_of(text: str) -> tuple[str, str]:
    """Return what stands before the first colon or long dash, and after it; "" without any."""
    head = text[:_LABEL_CHARS]
    at = min((at for at in map(head.find, ":–—") if at > 0), default=0)
    return head[:at].strip("* "), text[at + 1 :].lstrip("* ") if at else text


def labelled(text: str, columns: tuple[str, ...]) -> tuple[str | None, str]:
    """Return which column a line such as "**Why:** text" names, and its text; None for another."""
    label, rest = label_of(text)
    column = column_named(label, columns) if label and not {*label} & {*"?!.,"} else None
    return column, rest if column else ""
