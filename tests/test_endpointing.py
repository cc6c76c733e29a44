"""When a turn has ended: silence, words, requests, a speaker's own pauses, Smart Turn."""

from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tiny_smart_turn import write_smart_turn
from voice.audio.clip import FRAME_S, FRAME_SAMPLES, Clip
from voice.audio.port import Frame
from voice.speech.protocols import Understood
from voice.speech.smart_turn import SmartTurn
from voice.speech.transcript import Word
from voice.turns.controls import Control, spoken_control
from voice.turns.endpointing import (
    Decision,
    Hearing,
    Patience,
    QuestionKind,
    SoFar,
    decide,
    needed_s,
)
from voice.turns.pauses import MOST_EXTRA_S, MOST_INTERRUPTED_S, Pauses
from voice.turns.turn import ASK_EVERY_S, Ending, Turn

PATIENCE = Patience()
TYPICAL = Pauses()
LEARNED = st.lists(st.floats(0.0, 20.0), max_size=30)
UNSURE = st.none() | st.floats(-20.0, 20.0)


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
    ("spoken_s", "finished", "ending", "least_s", "most_s"),
    [
        (30.0, 7.0, 2.0, 0.8, 1.6),
        (30.0, 4.0, None, 1.0, 2.5),
        (30.0, -1.0, None, 2.0, 4.0),
        (5.0, 7.0, 2.0, 1.0, 2.4),
        (5.0, -1.0, -2.0, 3.0, 4.0),
    ],
)
def test_a_silence_means_less_the_less_the_answer_can_be_over(
    spoken_s: float, finished: float, ending: float | None, least_s: float, most_s: float
) -> None:
    so_far = SoFar("it was slow", finished=finished, ending=ending)
    # The words of the open stretch are needed first.
    spoken = hear((True, spoken_s), (False, 1.3))
    assert decide(spoken, so_far, TYPICAL, PATIENCE) is Decision.STRETCH
    early = hear((True, spoken_s), (False, least_s - 0.1)).handed_over()
    assert decide(early, so_far, TYPICAL, PATIENCE) is Decision.WAIT
    late = hear((True, spoken_s), (False, most_s + 0.1)).handed_over()
    assert decide(late, so_far, TYPICAL, PATIENCE) is Decision.TURN


@given(st.floats(0.1, 90.0), UNSURE, UNSURE, LEARNED, st.integers(0, 9))
def test_waits_stay_in_bounds_and_in_order(
    spoken_s: float,
    finished: float | None,
    ending: float | None,
    pauses_s: list[float],
    interruptions: int,
) -> None:
    hearing = Hearing(0.0, spoken_s, first_voice_s=0.0, last_voice_s=spoken_s)
    pauses = learned(pauses_s)
    for _ in range(interruptions):
        pauses = pauses.interrupted()

    def waits_s(of: Pauses) -> list[float]:
        answers = [SoFar("", finished=finished, ending=ending, kind=kind) for kind in QuestionKind]
        return [needed_s(hearing, so_far, of, PATIENCE) for so_far in answers]

    own_s, typical_s = waits_s(pauses), waits_s(TYPICAL)
    # From a greeting to a design question; and more for unfinished words.
    assert own_s == sorted(own_s)
    assert PATIENCE.soonest_s <= own_s[0] <= own_s[-1]
    assert own_s[-1] <= PATIENCE.longest_s + MOST_EXTRA_S + MOST_INTERRUPTED_S
    for own, typical in zip(own_s, typical_s, strict=True):
        assert typical <= own + 1e-9
    for_words = [SoFar("", finished=one, ending=ending) for one in (6.0, None, 0.0)]
    waited_s = [needed_s(hearing, each, pauses, PATIENCE) for each in for_words]
    assert waited_s == sorted(waited_s)


def test_nothing_said_waits_twelve_seconds_and_time_to_think_is_given() -> None:
    assert decide(hear((False, 11.9)), SoFar(""), TYPICAL, PATIENCE) is Decision.WAIT
    assert decide(hear((False, 12.1)), SoFar(""), TYPICAL, PATIENCE) is Decision.NOTHING
    thinking = hear((True, 1.5), (False, 40.0)).handed_over()
    assert decide(thinking, SoFar("let me think", True), TYPICAL, PATIENCE) is Decision.WAIT


def test_a_gap_in_the_frames_is_no_silence_of_the_person() -> None:
    hearing = hear((True, 2.0), (False, 1.0)).handed_over().resumed(30.0)
    assert decide(hearing, SoFar("done"), TYPICAL, PATIENCE) is Decision.WAIT
    assert hearing.last_voice_s == pytest.approx(2.0)


def test_a_peek_is_given_up_when_the_voice_goes_on_and_else_serves_as_the_stretch() -> None:
    asked: list[Future[Understood]] = []

    def submit(clip: Clip, start_s: float) -> Future[Understood]:
        asked.append(Future())
        return asked[-1]

    turn, quiet = Turn(0.0, submit), np.zeros(FRAME_SAMPLES, np.int16)

    def silence_of(frames: int) -> None:
        for _ in range(frames):
            at = round(turn.hearing.now_s / FRAME_S)
            turn.hear(Frame(at * FRAME_SAMPLES, quiet, quiet), voiced=False)

    for _ in range(2):
        for at in range(round(turn.hearing.now_s / FRAME_S), 10**6)[:100]:
            turn.hear(Frame(at * FRAME_SAMPLES, quiet, quiet), voiced=True)
        silence_of(16)
        assert decide(turn.hearing, SoFar(), TYPICAL, PATIENCE) is Decision.PEEK
        turn.peek()
        turn.peek()
    first, second = asked
    assert first.cancelled()
    silence_of(60)
    assert decide(turn.hearing, SoFar(), TYPICAL, PATIENCE) is Decision.STRETCH
    turn.hand_over()
    second.set_result(Understood((Word("done.", 1.0, 2.0),), 6.0))
    assert [[word.text for word in words] for words in turn.collect(wait=True)] == [["done."]]
    assert (len(asked), turn.finished, turn.settled) == (2, 6.0, True)


def unheard(clip: Clip, start_s: float) -> Future[Understood]:
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
            said.append(ending.logit(turn))
    return said


def test_smart_turn_is_asked_every_fifth_of_a_second_of_each_silence(tmp_path: Path) -> None:
    with Ending(SmartTurn(write_smart_turn(tmp_path)), realtime=False) as ending:
        said = opinions(ending, (True, 50), (False, 50), (True, 20), (False, 20))
    step = round(ASK_EVERY_S * 50)
    assert said[: 50 + step - 1] == [None] * (50 + step - 1)
    silence = said[50:100]
    changes = [at + 1 for at in range(1, 50) if silence[at] != silence[at - 1]]
    assert changes == pytest.approx([step * n for n in range(1, 5)], abs=1)
    # Voice counts once it is confirmed, after three frames.
    assert said[102:129] == [None] * 27
    assert said[-1] is not None
    with Ending(None, realtime=True) as ending:
        assert set(opinions(ending, (True, 20), (False, 100))) == {None}


def test_who_pauses_long_is_waited_for_longer_and_what_was_learnt_fades() -> None:
    slow, less_slow = learned([1.5] * 20), learned([1.5] * 20 + [0.25] * 60)
    assert slow.wait_s(3.0) > Pauses().wait_s(3.0)
    assert less_slow.wait_s(3.0) < slow.wait_s(3.0)


def test_a_gap_between_words_is_no_pause() -> None:
    assert Pauses().after(0.1) == Pauses()
    assert Pauses().after(float("nan")) == Pauses()


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("Could you repeat that?", Control.REPEAT),
        ("Sorry, um, can you repeat the question please?", Control.REPEAT),
        ("say that again please", Control.REPEAT),
        ("Let me think.", Control.THINK),
        ("That’s a good question, let me think about that for a moment.", Control.THINK),
        ("and so it went. That's my answer.", Control.DONE),
        ("Let's skip this one.", Control.SKIP),
        ("let's stop here", Control.FINISH),
    ],
)
def test_requests(text: str, control: Control) -> None:
    assert spoken_control(text) is control


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I would say that it scaled",
        "They say it again and again in the paper, and so we measured it ourselves for a month",
        "we skip that step when the cache is warm, which is nearly always the case",
        "let me think about who to name and then I answered that the batch size was wrong",
    ],
)
def test_answers_are_no_requests(text: str) -> None:
    assert spoken_control(text) is None
