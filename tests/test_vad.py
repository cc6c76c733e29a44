"""Voice detection, live: what starts a voice, what holds it open, and how late."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.bench.vad_sounds import at_dbfs, made_noises
from tests.need import shared
from tests.scripted import noise, spoken, voice_like
from voice import vad as module
from voice.audio import FRAME_S, FRAME_SAMPLES, Clip, join, read_audio, silence
from voice.errors import ModelError
from voice.vad import VoiceDetector

MADE = made_noises(8.0)


def calls(clip: Clip, detector: VoiceDetector | None = None) -> list[bool]:
    detector = detector or VoiceDetector()
    whole = clip.samples[: len(clip.samples) // FRAME_SAMPLES * FRAME_SAMPLES]
    return [detector.is_voice(frame) for frame in whole.reshape(-1, FRAME_SAMPLES)]


def share(clip: Clip) -> float:
    return float(np.mean(calls(clip)))


def quieter(clip: Clip, by_db: float) -> Clip:
    return Clip((clip.samples * 10 ** (-by_db / 20)).astype(np.int16))


@pytest.mark.parametrize("name", sorted(MADE))
@pytest.mark.parametrize("level_dbfs", [-30, -50])
def test_what_is_no_voice_does_not_start_one(name: str, level_dbfs: float) -> None:
    assert share(Clip(at_dbfs(MADE[name], level_dbfs))) <= 0.02


@pytest.mark.parametrize("name", sorted(MADE))
def test_what_is_no_voice_does_not_hold_one_open(name: str) -> None:
    clip = Clip(at_dbfs(MADE[name][:48000], -30))
    called = calls(join([voice_like(1.5), clip]))
    assert sum(called[:75]) > 60
    assert not any(called[75 + 25 :]), "0.5 s after the voice"


@pytest.mark.parametrize("name", ["laptop-tap", "noise1", "noise2", "noise3", "phone-rub"])
def test_recorded_noise_is_no_voice(name: str) -> None:
    called = calls(join([noise(1.0, -60), read_audio(shared(f"speech/noise/{name}.wav"))]))
    assert np.mean(called[50:]) <= 0.02


@pytest.mark.parametrize("level_dbfs", [-60, -45, -30])
def test_steady_noise_is_no_voice(level_dbfs: float) -> None:
    assert share(noise(20.0, level_dbfs)) < 0.02


@pytest.mark.parametrize("by_db", [0, 15, 30])
def test_a_voice_is_found_loud_and_quiet(by_db: float) -> None:
    assert share(quieter(spoken(2.0, 1.0, 2.0), by_db)) == pytest.approx(0.8, abs=0.08)


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


def test_without_the_model_webrtcvad_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    assert VoiceDetector().name == "silero-v6 + webrtcvad"
    monkeypatch.setattr(module, "model_path", lambda: None)
    detector = VoiceDetector()
    assert detector.name == "webrtcvad"
    assert np.mean(calls(spoken(2.0, 1.0, 2.0), detector)) == pytest.approx(0.8, abs=0.08)
    assert not any(calls(silence(1.0), VoiceDetector()))


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


@settings(max_examples=20)
@given(st.integers(1, 200))
def test_silence_is_never_voice(frames: int) -> None:
    assert not any(calls(silence(frames * FRAME_S)))
