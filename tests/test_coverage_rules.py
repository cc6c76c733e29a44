"""Rules of judgement by themselves: rival names, figures that sound alike, what is unsure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis import SpokenWord
from agent.coverage.figures import sound_alike
from agent.coverage.points import SaidAnswer, judge, judge_text
from tests.coverage_points import FELLOW, PLANT, WARD

POINTS = tuple(FELLOW.values())
MOVED = "At Intuit I took the ICE platform {} and it went from six to fifty thousand TPS."


def status(key: str, text: str, question: str = "") -> str:
    return judge_text(FELLOW[key], text, question, POINTS).status


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("over to gRPC", "contradicted"),
        ("through a migration to WebSockets", "contradicted"),
        ("by migrating it to Zorptalk", "contradicted"),
        ("to rSocket", "covered"),
        ("from gRPC to rSocket", "covered"),
        ("from HTTP to arse socket", "covered"),
        ("and we did not choose gRPC", "covered"),
        ("up", "covered"),
    ],
)
def test_another_name_in_the_place_of_the_points(how: str, expected: str) -> None:
    assert status("intuit", MOVED.format(how)) == expected


def test_the_note_names_both() -> None:
    found = judge_text(FELLOW["intuit"], MOVED.format("over to gRPC"), "", POINTS)
    assert found.note == "You said “gRPC”; the brief says “rSocket”."
    assert "gRPC" in found.quote


def test_a_name_in_the_question_is_no_contradiction() -> None:
    assert status("intuit", MOVED.format("past gRPC"), "Why not gRPC?") == "covered"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (15, 50, True), (50, 15, True), (13, 30, True), (113, 130, True), (115, 250, False),
        (15, 60, False), (12, 20, False), (1.5, 5, False), (40, 40, False),
    ],
)  # fmt: skip
def test_teens_and_tens_sound_alike(one: float, other: float, alike: bool) -> None:
    assert sound_alike(float(one), float(other)) is alike


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_sounding_alike_is_mutual(one: int, other: int) -> None:
    assert sound_alike(float(one), float(other)) == sound_alike(float(other), float(one))
    assert not sound_alike(float(one), float(one))


def test_a_figure_that_sounds_alike_is_noted_and_not_held_against_the_person() -> None:
    text = "At Intuit ICE went from six to {} thousand transactions a second on rSocket."
    found = judge_text(FELLOW["intuit"], text.format("fifteen"), "", POINTS)
    assert found.status == "covered"
    assert "sounds alike" in found.note
    assert status("intuit", text.format("twelve")) == "contradicted"


def test_a_figure_heard_unsurely_does_not_contradict() -> None:
    text = "The steam trap survey covered all 640 traps and saved 910 thousand dollars of gas."
    answers = [
        SaidAnswer(
            text,
            tuple(
                SpokenWord(text=word, start_s=at, end_s=at + 0.5,
                           probability=unsure if word == "910" else 0.9)
                for at, word in enumerate(text.split())
            ),
        )
        for unsure in (0.9, 0.1)
    ]  # fmt: skip
    sure, unsure = (judge([PLANT["steam"]], [answer]).points[0] for answer in answers)
    assert sure.status == "contradicted"
    assert unsure.status == "covered"
    assert "not surely" in unsure.note


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("lockout", "I nearly missed this. Nine hundred cars, one lane, and no procedure."),
        ("vibration", "If I joined you I would put 96 vibration sensors on pumps and fans."),
        ("dryer", "My son reviewed a dryer that made 14 unplanned stops a month, then 5."),
    ],
)
def test_what_is_nobodys_claim(key: str, text: str) -> None:
    assert judge_text(PLANT[key], text, "", tuple(PLANT.values())).status == "missing"


def test_recognized_for_and_a_whole_week() -> None:
    heard = "with auto eval the robot model evaluation went from seventy two hours to for minutes"
    assert status("autoeval", heard) == "covered"
    slow = "With AutoEval the robot model evaluation went from a full week to four minutes."
    assert status("autoeval", slow) == "contradicted"


@given(st.lists(st.sampled_from([p.text for p in WARD.values()] + ["No.", "I would."]), max_size=4))
def test_every_status_but_missing_has_its_verbatim_quote_and_time(texts: list[str]) -> None:
    answers = [
        SaidAnswer(
            text,
            tuple(
                SpokenWord(text=word, start_s=100.0 * place + at / 10, end_s=100.0 * place + at / 9)
                for at, word in enumerate(text.split())
            ),
            "How do you keep patients from falls?", 100.0 * place, 100.0 * place + 90,
        )
        for place, text in enumerate(texts)
    ]  # fmt: skip
    for point in judge(tuple(WARD.values()), answers).points:
        assert bool(point.evidence) == (point.status != "missing")
        assert not point.would_fit or point.status == "missing"
        for evidence in point.evidence:
            assert evidence.answer is not None
            assert evidence.quote in answers[evidence.answer].text
            assert 100 * evidence.answer <= evidence.start_s <= evidence.end_s
            assert evidence.end_s <= 100 * evidence.answer + 90
