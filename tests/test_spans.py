"""The spans of voice in a recording."""

from __future__ import annotations

import itertools
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.need import need_program, shared
from tests.scripted import noise, spoken
from voice.audio import SAMPLE_RATE_HZ, Clip, join, read_audio, silence
from voice.spans import voice_spans


@pytest.mark.slow
@pytest.mark.parametrize("noise_dbfs", [-65, -45])
def test_planted_silences_are_found_within_60_ms(tmp_path: Path, noise_dbfs: float) -> None:
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
    spans = voice_spans(Clip(whole.samples + noise(whole.duration_s, noise_dbfs).samples))
    pauses = [
        (a.end_s, b.start_s) for a, b in itertools.pairwise(spans) if b.start_s - a.end_s >= 0.25
    ]
    assert pauses == [
        (pytest.approx(start, abs=0.06), pytest.approx(end, abs=0.06)) for start, end in truth[:-1]
    ]


@pytest.mark.parametrize("level_dbfs", [-60, -45, -30])
def test_steady_noise_is_no_voice(level_dbfs: float) -> None:
    assert sum(s.end_s - s.start_s for s in voice_spans(noise(20.0, level_dbfs))) < 0.4


@settings(max_examples=30)
@given(st.integers(0, 9000))
def test_spans_of_a_stretch_of_any_length_lie_inside_it(count: int) -> None:
    clip = Clip(spoken(0.6).samples[:count])
    for span in voice_spans(clip):
        assert 0 <= span.start_s < span.end_s <= clip.duration_s + 0.01


def test_blocks_leave_no_seam() -> None:
    block_s = 250 * 512 / SAMPLE_RATE_HZ
    spans = voice_spans(join([silence(block_s - 1.0), spoken(2.0), silence(1.0)]))
    assert len(spans) == 1
    assert spans[0].start_s == pytest.approx(block_s - 1.0, abs=0.06)
    assert spans[0].end_s == pytest.approx(block_s + 1.0, abs=0.06)


def test_real_speech_is_found() -> None:
    clip = read_audio(shared("speech/read/jfk.wav"))
    found_s = sum(span.end_s - span.start_s for span in voice_spans(clip))
    assert 5.5 < found_s < 10.0
