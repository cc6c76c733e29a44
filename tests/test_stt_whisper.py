"""The recognizer: a tiny checkpoint that says known words, and the real models on people."""

import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.analysis.recognition import transcribe
from tests.bench.wer import word_error_rate
from tests.need import need_models, shared
from tests.scripted import voice_like
from tests.tiny_whisper import WORD_S, write_tiny_whisper
from voice.audio.clip import Clip, join, silence
from voice.audio.reading import read_audio
from voice.errors import ModelError
from voice.speech import whisper as stt_whisper
from voice.speech.transcript import text_of
from voice.speech.whisper import (
    LONGEST_CALL_S,
    WhisperRecognizer,
    hotwords,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_whisper(tmp_path_factory.mktemp("models") / "tiny whisper")


def test_the_tiny_checkpoint_says_its_text_with_word_times(tiny: Path) -> None:
    words = WhisperRecognizer(tiny, "tiny").transcribe(voice_like(2.7))
    assert text_of(words) == "Um, we measured it twice."
    starts = {word.text: word.start_s for word in words}
    # "Um" and its comma take two places of 0.4 s
    for place, text in enumerate(["we", "measured", "it", "twice."], 2):
        assert starts[text] == pytest.approx(place * WORD_S, abs=0.1)
    assert all(word.probability > 0.9 for word in words)


def test_the_tiny_checkpoint_is_sure_that_its_text_is_finished(tiny: Path) -> None:
    recognizer = WhisperRecognizer(tiny, "tiny")
    assert recognizer.finished() is None
    recognizer.transcribe(voice_like(2.7))
    assert recognizer.finished() == pytest.approx(7.5, abs=1.0)


def test_a_long_clip_is_cut_at_its_quietest_point(tiny: Path) -> None:
    quiet_at_s = 20.0
    clip = join([voice_like(quiet_at_s), silence(0.5), voice_like(15.0)])
    words = WhisperRecognizer(tiny, "tiny").transcribe(clip)
    second = next(word for word in words if word.start_s > quiet_at_s + 0.3 and word.text == "we")
    assert second.start_s == pytest.approx(quiet_at_s + 0.25 + 2 * WORD_S, abs=0.4)


@given(st.lists(st.integers(0, 40 * 100), max_size=4))
def test_parts_join_to_the_clip(lengths: list[int]) -> None:
    rng = np.random.default_rng(len(lengths))
    samples = rng.integers(-900, 900, sum(lengths) * 20, dtype=np.int16)
    parts = list(stt_whisper._parts(Clip(samples, 2000)))
    assert np.array_equal(join(parts, 2000).samples, samples)
    assert all(part.duration_s <= LONGEST_CALL_S for part in parts)


def test_only_what_the_vocabulary_does_not_hold_whole_is_a_hotword() -> None:
    whole = {"Docker", "GPU", "Company"}
    terms = ["GPU", "rSocket", "Docker", "RL", "GRPO", "rSocket", "Company"]
    assert hotwords(terms, lambda term: 1 if term in whole else 2) == "rSocket, GRPO"


def test_the_prompt_does_not_come_back_as_speech(tmp_path: Path) -> None:
    echo = write_tiny_whisper(tmp_path / "echo", " Um uh hmm er ah.")
    assert WhisperRecognizer(echo, "echo").transcribe(voice_like(2.7)) == ()
    terms = write_tiny_whisper(tmp_path / "terms", " Docker Redis Ollama")
    recognizer = WhisperRecognizer(terms, "t")
    assert text_of(recognizer.transcribe(voice_like(1.5))) == "Docker Redis Ollama"
    assert recognizer.dropped == 0


@pytest.mark.parametrize("file", ["model.bin", "config.json", "tokenizer.json"])
def test_a_broken_file_is_an_error_of_ours(tiny: Path, tmp_path: Path, file: str) -> None:
    folder = shutil.copytree(tiny, tmp_path / "m")
    (folder / file).write_bytes(b"\0rubbish")
    with pytest.raises(ModelError) as caught:
        WhisperRecognizer(folder, "tiny")
    assert str(folder) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_silence_and_noise_give_no_words_and_nothing_is_printed(
    tiny: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    noise = (np.random.default_rng(1).standard_normal(32_000) * 3000).astype(np.int16)
    for clip in (silence(0.0), silence(3.0), Clip(noise)):
        assert WhisperRecognizer(tiny, "tiny").transcribe(clip) == ()
    folder = shutil.copytree(tiny, tmp_path / "m")
    (folder / "preprocessor_config.json").write_text("{broken")  # faster-whisper would warn
    assert WhisperRecognizer(folder, "tiny").transcribe(voice_like(2.0))
    assert capfd.readouterr() == ("", "")


def test_what_a_pass_left_is_heard_by_the_next_one(tiny: Path) -> None:
    """The tiny model stops after 2.4 s, whatever comes after."""
    words = WhisperRecognizer(tiny, "t").transcribe(voice_like(8.0))
    starts_s = [word.start_s for word in words if word.text == "we"]
    assert len(starts_s) >= 3
    assert all(before + 2.0 < after for before, after in pairwise(starts_s))


def test_words_where_nobody_speaks_are_left_out(tmp_path: Path) -> None:
    folder = write_tiny_whisper(tmp_path / "m", " We measured it twice and that was all.", 0.5)
    recognizer = WhisperRecognizer(folder, "t")
    said = text_of(recognizer.transcribe(join([voice_like(2.0), silence(6.0)])))
    assert said in ("We measured it twice", "We measured it twice and")  # its times are rough
    assert recognizer.dropped == 8 - len(said.split())


@pytest.fixture(scope="module", params=["base", "tiny.en"])
def real(request: pytest.FixtureRequest) -> WhisperRecognizer:
    name = request.param
    return WhisperRecognizer(need_models(f"whisper/{name}") / "whisper" / name, name)


def heard(recognizer: WhisperRecognizer, path: str) -> str:
    """Return what is heard of a recording in the shared data, as analyze does it."""
    segments = transcribe(read_audio(shared(path)), recognizer)
    return " ".join(text_of(segment) for segment in segments)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("repeat-stutter", "warehouse for six years"),
        ("seam-order", "and found that one query read the whole table"),
        ("tail-short-no", "no"),
    ],
)
def test_nothing_said_is_lost(real: WhisperRecognizer, case: str, words: str) -> None:
    said = heard(real, f"cases/{case}.wav").lower().replace(",", "").replace(".", "")
    assert words in said
    if case.startswith("tail"):
        assert said == words, "nothing is added"


def test_people_are_understood(real: WhisperRecognizer) -> None:
    """Two in five words of slack over what the bench measures: a guard, not a figure."""
    for name, most in (("read/jfk", 0.1), ("spontaneous/cold_corpus", 0.2)):
        truth = shared(f"speech/{name}.txt").read_text(encoding="utf-8")
        assert word_error_rate(truth, heard(real, f"speech/{name}.wav")) <= most


@pytest.mark.parametrize("name", ["noise1", "laptop-tap"])
def test_a_real_model_says_nothing_to_noise(real: WhisperRecognizer, name: str) -> None:
    assert heard(real, f"speech/noise/{name}.wav") == ""
