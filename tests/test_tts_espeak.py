"""eSpeak NG speaks for real: sentences, lengths, voices, and text that is only text."""

from __future__ import annotations

import concurrent.futures
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.audio import join, level_dbfs
from voice.errors import ModelError
from voice.spoken import SENTENCE_PAUSE_S
from voice.tts_espeak import RATE_HZ, EspeakMouth

TEXT = "Hello there. Tell me about the 6K TPS system! How did four engineers build it?"


def test_one_clip_per_sentence_of_a_plausible_length() -> None:
    clips = list(EspeakMouth().speak(TEXT))
    assert len(clips) == 3
    for clip in clips:
        assert clip.rate_hz == RATE_HZ
        assert clip.samples.dtype == np.int16
        assert -40 < level_dbfs(clip.samples) < -6
    # 16 spoken words (K, T, P, S are letters) at 160 a minute: 6 s, give or take a half.
    assert 3.0 < join(clips, RATE_HZ).duration_s < 9.0


def test_a_pause_stands_between_sentences_and_not_at_the_end() -> None:
    first, last = EspeakMouth().speak("Hello there. Good bye.")
    pause = round(SENTENCE_PAUSE_S * RATE_HZ)
    assert not first.samples[-pause:].any()
    assert last.samples[-pause:].any()


def test_sentences_come_one_by_one() -> None:
    speech = EspeakMouth().speak(TEXT)
    first = next(speech)
    assert 0.5 < first.duration_s < 1.7
    assert len(list(speech)) == 2


@pytest.mark.parametrize("text", ["", "   \n\t", "...", "\x00\x01", "*** --- ###", "🙂"])
def test_nothing_to_say_gives_no_clip(text: str) -> None:
    assert list(EspeakMouth().speak(text)) == []


def test_speed_changes_the_length() -> None:
    slow, fast = (join(list(EspeakMouth("en-us", w).speak(TEXT)), RATE_HZ) for w in (120, 240))
    assert slow.duration_s > 1.4 * fast.duration_s


def test_mouths_of_different_voices_speak_at_the_same_time_as_if_alone() -> None:
    us, gb = EspeakMouth("en-us", 160), EspeakMouth("en-gb", 220)
    alone = [join(list(mouth.speak(TEXT)), RATE_HZ).samples for mouth in (us, gb)]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        jobs = [
            (i % 2, pool.submit(lambda m=(us, gb)[i % 2]: list(m.speak(TEXT)))) for i in range(8)
        ]
        for which, job in jobs:
            length = len(join(job.result(), RATE_HZ).samples)
            assert length == pytest.approx(len(alone[which]), rel=0.01)
    assert us.name == "espeak:en-us"
    assert gb.name == "espeak:en-gb"


@pytest.mark.parametrize("voice", ["xx-nowhere", "", "en\0us", "../../etc/passwd", "en-us+../m1"])
def test_an_unknown_voice_is_refused_in_one_line(voice: str) -> None:
    with pytest.raises(ModelError, match=r"no voice .*espeak:en-us") as caught:
        EspeakMouth(voice)
    assert "\n" not in str(caught.value)


def test_commands_in_the_text_are_only_text() -> None:
    mouth = EspeakMouth()

    def length(text: str) -> float:
        return sum(len(clip.samples) for clip in mouth.speak(text))

    assert length("Hello \x01+50s world.") == pytest.approx(length("Hello +50s world."), rel=0.01)
    assert length("Say [[h@loU]] now.") == pytest.approx(length("Say h@loU now."), rel=0.01)
    # As SSML that is a silence of 9 s; read aloud it is a few words.
    assert length("Hi.") < length("<break time='9s'/> hi.") < 8 * RATE_HZ


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=30)
def test_any_text_is_spoken_without_an_error(text: str) -> None:
    assert all(len(clip.samples) for clip in EspeakMouth().speak(text))


def test_the_library_loads_from_a_very_long_path(tmp_path_factory: pytest.TempPathFactory) -> None:
    """eSpeak NG keeps its data path in 160 characters; a deep environment must not break it."""
    import shutil
    from pathlib import Path

    import espeakng_loader

    deep = tmp_path_factory.mktemp("x" * 90) / ("y" * 90)
    shutil.copytree(Path(espeakng_loader.__file__).parent, deep / "espeakng_loader")
    program = (
        f"import sys; sys.path.insert(0, {str(deep)!r})\n"
        "from voice.tts_espeak import EspeakMouth\n"
        "import espeakng_loader; assert 'yyyy' in espeakng_loader.__file__\n"
        "print(sum(c.duration_s for c in EspeakMouth().speak('Hello there.')) > 0.4)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "True"), done.stderr
