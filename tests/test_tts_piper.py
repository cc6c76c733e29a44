"""Piper really loads a tiny voice and speaks it, beside eSpeak NG in the same process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.tiny_piper import RATE_HZ, SAMPLES_PER_PHONEME, settings, write_voice
from voice.audio import Samples, level_dbfs
from voice.errors import ModelError
from voice.spoken import SENTENCE_PAUSE_S
from voice.tts_espeak import EspeakMouth
from voice.tts_piper import PiperMouth

PAUSE_SAMPLES = round(SENTENCE_PAUSE_S * RATE_HZ)
TEXT = "Hello there. Tell me about the 6K TPS system! How did four engineers build it?"


@pytest.fixture(scope="module")
def onnx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_voice(tmp_path_factory.mktemp("voices"))


def test_the_tiny_voice_is_small_and_piper_itself_loads_it(onnx: Path) -> None:
    from piper import PiperVoice

    chunks = list(PiperVoice.load(onnx).synthesize("Hello there."))
    assert onnx.stat().st_size < 2000
    assert [chunk.sample_rate for chunk in chunks] == [RATE_HZ]
    assert len(chunks[0].audio_int16_array) == SAMPLES_PER_PHONEME * len(chunks[0].phoneme_ids)


def test_one_clip_per_sentence_as_long_as_its_phonemes(onnx: Path) -> None:
    clips = list(PiperMouth(onnx, "tiny").speak(TEXT))
    assert len(clips) == 3
    assert all(clip.rate_hz == RATE_HZ for clip in clips)
    assert all(clip.samples.dtype == np.int16 and clip.samples.ndim == 1 for clip in clips)
    assert all(level_dbfs(voiced(clip.samples)) == pytest.approx(-20.0, abs=0.5) for clip in clips)
    pauses = [PAUSE_SAMPLES, PAUSE_SAMPLES, 0]
    for clip, pause in zip(clips, pauses, strict=True):
        assert (len(clip.samples) - pause) % SAMPLES_PER_PHONEME == 0
        assert not clip.samples[len(clip.samples) - pause :].any()
    assert 0.3 < clips[0].duration_s < clips[1].duration_s


def voiced(samples: Samples) -> Samples:
    frames = samples[: len(samples) // 441 * 441].reshape(-1, 441)
    rms = np.sqrt(np.mean(np.square(frames.astype(float)), axis=1))
    return frames[rms > 0.03 * rms.max()].reshape(-1)


def test_a_sentence_that_espeak_cuts_stays_one_clip(onnx: Path) -> None:
    assert len(list(PiperMouth(onnx, "tiny").speak("we met dr. smith at 10 a.m. on the ward"))) == 1


def test_sentences_come_one_by_one_and_silence_gives_none(onnx: Path) -> None:
    mouth = PiperMouth(onnx, "tiny")
    speech = mouth.speak(TEXT)
    assert next(speech).duration_s > 0.3
    assert len(list(speech)) == 2
    assert list(mouth.speak(" ... \x00 ")) == []
    assert mouth.name == "piper:tiny"


def test_phoneme_brackets_are_only_text(onnx: Path) -> None:
    mouth = PiperMouth(onnx, "tiny")
    escaped, plain = (
        next(mouth.speak(text)) for text in ("say [[aaaaaaaa]] now", "say aaaaaaaa now")
    )
    assert np.array_equal(escaped.samples, plain.samples)


def test_speakers_of_one_voice_differ(tmp_path: Path) -> None:
    onnx = write_voice(tmp_path, "panel", speakers=3)
    first, third = (next(PiperMouth(onnx, "panel", n).speak("Hello.")) for n in (0, 2))
    assert len(first.samples) == len(third.samples)
    assert not np.array_equal(first.samples, third.samples)
    with pytest.raises(ModelError, match=r"panel\.onnx has 3 speaker\(s\), no speaker 3"):
        PiperMouth(onnx, "panel", 3)


@pytest.mark.parametrize("missing", [".onnx", ".onnx.json"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    onnx = write_voice(tmp_path, "v")
    (tmp_path / f"v{missing}").unlink()
    with pytest.raises(ModelError, match=rf"no such voice file: .*v{missing}; .*rehearse setup"):
        PiperMouth(onnx, "v")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("v.onnx", b""),
        ("v.onnx", b"\x08\x08garbage" * 50),
        ("v.onnx.json", b""),
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
    with pytest.raises(ModelError, match="is broken") as caught:
        PiperMouth(onnx, "v")
    assert f"{name} is broken" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_voice_that_needs_more_than_its_files_is_refused(tmp_path: Path) -> None:
    onnx = write_voice(tmp_path, "v")
    described = settings() | {"phoneme_type": "pinyin"}
    onnx.with_name("v.onnx.json").write_text(json.dumps(described), encoding="utf-8")
    with pytest.raises(ModelError, match="speaks by pinyin"):
        PiperMouth(onnx, "v")


def test_a_model_that_fails_while_speaking_is_one_line(tmp_path: Path) -> None:
    onnx = write_voice(tmp_path, "v", speakers=2)
    described = settings(speakers=1)  # so the `sid` that the model needs is never given
    onnx.with_name("v.onnx.json").write_text(json.dumps(described), encoding="utf-8")
    with pytest.raises(ModelError, match=r"v\.onnx cannot say 'Hello\.'") as caught:
        list(PiperMouth(onnx, "v").speak("Hello."))
    assert "\n" not in str(caught.value)


@pytest.mark.slow
@pytest.mark.parametrize("first", ["espeak", "piper"])
def test_both_copies_of_espeak_live_in_one_process(onnx: Path, first: str) -> None:
    """piper-tts carries its own eSpeak NG; whichever loads first, both must speak."""
    program = (
        "import sys; from pathlib import Path\n"
        "from voice.tts_espeak import EspeakMouth; from voice.tts_piper import PiperMouth\n"
        "makers = [EspeakMouth, lambda: PiperMouth(Path(sys.argv[1]), 'tiny')]\n"
        "order = makers if sys.argv[2] == 'espeak' else makers[::-1]\n"
        "mouths = [make() for make in order]\n"
        "text = 'Hello. You there?'\n"
        "for _ in range(3):\n"
        "    for mouth in mouths:\n"
        "        print(mouth.name, [len(c.samples) > 5000 for c in mouth.speak(text)])\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(onnx), first],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 6
    assert all(line.endswith("[True, True]") for line in lines)
    assert lines[0].startswith(first)
    assert done.stderr == ""


def test_the_espeak_mouth_is_unmoved_by_pipers_voice(onnx: Path) -> None:
    mouth = EspeakMouth("en-us+f3")
    before = [len(clip.samples) for clip in mouth.speak(TEXT)]
    list(PiperMouth(onnx, "tiny").speak(TEXT))
    after = [len(clip.samples) for clip in mouth.speak(TEXT)]
    assert after == pytest.approx(before, rel=0.01)
