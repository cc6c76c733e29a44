"""Briefs in every form that people bring: the same content gives the same brief."""

import io
import json
import sys
from pathlib import Path

import pytest
import yaml

from agent.brief import Brief, Question, TalkingPoint
from agent.brief.read import parse_brief, read_brief, read_reading
from tests.need import ROOT, shared

WANTED = Brief(
    company="Acme",
    role="Data Engineer",
    snapshot="Acme makes anvils — “since 1949”.",
    stack="Python: Airflow | dbt, in C:\\etl.",
    questions=(
        Question(
            area="system_design", text='How would you "shard" a | b?', why="Scale: 3x a year."
        ),
        Question(area="behavioral", text="Tell me about a failure: yours.", why="Honesty."),
    ),
    talking_points=(
        TalkingPoint(name="Throughput", text="Took it from 6K to 50K TPS: alone."),
        TalkingPoint(name="Team", text="Led 8 people."),
    ),
)

FOLDER = ROOT / "tests" / "pages"
PASTED, MARKDOWN, LISTS, GROUPED = (
    (FOLDER / name).read_text(encoding="utf-8")
    for name in ("pasted.txt", "markdown.md", "lists.md", "grouped.md")
)
TABBED = PASTED.replace("|---|---|---|\n", "").replace("\\|", "\0")
TABBED = TABBED.replace("\n| ", "\n").replace(" |\n", "\n").replace(" | ", "\t")
TABBED = TABBED.replace("\0", "|").replace("Airflow\tdbt", "Airflow | dbt")

PAGES = {
    "pasted": PASTED,
    "markdown": MARKDOWN,
    "lists": LISTS,
    "grouped": GROUPED,
    "tabs": TABBED,
    "fenced": f"```markdown\n{MARKDOWN}```\n",
    "crlf": PASTED.replace("\n", "\r\n"),
    "old mac": MARKDOWN.replace("\n", "\r"),
    "odd blank lines": PASTED.replace("\n", "\n \n\t\n"),
    "byte order mark": "\ufeff" + LISTS,
    "no-break spaces": PASTED.replace("Led 8", "Led\u00a08").replace("| area", "|\u00a0area"),
}


@pytest.mark.parametrize("form", PAGES)
def test_pages_in_every_form_give_the_same_brief(form: str) -> None:
    assert parse_brief(PAGES[form], "brief.txt") == WANTED


DATA = WANTED.model_dump(mode="json")
DATA_FORMS = {
    "as it is": DATA,
    "wrapped": {"brief": DATA},
    "other keys": {
        "Company name": "Acme",
        "jobLevel": "ignored",
        "position": "Data Engineer",
        "about_the_company": [WANTED.snapshot],
        "tech-stack": WANTED.stack,
        "interview_questions": [
            {"Category": "System design", "prompt": q.text, "rationale": q.why, "level": 3}
            if q.area == "system_design"
            else {"type": q.area, "Question": q.text, "reason": q.why}
            for q in WANTED.questions
        ],
        "key points": [{"title": p.name, "detail": p.text} for p in WANTED.talking_points],
    },
    "mappings": {**DATA, "talking_points": {p.name: p.text for p in WANTED.talking_points}},
    "strings": {
        **DATA,
        "questions": [f"[{q.area}] {q.text} (why: {q.why})" for q in WANTED.questions],
        "talking_points": [f"{p.name}: {p.text}" for p in WANTED.talking_points],
    },
    "one-key mappings": {
        **DATA,
        "talking_points": [{p.name: p.text} for p in WANTED.talking_points],
    },
}


@pytest.mark.parametrize("form", DATA_FORMS)
@pytest.mark.parametrize("name", ["b.json", "b.yaml", "b.yml", "standard input"])
def test_data_in_every_form_gives_the_same_brief(form: str, name: str) -> None:
    as_json = json.dumps(DATA_FORMS[form], indent=2)
    as_yaml = yaml.safe_dump(DATA_FORMS[form], sort_keys=False, allow_unicode=True)
    if name != "b.json":
        assert parse_brief(as_yaml, name) == WANTED
        assert parse_brief("---\n# mine\n" + as_yaml, name) == WANTED
    if name != "b.yml":
        assert parse_brief(as_json, name) == WANTED
    assert parse_brief(f"```json\n{as_json}\n```", "chat.txt") == WANTED


def test_the_shared_page_loads_as_it_is() -> None:
    brief = read_brief(str(shared("briefs/anthropic-fellows.txt")))
    assert brief.company == "Anthropic"
    assert brief.role == "Anthropic Fellows Program, ML Systems & Performance"
    assert brief.snapshot.startswith("Anthropic is an AI safety company founded in 2021")
    assert brief.snapshot.endswith("are not available to confirm.")
    assert brief.stack.startswith("Based on the JD") and "$15k/month" in brief.stack
    areas = [asked.area for asked in brief.questions]
    assert areas.count("domain") == 4 and areas.count("system_design") == 3
    assert len(areas) == 10 and all(asked.text and asked.why for asked in brief.questions)
    assert brief.questions[0].text.startswith("Walk us through how you would design a CPU")
    assert [point.name for point in brief.talking_points] == [
        "RL Workbench as a living ML systems artifact",
        "End-to-end eval engineering with statistical rigor",
        "20-year arc from hand-coded BPTT to 8B-parameter systems",
        "Distributed systems at production scale",
        "Rapid empirical iteration as a research habit",
    ]
    assert "from 6K to 50K TPS via rSocket" in brief.talking_points[3].text


def test_parts_without_a_place_are_told(tmp_path: Path) -> None:
    path = tmp_path / "my brief.md"
    path.write_text(LISTS + "\n## Salary\n- much\n", encoding="utf-8")
    told = [f'the part "{one}" was not used' for one in ("Questions to ask them", "Salary")]
    assert read_reading(str(path)).left_out == told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "brief.txt"
    path.write_bytes(MARKDOWN.encode(encoding))
    assert read_brief(str(path)) == WANTED


def test_standard_input_and_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b.md").write_text(MARKDOWN, encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert read_brief("~/b.md") == WANTED
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PASTED.encode())))
    assert read_brief("-") == WANTED


@pytest.mark.parametrize(
    ("name", "questions", "points", "told"),
    [
        ("brief-chat-answer.md", ["technical", "technical", "behavioral"], 3, "Sample answer"),
        ("brief-checkboxes.md", ["", "", ""], 2, ""),
        ("brief-csv.csv", ["technical", "technical", "behavioral"], 0, '"Answer"'),
        ("brief-heading-questions.md", ["", "", ""], 0, "Use the migration story"),
        ("brief-table.md", ["technical", "behavioral", "", "technical"], 2, '"My answer"'),
    ],
)
def test_what_is_no_question_is_told_and_never_spoken(
    name: str, questions: list[str], points: int, told: str
) -> None:
    found = read_reading(str(shared(f"cases/{name}")))
    assert [asked.area for asked in found.brief.questions] == questions
    assert len(found.brief.talking_points) == points
    assert told in "\n".join(found.left_out)
    spoken = " ".join(asked.text for asked in found.brief.questions)
    assert not any(mark in spoken for mark in ("[", "Sample", "Mission", "Use the", "6 hours"))
