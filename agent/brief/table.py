"""Tables in a brief: Markdown with or without outer pipes, tabs, or one cell a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.brief.text import hide, plain
from agent.brief.words import column_named

_ROW_LINES = 12
"""The most lines over which one row may be broken."""
_CELLS = 40
"""The most cells a row is taken apart into."""
BREAK = re.compile(r"<br\s{0,9}/?>", re.IGNORECASE)
"""A line break within a cell."""
_BULLET = re.compile(r"\s*[-*+•]\s")

Row = dict[str, str]
"""One row: column to cell, as plain text; cells that hold several things as written."""


@dataclass(frozen=True)
class Columns:
    """What a table may hold."""

    names: tuple[str, ...]
    """The columns, in the order assumed when the table has no header."""
    main: str
    """The one that makes a row worth reading."""
    more: tuple[str, ...] = ()
    """Columns that are there only where the header names them."""

    @property
    def all(self) -> tuple[str, ...]:
        """Every column that a header may name."""
        return (*self.names, *self.more)


QUESTION_COLUMNS = Columns(("area", "question", "why"), "question", ("probes",))
POINT_COLUMNS = Columns(("name", "claim"), "name")
PANEL_COLUMNS = Columns(("who", "role", "areas", "manner", "voice"), "who")

_LISTS = frozenset({"probes", "areas"})
"""Columns whose cells hold several things; they are kept as written (escapes hidden)."""


def split_tables(lines: list[str], columns: Columns) -> tuple[list[Row], list[str]]:
    """Return the rows of the tables among the lines (escapes hidden), and the other lines."""
    lines = _joined_rows(_tabs_as_pipes(_cells_as_rows(lines, columns), columns))
    table: list[list[str]] = []
    others: list[str] = []
    for line, following in zip(lines, [*lines, ""][1:], strict=True):
        if _in_table(line, following, began=bool(table), columns=columns):
            table.append(_cells(line))
        else:
            others.append(line)
    return _rows(table, columns), others


def _joined_rows(lines: list[str]) -> list[str]:
    """Return the lines with each row that was broken over several lines as one."""
    joined: list[str] = []
    at = 0
    while at < len(lines):
        end = _row_end(lines, at)
        joined.append(" ".join(lines[at:end]))
        at = end
    return joined


def _row_end(lines: list[str], at: int) -> int:
    first = lines[at].strip()
    if not first.startswith("|") or (first.endswith("|") and first != "|"):
        return at + 1
    for end in range(at + 1, min(at + _ROW_LINES, len(lines))):
        line = lines[end].strip()
        if not line or line.startswith("|"):
            break
        if line.endswith("|"):
            return end + 1
    return at + 1


def _in_table(line: str, following: str, *, began: bool, columns: Columns) -> bool:
    if "|" not in line:
        return False
    if line.lstrip().startswith("|"):
        return True
    if _BULLET.match(line):
        return False
    if began or ("|" in following and _is_rule(_cells(following))):
        return True
    return any(column_named(cell, columns.names) == columns.main for cell in _cells(line))


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in inner.split("|", _CELLS)]


def _is_rule(cells: list[str]) -> bool:
    return all(re.fullmatch(r":?-+:?", cell) for cell in cells)


def _rows(table: list[list[str]], columns: Columns) -> list[Row]:
    if not table:
        return []
    header = [column_named(plain(cell), columns.all) for cell in table[0]]
    has_rule = len(table) > 1 and _is_rule(table[1])
    known = columns.main in header
    if not known:
        width = min(len(columns.names), max(map(len, table)))
        last = columns.names[-width:]
        names = last if columns.main in last else columns.names[:width]
        header = list(names) if width > 1 else [columns.main]
    body = table[2:] if has_rule else table[1 if known else 0 :]
    rules = {at for at, cells in enumerate(body) if _is_rule(cells)}
    again = rules | {at - 1 for at in rules}
    return [_row(header, cells) for at, cells in enumerate(body) if at not in again]


def _row(header: list[str | None], cells: list[str]) -> Row:
    surplus = len(cells) - len(header)
    if surplus > 0:
        cells = _rejoined(header, cells, surplus)
    row: Row = {}
    for column, cell in zip(header, cells, strict=False):
        if column and column not in row:
            row[column] = cell if column in _LISTS else plain(BREAK.sub(" ", cell))
    return row


def _rejoined(header: list[str | None], cells: list[str], surplus: int) -> list[str]:
    """Return the cells of a row whose text held a bare pipe: a question goes on to its "?"."""
    last = len(header) - 1
    at = header.index("question") if "question" in header else last
    ends = [i for i in range(at, at + surplus + 1) if cells[i].endswith("?")]
    end = ends[-1] if ends else at
    joined = [*cells[:at], " | ".join(cells[at : end + 1]), *cells[end + 1 :]]
    return [*joined[:last], " | ".join(filter(None, joined[last:]))]


def _tabs_as_pipes(lines: list[str], columns: Columns) -> list[str]:
    """Return a table copied from a browser (tabs between cells) as a Markdown table."""
    first = next((line for line in lines if line.strip()), "")
    named = [column_named(cell, columns.all) for cell in first.split("\t")]
    if "\t" not in first or columns.main not in named or _BULLET.match(first):
        return lines
    guarded = (line.replace("|", hide(r"\|")) for line in lines)
    return [f"|{line.replace(chr(9), '|')}|" if line.strip() else "" for line in guarded]


def _cells_as_rows(lines: list[str], columns: Columns) -> list[str]:
    """Return a table copied with each cell on a line of its own as a Markdown table."""
    filled = [line.strip().replace("|", hide(r"\|")) for line in lines if line.strip()]
    named = [column_named(line, columns.all) for line in filled[: len(columns.all)]]
    width = len(columns.names) + len({*named} & {*columns.more})
    listed = any(map(_BULLET.match, lines))
    if {*columns.names} - {*named[:width]} or len(filled) % width or listed:
        return lines
    return ["|" + "|".join(filled[at : at + width]) + "|" for at in range(0, len(filled), width)]
