"""PocketSphinx ears, for real."""

from __future__ import annotations

import subprocess
import threading
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.bench.wer import word_error_rate
from tests.need import ROOT, need_program, shared
from voice import stt_sphinx
from voice.audio import SAMPLE_RATE_HZ, Clip, join, read_audio, resample, silence
from voice.child import Child
from voice.errors import ModelError
from voice.stt_sphinx import SphinxEars
from voice.transcript import text_of

TERMS = ("rSocket", "Kubernetes", "GRPO", "the", "", "🎉", "x(2) y", "<s>", "C++", "K" * 500)
"""What a brief brings, and what a hostile one might."""


@pytest.fixture(scope="module")
def ears() -> SphinxEars:
    return SphinxEars()


@pytest.fixture(scope="module")
def told_ears() -> SphinxEars:
    return SphinxEars(TERMS)


@pytest.fixture(scope="module")
def request_clip() -> Clip:
    return read_audio(ROOT / "recordings" / "demo" / "algorithms-repeat.flac")


def flite(tmp_path: Path, text: str) -> Clip:
    track = tmp_path / "said.wav"
    command = [need_program("flite"), "-voice", "rms", "-t", text, "-o", str(track)]
    subprocess.run(command, check=True)
    return read_audio(track)


def test_words_come_with_times_inside_the_clip(ears: SphinxEars, request_clip: Clip) -> None:
    words = ears.transcribe(request_clip)
    assert text_of(words) == "could you repeat the question please"
    assert all(0.0 <= word.start_s < word.end_s for word in words)
    assert words[-1].end_s <= request_clip.duration_s + 0.01
    assert all(a.end_s <= b.start_s + 0.011 for a, b in pairwise(words))
    assert all(0.0 <= word.probability <= 1.0 for word in words)


def test_the_same_clip_gives_the_same_words(
    ears: SphinxEars, request_clip: Clip, tmp_path: Path
) -> None:
    first = ears.transcribe(request_clip)
    loud = Clip(np.clip(request_clip.samples.astype(int) * 4, -32768, 32767).astype(np.int16))
    ears.transcribe(loud)
    assert ears.transcribe(request_clip) == first
    assert SphinxEars().transcribe(request_clip) == first


def test_other_rates_are_resampled(ears: SphinxEars, request_clip: Clip) -> None:
    words = ears.transcribe(resample(request_clip, 44_100))
    assert text_of(words) == "could you repeat the question please"


def test_filled_pauses_are_heard_where_they_are(ears: SphinxEars) -> None:
    clip = read_audio(ROOT / "recordings" / "demo" / "evaluation-answer.flac").between(8.0, 20.0)
    fillers = [word for word in ears.transcribe(clip) if word.text in ("um", "uh")]
    assert [word.text for word in fillers] == ["uh", "um"]
    assert fillers[0].start_s == pytest.approx(11.63 - 8.0, abs=0.5)
    assert fillers[1].start_s == pytest.approx(17.04 - 8.0, abs=0.5)


def test_terms_come_back_as_written(told_ears: SphinxEars, tmp_path: Path) -> None:
    said = "I wrote a small workbench that runs GRPO training."
    words = [word.text for word in told_ears.transcribe(flite(tmp_path, said))]
    assert {"GRPO", "training"} <= set(words)
    said = "We moved the platform to r socket in one year."
    words = [word.text for word in told_ears.transcribe(flite(tmp_path, said))]
    assert {"rSocket", "the"} <= set(words)


def test_terms_do_not_appear_where_they_were_not_said(
    told_ears: SphinxEars, request_clip: Clip
) -> None:
    assert text_of(told_ears.transcribe(request_clip)) == "could you repeat the question please"


def noise(name: str) -> Clip:
    rng = np.random.default_rng(5)
    time_s = np.arange(2 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    click = np.zeros(2 * SAMPLE_RATE_HZ)
    click[16_000:16_080] = 9000 * rng.standard_normal(80)
    sounds = {
        "zeros": np.zeros(2 * SAMPLE_RATE_HZ),
        "white": 3000 * rng.standard_normal(2 * SAMPLE_RATE_HZ),
        "faint": 10 * rng.standard_normal(2 * SAMPLE_RATE_HZ),
        "hum": 3000 * np.sin(2 * np.pi * 50 * time_s),
        "tone": 3000 * np.sin(2 * np.pi * 120 * time_s),
        "offset": np.full(2 * SAMPLE_RATE_HZ, 300.0),
        "click": click,
    }
    return Clip(sounds[name].astype(np.int16))


@pytest.mark.parametrize("name", ["zeros", "white", "faint", "hum", "tone", "offset", "click"])
def test_noise_gives_no_words(ears: SphinxEars, name: str) -> None:
    assert ears.transcribe(noise(name)) == ()


@pytest.mark.parametrize("samples", [0, 1, 159, 320, 1599, 1601])
def test_the_shortest_clips_give_no_words(ears: SphinxEars, samples: int) -> None:
    assert ears.transcribe(Clip(np.full(samples, 500, np.int16))) == ()


@pytest.mark.parametrize("name", ["noise1", "noise2", "noise3", "laptop-tap", "phone-rub"])
def test_recorded_noise_gives_no_words(ears: SphinxEars, name: str) -> None:
    clip = read_audio(shared(f"speech/noise/{name}.wav"))
    assert ears.transcribe(clip.between(0.0, 8.0)) == ()


def test_people_are_understood_in_part(ears: SphinxEars) -> None:
    """Its word error rate on people is about a third (tests/bench/stt.py): 6 short clips here."""
    texts = sorted(shared("speech/read").glob("librivox-*.txt"))
    said = " ".join(text.read_text() for text in texts)
    heard = " ".join(
        text_of(ears.transcribe(read_audio(text.with_suffix(".wav")))) for text in texts
    )
    assert word_error_rate(said, heard) < 0.45


def test_a_real_man_s_filled_pauses_are_heard(ears: SphinxEars) -> None:
    clip = read_audio(shared("speech/spontaneous/acoustic_corpus.wav")).between(21.5, 24.5)
    fillers = [word for word in ears.transcribe(clip) if word.text in ("um", "uh")]
    assert any(abs(word.start_s - (22.865 - 21.5)) < 0.3 for word in fillers)


def test_other_threads_go_on_while_it_listens(ears: SphinxEars, request_clip: Clip) -> None:
    """PocketSphinx holds the global lock: in this process nothing would tick meanwhile."""
    ticks = 0
    heard = threading.Event()

    def listen() -> None:
        ears.transcribe(join([request_clip] * 3))
        heard.set()

    threading.Thread(target=listen).start()
    while not heard.is_set():
        time.sleep(0.002)
        ticks += 1
    assert ticks > 20


def test_a_decoder_that_died_is_replaced(request_clip: Clip) -> None:
    ears = SphinxEars()
    ears._child._process.kill()
    assert text_of(ears.transcribe(request_clip)) == "could you repeat the question please"


def test_a_model_that_does_not_load_is_an_error_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pocketsphinx.py").write_text("raise ImportError('no such library')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(ModelError, match=r"no such library.*pip install"):
        SphinxEars()


def test_a_child_that_cannot_start_is_an_error_of_ours() -> None:
    with pytest.raises(ModelError, match=r"voice\.nosuch"):
        Child("voice.nosuch", b"")


def test_a_child_ends_with_its_owner() -> None:
    ears = SphinxEars()
    process = ears._child._process
    del ears
    assert process.poll() == 0


def test_the_name() -> None:
    assert stt_sphinx.SphinxEars().name == "pocketsphinx:en-us"
    assert SphinxEars().transcribe(silence(0.5)) == ()
