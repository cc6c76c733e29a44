"""The choice of recognizer and synthesizer, also for a panel: installed, insisted on, and told."""

import re
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Never

import pytest

from tests.scripted import KnownWords, Tones
from tests.tiny_piper import write_voice
from tests.tiny_whisper import write_tiny_whisper
from voice.audio.clip import Clip
from voice.errors import ModelError
from voice.speech.engines import (
    SLOWEST_CALL_S,
    choose_recognizer,
    choose_second_recognizer,
    choose_synthesizer,
    choose_voices,
    keeping_up,
)
from voice.speech.protocols import Synthesizer
from voice.speech.transcript import Word


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty store, and no network at all."""
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "store"))

    def refuse(*args: object) -> Never:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return tmp_path / "store"


def test_an_installed_voice_is_used_and_one_of_another_language_only_when_asked(
    home: Path,
) -> None:
    write_voice(home / "piper" / "de_DE-x-high", "de_DE-x-high")
    with pytest.raises(ModelError, match="rehearse setup"):
        choose_synthesizer(" AUTO ")
    assert choose_synthesizer("piper:de_DE-x-high").engine.name == "piper:de_DE-x-high"
    write_voice(home / "piper" / "en_GB-alan-low", "en_GB-alan-low")
    chosen = choose_synthesizer(None)
    assert chosen.note == "Piper en_GB-alan-low speaks here."
    assert len(list(chosen.engine.speak("One. Two."))) == 2


def test_a_broken_voice_is_named_or_the_next_one_speaks(home: Path) -> None:
    best = write_voice(home / "piper", "en_US-a-medium")
    best.write_bytes(b"not a model")
    for spec in (None, "piper:en_US-a-medium"):
        with pytest.raises(ModelError, match="is broken") as caught:
            choose_synthesizer(spec)
        assert str(best) in str(caught.value)
    write_voice(home / "piper", "en_US-b-low")
    assert choose_synthesizer(None).engine.name == "piper:en_US-b-low"


def recognizer(spec: str | None) -> object:
    return choose_recognizer(spec, ["rSocket"])


@pytest.mark.parametrize(
    ("choose", "spec", "said"),
    [
        (recognizer, None, "rehearse setup"),
        (choose_synthesizer, "auto", "rehearse setup"),
        (choose_synthesizer, "piper", "rehearse setup piper:en_US-joe-medium"),
        (choose_synthesizer, "piper:en_GB-x-low+low", "no piper:en_GB-x-low in .*rehearse setup"),
        (choose_synthesizer, "piper:/nowhere/v.onnx", r"no such voice file: .*v\.onnx; .*setup"),
        (choose_synthesizer, "espeak:en-us", "no voice 'espeak:en-us'; use --tts piper:NAME"),
        (recognizer, "whisper", "no whisper:base in .*rehearse setup whisper:base"),
        (recognizer, "whisper:/nowhere/w", r"/nowhere/w is no Whisper model \(it lacks config"),
        (recognizer, "vosk", "no recognizer 'vosk'; use --stt"),
    ],
)
def test_an_absent_engine_is_one_line_that_says_how_to_get_it(
    choose: Callable[[str | None], object], spec: str | None, said: str
) -> None:
    with pytest.raises(ModelError, match=said) as caught:
        choose(spec)
    assert "\n" not in str(caught.value)


def test_the_largest_whisper_hears_the_interview_once_more(home: Path) -> None:
    folder = home / "whisper"
    write_tiny_whisper(folder / "small")
    write_tiny_whisper(folder / "medium.en")
    (folder / "medium.en" / "more.bin").write_bytes(bytes(100_000))
    first = choose_recognizer(None, []).engine
    assert first.name == "whisper:small"
    second = choose_second_recognizer(first, None, [])
    assert second.engine.name == "whisper:medium.en"
    assert second.note.startswith("Listening once more with Whisper medium.en")
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


# --- a panel


def names_of(voices: dict[str, Synthesizer]) -> list[str]:
    return [synthesizer.name.removeprefix("piper:en_US-a-low") for synthesizer in voices.values()]


@pytest.fixture
def main(home: Path) -> Synthesizer:
    """Return the one voice of the store; it has one speaker."""
    write_voice(home / "piper", "en_US-a-low")
    return choose_synthesizer(None).engine


def test_the_first_keeps_the_main_voice_and_the_others_get_what_is_free(
    home: Path, main: Synthesizer
) -> None:
    seven = dict.fromkeys("Ada Bo Cy Di Ed Fay Gus".split(), "")
    chosen = choose_voices(main, seven)
    assert names_of(chosen.engine) == ["", "+high", "+low", "+higher", "+highest", "", ""]
    assert "Fay and Gus" in chosen.note
    assert "rehearse setup piper:" in chosen.note
    for name, speakers in (("en_GB-b-low", 1), ("en_GB-c-low", 2), ("de_DE-d-low", 9)):
        write_voice(home / "piper", name, speakers)
    write_voice(home / "piper", "en_US-e-low").write_bytes(b"no model")
    chosen = choose_voices(main, seven)
    others = ["piper:en_GB-b-low", "piper:en_GB-c-low", "piper:en_GB-c-low#1"]
    assert [each.name for each in chosen.engine.values()][1:4] == others
    assert names_of(chosen.engine)[4:] == ["+high", "+low", "+higher"]
    assert chosen.note == ""


def test_a_wish_comes_true_and_nobody_else_sounds_like_it(main: Synthesizer) -> None:
    wishes = {"Ada": "low", "Bo": "", "Cy": "piper:en_US-a-low+high", "Di": "piper:en_US-a-low"}
    chosen = choose_voices(main, wishes)
    assert names_of(chosen.engine) == ["+low", "+higher", "+high", ""]
    assert chosen.note == ""


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ("a deep one", "high, low, .*piper:NAME"),
        ("piper:en_US-a-low+deep", "'deep'.* high, low,"),
        ("piper:en_US-a-low#9", "no speaker 9"),
        ("piper:en_US-a-low#" + "9" * 5000, "is a file"),
        ("piper:", "rehearse setup piper:"),
        ("piper:en_US-nobody-low#2", "no piper:en_US-nobody-low"),
        ("piper:../../etc/passwd", "is a file"),
        ("piper:{elsewhere}+low", "is a file"),
    ],
)
def test_a_wish_that_cannot_be_had_is_a_line_and_another_voice(
    main: Synthesizer, wish: str, why: str, tmp_path: Path
) -> None:
    elsewhere = write_voice(tmp_path / "my voices", "panel", speakers=2)
    chosen = choose_voices(main, {"Ada": "", "Bo": wish.format(elsewhere=elsewhere)})
    assert names_of(chosen.engine) == ["", "+high"]
    assert chosen.note.startswith("Bo speaks in another voice than")
    assert re.search(why, chosen.note)
    assert "\n" not in chosen.note
    tones = Tones()
    assert set(choose_voices(tones, {"Ada": wish, "Bo": ""}).engine.values()) >= {tones}
