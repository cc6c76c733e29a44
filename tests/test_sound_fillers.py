"""Held vowels in gaps and over-long words are fillers; words, glides, breaths, noise are not."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.analysis import Span, SpokenWord
from agent.measures.sound_fillers import SoundFiller, sound_fillers
from tests.need import shared
from tests.scripted import voice_like
from voice.audio import SAMPLE_RATE_HZ, Clip, join, read_audio, silence
from voice.spans import voice_spans

pytestmark = pytest.mark.slow

SCHWA_HZ = (500.0, 1500.0, 2500.0)
NASAL_HZ = (250.0, 1200.0, 2200.0)


def vowel(
    seconds: float, start_hz: float = 150.0, end_hz: float | None = None, um: bool = False
) -> Clip:
    """Return a held "uh" or "um" of three formants, its pitch going evenly to `end_hz`."""
    count = round(seconds * SAMPLE_RATE_HZ)
    pitch_hz = np.linspace(start_hz, start_hz * 0.97 if end_hz is None else end_hz, count)
    phase = 2 * np.pi * np.cumsum(pitch_hz) / SAMPLE_RATE_HZ
    closing = np.clip((np.linspace(0, 1, count) - 0.5) / 0.1, 0, 1) if um else np.zeros(count)
    sound = np.zeros(count)
    for k in range(1, 24):
        open_gain, closed_gain = (
            sum(np.exp(-(((k * pitch_hz - f) / 120) ** 2)) / (1 + f / 700) for f in formants)
            for formants in (SCHWA_HZ, NASAL_HZ)
        )
        gain = open_gain * (1 - closing) + 0.6 * closed_gain * closing + 0.01
        sound += gain * np.sin(k * phase)
    edge = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / 640)
    return Clip((sound * edge / np.abs(sound).max() * 8000).astype(np.int16))


def hiss(seconds: float, level: float, seed: int = 0) -> Clip:
    """Return noise with soft ends, as a breath has."""
    count = round(seconds * SAMPLE_RATE_HZ)
    noise = np.random.default_rng(seed).normal(size=count) * np.hanning(count) * level
    return Clip(noise.astype(np.int16))


def words_at(start_s: float, count: int, each_s: float = 0.2) -> list[SpokenWord]:
    return [
        SpokenWord(text="word", start_s=start_s + i * each_s, end_s=start_s + (i + 1) * each_s)
        for i in range(count)
    ]


def around(middle: Clip, pause_s: float = 0.15) -> tuple[Clip, list[SpokenWord]]:
    """Return two seconds of speech, `middle` between two pauses, and two more; with the words."""
    gap = silence(pause_s)
    clip = join([voice_like(2.0), gap, middle, gap, voice_like(2.0, seed=2)])
    after_s = 2.0 + 2 * pause_s + middle.duration_s
    return clip, words_at(0, 10) + words_at(after_s, 10)


def found(clip: Clip, words: Sequence[SpokenWord]) -> tuple[SoundFiller, ...]:
    return sound_fillers(clip, words, [Span(start_s=0, end_s=clip.duration_s)])


@pytest.mark.parametrize("um", [False, True])
@pytest.mark.parametrize("seconds", [0.25, 0.4, 0.6])
def test_a_held_vowel_between_words_is_a_filler(seconds: float, um: bool) -> None:
    (filler,) = found(*around(vowel(seconds, um=um)))
    assert filler.where == "gap"
    assert filler.start_s == pytest.approx(2.15, abs=0.08)
    assert filler.end_s == pytest.approx(2.15 + seconds, abs=0.08)
    assert 0.5 <= filler.likelihood <= 1


def test_a_filler_before_the_first_word_is_found() -> None:
    clip = join([silence(0.3), vowel(0.4), silence(0.2), voice_like(3.0)])
    (filler,) = found(clip, words_at(0.9, 15))
    assert filler.start_s == pytest.approx(0.3, abs=0.08)


def test_a_filler_in_the_head_of_an_over_long_word_is_found() -> None:
    clip, words = around(vowel(0.4), pause_s=0.05)
    moved = words[10].model_copy(update={"start_s": words[9].end_s})
    (filler,) = found(clip, [*words[:10], moved, *words[11:]])
    assert filler.where == "word_head"
    assert 2.0 <= filler.start_s < filler.end_s <= moved.end_s - 0.1


def test_a_written_um_is_not_counted_again() -> None:
    clip, words = around(vowel(0.4))
    um = SpokenWord(text="um", start_s=2.2, end_s=2.4, mark="filled_pause")
    assert found(clip, [*words[:10], um, *words[10:]]) == ()


def test_a_held_vowel_of_a_word_with_right_times_is_no_filler() -> None:
    clip, words = around(vowel(0.35))
    slow = SpokenWord(text="reliability", start_s=2.15, end_s=2.5)
    assert found(clip, [*words[:10], slow, *words[10:]]) == ()


@pytest.mark.parametrize(
    "middle",
    [
        pytest.param(vowel(0.5, 110, 220), id="a glide over an octave"),
        pytest.param(hiss(0.5, 900), id="a breath"),
        pytest.param(hiss(0.3, 6000), id="a loud noise"),
        pytest.param(silence(0.5), id="silence"),
        pytest.param(join([vowel(0.04), silence(0.12)] * 5), id="laughter"),
    ],
)
def test_other_sounds_between_words_are_no_fillers(middle: Clip) -> None:
    assert found(*around(middle)) == ()


def test_speech_with_its_words_has_no_fillers() -> None:
    assert found(voice_like(6.0), words_at(0, 30)) == ()


def test_nothing_outside_the_voice_is_told() -> None:
    clip, words = around(vowel(0.4))
    voice = [Span(start_s=0, end_s=2.0), Span(start_s=2.8, end_s=clip.duration_s)]
    assert sound_fillers(clip, words, voice) == ()


def test_no_words_and_no_sound() -> None:
    assert found(silence(0.0), []) == ()
    assert found(silence(1.0), []) == ()
    assert len(found(join([silence(0.3), vowel(0.4), silence(0.3)]), [])) == 1


@settings(max_examples=40)
@given(st.data())
def test_fillers_of_any_sound_are_sorted_disjoint_and_inside_the_voice(data: st.DataObject) -> None:
    kinds = (vowel, lambda s: vowel(s, um=True), lambda s: hiss(s, 3000), silence, voice_like)
    part = st.tuples(st.sampled_from(kinds), st.floats(0.05, 0.5))
    clip = join([make(length) for make, length in data.draw(st.lists(part, max_size=8))])
    times = st.floats(0, max(0.01, clip.duration_s))
    ends = sorted(data.draw(st.lists(times, max_size=10)))
    voice = [Span(start_s=a, end_s=b) for a, b in zip(ends[::2], ends[1::2], strict=False) if a < b]
    words = [
        SpokenWord(text="and", start_s=min(pair), end_s=max(pair))
        for pair in data.draw(st.lists(st.tuples(times, times), max_size=6))
    ]
    fillers = sound_fillers(clip, words, voice)
    for one, other in itertools.pairwise(fillers):
        assert one.end_s <= other.start_s + 1e-9
    for filler in fillers:
        assert filler.start_s < filler.end_s
        assert any(s.start_s <= filler.start_s and filler.end_s <= s.end_s for s in voice)


@settings(max_examples=15)
@given(st.integers(0, 2**32 - 1), st.integers(0, 12_000))
def test_any_samples_are_borne(seed: int, count: int) -> None:
    samples: npt.NDArray[np.int16] = (
        np.random.default_rng(seed).integers(-32768, 32767, count).astype(np.int16)
    )
    assert all(filler.likelihood >= 0.5 for filler in found(Clip(samples), []))


def test_most_of_the_real_um_and_uh_are_found() -> None:
    labels = json.loads(shared("speech/spontaneous/words.json").read_text())
    hits = planted = false = 0
    for recording in labels.values():
        clip = read_audio(shared(f"speech/{recording['audio']}"))
        true = [w for w in recording["words"] if w["filler"] and w["end"] - w["start"] > 0.02]
        words = [
            SpokenWord(text=w["word"], start_s=w["start"], end_s=w["end"])
            for w in recording["words"]
            if not w["filler"]
        ]
        voice = [Span(start_s=s.start_s, end_s=s.end_s) for s in voice_spans(clip)]
        middles = [(f.start_s + f.end_s) / 2 for f in sound_fillers(clip, words, voice)]
        planted += len(true)
        hits += sum(any(w["start"] <= m <= w["end"] for m in middles) for w in true)
        false += sum(not any(w["start"] <= m <= w["end"] for w in true) for m in middles)
    assert planted == 8
    assert hits >= 6
    assert false <= 2
