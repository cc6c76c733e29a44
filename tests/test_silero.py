"""Silero's model: found without its carrier, the same in pieces, deaf to silence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.need import need
from tests.scripted import voice_like
from voice.highpass import HighPass
from voice.silero import CHUNK_SAMPLES, Raise, Silero, model_path

VOICE = voice_like(1.6).samples[: 50 * CHUNK_SAMPLES].astype(np.float32) / 32768
CHUNKS = VOICE.reshape(-1, CHUNK_SAMPLES)


def path() -> Path:
    found = model_path()
    need(found is not None, "this faster-whisper carries no Silero v6")
    assert found is not None
    return found


def test_looking_for_the_file_imports_no_whisper() -> None:
    code = "import sys, voice.silero as s; s.model_path(); print('faster_whisper' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "False"


def test_a_voice_is_likely_and_silence_is_not() -> None:
    silero = Silero(path())
    assert np.mean(silero.probabilities(CHUNKS) > 0.5) > 0.8
    assert np.all(silero.probabilities(np.zeros((40, CHUNK_SAMPLES), np.float32))[10:] < 0.1)


@settings(max_examples=10)
@given(st.integers(1, 49))
def test_a_stream_in_pieces_is_the_same_stream(cut: int) -> None:
    whole, pieces = Silero(path()).probabilities(Raise()(CHUNKS)), Silero(path())
    raised = Raise()
    parts = [pieces.probabilities(raised(part)) for part in (CHUNKS[:cut], CHUNKS[cut:])]
    assert np.concatenate(parts) == pytest.approx(whole, abs=1e-4)


def test_quiet_sound_is_raised_and_loud_sound_is_not() -> None:
    assert Raise()(CHUNKS * 3) == pytest.approx(CHUNKS * 3, rel=1e-4)
    gained = Raise()(CHUNKS / 300)
    assert 5 < np.std(gained[25:]) / np.std(CHUNKS[25:] / 300) < 8
    assert not Raise()(np.zeros((3, CHUNK_SAMPLES), np.float32)).any()


@settings(max_examples=20)
@given(st.lists(st.integers(1, 900), min_size=1, max_size=9))
def test_the_high_pass_takes_any_pieces(lengths: list[int]) -> None:
    samples = voice_like(0.6).samples[: sum(lengths)]
    whole, stream = HighPass()(samples), HighPass()
    cuts = np.cumsum(lengths)[:-1]
    parts = [stream(part) for part in np.split(samples, cuts[cuts < len(samples)])]
    assert np.concatenate(parts) == pytest.approx(whole, abs=1e-5)


@pytest.mark.parametrize(
    ("hz", "least_db", "most_db"), [(30, -99, -18), (50, -99, -11), (300, -0.5, 0.5)]
)
def test_hum_goes_and_voice_stays(hz: float, least_db: float, most_db: float) -> None:
    tone = (10_000 * np.sin(2 * np.pi * hz * np.arange(16_000) / 16_000)).astype(np.int16)
    left = np.std(HighPass()(tone)[2000:]) * 32768 / np.std(tone)
    assert least_db < 20 * np.log10(left) < most_db
