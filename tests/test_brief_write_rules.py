"""`rehearse brief write` by rules: nothing invented, every reason names a real line."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brief.check import check_brief
from agent.brief.read import parse_brief
from agent.brief.write import write_brief
from agent.brief.writing.documents import document_of, read_document
from agent.brief.writing.draft import draft
from agent.brief.writing.posting import read_posting
from agent.brief.writing.resume import read_resume
from agent.brief.writing.sources import missing_facts, stands_in
from agent.errors import BriefError
from tests.brief_pairs import FACT, NAMES, docx, files, pair, pdf, real_line
from tests.conftest import Rehearse
from tests.need import ROOT, shared

PIECES = (
    "\n", "\n\n", "# ", "- ", "**", "|", "About us:", "Company: ", "You will plan ", "Acme ", "is ",
    "2019 - 2024", "12% ", "“x” ", "Requirements", " at ", "…", "`", "[a](b) ", "<br>", "1. ", ". ",
    "ran 4 farms from dusk until dawn ", "\t", "\u00a0", "\\", "😀",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_draft_of_each_pair(name: str) -> None:
    posting, resume = pair(name)
    made = draft(posting, resume)
    brief = made.brief
    assert len(brief.questions) >= 9 and len(brief.talking_points) == 5
    assert len(made.notes) >= (len(brief.questions) < 10)
    assert all(real_line(made, name, at) for at in range(len(brief.questions)))
    for point in brief.talking_points:
        words = set(FACT.findall(resume.document.text))
        assert set(FACT.findall(f"{point.name} {point.text}")) <= words
        assert point.text in resume.document.text
    for paragraph in (brief.company, brief.role, brief.snapshot, brief.stack):
        assert paragraph
        assert not missing_facts(paragraph, posting.document.text)
    assert not check_brief(parse_brief(write_brief(brief), "brief.md"))
    assert made == draft(*pair(name))


def test_what_is_understood_of_a_posting() -> None:
    posting, resume = pair("engineer")
    assert (posting.company, posting.role) == ("Tallow Freight", "Senior Data Engineer")
    assert posting.asks[0].text.startswith("Design and run the pipelines")
    assert posting.stack == "Python, Kafka, PostgreSQL, Airflow, dbt and Terraform on AWS."
    assert not any("70,000" in item.text for item in posting.asks)
    assert not any("@" in claim.point.text for claim in resume.claims)


def test_what_a_sparse_pair_leaves_open_is_said() -> None:
    posting = read_posting(document_of("Gardener wanted", "posting.txt"))
    made = draft(posting, read_resume(document_of("I like plants", "resume.txt")))
    assert made.brief.talking_points == () and len(made.brief.questions) == 2
    said = "\n".join(made.notes)
    assert "company's name was not found" in said
    assert "2 questions only" in said and "0 talking points only" in said


def test_hours_and_pay_are_asked_about_by_nobody() -> None:
    lines = "You will work 37.5 hours a week", "We pay 41,000 dollars", "Plan the beds of the parks"
    posting = read_posting(document_of("Gardener\n\nYour tasks\n- " + "\n- ".join(lines), "p"))
    asked = " ".join(one.text for one in draft(posting, pair("nurse")[1]).brief.questions)
    assert "Plan the beds" in asked and "37.5" not in asked and "41,000" not in asked


def test_a_page_copied_from_a_job_board_and_json() -> None:
    page = shared("cases/posting-page.txt")
    posting = read_posting(read_document(str(page)))
    assert (posting.company, posting.role) == ("Nordfeld", "Senior Data Engineer")
    assert posting.snapshot == "Nordfeld sells electricity to 1.2 million homes in the north."
    resume = read_resume(read_document(str(shared("cases/resume-json.json"))))
    made = draft(posting, resume)
    assert [point.text for point in made.brief.talking_points] == [
        "Cut the nightly load from 6 hours to 35 minutes with incremental models",
        "Moved 14 teams to one semantic layer",
        "Built the route report that saved 120,000 euros a year",
    ]
    assert "LinkedIn" not in str(made.brief) and "Reposted" not in str(made.brief)


def test_json_of_another_kind_is_refused() -> None:
    with pytest.raises(BriefError, match="no JSON Resume"):
        read_document(str(ROOT / "tests" / "sample_analysis.json"))


@pytest.mark.parametrize(
    ("name", "company", "role", "asked", "snapshot"),
    [
        ("hospital.txt", "Marsden Vale Hospitals NHS Foundation Trust", "Band 5 Staff Nurse",
         "start the sepsis bundle", "serves 480,000 people"),
        ("studio.md", "Lumenly", "Product Designer (m/f/d)",
         "Usability tests with readers", "helps libraries"),
        ("warehouse.txt", "Harrow & Pike Logistics", "Warehouse Team Leader",
         "keep accidents at zero", ""),
    ],
)  # fmt: skip
def test_postings_as_they_are_copied_from_pages(
    name: str, company: str, role: str, asked: str, snapshot: str
) -> None:
    posting = read_posting(read_document(str(ROOT / "tests" / "postings" / name)))
    assert (posting.company, posting.role) == (company, role)
    assert snapshot in posting.snapshot and bool(snapshot) == bool(posting.snapshot)
    brief = draft(posting, pair("nurse")[1]).brief
    spoken = " ".join(one.text for one in brief.questions)
    assert asked in spoken
    for furniture in ("37.5", "£", "account", "Perks", "report to", "equal opp"):
        assert furniture not in f"{spoken} {brief.snapshot} {brief.stack}"


def test_a_station_ends_the_bullet_above() -> None:
    text = (
        "Lena Fischer\n\n- Led on call for the payment path with 1.2M transactions a day\n"
        "Engineer, Kettle Labs (2015–2020)\n- Wrote a proxy for 80K requests per second\n"
    )
    claims = read_resume(document_of(text, "resume")).claims
    assert [claim.point.text.split()[-1] for claim in claims] == ["day", "second"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join))
def test_any_text_gives_a_brief_that_reads_back(text: str) -> None:
    posting = read_posting(document_of(f"Gardener {text}", "posting"))
    made = draft(posting, read_resume(document_of(f"Gardener {text}", "resume")))
    assert parse_brief(write_brief(made.brief), "brief.md") == made.brief


@pytest.mark.parametrize(
    ("fact", "text", "stands"),
    [
        ("40", "cut to 40 seconds", True),
        ("40", "cut to 140 seconds", False),
        ("4", "in 4.5 s", False),
        ("8%", "from 9% to 8%.", True),
        ("40", "cut to ~40 s", False),
        ("C", "C++ and Java", False),
        ("team's", "the team’s work", True),
    ],
)
def test_a_fact_stands_as_a_whole(fact: str, text: str, stands: bool) -> None:
    assert stands_in(fact, text) is stands


def test_facts_that_are_missing() -> None:
    source = "Cut the delay from 11 minutes to 40 seconds on Kafka for 3,200 vans"
    assert missing_facts("Cut the delay to 40 seconds on Kafka", source) == ()
    assert "Flink" in missing_facts("Cut the delay on Flink", source)
    assert "40 vans" in missing_facts("Cut the delay for 40 vans", source)
    assert missing_facts("Halved the delay", source) == ("Halved",)
    assert missing_facts("Kubernetes cut the delay", source) == ("Kubernetes",)


def test_the_command_writes_what_check_accepts(tmp_path: Path, rehearse: Rehearse) -> None:
    posting, resume = (path.read_text(encoding="utf-8").splitlines() for path in files("teacher"))
    (tmp_path / "the posting.docx").write_bytes(docx(posting))
    (tmp_path / "resume.pdf").write_bytes(pdf([resume]))
    given = ("--posting", "the posting.docx", "--resume", "resume.pdf", "--out", "b.md")
    done = rehearse("brief", "write", *given)
    assert done.code == 0 and "check: nothing is headed 'About us'" in done.err
    assert done.out == "b.md: 9 questions, 5 talking points\n"
    assert os.name == "nt" or (tmp_path / "b.md").stat().st_mode & 0o077 == 0
    checked = rehearse("brief", "check", "b.md").out
    assert "to check: nothing is headed 'About us'" in checked and "Nothing" not in checked
    before = (tmp_path / "b.md").read_bytes()
    again = rehearse("brief", "write", *given)
    assert again.code == 1 and "b.md exists" in again.err and again.err.count("\n") == 1
    assert rehearse("brief", "write", *given, "--force").code == 0
    assert (tmp_path / "b.md").read_bytes() == before
    assert sorted(path.name for path in tmp_path.glob("b.md*")) == ["b.md"]


def test_standard_input_and_output(rehearse: Rehearse) -> None:
    posting, resume = files("nurse")
    text = posting.read_text(encoding="utf-8")
    done = rehearse("brief", "write", "--posting", "-", "--resume", resume, text=text)
    assert done.code == 0 and "dropped" not in done.err
    brief = parse_brief(done.out, "brief.md")
    assert brief.role == "Theatre Nurse"
    assert all(asked.probes for asked in brief.questions)
    both = rehearse("brief", "write", "--posting", "-", "--resume", "-")
    assert "only one file can come from standard input" in both.error
