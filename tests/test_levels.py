"""What the first seconds of a microphone's level make the session say."""

from collections.abc import Iterable

import numpy as np
import pytest

from voice.audio.clip import FRAME_S, FRAME_SAMPLES, Samples
from voice.audio.levels import (
    GATED_S,
    MUTED,
    MUTED_S,
    ONLY_ZEROS,
    OVERDRIVEN,
    TOO_LOW,
    TOO_NOISY,
    LevelWatch,
)

Heard = Iterable[tuple[Samples, bool | None]]


def noise(level_dbfs: float, seconds: float, seed: int = 1) -> list[Samples]:
    loud = np.random.default_rng(seed).normal(0, 10 ** (level_dbfs / 20), round(seconds * 16_000))
    return list((loud.clip(-1, 1) * 32_767).astype(np.int16).reshape(-1, FRAME_SAMPLES))


def constant(value: int, seconds: float) -> list[Samples]:
    return [np.full(FRAME_SAMPLES, value, np.int16)] * round(seconds / FRAME_S)


def spoken(level: float, room: float = -70.0, seconds: float = 8.0) -> list[tuple[Samples, bool]]:
    """Return a second of room, then voice and room in turns of half a second."""
    voice, quiet = noise(level, seconds), noise(room, seconds, 2)
    heard = [(frame, False) for frame in quiet[:50]]
    for at in range(0, len(voice), 25):
        heard += [(frame, True) for frame in voice[at : at + 25]]
        heard += [(frame, False) for frame in quiet[at : at + 25]]
    return heard


def told(heard: Heard, watch: LevelWatch | None = None) -> tuple[LevelWatch, list[tuple[str, int]]]:
    """Return the watch at the end, and each advice with the frame that made it due."""
    watch = watch or LevelWatch()
    advice: list[tuple[str, int]] = []
    for number, (samples, voiced) in enumerate(heard):
        watch = watch.after(samples, voiced)
        if watch.advice:
            advice.append((watch.advice, number))
    return watch, advice


@pytest.mark.parametrize("value", [0, -1, 12_000])
@pytest.mark.parametrize("before", [True, False])
def test_one_constant_value_is_a_mute_button_while_somebody_listens(
    value: int, before: bool
) -> None:
    watch, _ = told((frame, False) for frame in noise(-50, 1.0) * before)
    # The interviewer speaks: many mute while they listen.
    watch, advice = told(((frame, None) for frame in constant(value, 60.0)), watch)
    watch, more = told(((frame, False) for frame in constant(value, MUTED_S - 0.02)), watch)
    assert (watch.muted, [*advice, *more]) == ("", [])
    watch, _ = told([(constant(value, 0.02)[0], False)], watch)
    assert watch.muted == (MUTED if before else ONLY_ZEROS)
    assert not told([(noise(-50, 0.02)[0], False)], watch)[0].muted


def test_a_noise_gate_is_no_mute_button() -> None:
    pause = [*noise(-30, 1.0), *constant(0, MUTED_S - 0.5)]
    watch = LevelWatch()
    for frame in [*pause * 4, *constant(0, GATED_S - MUTED_S)]:
        watch = watch.after(frame, bool(frame.any()))
        assert not watch.muted


def test_a_voice_too_low_to_count_as_one_is_told_too() -> None:
    heard = [(frame, False) for frame, _ in spoken(-66.0, -85.0)]
    assert [text for text, _ in told(heard)[1]] == [TOO_LOW]
    assert not told([(frame, False) for frame in noise(-70.0, 20.0)])[1]


@pytest.mark.parametrize(
    ("level", "room", "text"),
    [(-4.0, -70.0, OVERDRIVEN), (-63.0, -85.0, TOO_LOW), (-30.0, -32.0, TOO_NOISY)],
)
def test_a_bad_level_is_told_once(level: float, room: float, text: str) -> None:
    _, advice = told(spoken(level, room))
    assert [each for each, _ in advice] == [text]


def test_it_is_watched_for_a_while_only_and_again_after_a_return() -> None:
    watch, advice = told(spoken(-25.0))
    assert not advice
    assert not told(spoken(-60.0), watch)[1]
    assert [text for text, _ in told(spoken(-60.0))[1]] == [TOO_LOW]
