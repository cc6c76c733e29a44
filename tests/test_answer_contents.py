"""Beyond talking points: was it answered, was a story told twice, does it contradict the brief."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import SpokenWord
from agent.brief import Brief
from agent.brief.read import read_brief
from agent.coverage.answered import is_answered
from agent.coverage.conflicts import conflicts_of
from agent.coverage.points import SaidAnswer
from agent.coverage.stories import stories_told_twice
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


def said(text: str, question: str, start_s: float = 0.0, *, follow_up: bool = False) -> SaidAnswer:
    words = tuple(
        SpokenWord(text=word, start_s=start_s + at, end_s=start_s + at + 0.5)
        for at, word in enumerate(text.split())
    )
    return SaidAnswer(text, words, question, start_s, start_s + len(words), follow_up)


PUMP = (
    "At the brewery in Ulm the vacuum pump seized on a Sunday. I drove in with Tariq, we found a"
    " scored shaft, and I borrowed a spare from the dairy next door within ninety minutes."
)
PUMP_AGAIN = (
    "That was in Ulm, when a vacuum pump seized at the brewery. The shaft was scored, so I called"
    " the dairy across the road and had a spare in ninety minutes. Tariq and I fitted it."
)
OTHER = (
    "For energy I looked at the condensate first. Half of it went down the drain, so I had a"
    " return line laid to the boiler, which the accountant liked a great deal more than I did."
)


def test_a_story_told_twice() -> None:
    answers = [
        said(PUMP, "Tell me about a machine that kept stopping."),
        said(OTHER, "How have you saved energy?", 100.0),
        said(PUMP_AGAIN, "When did you have to improvise?", 200.0),
    ]
    (found,) = stories_told_twice(answers)
    assert (found.first.answer, found.again.answer) == (0, 2)
    assert found.first.quote in PUMP
    assert found.again.quote in PUMP_AGAIN
    assert 200.0 <= found.again.start_s < found.again.end_s <= 300.0


def test_a_follow_up_may_go_on_with_the_story() -> None:
    answers = [
        said(PUMP, "Tell me about a machine that kept stopping."),
        said(PUMP_AGAIN, "What happened then?", 100.0, follow_up=True),
    ]
    assert stories_told_twice(answers) == ()


def test_two_answers_of_one_trade_are_two_stories() -> None:
    questions = [question.text for question in PLANT.questions]
    answers = [
        said(point.text, question)
        for point, question in zip(PLANT.talking_points, questions, strict=False)
    ]
    assert stories_told_twice(answers) == ()


@pytest.mark.parametrize(
    ("brief", "text", "of_brief"),
    [
        (WARD, "I like that you have 180 beds and a trauma center.", "212 beds"),
        (WARD, "You opened the new wing in 2018, and I saw it.", "2021"),
        (WARD, "Your charting is in Cerner, which I know well.", "Epic"),
        (PLANT, "Your machines are run by Rockwell PLCs.", "Siemens PLCs"),
        (PLANT, "I know that Corvane Paper makes 300,000 tons of tissue a year.", "240,000 tons"),
    ],
)
def test_conflicts_with_the_brief(brief: Brief, text: str, of_brief: str) -> None:
    (found,) = conflicts_of(brief, [said(f"Good question. {text}", "Why us?")])
    assert found.quote == text
    assert of_brief in found.brief
    assert found.brief in brief.snapshot + brief.stack
    assert found.start_s == 2.0


@pytest.mark.parametrize(
    "text",
    [
        "You have 212 beds and a level III trauma center.",
        "Do you have 180 beds?",
        "On my old unit we had 180 beds and charted in Cerner.",
        "You need seven nurses for thirty beds.",
        "I would chart in Cerner if I could.",
        "You have about two hundred and ten beds.",
        "Thank you. In 2018 I opened a new wing at another hospital.",
    ],
)
def test_no_conflict(text: str) -> None:
    assert conflicts_of(WARD, [said(text, "Why us?")]) == ()


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text(text: str, question: str) -> None:
    answer = SaidAnswer(text, (), question, 0.0, 1.0)
    assert is_answered(question, text) in (True, False, None)
    assert stories_told_twice([answer, answer]) == ()
    for conflict in conflicts_of(WARD, [answer]):
        assert conflict.quote in text
