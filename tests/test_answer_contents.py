"""Whether a question was answered at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brief.read import read_brief
from agent.coverage.answered import is_answered
from tests.need import ROOT

PLANT = read_brief(str(ROOT / "tests" / "plant_engineer.md"))
WARD = read_brief(str(ROOT / "briefs" / "ward-nurse.md"))
QUESTION = "How do you decide which spare parts to keep on the shelf?"


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("I don't know.", False),
        ("Hm, honestly, nothing comes to mind. Can we skip this one?", False),
        ("Could you repeat that?", False),
        ("Pass.", False),
        ("I have no idea, but I would start with the parts that stop the machine.", None),
        ("By how badly we would miss them.", None),
        ("", None),
        (
            "I rank the spare parts by what happens to the machine if one is not on the shelf, and"
            " I keep those that have long delivery times.",
            True,
        ),
    ],
)
def test_answered_or_not(text: str, answered: bool | None) -> None:
    assert is_answered(QUESTION, text) is answered


def test_without_a_question_nothing_is_answered() -> None:
    assert is_answered("", "I don't know.") is None


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text(text: str, question: str) -> None:
    assert is_answered(question, text) in (True, False, None)
