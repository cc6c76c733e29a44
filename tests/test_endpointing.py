"""The pure decision when a turn has ended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.audio import FRAME_S
from voice.endpointing import (
    Decision,
    Hearing,
    Patience,
    QuestionKind,
    SoFar,
    closing,
    decide,
    list_open,
    needed_s,
    unfinished,
)
from voice.pauses import MOST_EXTRA_S, MOST_INTERRUPTED_S, Pauses

PATIENCE = Patience()
TYPICAL = Pauses()
TEXTS = st.sampled_from(
    ["", "it was slow", "it was slow because the", "first we", "so that is how we did it", "um"]
)
LEARNED = st.lists(st.floats(0.0, 20.0), max_size=30)


def hear(*runs: tuple[bool, float], began_s: float = 0.0) -> Hearing:
    hearing = Hearing.begin(began_s)
    frame = 0
    for voiced, length_s in runs:
        for _ in range(round(length_s / FRAME_S)):
            frame += 1
            hearing = hearing.after(voiced, began_s + frame * FRAME_S)
    return hearing


def answered(spoken_s: float, silence_s: float = 0.0) -> Hearing:
    return hear((True, spoken_s), (False, silence_s)).handed_over()


def learned(pauses_s: list[float]) -> Pauses:
    pauses = Pauses()
    for pause_s in pauses_s:
        pauses = pauses.after(pause_s)
    return pauses


@pytest.mark.parametrize(
    ("spoken_s", "silence_s", "text", "expected"),
    [
        (30.0, 1.2, "so that is how we did it", Decision.WAIT),
        (30.0, 1.4, "so that is how we did it", Decision.TURN),
        (30.0, 1.4, "it was slow", Decision.WAIT),
        (30.0, 1.8, "it was slow", Decision.TURN),
        (30.0, 2.4, "it was slow because the", Decision.WAIT),
        (30.0, 3.0, "it was slow because the", Decision.TURN),
        (30.0, 2.4, "first of all it was slow", Decision.WAIT),
        (10.0, 2.5, "it was slow", Decision.WAIT),
        (10.0, 3.1, "it was slow", Decision.TURN),
        (10.0, 4.2, "it was slow because the", Decision.WAIT),
        (10.0, 4.6, "it was slow because the", Decision.TURN),
    ],
)
def test_a_silence_means_less_the_less_the_answer_can_be_over(
    spoken_s: float, silence_s: float, text: str, expected: Decision
) -> None:
    hearing = answered(spoken_s, silence_s)
    assert decide(hearing, SoFar(text), TYPICAL, PATIENCE) is expected


def test_smart_turn_shortens_and_lengthens_the_wait() -> None:
    waits_s = [
        needed_s(answered(30.0), SoFar("it was slow", ending=p), TYPICAL, PATIENCE)
        for p in (0.99, 0.0, 1.0)
    ]
    assert waits_s[0] < needed_s(answered(30.0), SoFar("it was slow"), TYPICAL, PATIENCE)
    assert waits_s[1] > waits_s[0]
    assert waits_s[2] <= waits_s[0]


@given(TEXTS, st.floats(0.1, 90.0), st.none() | st.floats(0.0, 1.0), LEARNED)
def test_design_gets_longer_pauses_than_a_greeting(
    text: str, spoken_s: float, ending: float | None, pauses_s: list[float]
) -> None:
    hearing = Hearing(0.0, spoken_s, first_voice_s=0.0, last_voice_s=spoken_s)
    waits_s = [
        needed_s(hearing, SoFar(text, ending=ending, kind=kind), learned(pauses_s), PATIENCE)
        for kind in (
            QuestionKind.GREETING,
            QuestionKind.FACT,
            QuestionKind.OPEN,
            QuestionKind.DESIGN,
        )
    ]
    assert waits_s == sorted(waits_s)
    bound_s = PATIENCE.unfinished_s + MOST_INTERRUPTED_S
    assert PATIENCE.finished_s <= waits_s[0] <= waits_s[-1] <= bound_s


@given(st.floats(0.1, 90.0), TEXTS, LEARNED, st.integers(0, 9))
def test_learned_pauses_count_within_bounds(
    spoken_s: float, text: str, pauses_s: list[float], interruptions: int
) -> None:
    hearing = Hearing(0.0, spoken_s, first_voice_s=0.0, last_voice_s=spoken_s)
    pauses = learned(pauses_s)
    for _ in range(interruptions):
        pauses = pauses.interrupted()
    typical_s = needed_s(hearing, SoFar(text), TYPICAL, PATIENCE)
    own_s = needed_s(hearing, SoFar(text), pauses, PATIENCE)
    assert typical_s <= own_s <= typical_s + MOST_EXTRA_S + MOST_INTERRUPTED_S + 1e-9


def test_nothing_said_waits_twelve_seconds() -> None:
    assert decide(hear((False, 11.9)), SoFar(""), TYPICAL, PATIENCE) is Decision.WAIT
    assert decide(hear((False, 12.1)), SoFar(""), TYPICAL, PATIENCE) is Decision.NOTHING


def test_time_to_think_is_given() -> None:
    hearing = hear((True, 1.5), (False, 40.0)).handed_over()
    assert decide(hearing, SoFar("let me think", True), TYPICAL, PATIENCE) is Decision.WAIT


def test_a_gap_in_the_frames_is_no_silence_of_the_person() -> None:
    hearing = hear((True, 2.0), (False, 1.0)).handed_over().resumed(30.0)
    assert decide(hearing, SoFar("done"), TYPICAL, PATIENCE) is Decision.WAIT
    assert hearing.last_voice_s == pytest.approx(2.0)


@pytest.mark.parametrize(
    "text",
    ["and", "because the", "so the", "we used, um", "First,", "I think...", "it was kind of"],
)
def test_words_that_cannot_end_an_answer(text: str) -> None:
    assert unfinished(text)


@pytest.mark.parametrize(
    "text", ["", "it was fine.", "that is what we did", "fifty thousand", "what do you mean?"]
)
def test_words_that_can(text: str) -> None:
    assert not unfinished(text)


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("first we looked at the load", True),
        ("there are three parts to it", True),
        ("first we looked at the load and then we bought disks", False),
        ("my first job was in a shop", False),
    ],
)
def test_a_list_that_was_begun_goes_on(text: str, opened: bool) -> None:
    assert list_open(text) is opened


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("so that's how we did it", True),
        ("In the end, nobody noticed.", True),
        ("in the end we did it " + "and then came much more " * 4, False),
        ("we bought disks", False),
    ],
)
def test_closing_phrases_count_in_the_last_sentence(text: str, closed: bool) -> None:
    assert closing(text) is closed
