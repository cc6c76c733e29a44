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
from voice.hearing import holds_speech, speech_s


@pytest.fixture(scope="module")
def spoken() -> Clip:
    return read_audio(ROOT / "recordings" / "demo" / "algorithms-repeat.flac")


def test_speech_passes(spoken: Clip) -> None:
    assert holds_speech(spoken)
    assert holds_speech(join([silence(4.0), spoken, silence(4.0)]))


@pytest.mark.parametrize("gain_db", [-35, -20, 6])
def test_quiet_and_loud_speech_pass(spoken: Clip, gain_db: int) -> None:
    louder = np.clip(spoken.samples * 10 ** (gain_db / 20), -32768, 32767)
    assert holds_speech(Clip(louder.astype(np.int16)))


def test_speech_over_rumble_passes(spoken: Clip) -> None:
    time_s = np.arange(len(spoken.samples)) / spoken.rate_hz
    rumble = 8000 * np.sin(2 * np.pi * 20 * time_s)
    assert holds_speech(Clip((spoken.samples * 0.2 + rumble).astype(np.int16)))


def test_a_microphone_of_zeros_does_not() -> None:
    assert not holds_speech(silence(2.0))
    assert not holds_speech(silence(0.0))


@given(st.integers(0, 3000), st.integers(0, 20_000), st.integers(0, 2**32 - 1))
def test_white_noise_does_not(level: int, offset: int, seed: int) -> None:
    noise = np.random.default_rng(seed).normal(offset, level, 16_000)
    assert not holds_speech(Clip(np.clip(noise, -32768, 32767).astype(np.int16)))


@given(st.integers(30, 400), st.integers(1, 20_000))
def test_a_steady_tone_does_not(pitch_hz: int, level: int) -> None:
    time_s = np.arange(16_000) / 16_000
    assert not holds_speech(Clip((level * np.sin(2 * np.pi * pitch_hz * time_s)).astype(np.int16)))


@pytest.mark.parametrize("name", ["noise1", "noise3", "laptop-tap", "phone-rub"])
def test_recorded_noise_does_not(name: str) -> None:
    assert not holds_speech(read_audio(shared(f"speech/noise/{name}.wav")))


@pytest.mark.parametrize("name", ["breathy", "creaky", "laughter", "uh", "um", "er"])
def test_unusual_voices_pass(name: str) -> None:
    assert holds_speech(read_audio(shared(f"speech/short/{name}.wav")))


def test_every_reading_and_talk_passes() -> None:
    root = shared("speech")
    for track in [*root.glob("read/*.wav"), *root.glob("spontaneous/*.wav")]:
        assert holds_speech(read_audio(track)), track.name


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_music_coughs_and_knocks_do_not(kind: Callable[[int], Clip], seed: int) -> None:
    assert not holds_speech(kind(seed))


def test_the_room_for_words_reaches_from_the_first_sign_of_speech_to_the_last(spoken: Clip) -> None:
    alone_s = speech_s(spoken)
    assert 0.5 * spoken.duration_s < alone_s <= spoken.duration_s + 0.04
    assert speech_s(join([silence(3.0), spoken, silence(3.0)])) == pytest.approx(alone_s, abs=0.3)
    apart = join([spoken, silence(2.0), spoken])
    assert speech_s(apart) == pytest.approx(alone_s + 2.0 + spoken.duration_s, abs=0.3)


def test_a_recorded_hum_does_not() -> None:
    assert not holds_speech(read_audio(shared("speech/noise/noise2.wav")))
