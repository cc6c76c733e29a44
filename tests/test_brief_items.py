"""Questions and talking points in the spellings that people use."""

import pytest

from agent.brief import Brief, Question, TalkingPoint
from agent.brief.read import parse_brief, read_brief
from tests.need import ROOT


@pytest.mark.parametrize(
    ("line", "name", "text"),
    [
        ("- Name: text", "Name", "text"),
        ("1. Name — text", "Name", "text"),
        ("-   Name\t–  text", "Name", "text"),
        ("+ **Name:** text: more", "Name", "text: more"),
        ("• Name – text – more", "Name", "text – more"),
        ("- Name only", "Name only", ""),
        ("- *Name*: see [my page](https://example.org) and `code`", "Name", "see my page and code"),
        ("- Well-known at 8:30: text", "Well-known at 8:30", "text"),
        (
            "- I rebuilt the whole pipeline in four weeks and the nightly job now takes 3 minutes.",
            "I rebuilt the whole pipeline in four weeks",
            "I rebuilt the whole pipeline in four weeks and the nightly job now takes 3 minutes.",
        ),
        ("Name: text", "Name", "text"),
    ],
)
def test_talking_points_in_their_spellings(line: str, name: str, text: str) -> None:
    brief = parse_brief(f"## Talking points\n\n{line}\n", "b.md")
    assert brief.talking_points == (TalkingPoint(name=name, text=text),)


def test_a_brief_as_chat_assistants_write_it() -> None:
    assert read_brief(str(ROOT / "tests/pages/chat.md")) == Brief(
        company="Acme",
        role="Staff Nurse",
        snapshot="Founded: 1990\n\nSize: 200 beds",
        stack="Epic, Pyxis",
        questions=(
            Question(area="behavioral", text="Tell me about a conflict.", why="They want calm."),
            Question(area="behavioral", text="Tell me about a mistake?", why="Honesty."),
            Question(area="clinical", text="How do you triage?", why="safety"),
        ),
        talking_points=(
            TalkingPoint(name="Falls project", text="Cut falls from 4.1 to 1.9 in 9 months"),
        ),
    )


def test_a_brief_in_blocks_of_plain_lines() -> None:
    assert read_brief(str(ROOT / "tests/pages/blocks.txt")) == Brief(
        company="Northside School",
        role="Teacher",
        snapshot="Northside has 600 pupils.",
        questions=(
            Question(area="motivation", text="Why teaching?", why="drive"),
            Question(area="classroom", text="How do you calm a class?", why="calm"),
        ),
        talking_points=(
            TalkingPoint(name="Reading club", text="I started a reading club with 24 pupils."),
            TalkingPoint(name="Grades", text="From 61% to 78%."),
        ),
    )


def test_plain_lines_one_after_another_and_tables_with_a_second_header() -> None:
    lines = "Questions:\nWhy us?\nWhy now? And: how?\nTalking points:\nClub: 24\nGrades: 78%\n"
    head = "| # | Question | Why they ask |\n|---|---|---|\n"
    table = f"## Questions\n{head}| 1 | **Why us?** | A |\n\n{head}| 2 | Why now? | B |\n"
    bare = parse_brief("What is Go?\n\n- And why?\n", "questions.txt")
    plain = parse_brief(lines, "b.txt")
    assert [asked.text for asked in bare.questions] == ["What is Go?", "And why?"]
    assert [asked.text for asked in plain.questions] == ["Why us?", "Why now? And: how?"]
    assert [point.name for point in plain.talking_points] == ["Club", "Grades"]
    assert parse_brief(table, "b.md").questions == (
        Question(text="Why us?", why="A"),
        Question(text="Why now?", why="B"),
    )


@pytest.mark.parametrize(
    "line", ["(1) Why Go?", "Q1: Why Go?", "### 1. Why Go?", "**Question 1: Why Go?**",
             "Question: Why Go?", "  * Why `Go`?"]
)  # fmt: skip
def test_questions_in_their_spellings(line: str) -> None:
    text = f"## Questions\n{line}\n   - Area: coding\n   - Why: depth\n"
    asked = Question(area="coding", text="Why Go?", why="depth")
    assert parse_brief(text, "b.md").questions == (asked,)
