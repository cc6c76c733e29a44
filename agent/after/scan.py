"""Written text scanned: fillers, hedges, numbers, and the talking points made."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, StrictInt, StrictStr, ValidationError

from agent.brief import TalkingPoint
from agent.console import wrapped
from agent.coverage.meaning import Meaning
from agent.coverage.points import judge_text
from agent.errors import RehearseError
from agent.measures.fillers import FillerHit, find_fillers
from agent.text.numbers import find_numbers

WIDTH = 78
"""Columns of the text for people."""

_MARK = {"covered": "made", "partial": "half", "contradicted": "WRONG", "missing": "-"}


class Line(BaseModel):
    """One line of a JSONL file to scan; other fields are left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: StrictStr | StrictInt
    """Given back with the result."""
    text: StrictStr
    """What to scan."""
    question: StrictStr = ""
    """The question that the text answers."""


def scan_text(
    text: str,
    points: Sequence[TalkingPoint] = (),
    question: str = "",
    meaning: Meaning | None = None,
) -> dict[str, Any]:
    """Return what a text holds, ready for JSON; start and end are character offsets.

    Fillers are filled pauses and filler words, hedges apart; points are judged by this text
    alone (agent.coverage.points.judge_text), with sentence vectors where they are given.
    """
    found = find_fillers(text)
    among = tuple(points)
    judged = [judge_text(point, text, question, among, meaning) for point in among]
    return {
        "fillers": [_filler(hit) | {"kind": hit.kind} for hit in found if hit.kind != "hedge"],
        "hedges": [_filler(hit) for hit in found if hit.kind == "hedge"],
        "numbers": [
            {"text": hit.text, "values": list(hit.values), "start": hit.start, "end": hit.end}
            for hit in find_numbers(text)
        ],
        "points": [
            {"index": index, "name": point.name, "status": one.status, "note": one.note,
             "quote": one.evidence[0].quote if one.evidence else ""}
            for index, (point, one) in enumerate(zip(among, judged, strict=True))
        ],
    }  # fmt: skip


def _filler(hit: FillerHit) -> dict[str, Any]:
    return {"text": hit.text, "start": hit.start, "end": hit.end}


def scan_lines(
    lines: Iterable[str], points: Sequence[TalkingPoint] = (), meaning: Meaning | None = None
) -> Iterator[dict[str, Any]]:
    """Yield one result with its id for every line of JSON; empty lines are passed over.

    Raises:
        RehearseError: a line is not of the form {"id", "text", "question"?}; names its number.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = Line.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            what = f"{where}: {first['msg']}" if where else str(first["msg"])
            raise RehearseError(
                f'line {number} is not {{"id", "text", "question"?}} in JSON ({what[:120]});'
                " mend it and scan again"
            ) from error
        found = scan_text(asked.text, points, asked.question, meaning)
        for point in found["points"]:
            del point["note"]
        yield {"id": asked.id} | found


def describe(scanned: dict[str, Any]) -> str:
    """Return a scan as text for people, at most WIDTH columns."""
    parts = [
        _listed("Fillers", [one["text"] for one in scanned["fillers"]]),
        _listed("Hedges", [one["text"] for one in scanned["hedges"]]),
        _listed("Numbers", [_number(one) for one in scanned["numbers"]], counted=False),
    ]
    if scanned["points"]:
        made = sum(point["status"] == "covered" for point in scanned["points"])
        parts.append(f"Talking points  {made} of {len(scanned['points'])} made")
        parts += [_point(point) for point in scanned["points"]]
    return "\n".join(_shown(part) for part in parts)


def _shown(text: str) -> str:
    """Return text that a terminal may print: no control and no direction characters."""
    return "".join(
        c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") else " " for c in text
    )


def _number(one: dict[str, Any]) -> str:
    values = " to ".join(f"{value:,.10g}" for value in one["values"])
    return one["text"] if values == one["text"] else f"{one['text']} = {values}"


def _listed(title: str, texts: list[str], *, counted: bool = True) -> str:
    """Return a title, how many, and the texts, the most frequent first."""
    if not texts:
        return f"{title:<9} none"
    said = [text.lower() for text in texts] if counted else texts
    order = sorted(dict.fromkeys(said), key=lambda text: -said.count(text)) if counted else said
    items = [f"{text} ({said.count(text)})" if counted else text for text in order]
    return "\n".join(wrapped("; ".join(items), f"{title:<9} {len(texts)}: ", " " * 10))


def _point(point: dict[str, Any]) -> str:
    below = " " * 9
    lines = wrapped(point["name"], f"  {_MARK[point['status']]:<6} ", below)
    if point["quote"]:
        lines += [*wrapped(f"“{point['quote']}”", below), *wrapped(point["note"], below)]
    return "\n".join(lines)
