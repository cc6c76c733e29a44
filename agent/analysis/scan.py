"""Written text scanned: fillers, hedges, numbers, and the talking points made."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, ConfigDict, StrictInt, StrictStr, ValidationError

from agent.analysis.coverage.meaning import Meaning
from agent.analysis.coverage.points import judge_text
from agent.analysis.measures.fillers import find_fillers
from agent.brief import TalkingPoint
from agent.console import wrapped
from agent.errors import RehearseError
from agent.text.numbers import find_numbers

_MARK = {"covered": "made", "partial": "half", "contradicted": "WRONG", "missing": "-"}


class Line(BaseModel):
    """One line of a JSONL file to scan; other fields are left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: StrictStr | StrictInt
    text: StrictStr
    question: StrictStr = ""
    """The question that the text answers."""


def scan_text(
    text: str,
    points: Sequence[TalkingPoint] = (),
    question: str = "",
    meaning: Meaning | None = None,
) -> dict[str, Any]:
    """Return what a text holds, ready for JSON; start and end are character offsets."""
    found = find_fillers(text)
    hedges = (asdict(hit) for hit in found if hit.kind == "hedge")
    judged = [judge_text(point, text, question, tuple(points), meaning) for point in points]
    return {
        "fillers": [asdict(hit) for hit in found if hit.kind != "hedge"],
        "hedges": [{key: one[key] for key in ("text", "start", "end")} for one in hedges],
        "numbers": [
            {"text": hit.text, "values": list(hit.values), "start": hit.start, "end": hit.end}
            for hit in find_numbers(text)
        ],
        "points": [
            {"index": index, "name": point.name, "status": one.status, "note": one.note,
             "quote": one.evidence[0].quote if one.evidence else ""}
            for index, (point, one) in enumerate(zip(points, judged, strict=True))
        ],
    }  # fmt: skip


def scan_lines(
    lines: Iterable[str], points: Sequence[TalkingPoint] = (), meaning: Meaning | None = None
) -> Iterator[dict[str, Any]]:
    """Yield a result for every line of JSON; RehearseError names the line that has not the form."""
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
    """Return a scan as text for people, at most 80 columns wide."""
    lines = []
    for title in ("fillers", "hedges"):
        counts = Counter(one["text"].lower() for one in scanned[title])
        told = [f"{text} ({times})" for text, times in counts.most_common()]
        lines += _listed(title.capitalize(), told, len(scanned[title]))
    numbers = [_number(one) for one in scanned["numbers"]]
    lines += _listed("Numbers", numbers, len(numbers))
    points = scanned["points"]
    if points:
        made = sum(point["status"] == "covered" for point in points)
        lines.append(f"Talking points  {made} of {len(points)} made")
    below = " " * 9
    for point in points:
        lines += wrapped(point["name"], f"  {_MARK[point['status']]:<6} ", below)
        if point["quote"]:
            lines += [*wrapped(f"“{point['quote']}”", below), *wrapped(point["note"], below)]
    return "\n".join(lines)


def _number(one: dict[str, Any]) -> str:
    values = " to ".join(f"{value:,.10g}" for value in one["values"])
    return str(one["text"]) if values == one["text"] else f"{one['text']} = {values}"


def _listed(title: str, items: list[str], count: int) -> list[str]:
    if not items:
        return [f"{title:<9} none"]
    return wrapped("; ".join(items), f"{title:<9} {count}: ", " " * 10)
