"""Whisper ears: a tiny checkpoint loaded for real, and one that understands flite."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.need import need_program, shared
from tests.noises import KINDS
from tests.scripted import voice_like
from tests.tiny_whisper import WORD_S, write_tiny_whisper
from voice import stt_whisper
from voice.audio import Clip, join, read_audio, silence
from voice.errors import ModelError
from voice.stt_whisper import LONGEST_CALL_S, MOST_HOTWORD_CHARACTERS, WhisperEars
from voice.transcript import text_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_whisper(tmp_path_factory.mktemp("models") / "tiny whisper")


def flite(tmp_path: Path, voice_name: str, text: str) -> Clip:
    track = tmp_path / "said.wav"
    command = [need_program("flite"), "-voice", voice_name, "-t", text, "-o", str(track)]
    subprocess.run(command, check=True)
    return read_audio(track)


def test_the_tiny_checkpoint_says_its_text_with_word_times(tiny: Path) -> None:
    words = WhisperEars(tiny, "tiny").transcribe(voice_like(4.0))
    assert text_of(words) == "Um, we measured it twice."
    starts = {word.text: word.start_s for word in words}
    # "Um" and its comma take two places of 0.4 s
    for place, text in enumerate(["we", "measured", "it", "twice."], 2):
        assert starts[text] == pytest.approx(place * WORD_S, abs=0.1)
    assert all(word.probability > 0.9 for word in words)


def test_another_text_and_pace(tmp_path: Path) -> None:
    folder = write_tiny_whisper(
        tmp_path / "m", " I owned rSocket, uh, alone.".replace(",", ""), 0.6
    )
    words = WhisperEars(folder, "tiny").transcribe(voice_like(5.0))
    assert text_of(words) == "I owned rSocket uh alone."
    assert words[2].start_s == pytest.approx(1.2, abs=0.1)


def test_times_stay_inside_the_clip(tiny: Path) -> None:
    words = WhisperEars(tiny, "tiny").transcribe(voice_like(1.3))
    assert words[-1].end_s <= 1.3
    assert all(a.start_s <= a.end_s <= 1.3 for a in words)


def test_the_name_says_engine_and_model(tiny: Path) -> None:
    assert WhisperEars(tiny, "small.en").name == "whisper:small.en"
    assert WhisperEars(tiny, "whisper:small.en").name == "whisper:small.en"


@pytest.mark.parametrize(
    "clip",
    [
        silence(0.0),
        silence(3.0),
        Clip(np.full(32_000, 400, np.int16)),
        Clip((3000 * np.sin(2 * np.pi * 120 * np.arange(32_000) / 16_000)).astype(np.int16)),
        Clip((np.random.default_rng(1).standard_normal(32_000) * 3000).astype(np.int16)),
    ],
    ids=["nothing", "silence", "offset", "hum", "white noise"],
)
def test_what_is_no_speech_is_not_shown_to_the_model(tiny: Path, clip: Clip) -> None:
    assert WhisperEars(tiny, "tiny").transcribe(clip) == ()


def test_a_long_clip_is_cut_at_its_quietest_point(tiny: Path) -> None:
    quiet_at_s = 20.0
    clip = join([voice_like(quiet_at_s), silence(0.5), voice_like(15.0)])
    words = WhisperEars(tiny, "tiny").transcribe(clip)
    assert text_of(words) == " ".join(["Um, we measured it twice."] * 2)
    second = next(word for word in words if word.start_s > 10 and word.text == "we")
    assert second.start_s == pytest.approx(quiet_at_s + 0.25 + 2 * WORD_S, abs=0.4)


@given(st.lists(st.integers(0, 40 * 100), max_size=4))
def test_parts_join_to_the_clip(lengths: list[int]) -> None:
    rng = np.random.default_rng(len(lengths))
    samples = rng.integers(-900, 900, sum(lengths) * 20, dtype=np.int16)
    parts = list(stt_whisper._parts(Clip(samples, 2000)))
    assert np.array_equal(join(parts, 2000).samples, samples)
    assert all(part.duration_s <= LONGEST_CALL_S for part in parts)


@given(st.lists(st.text(max_size=50)))
def test_hotwords_stay_short_and_on_one_line(terms: list[str]) -> None:
    line = stt_whisper._fitting(terms)
    assert len(line) <= MOST_HOTWORD_CHARACTERS
    assert not set(line) & set("\n\r\t")


def test_the_prompt_does_not_come_back_as_speech(tmp_path: Path) -> None:
    echo = write_tiny_whisper(tmp_path / "echo", " Um uh hmm er ah.")
    assert WhisperEars(echo, "echo").transcribe(voice_like(4.0)) == ()
    terms = write_tiny_whisper(tmp_path / "terms", " Docker Redis Ollama")
    assert text_of(WhisperEars(terms, "t").transcribe(voice_like(4.0))) == "Docker Redis Ollama"
    told = WhisperEars(terms, "t", ["Docker", "Redis", "Ollama"])
    assert told.transcribe(voice_like(4.0)) == ()


@pytest.mark.parametrize(
    ("text", "loops"),
    [
        ("thank you thank you thank you thank you", True),
        ("the model the model the model the model was", True),
        ("no no no that is not it", False),
        ("we went back and forth and back and forth", False),
    ],
)
def test_loops_are_told_from_emphasis(text: str, loops: bool) -> None:
    assert bool(stt_whisper._LOOP.search(text)) is loops


@pytest.mark.parametrize("file", ["model.bin", "config.json", "tokenizer.json"])
def test_a_missing_file_is_named(tiny: Path, tmp_path: Path, file: str) -> None:
    folder = shutil.copytree(tiny, tmp_path / "m")
    (folder / file).unlink()
    with pytest.raises(ModelError, match=rf"{file}.*rehearse setup") as caught:
        WhisperEars(folder, "tiny")
    assert str(folder) in str(caught.value)


@pytest.mark.parametrize("file", ["model.bin", "config.json", "tokenizer.json"])
def test_a_broken_file_is_an_error_of_ours(tiny: Path, tmp_path: Path, file: str) -> None:
    folder = shutil.copytree(tiny, tmp_path / "m")
    (folder / file).write_bytes(b"\0rubbish")
    with pytest.raises(ModelError) as caught:
        WhisperEars(folder, "tiny")
    assert str(folder) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_absent_folder_opens_no_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(ModelError, match="no Whisper model"):
        WhisperEars(tmp_path / "small.en", "small.en")


def test_nothing_is_printed(tiny: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = shutil.copytree(tiny, tmp_path / "m")
    (folder / "preprocessor_config.json").write_text("{broken")  # faster-whisper would warn
    assert WhisperEars(folder, "tiny").transcribe(voice_like(2.0))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("voice_name", ["rms", "slt"])
def test_a_real_model_hears_words_fillers_and_times(tmp_path: Path, voice_name: str) -> None:
    ears = WhisperEars(shared("models/whisper-flite"), "whisper-flite")
    clip = flite(tmp_path, voice_name, "Um, I think the main problem was the memory.")
    words = ears.transcribe(join([silence(1.0), clip]))
    heard = [word.text.lower().strip(".,") for word in words]
    assert len({"think", "main", "problem", "memory"} & set(heard)) >= 3
    assert heard[0] == "um"
    assert 0.7 <= words[0].start_s <= 1.7
    assert words[-1].end_s == pytest.approx(1.0 + clip.duration_s, abs=0.7)


def test_a_real_model_says_nothing_to_noise() -> None:
    ears = WhisperEars(shared("models/whisper-flite"), "whisper-flite")
    for name in ("noise1", "noise3", "laptop-tap", "phone-rub"):
        assert ears.transcribe(read_audio(shared(f"speech/noise/{name}.wav"))) == ()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_model_that_always_talks_says_nothing_to_music_and_coughs(
    tiny: Path, kind: Callable[[int], Clip]
) -> None:
    assert WhisperEars(tiny, "tiny").transcribe(kind(4)) == ()


def test_more_words_than_anyone_can_say_were_invented(tmp_path: Path) -> None:
    text = " We measured it twice and then again with all the others in one room."
    folder = write_tiny_whisper(tmp_path / "m", text, 0.04)
    assert len(WhisperEars(folder, "t").transcribe(voice_like(2.5))) == 14
    assert WhisperEars(folder, "t").transcribe(join([voice_like(0.6), silence(4.0)])) == ()
