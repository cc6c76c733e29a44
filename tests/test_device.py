"""The port to real devices, on a private PulseAudio."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from tests.pulse import Pulse, correlated, private_pulse
from tests.scripted import noise
from voice.audio.clip import (
    FRAME_SAMPLES,
    SAMPLE_RATE_HZ,
    Clip,
    Samples,
    level_dbfs,
    resample,
    write_wav,
)

pytestmark = pytest.mark.slow

ALIGNED_S = 0.1
"""The two tracks must agree this closely."""


@pytest.fixture(scope="module")
def pulse() -> Iterator[Pulse]:
    with private_pulse() as server:
        yield server


@dataclass(frozen=True)
class Probed:
    """What a probe told and recorded."""

    end: dict[str, Any]
    events: list[dict[str, Any]]
    """Losses and returns before it that were not asked for with `tell`."""
    mic: Samples
    speaker: Samples
    starts: npt.NDArray[np.int64]
    lost: npt.NDArray[np.int64]


class Running:
    """A probe at work."""

    def __init__(self, pulse: Pulse, out: Path, *arguments: str) -> None:
        self._out = out
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "tests.device_probe", str(out), *arguments],
            env=pulse.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def tell(self) -> dict[str, Any]:
        """Wait for the next line; the probe must not end instead."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate(timeout=20)[1]
        told: dict[str, Any] = json.loads(line)
        return told

    def finish(self) -> Probed:
        """Wait for the end."""
        events: list[dict[str, Any]] = []
        while "end" not in (told := self.tell()):
            events.append(told)
        _, err = self.process.communicate(timeout=20)
        assert self.process.returncode == 0, err
        tracks = np.load(self._out)
        names = ("mic", "speaker", "starts", "lost")
        return Probed(told, events, *(tracks[name] for name in names))


def tone(frequency_hz: float, seconds: float, rate_hz: int = SAMPLE_RATE_HZ) -> Clip:
    at_s = np.arange(round(seconds * rate_hz)) / rate_hz
    return Clip((8000 * np.sin(2 * np.pi * frequency_hz * at_s)).astype(np.int16), rate_hz)


def offset_s(later: Samples, earlier: Samples) -> float:
    """Return by how much `later` lags, from the peak of the cross-correlation."""
    correlation = correlated(later, earlier)
    at = int(np.argmax(correlation))
    return (at - len(correlation) if at > len(correlation) // 2 else at) / SAMPLE_RATE_HZ


@pytest.mark.parametrize("rate_hz", [16_000, 22_050])
def test_a_clip_is_heard_and_both_tracks_agree(pulse: Pulse, tmp_path: Path, rate_hz: int) -> None:
    write_wav(tmp_path / "clip.wav", resample(noise(2.0, -18), rate_hz))
    with pulse.recording(tmp_path / "heard.wav"):
        probed = Running(
            pulse, tmp_path / "out.npz", "room", "speaker", "3.2", str(tmp_path / "clip.wav")
        ).finish()
    heard = pulse.recorded(tmp_path / "heard.wav")
    assert level_dbfs(probed.speaker) > -30
    assert level_dbfs(heard.samples) > -40
    sounding = np.flatnonzero(probed.speaker)
    # A sound server that is starved of time plays a part later, and the record follows it.
    assert 1.98 < len(sounding) / SAMPLE_RATE_HZ < 2.2
    for start in range(int(sounding[0]), int(sounding[-1]) - SAMPLE_RATE_HZ // 2, SAMPLE_RATE_HZ):
        part = slice(max(0, start - 3200), start + SAMPLE_RATE_HZ)
        assert abs(offset_s(probed.mic[part], probed.speaker[part])) < ALIGNED_S
    # Playing is said for as long as it is heard, the devices' delay included.
    assert probed.end["playing_s"] == pytest.approx(2.0, abs=0.5)
    assert probed.end["playing_s"] > 2.0


def test_a_stopped_clip_goes_on_where_it_stopped(pulse: Pulse, tmp_path: Path) -> None:
    clip = noise(2.0, -18)
    write_wav(tmp_path / "clip.wav", clip)
    with pulse.recording(tmp_path / "heard.wav"):
        probed = Running(
            pulse, tmp_path / "out.npz", "room", "speaker", "3.8",
            str(tmp_path / "clip.wav"), "0.87", "0.4",
        ).finish()  # fmt: skip
    heard = pulse.recorded(tmp_path / "heard.wav").samples
    for track in (heard, probed.speaker):
        # Nothing is lost: every stretch of the clip is there, after the one before it.
        chunk = round(0.04 * SAMPLE_RATE_HZ)
        places = [found_s(track, clip.samples[at : at + chunk]) for at in range(0, 31_000, chunk)]
        steps = np.diff([each for each in places if each is not None])
        assert None not in places
        assert np.all(steps > 0.02)
        assert np.count_nonzero(steps > 0.2) == 1
    # Nothing is repeated either, but for the block that faded out.
    sounding = np.count_nonzero(np.abs(heard.astype(int)) > 50) / SAMPLE_RATE_HZ
    assert sounding == pytest.approx(2.0, abs=0.06)


def found_s(track: Samples, part: Samples) -> float | None:
    """Return where `track` has `part`, None where it has nothing like it."""
    at = int(np.argmax(correlated(track, part)[: len(track) - len(part)]))
    likeness = np.corrcoef(track[at : at + len(part)], part)[0, 1]
    return at / SAMPLE_RATE_HZ if likeness > 0.5 else None


def test_a_vanished_device_is_noticed_and_taken_back(tmp_path: Path) -> None:
    with private_pulse() as pulse:
        probe = Running(pulse, tmp_path / "out.npz", "microphone", "speaker", "5.5")
        assert probe.tell()["open"] == ["microphone", "speaker"]
        pulse.kill()
        lost = probe.tell()
        assert "microphone" in lost["lost"]
        assert lost["after_s"] < 1.5
        pulse.start()
        back = probe.tell()
        assert back["back"] > 0.5
        assert back["names"] == ["microphone", "speaker"]
        probed = probe.finish()
    # The timeline holds: every frame begins where the one before ended, plus what was lost.
    ends = probed.starts[:-1] + FRAME_SAMPLES
    assert np.array_equal(probed.starts[1:], ends + probed.lost[1:])
    assert probed.starts[-1] / SAMPLE_RATE_HZ == pytest.approx(probed.end["wall_s"], abs=1.0)


def test_an_unplugged_microphone_is_told_at_once_and_replaced_at_last(tmp_path: Path) -> None:
    with private_pulse() as pulse:
        pulse.control("set-default-source", "room")
        probe = Running(pulse, tmp_path / "out.npz", "microphone", "speaker", "20")
        probe.tell()
        pulse.unplug()
        assert "microphone" in probe.tell()["lost"]
        pulse.plug_in()
        assert probe.tell()["names"] == ["microphone", "speaker"]
        # Now it is there and gives nothing, for longer than a named device is waited for.
        pulse.control("suspend-source", "microphone", "1")
        # It still opens, so that this takes a second look.
        assert probe.tell()["after_s"] < 5
        assert probe.tell()["names"][0] == "default"
        probe.process.kill()
        probe.process.communicate(timeout=20)


@pytest.mark.parametrize("stopped", ["server", "probe"])
def test_what_gets_no_time_to_run_is_no_lost_device(tmp_path: Path, stopped: str) -> None:
    with private_pulse() as pulse:
        probe = Running(pulse, tmp_path / "out.npz", "microphone", "speaker", "4")
        assert probe.tell()["open"]
        process = pulse.process if stopped == "server" else probe.process
        for stop_s in (0.5, 1.5):
            process.send_signal(signal.SIGSTOP)
            time.sleep(stop_s)
            process.send_signal(signal.SIGCONT)
        probed = probe.finish()
    # Nobody is told that a device has gone; what could not be had is counted, nothing else.
    assert probed.events == []
    assert probed.end["lost_samples"] <= 2.5 * SAMPLE_RATE_HZ
    assert np.array_equal(probed.starts[1:], probed.starts[:-1] + FRAME_SAMPLES + probed.lost[1:])
    if stopped == "probe":
        assert probed.end["lost_samples"] == 0


HOLD = """
import sys, time
from pathlib import Path
from agent.cli.run import microphone_held
from agent.errors import RehearseError
try:
    with microphone_held(Path(sys.argv[1])):
        print("held", flush=True)
        time.sleep(float(sys.argv[2]))
except RehearseError as error:
    sys.exit(str(error))
"""


def test_a_second_interview_on_a_microphone_is_told_of_the_first(pulse: Pulse) -> None:
    def start(folder: str, hold_s: str, **pipes: Any) -> subprocess.Popen[str]:
        command = [sys.executable, "-W", "error", "-c", HOLD, folder, hold_s]
        return subprocess.Popen(command, env=pulse.environment(), text=True, **pipes)

    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    with start("recordings/first", "60", **pipes) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        _, err = start("recordings/second", "0", **pipes).communicate(timeout=30)
        assert "in use by the interview in recordings/first" in err
        assert err.count("\n") == 1
        first.kill()
    # What was killed gave nothing up, and holds nothing.
    assert start("recordings/second", "0").wait(timeout=30) == 0


def test_the_commands_see_the_devices(pulse: Pulse, tmp_path: Path) -> None:
    def rehearse(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "agent.cli.main", *arguments],
            env=pulse.environment() | {"REHEARSE_HOME": str(tmp_path)},
            capture_output=True, text=True, check=True, timeout=120,
        )  # fmt: skip
        return done.stdout

    listed = json.loads(rehearse("devices", "--json"))
    assert {"microphone", "speaker"} <= {device["name"] for device in listed}
    assert "microphone" in rehearse("devices")
    write_wav(tmp_path / "tone.wav", tone(440.0, 60.0))
    player = pulse.play(tmp_path / "tone.wav")
    told = json.loads(rehearse("doctor", "--json", "--mic", "microphone"))
    player.kill()
    player.wait()
    (level,) = [check for check in told["checks"] if check["name"] == "microphone"]
    assert level["state"] == "ok"
    assert told["possible"]
