"""The gate before the recognizers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.need import ROOT, shared
from tests.noises import KINDS
from voice.audio import Clip, join, read_audio, silence
from voice.hearing import voicing


@pytest.fixture(scope="module")
def spoken() -> Clip:
    return read_audio(ROOT / "recordings" / "demo" / "algorithms-repeat.flac")


def test_speech_passes(spoken: Clip) -> None:
    assert voicing(spoken) is not None
    assert voicing(join([silence(4.0), spoken, silence(4.0)])) is not None


@pytest.mark.parametrize("gain_db", [-35, -20, 6])
def test_quiet_and_loud_speech_pass(spoken: Clip, gain_db: int) -> None:
    louder = np.clip(spoken.samples * 10 ** (gain_db / 20), -32768, 32767)
    assert voicing(Clip(louder.astype(np.int16))) is not None


def test_speech_over_rumble_passes(spoken: Clip) -> None:
    time_s = np.arange(len(spoken.samples)) / spoken.rate_hz
    rumble = 8000 * np.sin(2 * np.pi * 20 * time_s)
    assert voicing(Clip((spoken.samples * 0.2 + rumble).astype(np.int16))) is not None


def test_a_microphone_of_zeros_does_not() -> None:
    assert voicing(silence(2.0)) is None
    assert voicing(silence(0.0)) is None


@given(st.integers(0, 3000), st.integers(0, 20_000), st.integers(0, 2**32 - 1))
def test_white_noise_does_not(level: int, offset: int, seed: int) -> None:
    noise = np.random.default_rng(seed).normal(offset, level, 16_000)
    assert voicing(Clip(np.clip(noise, -32768, 32767).astype(np.int16))) is None


@given(st.integers(30, 400), st.integers(1, 20_000))
def test_a_steady_tone_does_not(pitch_hz: int, level: int) -> None:
    time_s = np.arange(16_000) / 16_000
    assert voicing(Clip((level * np.sin(2 * np.pi * pitch_hz * time_s)).astype(np.int16))) is None


@pytest.mark.parametrize("name", ["noise1", "noise3", "laptop-tap", "phone-rub"])
def test_recorded_noise_does_not(name: str) -> None:
    assert voicing(read_audio(shared(f"speech/noise/{name}.wav"))) is None


@pytest.mark.parametrize("name", ["breathy", "creaky", "laughter", "uh", "um", "er"])
def test_unusual_voices_pass(name: str) -> None:
    assert voicing(read_audio(shared(f"speech/short/{name}.wav"))) is not None


def test_every_reading_and_talk_passes() -> None:
    root = shared("speech")
    for track in [*root.glob("read/*.wav"), *root.glob("spontaneous/*.wav")]:
        assert voicing(read_audio(track)) is not None, track.name


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_music_coughs_and_knocks_do_not(kind: Callable[[int], Clip], seed: int) -> None:
    assert voicing(kind(seed)) is None


def test_where_speech_is_and_how_much_comes_after(spoken: Clip) -> None:
    heard = voicing(join([silence(3.0), spoken, silence(3.0)]))
    assert heard is not None
    end_s = 3.0 + spoken.duration_s
    assert heard.holds(3.0, end_s)
    assert not heard.holds(0.0, 2.5)
    assert not heard.holds(end_s + 0.5, end_s + 2.0)
    assert 0.3 * spoken.duration_s < heard.sure_s(2.9) <= spoken.duration_s + 0.1
    assert heard.sure_s(end_s) <= 0.1


def test_a_recorded_hum_does_not() -> None:
    assert voicing(read_audio(shared("speech/noise/noise2.wav"))) is None
