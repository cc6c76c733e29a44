"""Tables in a brief, as they are pasted: pipes with or without a rule, or tabs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from agent.brief.text import hide, plain, short
from agent.brief.words import column_named

_CELLS = 40
"""The most cells a row is taken apart into."""
BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
"""A line break within a cell."""
_RULE = re.compile(r":?-+:?")
_PIPE = hide(r"\|")

Row = dict[str, str]
"""One row: column to cell as written, escapes hidden; a column of no known name by its heading."""
LINE = "line"
"""The column of a row that is a text and nothing else."""
LISTED = ("probes", "areas")
"""The columns that hold several things."""


def cell(row: Row, column: str) -> str:
    """Return the words in a cell, "" where it is empty."""
    return plain(BREAK.sub(" ", row.get(column, "")))


@dataclass(frozen=True)
class Columns:
    """What a table may hold."""

    names: tuple[str, ...]
    """The columns, in the order assumed when the table has no header."""
    main: str
    """The one that makes a row worth reading."""
    second: str = ""
    """What is said of it, where a list or mapping has it after a colon."""
    more: tuple[str, ...] = ()
    """Columns that are there only where the header names them."""

    @property
    def all(self) -> tuple[str, ...]:
        """Every column that a header may name."""
        return (*self.names, *self.more)


QUESTION_COLUMNS = Columns(("area", "question", "why"), "question", "why", ("probes",))
POINT_COLUMNS = Columns(("name", "claim"), "name", "claim")
PANEL_COLUMNS = Columns(("who", "role", "areas", "manner", "voice"), "who")


def split_tables(lines: list[str], columns: Columns) -> tuple[list[Row], list[str]]:
    """Return the rows of the tables among the lines (escapes hidden), and the other lines."""
    lines = _as_pipes(lines, columns)
    table: list[list[str]] = []
    others: list[str] = []
    for line, following in zip(lines, [*lines, ""][1:], strict=True):
        if _is_row(line, columns, begun=bool(table) or is_rule(following)):
            table.append(_cells(line))
        else:
            others.append(line)
    return _rows(table, columns), others


def is_rule(line: str) -> bool:
    """Return whether a line is the rule below a table's header: "|---|:-:|"."""
    return "|" in line and _are_rules(_cells(line))


def _as_pipes(lines: list[str], columns: Columns) -> list[str]:
    """Return a table that was pasted with tabs with pipes between its cells."""
    filled = [line.strip("\r\n ") for line in lines if line.strip()]
    first = filled[0].split("\t") if filled else []
    listed = any(line.lstrip()[:2] in ("- ", "* ", "+ ", "• ") for line in filled[:1])
    if listed or len(first) < 2 or "|" in filled[0]:
        return lines
    if columns.main not in [column_named(cell, columns.all) for cell in first]:
        return lines
    return [f"|{line.replace('|', _PIPE).replace(chr(9), '|')}|" for line in filled]


def _is_row(line: str, columns: Columns, *, begun: bool) -> bool:
    text = line.strip()
    if "|" not in text or text.startswith("|"):
        return "|" in text
    if text[:2] in ("- ", "* ", "+ ", "• "):
        return False
    return begun or any(column_named(cell, columns.names) == columns.main for cell in _cells(line))


def _cells(line: str) -> list[str]:
    return line.strip().removeprefix("|").removesuffix("|").split("|", _CELLS)


def _are_rules(cells: list[str]) -> bool:
    return all(_RULE.fullmatch(cell.strip()) for cell in cells)


def _rows(table: list[list[str]], columns: Columns) -> list[Row]:
    if not table:
        return []
    header = [column_named(plain(cell), columns.all) or plain(cell) for cell in table[0]]
    if columns.main not in header:
        width = min(len(columns.names), max(map(len, table)))
        last = columns.names[-width:]
        header = list(last if columns.main in last else columns.names[:width])
        header = header if width > 1 else [columns.main]
        table = [[], *table]
    rules = {at for at, cells in enumerate(table) if cells and _are_rules(cells)}
    others = rules | {0} | {at - 1 for at in rules}
    body = (cells for at, cells in enumerate(table) if at not in others)
    return [_row(header, cells) for cells in body]


def _row(header: list[str], cells: list[str]) -> Row:
    surplus = len(cells) - len(header)
    if surplus > 0:
        cells = _rejoined(header, cells, surplus)
    row: Row = {}
    for column, cell in zip(header, cells, strict=False):
        row.setdefault(column, cell.strip())
    return row


def _rejoined(header: list[str], cells: list[str], surplus: int) -> list[str]:
    """Return the cells of a row whose text held a bare pipe: a question goes on to its "?"."""
    last = len(header) - 1
    at = header.index("question") if "question" in header else last
    ends = [at + i for i, cell in enumerate(cells[at : at + surplus + 2]) if "?" in cell[-2:]]
    end = ends[-1] if ends else at
    joined = [*cells[:at], "|".join(cells[at : end + 1]), *cells[end + 1 :]]
    return [*joined[:last], "|".join(cell for cell in joined[last:] if cell.strip())]


def columns_lost(rows: Iterable[Row]) -> list[str]:
    """Return which columns of a table of questions say something that is not used."""
    known = {column for row in rows for column, text in row.items() if text}
    return [
        f'the column "{short(column)}" of the questions was left out'
        for column in sorted(known - {*QUESTION_COLUMNS.all, LINE})
        if len(column) > 1 and column.lower() not in ("no.", "nr.", "number", "id")
    ]
