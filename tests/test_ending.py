"""Smart Turn is asked again and again during a silence, and its opinion ends with it."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest

from tests.tiny_smart_turn import write_smart_turn
from voice.audio import FRAME_SAMPLES, Clip
from voice.port import Frame
from voice.smart_turn import SmartTurn
from voice.transcript import Word
from voice.turn import ASK_EVERY_S, Ending, Turn


def unheard(clip: Clip, start_s: float) -> Future[tuple[Word, ...]]:
    raise AssertionError(f"nothing is to be recognized at {start_s}: {clip.duration_s}")


def opinions(ending: Ending, *parts: tuple[bool, int]) -> list[float | None]:
    """Return the opinion after each frame of (voice, frames)."""
    turn = Turn(0.0, unheard)
    rng = np.random.default_rng(1)
    said: list[float | None] = []
    sample = 0
    for voiced, frames in parts:
        for _ in range(frames):
            mic = rng.normal(0, 3000 if voiced else 10, FRAME_SAMPLES).astype(np.int16)
            turn.hear(Frame(sample, mic, np.zeros(FRAME_SAMPLES, np.int16)), voiced)
            sample += FRAME_SAMPLES
            said.append(ending.probability(turn))
    return said


@pytest.fixture
def model(tmp_path: Path) -> SmartTurn:
    return SmartTurn(write_smart_turn(tmp_path))


def test_it_is_asked_every_fifth_of_a_second_of_a_silence(model: SmartTurn) -> None:
    step = round(ASK_EVERY_S * 50)
    with Ending(model, realtime=False) as ending:
        said = opinions(ending, (True, 50), (False, 50))
    silence = said[50:]
    assert said[: 50 + step - 1] == [None] * (50 + step - 1)
    changes = [at + 1 for at in range(1, 50) if silence[at] != silence[at - 1]]
    assert changes == pytest.approx([step * n for n in range(1, 6)], abs=1)


def test_voice_ends_the_opinion_and_the_next_silence_is_asked_about_anew(model: SmartTurn) -> None:
    with Ending(model, realtime=False) as ending:
        said = opinions(ending, (True, 50), (False, 20), (True, 20), (False, 20))
    assert said[69] is not None
    # Voice counts once it is confirmed, after three frames.
    assert said[72:99] == [None] * 27
    assert said[-1] is not None


def test_before_the_first_voice_and_without_a_model_there_is_no_opinion(model: SmartTurn) -> None:
    with Ending(model, realtime=False) as ending:
        assert set(opinions(ending, (False, 100))) == {None}
    with Ending(None, realtime=True) as ending:
        assert set(opinions(ending, (True, 20), (False, 100))) == {None}
