"""Voice detection, live: what starts a voice, what holds it open, and how late."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.need import shared
from tests.noises import beeps, chords, drums
from tests.scripted import noise, spoken, voice_like
from voice.audio import FRAME_S, FRAME_SAMPLES, Clip, join, read_audio, silence
from voice.errors import ModelError
from voice.vad import VoiceDetector


def calls(clip: Clip, detector: VoiceDetector | None = None) -> list[bool]:
    detector = detector or VoiceDetector()
    whole = clip.samples[: len(clip.samples) // FRAME_SAMPLES * FRAME_SAMPLES]
    return [detector.is_voice(frame) for frame in whole.reshape(-1, FRAME_SAMPLES)]


@pytest.mark.parametrize("kind", [beeps, chords, drums], ids=lambda kind: kind.__name__)
def test_what_is_no_voice_neither_starts_one_nor_holds_one_open(
    kind: Callable[[int], Clip],
) -> None:
    called = calls(join([kind(2), silence(0.5), voice_like(1.5), kind(1)]))
    began = round((kind(2).duration_s + 0.5) / FRAME_S)
    assert np.mean(called[:began]) <= 0.02
    assert sum(called[began : began + 75]) > 60
    assert not any(called[began + 75 + 25 :]), "0.5 s after the voice"


@pytest.mark.parametrize("level_dbfs", [-60, -30])
def test_steady_noise_is_no_voice(level_dbfs: float) -> None:
    assert np.mean(calls(noise(20.0, level_dbfs))) < 0.02


@pytest.mark.parametrize("name", ["laptop-tap", "noise1", "noise2", "noise3", "phone-rub"])
def test_recorded_noise_is_no_voice(name: str) -> None:
    called = calls(join([noise(1.0, -60), read_audio(shared(f"speech/noise/{name}.wav"))]))
    assert np.mean(called[50:]) <= 0.02


@pytest.mark.parametrize("by_db", [0, 15, 30])
def test_a_voice_is_found_loud_and_quiet(by_db: float) -> None:
    quieter = Clip((spoken(2.0, 1.0, 2.0).samples * 10 ** (-by_db / 20)).astype(np.int16))
    assert np.mean(calls(quieter)) == pytest.approx(0.8, abs=0.08)


def test_start_and_end_are_found_in_time_after_any_silence() -> None:
    parts = (2.0, 0.6, 1.0, 6.0, 2.0, 1.0)
    called = np.array(calls(join([silence(0.5), spoken(*parts)])))
    edges = np.cumsum([0.5, *parts])
    for start_s, end_s in zip(edges[0:-1:2], edges[1::2], strict=True):
        start, end = round(start_s / FRAME_S), round(end_s / FRAME_S)
        assert called[start : start + 15].any(), "0.3 s: the pre-roll of 0.5 s loses no syllable"
        assert called[start + 15 : end].mean() > 0.8
        assert not called[end + 10 : end + 25].any(), "0.2 s after its end"


def test_real_speech_keeps_its_words_in_noise() -> None:
    clip = read_audio(shared("speech/read/librivox-0870.wav"))
    clean = np.array(calls(clip))
    noisy = np.array(calls(Clip(clip.samples + noise(clip.duration_s, -36).samples)))
    assert clean.mean() > 0.8
    assert (clean & noisy).sum() / clean.sum() > 0.95


def test_a_broken_model_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "model.onnx"
    broken.write_bytes(b"no model")
    with pytest.raises(ModelError, match="broken"):
        VoiceDetector(broken)


@settings(max_examples=30)
@given(st.lists(arrays.arrays(np.int16, FRAME_SAMPLES), max_size=8))
def test_any_samples_give_an_answer_and_silence_ends_it(frames: list[np.ndarray]) -> None:
    detector = VoiceDetector()
    for frame in frames:
        assert detector.is_voice(frame) in (True, False)
    assert not any(calls(silence(2.0), detector)[25:])
