"""The pure decision when a turn has ended, and Smart Turn's opinion of a silence."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tiny_smart_turn import write_smart_turn
from voice.audio.clip import FRAME_S, FRAME_SAMPLES, Clip
from voice.audio.port import Frame
from voice.speech.smart_turn import SmartTurn
from voice.speech.transcript import Word
from voice.turns.endpointing import (
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
from voice.turns.pauses import MOST_EXTRA_S, MOST_INTERRUPTED_S, Pauses
from voice.turns.turn import ASK_EVERY_S, Ending, Turn

PATIENCE = Patience()
TYPICAL = Pauses()
TEXTS = st.sampled_from(
    ["", "it was slow", "it was slow because the", "first we", "so that is how we did it", "um"]
)
LEARNED = st.lists(st.floats(0.0, 20.0), max_size=30)
ENDINGS = st.none() | st.floats(0.0, 1.0)


def hear(*runs: tuple[bool, float]) -> Hearing:
    hearing, frame = Hearing.begin(0.0), 0
    for voiced, length_s in runs:
        for _ in range(round(length_s / FRAME_S)):
            frame += 1
            hearing = hearing.after(voiced, frame * FRAME_S)
    return hearing


def learned(pauses_s: list[float]) -> Pauses:
    pauses = Pauses()
    for pause_s in pauses_s:
        pauses = pauses.after(pause_s)
    return pauses


@pytest.mark.parametrize(
    ("spoken_s", "silence_s", "text", "ended"),
    [
        (30.0, 1.2, "so that is how we did it", False),
        (30.0, 1.4, "so that is how we did it", True),
        (30.0, 1.4, "it was slow", False),
        (30.0, 1.8, "it was slow", True),
        (30.0, 2.4, "it was slow because the", False),
        (30.0, 3.0, "it was slow because the", True),
        (30.0, 2.4, "first of all it was slow", False),
        (10.0, 2.5, "it was slow", False),
        (10.0, 3.1, "it was slow", True),
        (10.0, 4.6, "it was slow because the", True),
    ],
)
def test_a_silence_means_less_the_less_the_answer_can_be_over(
    spoken_s: float, silence_s: float, text: str, ended: bool
) -> None:
    hearing = hear((True, spoken_s), (False, silence_s))
    # The words of the open stretch are needed first.
    assert decide(hearing, SoFar(text), TYPICAL, PATIENCE) is Decision.STRETCH
    decision = decide(hearing.handed_over(), SoFar(text), TYPICAL, PATIENCE)
    assert decision is (Decision.TURN if ended else Decision.WAIT)


def test_smart_turn_and_a_last_word_alone_change_the_wait() -> None:
    whole = hear((True, 30.0)).handed_over()
    fragment = hear((True, 29.0), (False, 0.6), (True, 0.4)).handed_over()
    waits_s = [
        needed_s(hearing, SoFar("it was slow", ending=ending), TYPICAL, PATIENCE)
        for hearing, ending in ((whole, 0.99), (whole, None), (whole, 0.0), (fragment, None))
    ]
    assert waits_s == sorted(waits_s)
    assert len(set(waits_s)) == 4


@given(TEXTS, st.floats(0.1, 90.0), ENDINGS, LEARNED, st.integers(0, 9))
def test_waits_stay_in_bounds_and_in_order(
    text: str, spoken_s: float, ending: float | None, pauses_s: list[float], interruptions: int
) -> None:
    hearing = Hearing(0.0, spoken_s, first_voice_s=0.0, last_voice_s=spoken_s)
    pauses = learned(pauses_s)
    for _ in range(interruptions):
        pauses = pauses.interrupted()

    def waits_s(of: Pauses) -> list[float]:
        answers = [SoFar(text, ending=ending, kind=kind) for kind in QuestionKind]
        return [needed_s(hearing, so_far, of, PATIENCE) for so_far in answers]

    own_s, typical_s = waits_s(pauses), waits_s(TYPICAL)
    # From a greeting to a design question; and more for unfinished words.
    assert own_s == sorted(own_s)
    assert PATIENCE.finished_s <= own_s[0] <= PATIENCE.unfinished_s + MOST_INTERRUPTED_S
    for own, typical in zip(own_s, typical_s, strict=True):
        assert typical <= own <= typical + MOST_EXTRA_S + MOST_INTERRUPTED_S + 1e-9
    for_words = [SoFar(said, ending=ending) for said in ("it was slow", "it was slow because")]
    finished_s, open_s = (needed_s(hearing, each, pauses, PATIENCE) for each in for_words)
    assert finished_s <= open_s


def test_nothing_said_waits_twelve_seconds_and_time_to_think_is_given() -> None:
    assert decide(hear((False, 11.9)), SoFar(""), TYPICAL, PATIENCE) is Decision.WAIT
    assert decide(hear((False, 12.1)), SoFar(""), TYPICAL, PATIENCE) is Decision.NOTHING
    thinking = hear((True, 1.5), (False, 40.0)).handed_over()
    assert decide(thinking, SoFar("let me think", True), TYPICAL, PATIENCE) is Decision.WAIT


def test_a_gap_in_the_frames_is_no_silence_of_the_person() -> None:
    hearing = hear((True, 2.0), (False, 1.0)).handed_over().resumed(30.0)
    assert decide(hearing, SoFar("done"), TYPICAL, PATIENCE) is Decision.WAIT
    assert hearing.last_voice_s == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("judge", "text", "expected"),
    [
        *((unfinished, text, True) for text in ("because the", "we used, um", "First,", "I...")),
        *((unfinished, text, False) for text in ("", "it was fine.", "what do you mean?")),
        (list_open, "there are three parts to it", True),
        (list_open, "first we looked at the load and then we bought disks", False),
        (list_open, "my first job was in a shop", False),
        (closing, "In the end, nobody noticed.", True),
        (closing, "in the end we did it " + "and then came much more " * 4, False),
    ],
)
def test_what_the_last_words_say(judge: object, text: str, expected: bool) -> None:
    assert callable(judge)
    assert judge(text) is expected


def unheard(clip: Clip, start_s: float) -> Future[tuple[Word, ...]]:
    raise AssertionError(f"nothing is to be recognized at {start_s}: {clip.duration_s}")


def opinions(ending: Ending, *parts: tuple[bool, int]) -> list[float | None]:
    """Return the opinion after each frame of (voice, frames)."""
    turn = Turn(0.0, unheard)
    rng = np.random.default_rng(1)
    said: list[float | None] = []
    for voiced, frames in parts:
        for _ in range(frames):
            mic = rng.normal(0, 3000 if voiced else 10, FRAME_SAMPLES).astype(np.int16)
            frame = Frame(len(said) * FRAME_SAMPLES, mic, np.zeros(FRAME_SAMPLES, np.int16))
            turn.hear(frame, voiced)
            said.append(ending.probability(turn))
    return said


def test_smart_turn_is_asked_every_fifth_of_a_second_of_each_silence(tmp_path: Path) -> None:
    with Ending(SmartTurn(write_smart_turn(tmp_path)), realtime=False) as ending:
        said = opinions(ending, (True, 50), (False, 50), (True, 20), (False, 20))
    step = round(ASK_EVERY_S * 50)
    assert said[: 50 + step - 1] == [None] * (50 + step - 1)
    silence = said[50:100]
    changes = [at + 1 for at in range(1, 50) if silence[at] != silence[at - 1]]
    assert changes == pytest.approx([step * n for n in range(1, 6)], abs=1)
    # Voice counts once it is confirmed, after three frames.
    assert said[102:129] == [None] * 27
    assert said[-1] is not None
    with Ending(None, realtime=True) as ending:
        assert set(opinions(ending, (True, 20), (False, 100))) == {None}
