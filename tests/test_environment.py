"""No library reports on whoever uses it: no connection, and nothing written at home."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.need import ROOT, need_program
from tests.tiny_piper import model

NAMES = ("ORT_DISABLE_TELEMETRY", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK")
_OPEN_A_MODEL = """
import sys, time
from pathlib import Path
from voice.onnx import open_model
open_model(Path(sys.argv[1]))
time.sleep({wait_s})
"""
_WAIT_S = 12
"""How long the process lives on: without the variable onnxruntime 1.32 looked its vendor's server
up after 9 s."""


def fresh(home: Path) -> dict[str, str]:
    """Return the environment of a new user outside of CI, where onnxruntime reports."""
    kept = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


@pytest.mark.parametrize("module", ["agent.cli.main", "agent.errors", "voice.onnx"])
def test_every_way_in_turns_reports_off(module: str, tmp_path: Path) -> None:
    code = f"import os, {module}; print(*(os.environ.get(name) for name in {NAMES}))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=fresh(tmp_path) | {"ORT_DISABLE_TELEMETRY": "0", "DO_NOT_TRACK": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["1", "1", "1"]


def opened(tmp_path: Path, wait_s: int) -> tuple[list[str], list[Path]]:
    """Open a model in a process under strace; return its Internet sockets and what is at home."""
    (home := tmp_path / "home").mkdir()
    (voice := tmp_path / "voice.onnx").write_bytes(model())
    log = tmp_path / "strace.txt"
    traced = [need_program("strace"), "-f", "-o", str(log), "-e", "trace=socket,connect"]
    code = _OPEN_A_MODEL.format(wait_s=wait_s)
    subprocess.run(
        [*traced, sys.executable, "-c", code, str(voice)],
        env=fresh(home),
        check=True,
    )
    calls = log.read_text().splitlines()
    return [call for call in calls if "AF_INET" in call], sorted(home.rglob("*"))


@pytest.mark.slow
def test_onnxruntime_opens_no_socket_and_writes_nothing_at_home(tmp_path: Path) -> None:
    assert opened(tmp_path, _WAIT_S) == ([], [])
