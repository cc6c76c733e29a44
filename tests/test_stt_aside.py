"""Ears in a process of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from tests.need import ROOT, need
from voice.audio import SAMPLE_RATE_HZ, Clip
from voice.errors import ModelError
from voice.stt import Ears
from voice.stt_aside import AsideEars
from voice.transcript import Word


class CountingEars:
    """Ears that return the clip's length and their own process."""

    name = "counting"

    def transcribe(self, clip: Clip) -> tuple[Word, ...]:
        if not len(clip.samples):
            os.kill(os.getpid(), signal.SIGKILL)
        return (Word(str(os.getpid()), 0.0, clip.duration_s),)


def deaf() -> Ears:
    raise ModelError("no model here; fetch one")


def test_words_come_from_another_process() -> None:
    ears = AsideEars(CountingEars)
    clip = Clip(np.zeros(SAMPLE_RATE_HZ, np.int16))
    first, second = ears.transcribe(clip), ears.transcribe(clip)
    assert ears.name == "counting"
    assert first == second
    assert first[0].end_s == 1.0
    assert first[0].text != str(os.getpid())
    ears.close()


def test_ears_that_cannot_be_made_say_why() -> None:
    with pytest.raises(ModelError, match="fetch one"):
        AsideEars(deaf)


def test_ears_that_die_are_an_error_of_ours() -> None:
    ears = AsideEars(CountingEars)
    with pytest.raises(ModelError, match="--stt"):
        ears.transcribe(Clip(np.zeros(0, np.int16)))
    with pytest.raises(ModelError, match="--stt"):
        ears.transcribe(Clip(np.zeros(1, np.int16)))
    ears.close()


def test_the_child_ends_when_its_parent_is_killed() -> None:
    need(Path("/proc/self/stat").exists(), "no /proc, as on Linux")
    code = (
        "import time; from voice.audio import silence; from voice.stt_aside import AsideEars\n"
        "from tests.test_stt_aside import CountingEars\n"
        "if __name__ == '__main__':\n"
        "    print(AsideEars(CountingEars).transcribe(silence(1.0))[0].text, flush=True)\n"
        "    time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    deadline_s = time.monotonic() + 20
    while _lives(child):
        assert time.monotonic() < deadline_s, "the child outlives its parent"
        time.sleep(0.02)


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    # A child that nobody waits for stays as a zombie where nothing reaps it.
    return state != "Z"


def test_pocketsphinx_aside_gives_the_same_words() -> None:
    from voice.stt_sphinx import SphinxEars
    from voice.tts_espeak import EspeakMouth

    clip = next(iter(EspeakMouth("en-us").speak("We measured it twice.")))
    terms = ("rSocket",)
    aside = AsideEars(partial(SphinxEars, terms))
    assert aside.transcribe(clip) == SphinxEars(terms).transcribe(clip)
    aside.close()
