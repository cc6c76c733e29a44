"""`brief prompt`, and what five assistants answered to it: all of it loads, nothing unseen."""

import re
from pathlib import Path

import pytest

from agent.brief.prompt import prompt
from agent.brief.read import parse_brief, read_reading
from agent.brief.write import write_brief
from agent.brief.writing.documents import read_document
from agent.brief.writing.sources import unverified
from tests.brief_pairs import files
from tests.conftest import Rehearse
from tests.need import ROOT

INVENTED = {
    "engineer.md": ['"Cold storage": 35% does', "the snapshot: $12M"],
    "nurse.md": ['"On-time starts": 22% does'],
    "nurse_chat.txt": ['"Teaching": 36% does', "the snapshot: 2027"],
    "teacher.txt": ['"Scheme of work": 3 does'],
    "teacher_cited.md": ['"Scheme of work": 12 does', "the snapshot: 5%"],
}
"""What stands in no source, by answer; each has a form of its own that assistants use."""


def answer(file: str) -> Path:
    return ROOT / "tests" / "assistants" / file


@pytest.mark.parametrize("file", INVENTED)
def test_an_assistant_s_answer_loads_whole_and_what_it_invented_is_listed(file: str) -> None:
    brief = read_reading(str(answer(file))).brief
    text = answer(file).read_text(encoding="utf-8")
    assert len(brief.questions) == 10 and len(brief.talking_points) == 5
    assert brief.company and brief.role and brief.snapshot and brief.stack
    assert not any(mark in f"{brief}" for mark in ("[1]", "\\*", "(unless)"))
    for asked in brief.questions:
        assert asked.area and asked.why and 2 <= len(asked.probes) <= 3
        told = (asked.text, *(probe.partition(" (unless")[0] for probe in asked.probes))
        assert all(one.replace("|", r"\|") in text for one in told)
        assert not any(mark in one for one in told for mark in '*`“”"{[')
    cues = sum("(unless: " in probe for asked in brief.questions for probe in asked.probes)
    assert cues == len(re.findall(r'\(unless: |"skip_if": "(?!")', text))
    assert parse_brief(write_brief(brief), "b.md") == brief
    sources = (read_document(str(path)) for path in files(re.split("[._]", file)[0]))
    doubts = [*unverified(brief, *sources)]
    assert len([one for one in doubts if one.startswith("talking point")]) == 1
    assert all(any(one in doubt for doubt in doubts) for one in INVENTED[file])


@pytest.mark.parametrize("change", ["“”", ",]"])
def test_json_that_is_not_quite_json(change: str) -> None:
    text = answer("teacher.txt").read_text(encoding="utf-8")
    block = text.partition("```json")[2].partition("```")[0]
    if change == ",]":
        block = block.replace("      }\n    ]", "      },\n    ]")
    else:
        block = block.replace('\\"', "'").replace('": "', "”: “")
    assert len(parse_brief(block, "answer.txt").questions) == 10


def test_the_prompt_holds_both_texts_and_no_address(rehearse: Rehearse) -> None:
    posting, resume = (read_document(str(path)) for path in files("engineer"))
    text = prompt(posting, resume)
    assert "Tallow Freight moves pallets" in text and "3,200 vans" in text
    assert "@" not in text and "+44" not in text
    assert "(paste the resume here)" in prompt(posting, None)
    done = rehearse("brief", "prompt", "--posting", files("engineer")[0])
    assert done.code == 0 and done.out == prompt(posting, None)
    assert "your own choice" in " ".join(done.err.split())


def test_the_form_that_the_prompt_shows_is_read() -> None:
    form = prompt(None, None).partition("# Interview brief")[2].partition("Rules:")[0]
    brief = parse_brief(f"# Interview brief{form}", "b.md")
    (asked,) = brief.questions
    assert asked.area == "behavioral" and len(asked.probes) == 2
    assert len(brief.talking_points) == 1


def test_import_lists_it_and_keeps_it_until_it_is_settled(rehearse: Rehearse) -> None:
    posting, resume = files("nurse")
    given = ("--posting", posting, "--resume", resume, "--out", "b.md")
    done = rehearse("brief", "import", answer("nurse.md"), *given)
    assert done.out == "b.md: 10 questions, 5 talking points\n"
    assert 'check: talking point 3 "On-time starts": 22%' in done.err
    checked = " ".join(rehearse("brief", "check", "b.md").out.split())
    assert 'to check: talking point 3 "On-time starts": 22%' in checked
    ran = rehearse("run", posting, "--text")
    assert "rehearse brief write" in ran.error and "rehearse brief prompt" in ran.error
