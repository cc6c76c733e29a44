"""The debrief through the real PortAudio: heard, silenced by a key or Ctrl-C, or only printed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from agent.analysis import Analysis
from agent.cli.debrief import telling_of
from agent.cli.main import parser
from agent.report.debrief import debrief_of
from tests.conftest import Rehearse, environment
from tests.need import ROOT
from tests.pulse import Pulse, private_pulse
from tests.tiny_piper import write_voice
from voice.audio.clip import SAMPLE_RATE_HZ
from voice.speech.piper import PiperSynthesizer

pytestmark = pytest.mark.slow

_SAY = """
import sys
from pathlib import Path
from agent.analysis import Analysis
from agent.cli.debrief import Telling, say_debrief
from voice.speech.piper import PiperSynthesizer
voice = PiperSynthesizer(Path(sys.argv[1]), "tiny")
say_debrief(Analysis(), voice, Telling(aloud=True, speaker="speaker"))
print("told")
"""
HEARD = 500
"""Samples above it are voice; the null sink adds no noise."""


@pytest.fixture(scope="module")
def pulse() -> Iterator[Pulse]:
    with private_pulse() as server:
        yield server


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_voice(tmp_path_factory.mktemp("voice"))


@pytest.fixture(scope="module")
def whole_s(voice: Path) -> float:
    """Return how long the whole debrief takes."""
    text = " ".join(debrief_of(Analysis()))
    return sum(clip.duration_s for clip in PiperSynthesizer(voice, "tiny").speak(text))


@contextmanager
def telling(
    environment: dict[str, str], voice: Path, stdin: int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[str]]:
    """Say the debrief of an empty session in a process of its own."""
    command = [sys.executable, "-W", "error", "-c", _SAY, str(voice)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        command, env=environment, cwd=ROOT, stdin=stdin, stdout=pipe, stderr=pipe, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until_heard(wav: Path) -> None:
    """Wait until the recording of the monitor holds voice."""
    deadline_s = time.monotonic() + 60
    heard = np.zeros(1, np.int16)
    while not np.any(heard > HEARD):
        assert time.monotonic() < deadline_s, "nothing is heard"
        time.sleep(0.05)
        data = wav.read_bytes()[44:] if wav.exists() else b""
        heard = np.frombuffer(data[: len(data) // 2 * 2], np.int16)


@pytest.mark.parametrize("way", ["", "key", "ctrl_c"])
def test_all_of_it_is_heard_unless_a_key_or_ctrl_c_silences_it(
    pulse: Pulse, voice: Path, whole_s: float, tmp_path: Path, way: str
) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    wav = tmp_path / "m.wav"
    with pulse.recording(wav), telling(pulse.environment(), voice, theirs) as process:
        until_heard(wav)
        if way == "key":
            os.write(ours, b"x")
        elif way:
            process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert (process.returncode, out.strip(), err) == (0, "told", "")
    (loud,) = np.nonzero(pulse.recorded(wav).samples > HEARD)
    voice_s = float(loud[-1] - loud[0]) / SAMPLE_RATE_HZ
    assert voice_s < whole_s / 2 if way else voice_s == pytest.approx(whole_s, abs=0.6)


def test_a_loudspeaker_that_is_missing_or_dies_is_one_line(voice: Path, tmp_path: Path) -> None:
    with telling(environment(tmp_path), voice) as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.count("\n")) == (0, "told\n", 1)
    assert err.startswith("Printed only: ")
    with (
        private_pulse() as server,
        server.recording(tmp_path / "m.wav"),
        telling(server.environment(), voice) as process,
    ):
        until_heard(tmp_path / "m.wav")
        server.kill()
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "told\n")
    # PortAudio's own thread may complain before us.
    told = [line for line in err.splitlines() if not line.startswith("Expression '")]
    assert told == ["Printed only: the loudspeaker speaker has gone; plug it in again"]


@pytest.mark.parametrize(
    ("options", "simulated", "shown", "aloud"),
    [
        ("run b.md", False, True, True),
        ("run b.md --text", False, True, False),
        ("run b.md --candidate a.wav", True, True, False),
        ("run b.md --candidate r.wav --no-debrief --play", True, False, False),
        ("demo --play", True, True, True),
    ],
)
def test_it_is_spoken_where_the_interview_was_heard(
    options: str, simulated: bool, shown: bool, aloud: bool
) -> None:
    args = parser().parse_args(options.split())
    told = telling_of(args, simulated=simulated, typed=getattr(args, "text", False))
    assert (told.shown, told.aloud) == (shown, aloud)


def test_a_typed_interview_prints_it_unless_it_is_turned_off(
    rehearse: Rehearse, tmp_path: Path
) -> None:
    brief = ROOT / "briefs" / "ward-nurse.md"
    common = ("run", brief, "--text", "--interviewer", "rules", "--out", tmp_path / "out")
    done = rehearse(*common, text="I led the hourly rounding project on our unit.\n")
    told = done.out.split("\nDebrief\n", 1)[1].split("\n\n", 1)
    assert told[0].startswith("  You gave 1 answer with 9 words in writing")
    assert told[1].startswith("Report: ")
    silent = rehearse(*common, "--no-debrief", text="")
    assert (silent.code, "Debrief" in silent.out) == (0, False)
