"""Each of a panel gets a voice: the wished one, else one that is told apart, or a plain line."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from agent.measures.pitch import pitch_track
from tests.tiny_piper import write_voice
from voice.audio import Clip, join
from voice.casting import ESPEAK_VARIANTS, choose_voices
from voice.engines import choose_mouth
from voice.tts_espeak import RATE_HZ, EspeakMouth
from voice.tts_piper import PiperMouth

SAID = "Tell me about a time when a delivery went wrong. How did you find out?"
CLEARLY_SEMITONES = 1.5
"""Measured: 1.8 or more between any two, where m1 to m7 come as near as 0.1."""
SEVEN = ("Ada", "Bo", "Cy", "Di", "Ed", "Fay", "Gus")


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "store"))
    return tmp_path / "store" / "piper"


def without_wish(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, "")


def spoken(mouth: EspeakMouth | PiperMouth) -> Clip:
    return join(list(mouth.speak(SAID)), RATE_HZ)


def test_the_first_keeps_the_main_voice_and_the_others_get_variants_of_it() -> None:
    main = EspeakMouth("en-us")
    chosen = choose_voices(main, without_wish(*SEVEN))
    assert chosen.engine["Ada"] is main
    assert list(chosen.engine) == list(SEVEN)
    assert [mouth.name for mouth in chosen.engine.values()] == [
        "espeak:en-us", "espeak:en-us+f5", "espeak:en-gb+Nguyen", "espeak:en-us+quincy",
        "espeak:en-gb+f1", "espeak:en-us+belinda", "espeak:en-gb",
    ]  # fmt: skip
    assert chosen.note == ""


@pytest.mark.parametrize("accent", ["en-us", "en-gb"])
def test_the_variants_differ_clearly_in_pitch(accent: str) -> None:
    heights = {}
    for variant in ("", *(f"+{name}" for name in ESPEAK_VARIANTS)):
        hz = pitch_track(spoken(EspeakMouth(accent + variant))).hz
        heights[variant] = 12 * np.log2(np.median(hz[hz > 0]))
    for one, other in combinations(heights, 2):
        assert abs(heights[one] - heights[other]) > CLEARLY_SEMITONES, (one, other)


def test_a_wish_comes_true_and_nobody_else_sounds_like_it() -> None:
    wishes = {"Ada": "espeak:en-us+f3", "Bo": "", "Cy": "", "Di": "espeak:en-us"}
    chosen = choose_voices(EspeakMouth("en-us"), wishes)
    assert {name: mouth.name for name, mouth in chosen.engine.items()} == {
        "Ada": "espeak:en-us+f3", "Bo": "espeak:en-gb+Nguyen", "Cy": "espeak:en-us+quincy",
        "Di": "espeak:en-us",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ("espeak:en-us+../x", "eSpeak NG has no voice"),
        ("espeak:", "eSpeak NG has no voice"),
        ("piper:en_US-nobody-low#2", "no piper:en_US-nobody-low"),
        ("a deep one", "write espeak:en-gb\\+f3 or piper:NAME#2"),
        ("piper:../../etc/passwd", "no such voice file"),
    ],
)
def test_a_wish_that_cannot_be_had_is_a_line_and_another_voice(wish: str, why: str) -> None:
    chosen = choose_voices(EspeakMouth("en-us"), {"Ada": "", "Bo": wish})
    assert chosen.engine["Bo"].name == "espeak:en-us+f5"
    assert chosen.note.startswith("Bo speaks in another voice than")
    assert re.search(why, chosen.note)
    assert "\n" not in chosen.note


def test_a_voice_of_several_speakers_speaks_for_all_and_is_loaded_once(store: Path) -> None:
    write_voice(store, "en_US-many-low", speakers=4)
    chosen = choose_voices(
        choose_mouth(None).engine, {"Ada": "", "Bo": "", "Cy": "piper:en_US-many-low#1"}
    )
    assert {name: mouth.name for name, mouth in chosen.engine.items()} == {
        "Ada": "piper:en_US-many-low",
        "Bo": "piper:en_US-many-low#2",
        "Cy": "piper:en_US-many-low#1",
    }  # fmt: skip
    sounds = [
        next(iter(mouth.speak("Hello."))).samples.tobytes() for mouth in chosen.engine.values()
    ]
    assert len(set(sounds)) == 3
    voices = {id(mouth._voice) for mouth in chosen.engine.values() if isinstance(mouth, PiperMouth)}
    assert len(voices) == 1


def test_other_english_voices_speak_where_the_main_one_has_one_speaker(store: Path) -> None:
    for name, speakers in (("en_US-a-low", 1), ("en_GB-b-low", 2), ("de_DE-c-low", 9)):
        write_voice(store / name, name, speakers)
    broken = write_voice(store, "en_US-d-low")
    broken.write_bytes(b"no model")
    chosen = choose_voices(choose_mouth("piper:en_US-a-low").engine, without_wish(*SEVEN[:4]))
    assert [mouth.name for mouth in chosen.engine.values()] == [
        "piper:en_US-a-low", "piper:en_GB-b-low", "piper:en_GB-b-low#1", "piper:en_US-a-low",
    ]  # fmt: skip
    assert chosen.note == (
        "Di cannot be told by voice; `rehearse setup piper:en_US-libritts_r-medium` helps."
    )


def test_a_voice_named_by_its_path_can_be_wished_for(tmp_path: Path) -> None:
    onnx = write_voice(tmp_path / "my voices", "panel", speakers=2)
    chosen = choose_voices(EspeakMouth(), {"Ada": f"piper:{onnx}#1", "Bo": f"piper:{onnx}#7"})
    assert chosen.engine["Ada"].name == "piper:panel#1"
    assert chosen.engine["Bo"].name == "espeak:en-us"
    assert "no speaker 7" in chosen.note
