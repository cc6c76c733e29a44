"""Each of a panel gets a voice: the wished one, else one that is told apart, or a plain line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.scripted import Tones
from tests.tiny_piper import write_voice
from voice.engines import choose_synthesizer
from voice.panel_voices import choose_voices
from voice.tts import Synthesizer
from voice.tts_piper import VARIANTS

SEVEN = ("Ada", "Bo", "Cy", "Di", "Ed", "Fay", "Gus")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test an empty store and return the folder of its Piper voices."""
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "store"))
    return tmp_path / "store" / "piper"


@pytest.fixture
def main(store: Path) -> Synthesizer:
    """Return the one voice of the store; it has one speaker."""
    write_voice(store, "en_US-a-low")
    return choose_synthesizer(None).engine


def without_wish(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, "")


def names_of(voices: dict[str, Synthesizer]) -> list[str]:
    return [synthesizer.name.removeprefix("piper:") for synthesizer in voices.values()]


def test_the_first_keeps_the_main_voice_and_the_others_get_variants_of_it(
    main: Synthesizer,
) -> None:
    chosen = choose_voices(main, without_wish(*SEVEN[: len(VARIANTS)]))
    assert chosen.engine["Ada"] is main
    assert list(chosen.engine) == list(SEVEN[: len(VARIANTS)])
    assert set(names_of(chosen.engine)) == {
        f"en_US-a-low+{variant}" if variant else "en_US-a-low" for variant in VARIANTS
    }
    assert chosen.note == ""


def test_where_even_the_variants_do_not_suffice_a_line_says_so(main: Synthesizer) -> None:
    chosen = choose_voices(main, without_wish(*SEVEN))
    assert chosen.engine["Gus"] is main
    assert "Gus" in chosen.note
    assert "Ada" not in chosen.note
    assert "rehearse setup piper:" in chosen.note


def test_a_wish_comes_true_and_nobody_else_sounds_like_it(main: Synthesizer) -> None:
    wishes = {"Ada": "low", "Bo": "", "Cy": "piper:en_US-a-low+high", "Di": "piper:en_US-a-low"}
    chosen = choose_voices(main, {**wishes, "Ed": ""})
    assert names_of(chosen.engine) == [
        "en_US-a-low+low", "en_US-a-low+higher", "en_US-a-low+high", "en_US-a-low",
        "en_US-a-low+highest",
    ]  # fmt: skip
    assert chosen.note == ""


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ("espeak:en-us", "high, low, .*piper:NAME"),
        ("a deep one", "high, low, .*piper:NAME"),
        ("piper:en_US-a-low+deep", "'deep'.* high, low,"),
        ("piper:en_US-a-low#9", "no speaker 9"),
        ("piper:en_US-a-low#" + "9" * 5000, "no such voice file"),
        ("piper:", "rehearse setup piper:"),
        ("piper:.", "no such voice file"),
        ("piper:en_US-nobody-low#2", "no piper:en_US-nobody-low"),
        ("piper:../../etc/passwd", "no such voice file"),
    ],
)
def test_a_wish_that_cannot_be_had_is_a_line_and_another_voice(
    main: Synthesizer, wish: str, why: str
) -> None:
    chosen = choose_voices(main, {"Ada": "", "Bo": wish})
    assert names_of(chosen.engine) == ["en_US-a-low", "en_US-a-low+high"]
    assert chosen.note.startswith("Bo speaks in another voice than")
    assert re.search(why, chosen.note)
    assert "\n" not in chosen.note


def test_a_voice_of_several_speakers_speaks_for_all_and_is_loaded_once(store: Path) -> None:
    write_voice(store, "en_US-many-low", speakers=4)
    main = choose_synthesizer(None).engine
    chosen = choose_voices(main, {"Ada": "", "Bo": "", "Cy": "piper:en_US-many-low#1+high"})
    assert names_of(chosen.engine) == [
        "en_US-many-low", "en_US-many-low#1", "en_US-many-low#1+high",
    ]  # fmt: skip
    sounds = [next(iter(synthesizer.speak("Hello."))) for synthesizer in chosen.engine.values()]
    assert len({(clip.samples.tobytes(), clip.rate_hz) for clip in sounds}) == 3


def test_other_english_voices_come_before_variants_and_several_speakers_first(store: Path) -> None:
    for name, speakers in (
        ("en_US-a-low", 1), ("en_GB-b-low", 1), ("en_GB-c-low", 2), ("de_DE-d-low", 9),
    ):  # fmt: skip
        write_voice(store / name, name, speakers)
    broken = write_voice(store, "en_US-e-low")
    broken.write_bytes(b"no model")
    undescribed = write_voice(store, "en_US-f-low")
    undescribed.with_name("en_US-f-low.onnx.json").write_text("{")
    chosen = choose_voices(choose_synthesizer("piper:en_US-a-low").engine, without_wish(*SEVEN[:6]))
    assert names_of(chosen.engine) == [
        "en_US-a-low", "en_GB-c-low", "en_GB-c-low#1", "en_GB-b-low", "en_US-a-low+high",
        "en_US-a-low+low",
    ]  # fmt: skip
    assert chosen.note == ""


def test_a_synthesizer_that_is_no_piper_voice_speaks_for_all() -> None:
    main = Tones()
    chosen = choose_voices(main, {"Ada": "low", "Bo": "", "Cy": ""})
    assert set(chosen.engine.values()) == {main}
    assert "Ada speaks in another voice" in chosen.note
