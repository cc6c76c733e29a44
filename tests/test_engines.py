"""The choice of recognizer and synthesizer: what is installed, insisted on, and told."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Never

import pytest

from tests.scripted import KnownWords, Tones
from tests.tiny_piper import write_voice
from tests.tiny_whisper import write_tiny_whisper
from voice.audio import Clip
from voice.engines import (
    SLOWEST_CALL_S,
    choose_recognizer,
    choose_second_recognizer,
    choose_synthesizer,
    keeping_up,
)
from voice.errors import ModelError
from voice.transcript import Word


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty store, no one's cache, and no network at all."""
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "store"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "cache"))

    def refuse(*args: object) -> Never:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return tmp_path / "store"


@pytest.mark.parametrize("spec", [None, "", "auto", " AUTO "])
@pytest.mark.parametrize(
    "choose", [lambda spec: choose_recognizer(spec, ["rSocket"]), choose_synthesizer]
)
def test_an_empty_store_is_one_line_that_says_what_to_do(
    choose: Callable[[str | None], object], spec: str | None
) -> None:
    with pytest.raises(ModelError, match="rehearse setup") as caught:
        choose(spec)
    assert "\n" not in str(caught.value)


def test_an_installed_voice_is_used(home: Path) -> None:
    write_voice(home / "piper" / "en_GB-alan-low", "en_GB-alan-low")
    write_voice(home / "piper" / "de_DE-x-high", "de_DE-x-high")
    chosen = choose_synthesizer(None)
    assert chosen.engine.name == "piper:en_GB-alan-low"
    assert chosen.note == "Piper en_GB-alan-low speaks here."
    assert len(list(chosen.engine.speak("One. Two."))) == 2


def test_a_voice_of_another_language_speaks_only_when_asked(home: Path) -> None:
    write_voice(home / "piper" / "de_DE-x-high", "de_DE-x-high")
    with pytest.raises(ModelError, match="rehearse setup"):
        choose_synthesizer(None)
    assert choose_synthesizer("piper:de_DE-x-high").engine.name == "piper:de_DE-x-high"


def test_a_broken_voice_is_named_or_the_next_one_speaks(home: Path) -> None:
    best = write_voice(home / "piper", "en_US-a-medium")
    best.write_bytes(b"not a model")
    for spec in (None, "piper:en_US-a-medium"):
        with pytest.raises(ModelError, match="is broken") as caught:
            choose_synthesizer(spec)
        assert str(best) in str(caught.value)
    write_voice(home / "piper", "en_US-b-low")
    assert choose_synthesizer(None).engine.name == "piper:en_US-b-low"


def test_what_is_named_is_what_speaks(home: Path, tmp_path: Path) -> None:
    write_voice(home / "piper", "en_US-a-medium")
    other = write_voice(tmp_path / "my voices", "other")
    assert choose_synthesizer("piper:en_US-a-medium").engine.name == "piper:en_US-a-medium"
    assert choose_synthesizer(f"piper:{other}").engine.name == "piper:other"
    assert choose_synthesizer("piper:en_US-a-medium+low").engine.name == "piper:en_US-a-medium+low"
    assert choose_synthesizer(f"piper:{other}#0+high").engine.name == "piper:other#0+high"


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("piper", "rehearse setup piper:en_US-joe-medium"),
        ("piper:en_GB-x-low", "no piper:en_GB-x-low in .*rehearse setup piper:en_GB-x-low"),
        ("piper:/nowhere/v.onnx", r"no such voice file: .*v\.onnx; .*rehearse setup piper"),
        ("piper:en_GB-x-low+low", "no piper:en_GB-x-low in"),
        ("espeak:en-us", "no voice 'espeak:en-us'; use --tts piper:NAME"),
        ("espeak", "no voice 'espeak'; use --tts piper:NAME"),
        ("flite", "no voice 'flite'; use --tts piper:NAME"),
    ],
)
def test_an_absent_voice_is_one_line_that_says_how_to_get_it(spec: str, said: str) -> None:
    with pytest.raises(ModelError, match=said) as caught:
        choose_synthesizer(spec)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("whisper", "no whisper:base in .*rehearse setup whisper:base"),
        ("whisper:base.en", r"no whisper:base\.en in .*rehearse setup whisper:base\.en"),
        ("whisper:/nowhere/w", r"/nowhere/w is no Whisper model \(it lacks config\.json, model"),
        ("pocketsphinx", "no recognizer 'pocketsphinx'; use --stt"),
        ("vosk", "no recognizer 'vosk'; use --stt"),
    ],
)
def test_an_absent_recognizer_is_one_line_that_says_how_to_get_it(spec: str, said: str) -> None:
    with pytest.raises(ModelError, match=said) as caught:
        choose_recognizer(spec, [])
    assert "\n" not in str(caught.value)


def test_the_largest_whisper_hears_the_interview_once_more(home: Path) -> None:
    folder = home / "whisper"
    write_tiny_whisper(folder / "small")
    write_tiny_whisper(folder / "medium.en")
    (folder / "medium.en" / "more.bin").write_bytes(bytes(100_000))
    first = choose_recognizer(None, []).engine
    assert first.name == "whisper:small"
    second = choose_second_recognizer(first, None, [])
    assert second.engine is not None
    assert second.engine.name == "whisper:medium.en"
    assert second.note.startswith("Listening once more with Whisper medium.en")
    assert len(second.note) <= 80
    assert choose_second_recognizer(first, "whisper:small", []).engine is first
    (folder / "medium.en" / "model.bin").write_bytes(b"broken")
    assert choose_second_recognizer(first, None, []).engine is first


class Slow(KnownWords):
    """A recognizer that takes its time over a sentence."""

    name = "whisper:large"

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:
        """Let as much time pass as is too long."""
        began_s = time.perf_counter()
        while time.perf_counter() - began_s < SLOWEST_CALL_S:
            time.sleep(SLOWEST_CALL_S / 4)
        return super().transcribe(clip)


@pytest.mark.slow
def test_a_recognizer_that_does_not_keep_up_gives_way_to_the_smallest(home: Path) -> None:
    quick = KnownWords("tell me")
    assert keeping_up(quick, Tones(), []).engine is quick
    alone = keeping_up(Slow("tell me"), Tones(), [])
    assert alone.engine.name == "whisper:large"
    assert "rehearse setup whisper:tiny.en" in alone.note
    write_tiny_whisper(home / "whisper" / "tiny")
    instead = keeping_up(Slow("tell me"), Tones(), [])
    assert instead.engine.name == "whisper:tiny"
    assert "large" in instead.note
