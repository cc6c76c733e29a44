"""Briefs that cannot be used: one line that says what happened and what to do."""

from pathlib import Path

import pytest

from agent.brief.read import parse_brief, read_brief
from agent.errors import BriefError


def message_of(path: Path | str) -> str:
    with pytest.raises(BriefError) as caught:
        read_brief(str(path))
    message = str(caught.value)
    assert "\n" not in message and "; " in message
    return message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n\t\n", "is empty"),
        (bytes(range(256)) * 8, "is binary"),
        (b"%PDF-1.7\n1 0 obj", "is a PDF"),
        (b"PK\x03\x04 word/document.xml", "is a Word or zip file"),
        (b"Dear team,\nI am writing to apply.\n", "no questions and no talking points"),
        (b"## Questions\n\n## Talking points\n", "no questions and no talking points"),
    ],
)
def test_files_that_hold_no_brief(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "brief.md"
    path.write_bytes(content)
    message = message_of(path)
    assert said in message and str(path) in message


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    assert "no such file" in message_of(tmp_path / "absent.md")
    assert "is a folder" in message_of(tmp_path)
    assert "cannot read" in message_of("brief\0.md")
    assert "cannot read" in message_of("x" * 5000)
    assert "cannot read" in message_of("~nobody-of-that-name/brief.md")


def test_a_file_of_50_mb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "brief.md"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert "larger than 1 MB" in message_of(path)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("b.json", '{"questions": [}', "line 1"),
        ("b.json", '{"questions": ["Why?"]\n"role": 1}', "line 2"),
        ("b.json", "[" * 100_000, "no brief"),
        ("b.json", '{"company": ' + "9" * 5000 + "}", "no brief"),
        ("b.yaml", "questions: [Why?\nrole: x: y", "line 2"),
        ("b.yaml", "[" * 100_000, "b.yaml is"),
        ("b.yaml", "a: &a [x,x]\nb: &b [*a,*a]\nquestions: [*b,*b]\n", "aliases"),
        ("b.yaml", "questions: !!python/object/apply:os.system ['true']\nrole: x: y\n", "line 2"),
        ("b.md", "{" * 5000, "line 1"),
    ],
)
def test_broken_and_hostile_data(name: str, text: str, said: str) -> None:
    with pytest.raises(BriefError, match=said) as caught:
        parse_brief(text, name)
    assert "\n" not in str(caught.value) and "; " in str(caught.value)


def test_yaml_tags_construct_nothing(tmp_path: Path) -> None:
    made = tmp_path / "made"
    text = f"questions: !!python/object/apply:pathlib.Path.touch ['{made}?']\n"
    assert parse_brief(text, "b.yaml").questions[0].text == f"{made}?"
    assert not made.exists()
