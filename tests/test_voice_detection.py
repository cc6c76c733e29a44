"""Where is a voice? The gate before the recognizer, live frames, spans of a recording."""

import itertools
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.need import ROOT, need_program, shared
from tests.noises import KINDS, beeps, chords, drums
from tests.scripted import noise, spoken, voice_like
from voice.audio.clip import FRAME_S, FRAME_SAMPLES, Clip, Samples, join, silence
from voice.audio.port import Frame
from voice.audio.reading import read_audio
from voice.audio.silero import CHUNK_SAMPLES, voicing
from voice.audio.spans import voice_spans
from voice.errors import ModelError
from voice.turns.voice_activity import ECHO_TAIL_S, VoiceActivity, VoiceDetector, alike

VOICE = voice_like(1.6).samples[: 50 * CHUNK_SAMPLES].astype(np.float32) / 32768
CHUNKS = VOICE.reshape(-1, CHUNK_SAMPLES)


@pytest.fixture(scope="module")
def answer() -> Clip:
    return read_audio(ROOT / "recordings" / "demo" / "algorithms-repeat.flac")


@pytest.mark.parametrize("gain_db", [-35, 0, 6])
def test_quiet_and_loud_speech_passes_the_gate(answer: Clip, gain_db: int) -> None:
    louder = np.clip(answer.samples * 10 ** (gain_db / 20), -32768, 32767).astype(np.int16)
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


def test_where_speech_is_and_how_much_comes_after(answer: Clip) -> None:
    heard = voicing(join([silence(3.0), answer, silence(3.0)]))
    assert heard is not None
    end_s = 3.0 + answer.duration_s
    assert heard.holds(3.0, end_s)
    assert not heard.holds(0.0, 2.5)
    assert not heard.holds(end_s + 0.5, end_s + 2.0)
    assert 0.3 * answer.duration_s < heard.sure_s(2.9) <= answer.duration_s + 0.1
    assert heard.sure_s(end_s) <= 0.1


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
def test_steady_noise_holds_no_span(level_dbfs: float) -> None:
    assert sum(s.end_s - s.start_s for s in voice_spans(noise(20.0, level_dbfs))) < 0.4


@settings(max_examples=30)
@given(st.integers(0, 9000))
def test_spans_of_a_stretch_of_any_length_lie_inside_it(count: int) -> None:
    clip = Clip(spoken(0.6).samples[:count])
    for span in voice_spans(clip):
        assert 0 <= span.start_s < span.end_s <= clip.duration_s + 0.01


LONG = voice_like(6.0).samples
STILL = np.zeros_like(LONG)


def share(activity: VoiceActivity, mic: Samples, speaker: Samples) -> float:
    """Return the share of frames that hold the person's voice."""
    heard = [
        activity.hears(Frame(at, mic[at : at + FRAME_SAMPLES], speaker[at : at + FRAME_SAMPLES]))
        for at in range(0, len(mic) // FRAME_SAMPLES * FRAME_SAMPLES, FRAME_SAMPLES)
    ]
    return sum(heard) / len(heard)


@pytest.mark.parametrize("lag_samples", [-600, 0, 600, 2000])
def test_the_loudspeakers_own_sound_is_nobodys_voice(lag_samples: int) -> None:
    # A loopback at full level, early as a sound server may have it, or late.
    assert share(VoiceActivity(), np.roll(LONG, lag_samples), LONG) < 0.02


def test_in_half_duplex_nothing_is_noticed_over_the_loudspeaker_and_in_its_tail() -> None:
    activity = VoiceActivity(half_duplex=True)
    assert not activity.full_duplex
    assert share(activity, LONG, LONG) == 0.0
    tail = round(ECHO_TAIL_S * 16000)
    late = Frame(len(LONG), LONG[:FRAME_SAMPLES], STILL[:FRAME_SAMPLES])
    assert not activity.hears(late)
    assert not activity.quiet
    activity.hears(Frame(len(LONG) + tail, LONG[:FRAME_SAMPLES], STILL[:FRAME_SAMPLES]))
    assert activity.quiet


def test_alike_is_one_for_a_part_at_any_lag_and_level() -> None:
    whole = LONG[:8000]
    assert alike(whole[3000:5000], whole) == pytest.approx(1.0)
    assert alike(-(whole[3000:5000] // 4), whole) == pytest.approx(1.0, abs=0.01)
