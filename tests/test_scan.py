"""`rehearse scan`: text for people, JSON, and one line out for one line in."""

import io
import json
import sys
from pathlib import Path

import pytest

from agent.analysis.scan import scan_lines, scan_text
from agent.cli.main import parser
from agent.errors import RehearseError
from tests.coverage_points import NURSE

TEXT = "Um, falls went, you know, down by 40% in six months. Maybe it was the hourly rounding."
BRIEF = """# Nurse

## Likely questions

- How do you keep patients safe?

## Talking points

- **Fewer falls**: Started hourly rounding on the ward; falls went down by 40% in six months.
- **SBAR handover**: Wrote an SBAR handover sheet that cut handover from 25 to 12 minutes.
"""


def scan(*given: str) -> int:
    args = parser("scan").parse_args(["scan", *given])
    return int(args.run(args))


@pytest.fixture
def brief(tmp_path: Path) -> str:
    path = tmp_path / "my brief.md"
    path.write_text(BRIEF, encoding="utf-8")
    return str(path)


def test_a_scan_has_the_documented_shape() -> None:
    found = scan_text(TEXT, tuple(NURSE.values()))
    assert found["fillers"] == [
        {"text": "Um", "kind": "filled_pause", "start": 0, "end": 2},
        {"text": "you know", "kind": "filler_word", "start": 16, "end": 24},
    ]
    assert found["hedges"] == [{"text": "Maybe", "start": 53, "end": 58}]
    assert [(one["text"], one["values"]) for one in found["numbers"]] == [
        ("40%", [40.0]),
        ("six months", [6.0]),
    ]
    falls = found["points"][1]
    assert (falls["index"], falls["name"], falls["status"]) == (1, "Fewer falls", "covered")
    assert falls["quote"] in TEXT
    assert falls["note"]


def test_one_line_out_for_each_line_in(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, brief: str
) -> None:
    lines = [{"id": "a", "text": TEXT, "more": 1}, {"id": 7, "text": "No.", "question": "Why?"}]
    data = "\ufeff" + "\r\n".join(json.dumps(line) for line in lines) + "\r\n\r\n"
    stdin = io.TextIOWrapper(io.BytesIO(data.encode()), encoding="latin-1")
    monkeypatch.setattr(sys, "stdin", stdin)
    assert scan("-", "--jsonl", "--brief", brief) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["id"] for row in rows] == ["a", 7]
    assert [point["status"] for point in rows[0]["points"]] == ["covered", "missing"]
    assert set(rows[0]["points"][0]) == {"index", "name", "status", "quote"}
    assert set(rows[1]) == {"id", "fillers", "hedges", "numbers", "points"}


@pytest.mark.parametrize(
    "bad", ['{"id": "b"}', "not json", "[1]", '{"id": "b", "text": 5}', '{"id": null, "text": ""}']
)
def test_a_bad_line_is_named_after_the_lines_before_it(bad: str) -> None:
    rows = scan_lines(['{"id": "a", "text": "um"}\n', "\n", bad])
    assert next(rows)["id"] == "a"
    with pytest.raises(RehearseError, match=r"\Aline 3 [^\n]*\Z"):
        next(rows)


def test_text_for_people_fits_80_columns(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, brief: str
) -> None:
    path = tmp_path / "an answer.txt"
    path.write_text(TEXT * 20 + " \x1b[2J\u202e" + "x" * 300, encoding="utf-8")
    assert scan(str(path), "--brief", brief) == 0
    out = capsys.readouterr().out
    assert "1 of 2 made" in out
    assert "um (20)" in out
    assert not {"\x1b", "\u202e"} & set(out)
    assert max(len(line) for line in out.splitlines()) <= 80


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "sound.wav"
    for data in (b"RIFF\xff\xfe\x00", b"a\x00b"):
        binary.write_bytes(data)
        with pytest.raises(RehearseError, match="not a text"):
            scan(str(binary))
    with pytest.raises(RehearseError, match="cannot read"):
        scan(str(tmp_path / "absent.txt"))
    with pytest.raises(RehearseError, match="cannot read"):
        scan(str(tmp_path))


def test_standard_input_serves_one_of_both() -> None:
    with pytest.raises(RehearseError, match="standard input"):
        scan("-", "--brief", "-")
