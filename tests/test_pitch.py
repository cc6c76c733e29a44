"""The pitch track on tones, glides, noise and voices; variation and phrase ends."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from agent.analysis import Span
from agent.measures.pitch import (
    HIGHEST_HZ,
    HOP_S,
    LOWEST_HZ,
    phrase_end_drop_db,
    pitch_track,
    pitch_variation_semitones,
)
from tests.need import shared
from voice.audio import SAMPLE_RATE_HZ, Clip, join, read_audio, silence

WHOLE = [Span(start_s=0, end_s=1000)]


def tone(hz: npt.NDArray[np.float64], harmonics: int = 10, noise: float = 0.0) -> Clip:
    """Return a buzz whose harmonics fall off by 1/k, with white noise of a share of its level."""
    phase = 2 * np.pi * np.cumsum(hz) / SAMPLE_RATE_HZ
    sound = np.sum([np.sin(k * phase) / k for k in range(1, harmonics + 1)], axis=0)
    sound += noise * np.random.default_rng(0).normal(size=len(hz))
    return Clip((sound / np.abs(sound).max() * 9000).astype(np.int16))


def steady(hz: float, duration_s: float = 1.0) -> npt.NDArray[np.float64]:
    return np.full(round(duration_s * SAMPLE_RATE_HZ), hz)


@pytest.mark.parametrize("hz", [66, 70, 100, 123.4, 180, 233, 300, 350, 398])
@pytest.mark.parametrize("harmonics", [1, 3, 30])
def test_a_tone_has_its_pitch(hz: float, harmonics: int) -> None:
    pitch = pitch_track(tone(steady(hz), harmonics))
    inner = slice(5, -5)
    assert pitch.voiced[inner].all()
    assert np.abs(pitch.hz[inner] / hz - 1).max() < 0.01
    assert pitch.strength[inner].min() > 0.9


@pytest.mark.parametrize("hz", [80, 160, 320])
def test_a_noisy_tone_has_its_pitch(hz: float) -> None:
    pitch = pitch_track(tone(steady(hz), noise=0.3))
    assert np.abs(pitch.hz[5:-5] / hz - 1).max() < 0.02


def test_a_glide_is_followed() -> None:
    time_s = np.arange(2 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    hz = 90 * 2 ** (1.5 * time_s / 2)
    pitch = pitch_track(tone(hz))
    true = np.interp(pitch.times_s, time_s, hz)
    assert np.abs(pitch.hz / true - 1)[5:-5].max() < 0.01


def test_a_weak_fundamental_is_no_octave_jump() -> None:
    time_s = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    sound = sum(a * np.sin(2 * np.pi * 110 * k * time_s) for k, a in ((1, 0.05), (2, 1), (3, 0.3)))
    pitch = pitch_track(Clip((np.asarray(sound) * 6000).astype(np.int16)))
    assert np.abs(pitch.hz[5:-5] / 110 - 1).max() < 0.01


def test_noise_and_silence_have_no_pitch() -> None:
    hiss = np.random.default_rng(1).normal(scale=2000, size=2 * SAMPLE_RATE_HZ)
    assert pitch_track(Clip(hiss.astype(np.int16))).voiced.mean() < 0.02
    assert not pitch_track(silence(2.0)).voiced.any()
    assert len(pitch_track(silence(0.0)).hz) == 0


def test_frames_lie_on_the_clock_of_the_clip() -> None:
    pitch = pitch_track(join([silence(1.0), tone(steady(150)), silence(1.0)]))
    assert len(pitch.hz) == round(3 / HOP_S)
    assert pitch.times_s[0] == pytest.approx(HOP_S / 2)
    voiced = pitch.times_s[pitch.voiced]
    assert voiced[0] == pytest.approx(1.0, abs=0.03)
    assert voiced[-1] == pytest.approx(2.0, abs=0.03)


def test_another_rate_gives_the_same_pitch() -> None:
    time_s = np.arange(48_000) / 48_000
    sound = 8000 * np.sin(2 * np.pi * 200 * time_s)
    pitch = pitch_track(Clip(sound.astype(np.int16), 48_000))
    assert np.median(pitch.hz) == pytest.approx(200, rel=0.01)


def test_variation_is_the_spread_in_semitones() -> None:
    time_s = np.arange(4 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    semitones = 3 * np.sqrt(2) * np.sin(2 * np.pi * time_s)
    lively = pitch_track(tone(150 * 2 ** (semitones / 12)))
    assert pitch_variation_semitones(lively, WHOLE) == pytest.approx(3, abs=0.1)
    assert pitch_variation_semitones(pitch_track(tone(steady(150, 2))), WHOLE) == pytest.approx(
        0, abs=0.05
    )


def test_variation_needs_voice_inside_the_spans() -> None:
    pitch = pitch_track(join([tone(steady(150, 2.0)), silence(2.0)]))
    assert pitch_variation_semitones(pitch, [Span(start_s=0, end_s=0.5)]) is None
    assert pitch_variation_semitones(pitch, [Span(start_s=2.2, end_s=4)]) is None
    assert pitch_variation_semitones(pitch, []) is None


def test_a_voice_that_trails_off_drops_at_the_end_of_the_phrase() -> None:
    even = tone(steady(150, 2.0))
    fade = np.interp(np.arange(2 * SAMPLE_RATE_HZ), [0, 27_200, 27_201, 32_000], [1, 1, 0.25, 0.25])
    trailing = Clip((even.samples * fade).astype(np.int16))
    span = [Span(start_s=0, end_s=2)]
    assert phrase_end_drop_db(even, span) == pytest.approx(0, abs=0.2)
    assert phrase_end_drop_db(trailing, span) == pytest.approx(12, abs=0.5)
    assert phrase_end_drop_db(even, [Span(start_s=0, end_s=0.9)]) is None


@pytest.mark.parametrize(("name", "low", "high"), [("librivox-0870", 85, 130), ("jfk", 150, 260)])
def test_a_voice_has_a_plausible_pitch(name: str, low: float, high: float) -> None:
    pitch = pitch_track(read_audio(shared(f"speech/read/{name}.wav")))
    assert 0.4 < pitch.voiced.mean() < 0.9
    assert low < np.median(pitch.hz[pitch.voiced]) < high
    together = pitch.voiced[1:] & pitch.voiced[:-1]
    jumps = np.abs(np.diff(np.log2(np.maximum(pitch.hz, 1))))[together]
    assert (jumps > 0.8).mean() < 0.005


@settings(max_examples=25)
@given(arrays.arrays(np.int16, st.integers(0, 9000)))
def test_any_sound_gives_a_track_in_range(samples: npt.NDArray[np.int16]) -> None:
    pitch = pitch_track(Clip(samples))
    assert pitch.times_s.shape == pitch.hz.shape == pitch.strength.shape
    voiced = pitch.hz[pitch.voiced]
    assert ((voiced > LOWEST_HZ * 0.97) & (voiced < HIGHEST_HZ * 1.03)).all()
    assert ((pitch.strength >= 0) & (pitch.strength <= 1)).all()
