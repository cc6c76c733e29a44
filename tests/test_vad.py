"""Voice detection: live frames and the spans of a recording."""

from __future__ import annotations

import itertools
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.need import need_program, shared
from tests.scripted import spoken
from voice.audio import FRAME_SAMPLES, SAMPLE_RATE_HZ, Clip, join, read_audio, silence
from voice.spans import voice_spans
from voice.vad import VoiceDetector


def noise(duration_s: float, level_dbfs: float, seed: int = 1) -> Clip:
    rng = np.random.default_rng(seed)
    amplitude = 32768 * 10 ** (level_dbfs / 20)
    return Clip(rng.normal(0, amplitude, round(duration_s * SAMPLE_RATE_HZ)).astype(np.int16))


def live_share(clip: Clip) -> float:
    detector = VoiceDetector()
    frames = [
        clip.samples[at : at + FRAME_SAMPLES]
        for at in range(0, len(clip.samples) - FRAME_SAMPLES + 1, FRAME_SAMPLES)
    ]
    return sum(detector.is_voice(frame) for frame in frames) / len(frames)


def test_planted_silences_are_found_within_60_ms(tmp_path: Path) -> None:
    flite = need_program("flite")
    parts: list[Clip] = []
    truth: list[tuple[float, float]] = []
    at_s = 0.0
    texts = ("We moved the platform because the", "old one was slow", "so we measured it again")
    for text, gap_s in zip(texts, (2.0, 0.3, 0.7), strict=True):
        path = tmp_path / "part.wav"
        subprocess.run([flite, "-voice", "rms", "-t", text, "-o", str(path)], check=True)
        loud = np.flatnonzero(np.abs(read_audio(path).samples) > 150)
        clip = Clip(read_audio(path).samples[loud[0] : loud[-1]])
        parts += [clip, silence(gap_s)]
        at_s += clip.duration_s
        truth.append((at_s, at_s + gap_s))
        at_s += gap_s
    whole = join(parts)
    spans = voice_spans(Clip(whole.samples + noise(whole.duration_s, -65).samples))
    pauses = [
        (a.end_s, b.start_s) for a, b in itertools.pairwise(spans) if b.start_s - a.end_s >= 0.25
    ]
    assert pauses == [
        (pytest.approx(start, abs=0.06), pytest.approx(end, abs=0.06)) for start, end in truth[:-1]
    ]


def test_the_same_voice_is_found_live() -> None:
    assert live_share(spoken(2.0, 1.0, 2.0)) == pytest.approx(0.8, abs=0.08)


@pytest.mark.parametrize("level_dbfs", [-60, -45, -30])
def test_steady_noise_is_no_voice(level_dbfs: float) -> None:
    clip = noise(20.0, level_dbfs)
    assert live_share(clip) < 0.02
    assert sum(s.end_s - s.start_s for s in voice_spans(clip)) < 0.4


@pytest.mark.parametrize("clip", [silence(0.0), silence(0.005), silence(3.0)])
def test_silence_holds_no_voice(clip: Clip) -> None:
    assert voice_spans(clip) == ()


@given(st.integers(0, 9000))
def test_spans_of_a_stretch_of_any_length_lie_inside_it(count: int) -> None:
    clip = Clip(spoken(0.6).samples[:count])
    for span in voice_spans(clip):
        assert 0 <= span.start_s < span.end_s <= clip.duration_s + 0.01


def test_real_speech_is_found() -> None:
    clip = read_audio(shared("speech/read/jfk.wav"))
    found_s = sum(span.end_s - span.start_s for span in voice_spans(clip))
    assert 5.5 < found_s < 10.0
