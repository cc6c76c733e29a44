"""Piper really loads a tiny voice and speaks it, also as another speaker and as a variant."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.tiny_piper import RATE_HZ, SAMPLES_PER_PHONEME, settings, write_voice
from voice.audio.clip import Clip, Samples, level_dbfs
from voice.errors import ModelError
from voice.speech.piper import UNHURRIED, VARIANTS, PiperSynthesizer
from voice.speech.spoken import SENTENCE_PAUSE_S

PAUSE_SAMPLES = round(SENTENCE_PAUSE_S * RATE_HZ)
TEXT = "Hello there. Tell me about the 6K TPS system! How did four engineers build it?"


@pytest.fixture(scope="module")
def onnx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_voice(tmp_path_factory.mktemp("voices"))


def test_one_clip_per_sentence_as_long_as_its_phonemes(onnx: Path) -> None:
    clips = list(PiperSynthesizer(onnx, "tiny").speak(TEXT))
    assert len(clips) == 3
    assert all(clip.rate_hz == RATE_HZ for clip in clips)
    assert all(clip.samples.dtype == np.int16 and clip.samples.ndim == 1 for clip in clips)
    assert all(level_dbfs(voiced(clip)) == pytest.approx(-20.0, abs=0.5) for clip in clips)
    pauses = [PAUSE_SAMPLES, PAUSE_SAMPLES, 0]
    for clip, pause in zip(clips, pauses, strict=True):
        assert (len(clip.samples) - pause) % int(UNHURRIED * SAMPLES_PER_PHONEME) == 0
        assert not clip.samples[len(clip.samples) - pause :].any()
    assert 0.3 < clips[0].duration_s < clips[1].duration_s


def voiced(clip: Clip) -> Samples:
    """Return the frames of 20 ms that are not silent."""
    size = round(0.02 * clip.rate_hz)
    frames = clip.samples[: len(clip.samples) // size * size].reshape(-1, size)
    rms = np.sqrt(np.mean(np.square(frames.astype(float)), axis=1))
    return frames[rms > 0.03 * rms.max()].reshape(-1)


def test_speakers_of_one_voice_differ(tmp_path: Path) -> None:
    onnx = write_voice(tmp_path, "panel", speakers=3)
    synthesizer = PiperSynthesizer(onnx, "panel")
    first, third = (next(synthesizer.speaking_as(n).speak("Hello.")) for n in (0, 2))
    assert len(first.samples) == len(third.samples)
    assert not np.array_equal(first.samples, third.samples)
    assert synthesizer.speakers == 3
    assert synthesizer.speaking_as(2, "low").name == "piper:panel#2+low"
    for unknown in (3, -1):
        with pytest.raises(ModelError, match=r"panel\.onnx has 3 speaker\(s\), no speaker"):
            synthesizer.speaking_as(unknown)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_variant_moves_the_pitch_and_keeps_level_and_length(onnx: Path, variant: str) -> None:
    plain = PiperSynthesizer(onnx, "tiny")
    other = plain.speaking_as(None, variant)
    assert other.name == ("piper:tiny+" + variant if variant else "piper:tiny")
    one, two = (next(synthesizer.speak(TEXT)) for synthesizer in (plain, other))
    assert mean_hz(two) / mean_hz(one) == pytest.approx(VARIANTS[variant].rate, rel=0.03)
    assert level_dbfs(voiced(two)) == pytest.approx(-20.0, abs=0.5)
    assert two.duration_s == pytest.approx(one.duration_s, rel=0.15)


def mean_hz(clip: Clip) -> float:
    """Return the middle of a clip's spectrum, every tone by its power."""
    power = np.square(np.abs(np.fft.rfft(clip.samples.astype(float))))
    return float(np.average(np.arange(len(power)), weights=power) / clip.duration_s)


def test_silence_gives_no_clip_and_commands_in_the_text_are_only_text(onnx: Path) -> None:
    synthesizer = PiperSynthesizer(onnx, "tiny")
    assert [list(synthesizer.speak(text)) for text in ("", "...", "\x00", "*** ##", "🙂")] == [
        []
    ] * 5

    def length(text: str) -> int:
        return sum(len(clip.samples) for clip in synthesizer.speak(text))

    assert length("Hello \x01+50s world.") == length("Hello +50s world.")
    # As SSML that is a silence of 9 s; read aloud it is a few words.
    assert length("Hi.") < length("<break time='9s'/> hi.") < 8 * RATE_HZ


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("v.onnx", b""),
        ("v.onnx", b"\x08\x08garbage" * 50),
        ("v.onnx.json", b"{\xff"),
        ("v.onnx.json", b"[]"),
        ("v.onnx.json", b"{}"),
        ("v.onnx.json", b'{"audio": 5, "num_symbols": 1, "num_speakers": 1}'),
        ("v.onnx.json", b"[" * 100_000),
    ],
)
def test_a_broken_file_is_named_in_one_line(tmp_path: Path, name: str, content: bytes) -> None:
    onnx = write_voice(tmp_path, "v")
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelError, match=f"{name} is broken") as caught:
        PiperSynthesizer(onnx, "v")
    assert "\n" not in str(caught.value)
    (tmp_path / name).unlink()
    with pytest.raises(ModelError, match=rf"no such voice file: .*{name}; .*rehearse setup"):
        PiperSynthesizer(onnx, "v")


def test_a_model_that_fails_while_speaking_is_one_line(tmp_path: Path) -> None:
    onnx = write_voice(tmp_path, "v", speakers=2)
    described = settings(speakers=1)  # so the `sid` that the model needs is never given
    onnx.with_name("v.onnx.json").write_text(json.dumps(described), encoding="utf-8")
    with pytest.raises(ModelError, match=r"v\.onnx cannot say 'Hello\.'") as caught:
        list(PiperSynthesizer(onnx, "v").speak("Hello."))
    assert "\n" not in str(caught.value)
