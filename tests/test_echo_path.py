"""The echo path found again from known impulse responses, delays, levels and noises."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.need import shared
from voice.audio import SAMPLE_RATE_HZ, Samples, level_dbfs, read_audio
from voice.echo_path import (
    EARLIEST_S,
    FADE_S,
    LATEST_S,
    SWEEP_DBFS,
    echo_fall_db,
    measure_path,
    noise_dbfs,
    sweep,
)

Floats = npt.NDArray[np.float64]


def noise(level_dbfs: float, count: int, seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    return rng.normal(0, 32768 * 10 ** (level_dbfs / 20), count)


def tracks(response: Floats, delay_s: float, noise_at: float, seed: int) -> tuple[Samples, Samples]:
    """Return the loudspeaker's track with a sweep in it, and what a microphone makes of it."""
    played = np.pad(sweep().samples, (16_000, 20_000))
    wet = np.convolve(played.astype(float), response)
    recorded = np.roll(wet, round(delay_s * SAMPLE_RATE_HZ))[: len(played)]
    recorded = recorded + noise(noise_at, len(played), seed)
    return played, np.round(recorded).clip(-32768, 32767).astype(np.int16)


def reverberating(decay_s: float) -> Floats:
    """Return a room's response of unit energy that falls 60 dB in `decay_s`."""
    time_s = np.arange(9600) / SAMPLE_RATE_HZ
    tail = np.random.default_rng(2).normal(0, 1, len(time_s)) * 10 ** (-3 * time_s / decay_s)
    tail[0] = 5.0
    return tail / np.sqrt(np.sum(tail**2))


def test_the_sweep_is_as_loud_as_said_and_begins_and_ends_softly() -> None:
    samples = sweep().samples
    assert level_dbfs(samples) == pytest.approx(SWEEP_DBFS, abs=0.5)
    edge = round(FADE_S / 5 * SAMPLE_RATE_HZ)
    assert np.abs(samples[:edge]).max() < 500 > np.abs(samples[-edge:]).max()


@settings(max_examples=25)
@given(
    st.floats(EARLIEST_S + 0.01, LATEST_S - 0.2),
    st.floats(-45, 0),
    st.floats(-90, -55),
    st.integers(0, 999),
)
def test_delay_and_level_of_a_direct_path(
    delay_s: float, gain_db: float, noise_at: float, seed: int
) -> None:
    response = np.array([10 ** (gain_db / 20)])
    path = measure_path(*tracks(response, delay_s, noise_at, seed))
    assert path is not None
    assert path.delay_s == pytest.approx(delay_s, abs=0.001)
    assert path.gain_db == pytest.approx(gain_db, abs=1.5)
    assert path.noise_dbfs == pytest.approx(max(noise_at, -90), abs=2.0)


@pytest.mark.parametrize("decay_s", [0.2, 0.4, 0.6])
def test_the_decay_of_a_room(decay_s: float) -> None:
    path = measure_path(*tracks(0.1 * reverberating(decay_s), 0.1, -80, 1))
    assert path is not None
    assert path.decay_s == pytest.approx(decay_s, rel=0.25)
    assert path.gain_db == pytest.approx(-20, abs=1.5)


def test_a_decay_that_noise_hides_is_not_made_up() -> None:
    path = measure_path(*tracks(0.02 * reverberating(0.4), 0.1, -55, 1))
    assert path is not None
    assert path.decay_s is None


@settings(max_examples=25)
@given(st.floats(-90, -20), st.integers(0, 9999))
def test_noise_alone_is_no_echo(noise_at: float, seed: int) -> None:
    assert measure_path(*tracks(np.zeros(1), 0.0, noise_at, seed)) is None


def test_speech_alone_is_no_echo() -> None:
    said = read_audio(shared("speech/read/jfk.wav")).samples
    played = np.pad(sweep().samples, (16_000, 20_000))
    for start in range(0, len(said) - len(played), 16_000):
        assert measure_path(played, said[start : start + len(played)]) is None


def test_a_loudspeaker_that_distorts_is_still_measured() -> None:
    played, recorded = tracks(0.3 * reverberating(0.3), 0.08, -70, 3)
    bent = (np.tanh(recorded / 600) * 600).astype(np.int16)
    path = measure_path(played, bent)
    assert path is not None
    assert path.delay_s == pytest.approx(0.08, abs=0.005)


def test_a_silent_track_gives_nothing() -> None:
    zeros = np.zeros(52_000, np.int16)
    played, recorded = tracks(np.ones(1), 0.0, -70, 0)
    assert measure_path(zeros, recorded) is None
    assert measure_path(played, zeros) is None
    assert measure_path(played[16_000:], recorded[16_000:]) is None
    assert echo_fall_db(recorded, zeros, recorded) is None


def test_how_far_an_echo_falls_counts_only_while_it_sounds() -> None:
    speaker = np.zeros(32_000, np.int16)
    speaker[8000:16_000] = 1000
    mic = noise(-30, 32_000, 5).astype(np.int16)
    cleaned = mic.copy()
    cleaned[8000:16_000] = cleaned[8000:16_000] // 10
    assert echo_fall_db(mic, speaker, cleaned) == pytest.approx(20, abs=0.3)


def test_the_noise_is_that_of_the_pauses() -> None:
    room = noise(-60, 32_000, 6)
    room[:16_000] += noise(-20, 16_000, 7)
    assert noise_dbfs(room.astype(np.int16)) == pytest.approx(-60.5, abs=1.0)
    assert noise_dbfs(np.zeros(10, np.int16)) == -96.0
