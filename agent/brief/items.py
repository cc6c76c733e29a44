"""The questions and talking points in the lines of their section: tables, lists, headings."""

import re
from dataclasses import dataclass, field, replace

from agent.brief import Question, TalkingPoint
from agent.brief.lines import BOLD, Line, label_of, labelled, read_lines
from agent.brief.table import (
    BREAK,
    LINE,
    POINT_COLUMNS,
    QUESTION_COLUMNS,
    Row,
    cell,
    columns_lost,
    split_tables,
)
from agent.brief.text import NAME_CHARS, plain, probe_text, short
from agent.brief.words import column_named, is_area

_INLINE = r"(?:(?<=[?.!]) |[(–—-] ?)\*{{0,3}}(?:{})\*{{0,3}}:\*{{0,3}} ?"
_INLINE_WHY = re.compile(_INLINE.format("why|reason|rationale"), re.IGNORECASE)
_INLINE_PROBES = re.compile(_INLINE.format("probes?|follow[- ]?ups?"), re.IGNORECASE)
_NEXT_PROBE = re.compile(
    rf"{BREAK.pattern}|(?<=[.?!)*]) / |(?:(?<=\?)|(?<=\?[”\"])|(?<=\)))(?:; | (?=[•\"“]|\d[.)] ))"
    r"|(?<=\?) (?!\*{0,3}[(\[])",
    re.IGNORECASE,
)
"""What stands in brackets behind a probe belongs to it: "Which figure? (unless: p95)"."""
_OFFER = re.compile(
    r"\b(?:like|want|need) me to\b|\b(?:shall|should|can) i (?:also )?"
    r"(?:turn|draft|make|write|tailor|prepare|create)\b|^does (?:this|that) help\b",
    re.IGNORECASE,
)
"""What an assistant offers below its answer."""
_IMPERATIVE = re.compile(
    r"(?:tell|describe|explain|walk|give|imagine|talk|share|show|suppose|convince|compare|design"
    r"|name|take|teach|introduce)\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\*{0,2}[\[(]([^\[\]()]{1,40})[\])]\*{0,2}[: –—-]{0,3}")
_NAME_LINE_CHARS = 40
"""A line above a paragraph that is no longer than this names the talking point (ours)."""
_DASHES = (" – ", " — ", " - ", " -- ")
_LABEL_CHARS = 25
"""A longer text before a colon is no label such as "How to answer" (ours)."""


@dataclass
class _Draft:
    """A question or talking point while its lines are read."""

    head: str
    area: str = ""
    line: Line = field(default_factory=lambda: Line(""))
    """The line that it began with."""
    body: list[str] = field(default_factory=list)
    probes: list[str] = field(default_factory=list)
    taking: bool = False
    """Whether the lines that follow are probes."""


def questions_in(lines: list[str], lost: list[str]) -> list[Question]:
    """Return the questions in lines with escapes hidden; what is none goes to `lost`, told."""
    rows, others = split_tables(lines, QUESTION_COLUMNS)
    lost += columns_lost(rows)
    drafts = _question_drafts(read_lines(others), lost, tabled=bool(rows))
    return [*map(question_of, rows), *map(_question, drafts)]


def points_in(lines: list[str], lost: list[str]) -> list[TalkingPoint]:
    """Return the talking points of a section; see `questions_in`."""
    rows, others = split_tables(lines, POINT_COLUMNS)
    drafts = _point_drafts(read_lines(others), lost, tabled=bool(rows))
    return [*map(point_of, rows), *map(_point, drafts)]


def point_from(text: str) -> TalkingPoint:
    """Return a talking point from one line: "**Name**: text", "Name: text", "Name — text"."""
    if text.startswith("**"):
        name, closed, rest = text[2:].partition("**")
        if closed and name.strip():
            rest = re.sub(r"^(?:[:]|[–—-] )", "", rest.strip())
            return TalkingPoint(name=plain(name.rstrip(" :")), text=plain(rest))
    ends = [(at, mark) for mark in (": ", *_DASHES) if (at := text.find(mark, 0, NAME_CHARS)) > 0]
    at, mark = min(ends, default=(0, ""))
    if ends or len(text) > NAME_CHARS:
        return TalkingPoint(name=plain(text[:at]), text=plain(text[at + len(mark) :]))
    return TalkingPoint(name=plain(text.removesuffix(":")))


def question_from(text: str, area: str = "") -> Question:
    """Return a question from one line: "[area] question", "area: question — why: reason"."""
    text, probes = _parted(text, _INLINE_PROBES)
    text, why = _parted(text, _INLINE_WHY)
    own_area, text = _area_apart(text.strip())
    text = plain(text)
    before, _, inside = text[:-1].rpartition("(")
    if text.endswith(")") and before and is_area(inside):
        own_area, text = own_area or inside, before.rstrip()
    return Question(area=own_area or area, text=text, why=plain(why), probes=probes_in(probes))


def probes_in(text: str) -> tuple[str, ...]:
    """Return the follow-ups in one text (escapes hidden): "What broke? / Who paid for it?"."""
    parts = _NEXT_PROBE.split(" ".join(text.split()))
    return tuple(filter(None, (probe_text(plain(part)) for part in parts)))


def question_of(row: Row) -> Question:
    """Return the question in a row."""
    if LINE in row:
        return question_from(row[LINE])
    area, text, why = (cell(row, column) for column in QUESTION_COLUMNS.names)
    return Question(area=area, text=text, why=why, probes=probes_in(row.get("probes", "")))


def point_of(row: Row) -> TalkingPoint:
    """Return the point in a row; columns of other names say more of it."""
    if LINE in row:
        return point_from(row[LINE])
    more = [each for each in row if len(each) > 2 and each not in ("name", "claim", "area")]
    texts = (cell(row, column) for column in ("claim", *more))
    return TalkingPoint(name=cell(row, "name"), text="; ".join(filter(None, texts)))


def _parted(text: str, label: re.Pattern[str]) -> tuple[str, str]:
    """Return the text before a label, and what stands after it; the label may be in brackets."""
    found = label.search(text)
    return (text[: found.start()], text[found.end() :].rstrip(") ")) if found else (text, "")


def _area_apart(text: str) -> tuple[str, str]:
    """Return the area and the question of "[area] question", "area: question"."""
    first = _IN_BRACKETS.match(text)
    if first and first.end() < len(text) and ("[" in first[0] or is_area(first[1])):
        return plain(first[1]), text[first.end() :]
    label, rest = label_of(text)
    is_label = label and rest and is_area(label.strip("`"))
    return (plain(label), rest) if is_label else ("", text)


def _question(draft: _Draft) -> Question:
    asked = question_from(draft.head, draft.area)
    why = " ".join(filter(None, (asked.why, plain(" ".join(draft.body)))))
    below = [probe for line in draft.probes for probe in probes_in(line)]
    return Question(area=asked.area, text=asked.text, why=why, probes=(*asked.probes, *below))


def _question_drafts(lines: list[Line], lost: list[str], *, tabled: bool) -> list[_Draft]:
    """Return the questions; a level of headings asks where one of its headings does."""
    asking = {line.level for line in lines if line.level and line.text.endswith("?")} | {BOLD}
    drafts: list[_Draft] = []
    group, begun, aside = "", 0, None
    for before, quoted in zip([Line(""), *lines], lines, strict=False):
        line = replace(quoted, text=quoted.text.lstrip("> ") or quoted.text)
        column, text = labelled(line.text, (*QUESTION_COLUMNS.all, "aside"))
        if line.level and not column:
            column = column_named(line.text, (*QUESTION_COLUMNS.more, "aside"))
        goes_on = not (line.level or column) and aside and _is_below(line, aside)
        aside = line if column == "aside" else aside if goes_on else None
        cited = quoted != line and not column and not _asks(line.text)
        if aside or cited or _OFFER.search(line.text):
            lost.append(f'"{short(plain(line.text))}" was left out: no question was seen in it')
            continue
        asks = line.level in asking or (line.numbered and not is_area(line.text))
        if column == "area" and (not drafts or drafts[-1].area):
            group = plain(text)
        elif column == "question" or (line.level and asks and not (column and drafts)):
            drafts.append(_Draft(text if column else line.text, group, line))
        elif column and drafts:
            _take_label(column, text, drafts[-1])
        elif line.level:
            group, begun = plain(line.text).removesuffix(":"), len(drafts)
        elif drafts and _is_beside(line, before, drafts[-1]):
            drafts.append(_Draft(line.text, group, line))
        elif _closes(line, drafts, tabled=tabled) or not _is_taken(
            line, drafts, group, new=len(drafts) == begun
        ):
            lost.append(f'"{short(plain(line.text))}" was left out: no question was seen in it')
    return drafts


def _closes(line: Line, drafts: list[_Draft], *, tabled: bool) -> bool:
    """Return whether a plain line stands apart below a list or table: "Shall I go on?"."""
    above = drafts[-1].line if drafts else Line("")
    return line.depth < 0 and line.after_gap and bool(tabled or above.depth >= 0 or above.level)


def _take_label(column: str, text: str, draft: _Draft) -> None:
    draft.taking = column == "probes"
    if column == "area":
        draft.area = plain(text)
    elif text:
        (draft.probes if draft.taking else draft.body).append(text)


def _is_taken(line: Line, drafts: list[_Draft], group: str, *, new: bool) -> bool:
    """Take a line without label: a probe, a question, or more of the one above; False for none."""
    above = None if new else drafts[-1]
    free = not (above and above.line.level)  # no heading asks above it
    if above and above.taking and _is_probe(line, above):
        joined = line.depth < 0 and above.probes
        above.probes.append(f"{above.probes.pop()} {line.text}" if joined else line.text)
    elif free and line.depth >= 0 and (not above or line.depth < 2):
        drafts.append(_Draft(line.text, group, line))
    elif above and free and line.depth >= 0:
        label, text = label_of(line.text)
        if label and text and len(label) <= _LABEL_CHARS and line.text[len(label)] != " ":
            return False
        above.body.append(line.text)
    elif above and free and not (line.after_gap or _is_next(line, above)):
        if above.body:
            above.body.append(line.text)
        else:
            above.head += f" {line.text}"
    elif line.depth < 0 and _asks(line.text):
        drafts.append(_Draft(line.text, group, line))
    else:
        return False
    return True


def _is_next(line: Line, above: _Draft) -> bool:
    """Return whether a plain line is the next question rather than more of the one above."""
    done = above.body or above.head.endswith(("?", ".", "!"))
    begins = line.text[:1].isupper() and _asks(line.text)
    return bool(above.line.depth < 0 and done and begins)


def _is_beside(line: Line, before: Line, above: _Draft) -> bool:
    """Return whether a line without a mark is the next question below a list of its own."""
    unmarked = line.depth < 0 and not line.indented and above.line.depth < 0
    return unmarked and not above.line.level and before.depth >= 0 and _asks(line.text)


def _asks(text: str) -> bool:
    """Return whether a line is a whole question."""
    return text.endswith("?") or bool(text.endswith(".") and _IMPERATIVE.match(text))


def _is_below(line: Line, aside: Line) -> bool:
    """Return whether a line goes on with what is no question, such as a sample answer."""
    if line.depth >= 0:
        return line.depth > max(aside.depth, 0)
    return not (_asks(line.text) and (line.after_gap or aside.depth >= 0))


def _is_probe(line: Line, draft: _Draft) -> bool:
    """Return whether a line under "Probes:" is one more of them, not the next question."""
    if line.depth < 0:
        return not line.after_gap
    dashed = draft.line.numbered and not line.numbered
    return line.depth > 1 or draft.line.depth < 0 or dashed


def _point_drafts(lines: list[Line], lost: list[str], *, tabled: bool) -> list[_Draft]:
    drafts: list[_Draft] = []
    listed = tabled or any(line.depth >= 0 or 0 < line.level < BOLD for line in lines)
    spaced = any(line.after_gap for line in lines[1:])
    ended = False
    for line, following in zip(lines, [*lines, Line("", after_gap=True)][1:], strict=True):
        above = drafts[-1] if drafts else None
        headed = above is not None and above.line.level > 0
        text = f"**{line.text}**" if line.level == BOLD else line.text
        apart = line.depth < 0 and not line.level and not headed
        ended = apart and (ended or (listed and line.after_gap and not line.indented))
        if (ended and (above or tabled)) or text.startswith(">"):
            lost.append(f'"{short(plain(text))}" was left out: no talking point was seen in it')
        elif 0 < line.level < BOLD:
            drafts.append(_Draft(line.text, line=line))
        elif not listed and (line.after_gap or not spaced):
            named = spaced and not following.after_gap and _names_what_follows(line.text)
            drafts.append(_Draft(text, line=Line("", level=int(named))))
        elif headed and line.depth >= 0 and text.startswith("**") and not (above and above.body):
            drafts[-1] = _Draft(text)
        elif above and (headed or line.depth < 0 or line.depth > 1):
            above.body.append(text)
        elif line.depth >= 0:
            drafts.append(_Draft(text))
    return drafts


def _names_what_follows(text: str) -> bool:
    is_short = len(text) <= _NAME_LINE_CHARS and text[-1] not in ".,;!?"
    return is_short and not any(mark in text for mark in (": ", *_DASHES))


def _point(draft: _Draft) -> TalkingPoint:
    text = " ".join([draft.head, *draft.body] if not draft.line.level else draft.body)
    if not draft.line.level:
        return point_from(text)
    return TalkingPoint(name=plain(draft.head).removesuffix(":"), text=plain(text))
