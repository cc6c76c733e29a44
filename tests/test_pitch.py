"""The pitch track on tones, noise and voices; variation and phrase ends."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from agent.analysis import Pacing, Span, Voice
from agent.analysis.measures.pitch import (
    HIGHEST_HZ,
    LOWEST_HZ,
    MOST_TRACKED_S,
    pitch_track,
    total_voice,
    voice_of,
)
from tests.need import shared
from voice.audio.clip import SAMPLE_RATE_HZ, Clip, join, silence
from voice.audio.reading import read_audio


def tone(hz: npt.NDArray[np.float64], harmonics: int = 10, noise: float = 0.0) -> Clip:
    """Return a buzz whose harmonics fall off by 1/k, with white noise of a share of its level."""
    phase = 2 * np.pi * np.cumsum(hz) / SAMPLE_RATE_HZ
    sound = np.sum([np.sin(k * phase) / k for k in range(1, harmonics + 1)], axis=0)
    sound += noise * np.random.default_rng(0).normal(size=len(hz))
    return Clip((sound / np.abs(sound).max() * 9000).astype(np.int16))


def steady(hz: float, duration_s: float = 1.0) -> npt.NDArray[np.float64]:
    return np.full(round(duration_s * SAMPLE_RATE_HZ), hz)


def swinging(duration_s: float, semitones: float) -> Clip:
    """Return a tone of 150 Hz that swings with this spread, once a second."""
    time_s = np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    return tone(150 * 2 ** (semitones * np.sqrt(2) * np.sin(2 * np.pi * time_s) / 12))


def span(start_s: float, end_s: float) -> Span:
    return Span(start_s=start_s, end_s=end_s)


@pytest.mark.parametrize("hz", [66, 123.4, 398])
@pytest.mark.parametrize(("harmonics", "noise"), [(1, 0.0), (30, 0.0), (10, 0.3)])
def test_a_tone_has_its_pitch(hz: float, harmonics: int, noise: float) -> None:
    track = pitch_track(tone(steady(hz), harmonics, noise))
    assert np.abs(track[5:-5] / hz - 1).max() < 0.02


def test_noise_and_silence_have_no_pitch() -> None:
    hiss = np.random.default_rng(1).normal(scale=2000, size=2 * SAMPLE_RATE_HZ)
    assert (pitch_track(Clip(hiss.astype(np.int16))) > 0).mean() < 0.02
    assert not (pitch_track(silence(2.0)) > 0).any()
    assert len(pitch_track(silence(0.0))) == 0


@pytest.mark.parametrize("semitones", [0.0, 3.0])
def test_variation_is_the_spread_in_semitones(semitones: float) -> None:
    clip = join([silence(2.0), swinging(4.0, semitones), silence(1.0)])
    assert voice_of(clip, [span(2, 6)]).pitch_sd_semitones == pytest.approx(semitones, abs=0.1)


def test_too_little_voice_says_nothing_and_a_session_has_that_of_its_middle_answer() -> None:
    assert voice_of(join([swinging(2.0, 1), silence(2.0)]), [span(0, 0.5), span(2.2, 3)]) == Voice()
    assert voice_of(silence(5.0), []) == Voice()
    assert total_voice([]) == total_voice([Pacing(phonation_s=3.0)]) == Voice()
    figures = ((3.0, 4.0), (1.0, None), (2.0, 9.0))
    voices = [Voice(pitch_sd_semitones=sd, end_drop_db=drop) for sd, drop in figures]
    whole = total_voice([Pacing(voice=voice) for voice in voices])
    assert whole == Voice(pitch_sd_semitones=2.0, end_drop_db=6.5)


def test_only_so_much_of_an_answer_is_listened_to_for_its_pitch() -> None:
    late_s = 2.0 + MOST_TRACKED_S
    clip = join([swinging(2.0, 3.0), silence(late_s - 2.0), swinging(9.0, 0.5)])
    both = voice_of(clip, [span(0, 2), span(late_s, late_s + 9)])
    assert both.pitch_sd_semitones == pytest.approx(3.0, abs=0.2)


def test_a_voice_that_trails_off_drops_at_the_end_of_the_phrase() -> None:
    even = tone(steady(150, 2.0))
    fade = np.interp(np.arange(2 * SAMPLE_RATE_HZ), [0, 27_200, 27_201, 32_000], [1, 1, 0.25, 0.25])
    trailing = Clip((even.samples * fade).astype(np.int16))
    assert voice_of(even, [span(0, 2)]).end_drop_db == pytest.approx(0, abs=0.2)
    assert voice_of(trailing, [span(0, 2)]).end_drop_db == pytest.approx(12, abs=0.5)
    assert voice_of(even, [span(0, 0.9)]).end_drop_db is None


@pytest.mark.parametrize(("name", "low", "high"), [("librivox-0870", 85, 130), ("jfk", 150, 260)])
def test_a_voice_has_a_plausible_pitch(name: str, low: float, high: float) -> None:
    track = pitch_track(read_audio(shared(f"speech/read/{name}.wav")))
    voiced = track > 0
    assert 0.4 < voiced.mean() < 0.9
    assert low < np.median(track[voiced]) < high
    jumps = np.abs(np.diff(np.log2(np.maximum(track, 1))))[voiced[1:] & voiced[:-1]]
    assert (jumps > 0.8).mean() < 0.005


@settings(max_examples=25)
@given(arrays.arrays(np.int16, st.integers(0, 9000)))
def test_any_sound_gives_a_track_in_range(samples: npt.NDArray[np.int16]) -> None:
    track = pitch_track(Clip(samples))
    voiced = track[track > 0]
    assert ((voiced > LOWEST_HZ * 0.97) & (voiced < HIGHEST_HZ * 1.03)).all()
