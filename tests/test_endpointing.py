"""The pure decision when a turn has ended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.audio import FRAME_S
from voice.endpointing import Decision, Hearing, Patience, SoFar, decide, unfinished
from voice.pauses import Pauses

PATIENCE = Patience()
TYPICAL = Pauses()


def hear(*runs: tuple[bool, float], began_s: float = 0.0) -> Hearing:
    hearing = Hearing.begin(began_s)
    frame = 0
    for voiced, length_s in runs:
        for _ in range(round(length_s / FRAME_S)):
            frame += 1
            hearing = hearing.after(voiced, began_s + frame * FRAME_S)
    return hearing


def test_a_stretch_goes_to_the_recognizer_before_the_turn_can_end() -> None:
    hearing = hear((True, 2.0), (False, 3.0))
    assert decide(hearing, SoFar(""), TYPICAL, PATIENCE) is Decision.STRETCH
    assert decide(hearing.handed_over(), SoFar("it was slow"), TYPICAL, PATIENCE) is Decision.TURN


@pytest.mark.parametrize(
    ("silence_s", "text", "expected"),
    [
        (2.4, "it was slow.", Decision.WAIT),
        (2.6, "it was slow.", Decision.TURN),
        (2.6, "it was slow because the", Decision.WAIT),
        (4.4, "it was slow because the", Decision.WAIT),
        (4.6, "it was slow because the", Decision.TURN),
    ],
)
def test_silence_means_more_after_an_unfinished_sentence(
    silence_s: float, text: str, expected: Decision
) -> None:
    hearing = hear((True, 2.0), (False, silence_s)).handed_over()
    assert decide(hearing, SoFar(text), TYPICAL, PATIENCE) is expected


def test_nothing_said_waits_twelve_seconds() -> None:
    assert decide(hear((False, 11.9)), SoFar(""), TYPICAL, PATIENCE) is Decision.WAIT
    assert decide(hear((False, 12.1)), SoFar(""), TYPICAL, PATIENCE) is Decision.NOTHING


def test_time_to_think_is_given() -> None:
    hearing = hear((True, 1.5), (False, 40.0)).handed_over()
    assert decide(hearing, SoFar("let me think", True), TYPICAL, PATIENCE) is Decision.WAIT


def test_a_long_stretch_is_cut_at_a_breath() -> None:
    assert decide(hear((True, 8.0), (False, 0.3)), SoFar(""), TYPICAL, PATIENCE) is Decision.WAIT
    assert (
        decide(hear((True, 16.0), (False, 0.3)), SoFar(""), TYPICAL, PATIENCE) is Decision.STRETCH
    )


def test_a_gap_in_the_frames_is_no_silence_of_the_person() -> None:
    hearing = hear((True, 2.0), (False, 1.0)).handed_over().resumed(30.0)
    assert decide(hearing, SoFar("done"), TYPICAL, PATIENCE) is Decision.WAIT
    assert hearing.last_voice_s == pytest.approx(2.0)


@given(st.lists(st.booleans(), max_size=400))
def test_times_stay_in_order_and_clicks_are_no_voice(frames: list[bool]) -> None:
    hearing = Hearing.begin(5.0)
    longest = run = 0
    for number, voiced in enumerate(frames, 1):
        hearing = hearing.after(voiced, 5.0 + number * FRAME_S)
        run = run + 1 if voiced else 0
        longest = max(longest, run)
    assert (hearing.first_voice_s is not None) == (longest >= 3)
    assert hearing.silence_s >= 0
    if hearing.first_voice_s is not None:
        assert 5.0 <= hearing.first_voice_s < hearing.last_voice_s <= hearing.now_s


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


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    assert unfinished(text) in (True, False)
