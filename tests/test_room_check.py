"""The room between loudspeaker and microphone: measured, judged, and a mode recommended."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from agent.room_check import Room, judge_room, measure_room
from tests.need import need_models
from tests.pulse import Pulse, private_pulse
from tests.scripted import noise, voice_like
from voice.audio.clip import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples, write_wav
from voice.audio.port import Frame
from voice.errors import DeviceError

Floats = npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def pulse() -> Iterator[Pulse]:
    with private_pulse() as server:
        yield server


@pytest.fixture(scope="module")
def sentence() -> Samples:
    return voice_like(4.0).samples


def frames(response: Floats, played: Samples) -> list[Frame]:
    """Return what a room makes of a sound, half a second and more of silence around it."""
    speaker = np.pad(played, (12_800, 16_000))
    speaker = speaker[: len(speaker) // FRAME_SAMPLES * FRAME_SAMPLES]
    echo = np.convolve(speaker.astype(float), response)[: len(speaker)]
    mic = np.round(echo + np.random.default_rng(1).normal(0, 20, len(speaker)))
    mic = mic.clip(-32768, 32767).astype(np.int16)
    return [
        Frame(at, mic[at : at + FRAME_SAMPLES], speaker[at : at + FRAME_SAMPLES])
        for at in range(0, len(speaker), FRAME_SAMPLES)
    ]


def measured(response: Floats, sentence: Samples) -> Room:
    return measure_room(frames(response, sentence))


def response(gain_db: float, delay_s: float = 0.06) -> Floats:
    time_s = np.arange(4800) / SAMPLE_RATE_HZ
    tail = np.random.default_rng(2).normal(0, 1, len(time_s)) * 10 ** (-3 * time_s / 0.3)
    tail *= 10 ** (gain_db / 20) / np.sqrt(np.sum(tail**2))
    return np.concatenate((np.zeros(round(delay_s * SAMPLE_RATE_HZ)), tail))


def test_a_room_is_measured_and_judged(sentence: Samples) -> None:
    near = measured(np.zeros(1), sentence)
    assert near.mode == measured(response(-50), sentence).mode == "headphones"
    assert "headphones" in judge_room(near).found
    room = measured(response(-10.0), sentence)
    assert room.echo_db == pytest.approx(-10.0, abs=3)
    assert room.mode == "loudspeaker" and "you can interrupt" in judge_room(room).found
    loud = judge_room(Room(-5.0, 1.2))
    assert "1.2 s of the interviewer's own voice" in loud.found
    assert "--half-duplex" in loud.remedy


def test_a_dead_microphone_is_no_pair_of_headphones(sentence: Samples) -> None:
    with pytest.raises(DeviceError, match="only zeros"):
        measure_room([replace(f, mic=f.mic * 0) for f in frames(np.zeros(1), sentence)])


def told(pulse: Pulse, folder: Path, mic: str) -> dict[str, Any]:
    """Run the doctor with its sound and return what it says in JSON."""
    models = need_models("piper/en_US-joe-medium")
    home = {"REHEARSE_HOME": str(folder), "REHEARSE_MODELS": str(models)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "agent.cli.main", "doctor", "--json", "--sound",
         "--mic", mic, "--speaker", "speaker"],
        env=pulse.environment() | home,
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert "You will hear" in done.stderr
    assert all(len(line) <= 80 for line in done.stderr.splitlines())
    document: dict[str, Any] = json.loads(done.stdout)
    return document


@pytest.mark.slow
def test_the_doctor_measures_a_loudspeaker_through_the_devices(
    pulse: Pulse, tmp_path: Path
) -> None:
    # The loudspeaker reaches the microphone 20 dB softer, by way of a loopback with a delay;
    # a microphone that hears nothing else, not even a hiss, would give only zeros.
    pulse.control("load-module", "module-loopback", "source=speaker.monitor", "sink=candidate",
                  "latency_msec=60")  # fmt: skip
    pulse.control("set-sink-volume", "candidate", "-20dB")
    write_wav(tmp_path / "hiss.wav", noise(120.0, -60))
    with pulse.play(tmp_path / "hiss.wav") as hiss:
        document = told(pulse, tmp_path, "microphone")
        hiss.kill()
    (check,) = [each for each in document["checks"] if each["name"] == "room"]
    assert check["state"] == "ok", check
    room = document["room"]
    assert room["mode"] == "loudspeaker"
    assert room["echo_db"] == pytest.approx(-20, abs=4)
