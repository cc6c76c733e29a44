"""Silero's model, and the gate before the recognizer that stands on it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.need import ROOT, shared
from tests.noises import KINDS
from tests.scripted import voice_like
from voice.audio import Clip, join, read_audio, silence
from voice.silero import CHUNK_SAMPLES, HighPass, Raise, Silero, voicing

VOICE = voice_like(1.6).samples[: 50 * CHUNK_SAMPLES].astype(np.float32) / 32768
CHUNKS = VOICE.reshape(-1, CHUNK_SAMPLES)


@pytest.fixture(scope="module")
def spoken() -> Clip:
    return read_audio(ROOT / "recordings" / "demo" / "algorithms-repeat.flac")


def test_looking_for_the_file_imports_no_whisper() -> None:
    code = "import sys, voice.silero as s; s.model_path(); print('faster_whisper' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "False"


@settings(max_examples=10)
@given(st.integers(1, 49))
def test_a_stream_in_pieces_is_the_same_stream(cut: int) -> None:
    whole, pieces, raised = Silero().probabilities(Raise()(CHUNKS)), Silero(), Raise()
    parts = [pieces.probabilities(raised(part)) for part in (CHUNKS[:cut], CHUNKS[cut:])]
    assert np.concatenate(parts) == pytest.approx(whole, abs=1e-4)


@settings(max_examples=20)
@given(st.lists(st.integers(1, 900), min_size=1, max_size=9))
def test_the_high_pass_takes_any_pieces(lengths: list[int]) -> None:
    samples = voice_like(0.6).samples[: sum(lengths)]
    whole, stream = HighPass()(samples), HighPass()
    cuts = np.cumsum(lengths)[:-1]
    parts = [stream(part) for part in np.split(samples, cuts[cuts < len(samples)])]
    assert np.concatenate(parts) == pytest.approx(whole, abs=1e-5)


@pytest.mark.parametrize(("hz", "least_db", "most_db"), [(50, -99, -11), (300, -0.5, 0.5)])
def test_hum_goes_and_voice_stays(hz: float, least_db: float, most_db: float) -> None:
    tone = (10_000 * np.sin(2 * np.pi * hz * np.arange(16_000) / 16_000)).astype(np.int16)
    left = np.std(HighPass()(tone)[2000:]) * 32768 / np.std(tone)
    assert least_db < 20 * np.log10(left) < most_db


@pytest.mark.parametrize("gain_db", [-35, 0, 6])
def test_quiet_and_loud_speech_passes_the_gate(spoken: Clip, gain_db: int) -> None:
    louder = np.clip(spoken.samples * 10 ** (gain_db / 20), -32768, 32767).astype(np.int16)
    assert voicing(join([silence(4.0), Clip(louder), silence(4.0)])) is not None


@pytest.mark.parametrize("name", ["breathy", "creaky", "laughter", "uh", "um", "er"])
def test_unusual_voices_pass(name: str) -> None:
    assert voicing(read_audio(shared(f"speech/short/{name}.wav"))) is not None


def test_every_reading_and_talk_passes() -> None:
    root = shared("speech")
    for track in [*root.glob("read/*.wav"), *root.glob("spontaneous/*.wav")]:
        assert voicing(read_audio(track)) is not None, track.name


@given(st.integers(0, 3000), st.integers(0, 20_000), st.integers(0, 2**32 - 1))
def test_zeros_and_white_noise_do_not(level: int, offset: int, seed: int) -> None:
    noise = np.random.default_rng(seed).normal(offset, level, 16_000)
    assert voicing(Clip(np.clip(noise, -32768, 32767).astype(np.int16))) is None
    assert voicing(silence(level / 1000)) is None


@pytest.mark.parametrize("name", ["noise1", "noise2", "noise3", "laptop-tap", "phone-rub"])
def test_recorded_noise_does_not(name: str) -> None:
    assert voicing(read_audio(shared(f"speech/noise/{name}.wav"))) is None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_music_coughs_and_knocks_do_not(kind: Callable[[int], Clip]) -> None:
    assert voicing(kind(1)) is None
    assert voicing(kind(2)) is None


def test_where_speech_is_and_how_much_comes_after(spoken: Clip) -> None:
    heard = voicing(join([silence(3.0), spoken, silence(3.0)]))
    assert heard is not None
    end_s = 3.0 + spoken.duration_s
    assert heard.holds(3.0, end_s)
    assert not heard.holds(0.0, 2.5)
    assert not heard.holds(end_s + 0.5, end_s + 2.0)
    assert 0.3 * spoken.duration_s < heard.sure_s(2.9) <= spoken.duration_s + 0.1
    assert heard.sure_s(end_s) <= 0.1
