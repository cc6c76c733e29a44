"""What a person asks back: found in a turn, answered from the brief alone, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis.coverage.meaning import OVERLAP, Meaning, Vectors
from agent.brief import Brief, Persona
from agent.interview.checks import leaks
from agent.interview.own_round import MOST_WORDS, question_in, reply_to, wants_no_more
from agent.interview.wording import NOT_KNOWN, SAID_BEFORE
from tests.interviewer_candidates import BRIEF
from tests.need import need_models

SCHOOL = Brief(
    company="Alder Street School",
    role="Science Teacher, Grades 6 to 8",
    snapshot="Alder Street School is a public middle school in Duluth with 540 pupils and 38"
    " teachers. It was founded in 1954 and moved into a building of its own by the lake in 2017."
    " One pupil in three gets free lunch, and the school is proud of its robotics club. Parents"
    " complain most about the buses.",
    stack="Lessons last 47 minutes and classes have 26 pupils on average. Grades are kept in"
    " PowerSchool, homework is handed out in Google Classroom, and every pupil has a Chromebook."
    " The science team meets every Tuesday and shares one laboratory. A new teacher is given a"
    " mentor for the first year and is observed four times.",
)
BANK = Brief(
    company="Ledgerlight",
    role="Backend Developer, Payments",
    snapshot="Ledgerlight is a payments company from Tallinn that was founded in 2016 by two former"
    " bankers. It has 180 employees in four countries and processes 9 million transfers a month."
    " Last spring it bought a small rival in Riga. Investors put 40 million euros into it in 2023.",
    stack="The payments team has eleven developers and two testers. Services are written in Kotlin"
    " and some older ones in Java; they run on AWS with Kubernetes, and Postgres holds the ledger."
    " Releases go out twice a week. Each developer is on call one week in eight. Code is reviewed"
    " by two colleagues before it is merged. The team works from the office on Mondays and Tuesdays"
    " and at home on the other days.",
)
BRIEFS = {"school": SCHOOL, "bank": BANK, "harbor": BRIEF}
CASES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("school", "How many pupils are in a class?", ("26 pupils",)),
    ("school", "how big is the school", ("540 pupils",)),
    ("school", "When was the school founded?", ("1954",)),
    ("school", "What support is there for new teachers?", ("mentor",)),
    ("school", "Which platform do you use for homework?", ("Google Classroom",)),
    ("school", "How often does the science team meet?", ("every Tuesday",)),
    ("school", "What do parents complain about?", ("buses",)),
    ("school", "How long is a lesson?", ("47 minutes",)),
    ("school", "How many hours would I teach in a week?", ()),
    ("bank", "How big is the payments team?", ("eleven developers",)),
    ("bank", "What languages do you code in?", ("Kotlin",)),
    ("bank", "is there an on-call rotation", ("one week in eight",)),
    ("bank", "How often do you release?", ("twice a week",)),
    ("bank", "How does code review work?", ("two colleagues",)),
    ("bank", "Can I work from home?", ("office on Mondays",)),
    ("bank", "Where is the company based?", ("Tallinn",)),
    ("bank", "how many employees does the company have", ("180 employees",)),
    ("bank", "When was Ledgerlight founded?", ("2016",)),
    ("bank", "Who founded it?", ("two former bankers",)),
    ("bank", "How much money did investors put in?", ("40 million",)),
    ("bank", "Do you use Kubernetes?", ("Kubernetes",)),
    ("bank", "Which database do you use for the ledger?", ("Postgres",)),
    ("bank", "How many transfers do you process a month?", ("9 million",)),
    ("bank", "Do you use Terraform?", ()),
    ("bank", "What is the salary range?", ()),
    ("bank", "How are conflicts solved in the team?", ()),
    ("bank", "How many testers will you hire?", ()),
    ("bank", "What are the biggest challenges?", ()),
)
"""The brief, the question, and words of the sentence that answers it; () where none does."""


def figures(meaning: Meaning) -> tuple[float, float]:
    """Return precision and recall of the answers; each is the brief's own words, and short."""
    right = given_ = 0
    for name, asked, wanted in CASES:
        brief = BRIEFS[name]
        reply = reply_to(asked, brief, (), meaning)
        told = " ".join(f"{brief.snapshot} {brief.stack} {brief.role}".split())
        assert reply.evidence in told
        assert len(reply.text.split()) <= MOST_WORDS
        assert not any(leaks(reply.text, point, told) for point in brief.talking_points)
        assert reply.evidence or reply.text in NOT_KNOWN
        right += any(words in reply.evidence for words in wanted)
        given_ += bool(reply.evidence)
    return right / given_, right / sum(bool(wanted) for _, _, wanted in CASES)


def test_what_the_brief_says_is_found_by_meaning() -> None:
    precision, recall = figures(Vectors(need_models("minilm") / "minilm"))
    assert precision >= 0.75
    assert recall >= 0.6


def test_and_by_words_where_there_are_no_vectors() -> None:
    precision, recall = figures(OVERLAP)
    assert precision >= 0.85
    assert recall >= 0.4


def test_the_day_the_panel_and_the_position() -> None:
    panel = (Persona(name="Priya", role="staff engineer"), Persona(name="Sam"))
    brief = BRIEF.model_copy(update={"panel": panel, "interview_date": "2026-12-03"})
    for asked, evidence in (
        ("when is the interview", "2026-12-03"),
        ("who are the interviewers on the panel", "Priya, staff engineer; Sam"),
        ("What is the role called?", "Operations Engineer"),
    ):
        assert reply_to(asked, brief, (), OVERLAP).evidence == evidence
    assert reply_to("when is the interview", BRIEF, (), OVERLAP).evidence == ""


def test_what_was_said_is_not_said_again_and_not_knowing_varies() -> None:
    asked = "How often do releases go out?"
    first = reply_to(asked, BANK, (), OVERLAP)
    assert reply_to(asked, BANK, (first.evidence,), OVERLAP).text == SAID_BEFORE
    unknown = [reply_to("What is the salary?", BANK, ("",) * n, OVERLAP).text for n in range(3)]
    assert len(set(unknown)) == 3


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("which languages do you use", "which languages do you use"),
        ("I liked the talk. " * 20 + "How big is the team?", "How big is the team?"),
        ("we do that for every order and the numbers were wrong", ""),
    ],
)
def test_the_question_in_a_turn(said: str, question: str) -> None:
    assert question_in(said) == question


def test_no_more_questions() -> None:
    for said in ("no", "I'm good", "you answered all my questions thank you", "that would be all"):
        assert wants_no_more(said)
    for said in ("no but what is the salary", "is that all you do", "I liked the talk"):
        assert not wants_no_more(said)


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=200))
def test_any_text_is_answered(asked: str, snapshot: str, stack: str) -> None:
    brief = Brief(company="Acme", snapshot=snapshot, stack=stack)
    reply = reply_to(asked, brief, (), OVERLAP)
    assert reply.text
    assert len(reply.evidence.split()) <= 2 * MOST_WORDS
