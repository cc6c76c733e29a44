"""What the doctor finds, and the proof that nothing connects."""

import json
import shutil
import socket
import subprocess
from pathlib import Path

import numpy as np
import pytest

from agent import doctor
from agent.doctor import Check, judge_level, network_blocked, possible
from tests.conftest import Rehearse
from voice.audio.clip import SAMPLE_RATE_HZ, Samples


def speech(level: float) -> Samples:
    """Return three seconds of noise, a third of it silent, with the RMS amplitude `level`."""
    rng = np.random.default_rng(3)
    samples = rng.normal(0, level, 3 * SAMPLE_RATE_HZ).clip(-32768, 32767)
    samples[SAMPLE_RATE_HZ : 2 * SAMPLE_RATE_HZ] = 0
    return samples.astype(np.int16)


@pytest.mark.parametrize(
    ("samples", "state", "told"),
    [
        (np.zeros(48_000, np.int16), "missing", "zeros"),
        (speech(30), "better", "too low"),
        (speech(3000), "ok", "dBFS"),
        (speech(20_000), "better", "overdriven"),
    ],
)
def test_a_level_is_judged(samples: Samples, state: str, told: str) -> None:
    check = judge_level(samples, "Headset")
    assert check.state == state
    assert told in check.found
    assert check.found.startswith("Headset")
    assert bool(check.remedy) == (state != "ok")


def test_an_interview_is_possible_without_a_microphone() -> None:
    fine = Check("recordings", "ok", "", vital=True)
    assert possible([fine, Check("sound", "missing", "no microphone")])
    assert not possible([fine, Check("recordings", "missing", "", vital=True)])


def test_recordings_need_a_folder_that_is_private(tmp_path: Path) -> None:
    (tmp_path / "recordings").touch()
    check = doctor.check_recordings(tmp_path / "recordings")
    assert (check.state, check.vital) == ("missing", True)
    assert "REHEARSE_HOME" in check.remedy
    session = tmp_path / "2026-11-22_10-00-00_brief"
    session.mkdir(mode=0o755)
    (session / "session.json").write_text("{}")
    check = doctor.check_recordings(tmp_path)
    assert check.state == "better" and "chmod" in check.remedy
    session.chmod(0o700)
    assert doctor.check_recordings(tmp_path).state == "ok"


def test_a_blocked_network_refuses_and_keeps_count() -> None:
    with network_blocked() as attempts:
        with pytest.raises(PermissionError):
            socket.create_connection(("127.0.0.1", 9), timeout=1)
        with pytest.raises(PermissionError):
            socket.getaddrinfo("localhost", 80)
        sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        with sender, pytest.raises(PermissionError):
            sender.sendto(b"x", ("127.0.0.1", 9))
    assert len(attempts) == 3
    assert "127.0.0.1" in attempts[0]
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()
    assert len(attempts) == 3


@pytest.mark.usefixtures("with_tiny_models")
@pytest.mark.parametrize("namespace", [True, False])
def test_offline_claims_no_more_than_it_watched(
    rehearse: Rehearse, monkeypatch: pytest.MonkeyPatch, namespace: bool
) -> None:
    command = ["unshare", "-rn", "true"]
    may = bool(shutil.which("unshare")) and not subprocess.run(command, check=False).returncode
    if not namespace:
        may = False
        monkeypatch.setenv("PATH", "/nowhere")
    done = rehearse("doctor", "--offline", "--json")
    assert done.code == 0, done.err
    checks = {check["name"]: check for check in json.loads(done.out)["checks"]}
    assert checks["offline"]["state"] == "ok"
    assert ("has no network at all" in checks["offline"]["found"]) == may
    assert "is not seen" in checks["offline"]["found"]
    assert {"sound", "recognizer", "voice", "recordings"} <= checks.keys()
    # Nothing is played where nobody sits at a terminal.
    assert not {"interviewer", "room"} & checks.keys()
