"""The page in a network of its own, seen from outside: a whole session by a scripted browser.

Run as a program it is that browser: it reads every view and holds an interview over the socket.
"""

import fcntl
import json
import os
import socket
import stat
import struct
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests import test_web_port
from tests.conftest import put_tiny_models
from tests.test_privacy import fresh, reached, traced, written
from tests.web_server import open_page

_SIOCSIFFLAGS, _UP = 0x8914, 0x41


def browse(home: Path) -> None:
    """Be the browser."""
    environment = dict(os.environ) | {"REHEARSE_HOME": str(home)}
    with open_page(environment) as page:
        page.enter()
        views = ["/", "/static/app.css", "/static/worklet.js", "/api/models"]
        brief = {"text": "## Likely questions\n- Why us?\n"}
        _, saved, _ = page.ask("/api/save", brief)
        views.append(json.loads(saved)["url"])
        with connect(
            f"ws://{page.host}/live",
            origin=Origin(f"http://{page.host}"),
            additional_headers={"Cookie": page.cookie},
        ) as tab:
            report = _hold(tab, json.loads(saved)["url"].rpartition("/")[2])
        for view in (*views, report, "/session/"):
            assert page.ask(view)[0] == 200, view


def _hold(tab: ClientConnection, brief: str) -> str:
    """Hold an interview that is stopped at its first question; return where its report is."""
    over, turn = threading.Event(), threading.Lock()
    player = test_web_port.Page(SimpleNamespace(take=tab.send))  # type: ignore[arg-type]

    def play() -> None:
        while not over.wait(0.02):
            with turn:
                player.pass_chunks(1)

    playing = threading.Thread(target=play)
    try:
        tab.send(json.dumps({"do": "sound", "rate_hz": test_web_port.RATE_HZ}))
        playing.start()
        tab.send(json.dumps({"do": "start", "brief": brief}))
        while True:
            message = tab.recv(timeout=120)
            if isinstance(message, bytes):
                with turn:
                    player.send(message)
                continue
            told = json.loads(message)
            assert told["is"] != "trouble" and told.get("state") != "failed", told
            if told["is"] == "move" and told["asks"]:
                tab.send(json.dumps({"do": "press", "key": "finish"}))
            if told.get("state") == "done":
                return str(told["url"])
    finally:
        over.set()
        playing.join()


@pytest.mark.slow
def test_a_session_of_the_page_reaches_nothing_and_writes_only_its_own(tmp_path: Path) -> None:
    home, temporary, log = (tmp_path / name for name in ("home", "tmp", "strace.txt"))
    for folder in (home, temporary):
        folder.mkdir()
    put_tiny_models(home)
    environment = fresh(home) | {
        "TMPDIR": str(temporary),
        "REHEARSE_MODELS": str(home / "models"),
    }
    this = [sys.executable, "-m", "tests.test_web_private"]
    done = subprocess.run(
        [*traced(log, environment, *this, "--up"), *this, str(home)],
        env=environment, capture_output=True, text=True, umask=0, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    trace = log.read_text(errors="replace").splitlines()
    assert reached(trace) == []
    outside = {path for path in written(trace) if not path.is_relative_to(temporary)}
    assert any(path.name == "candidate.wav" for path in outside)
    assert {path for path in outside if not path.is_relative_to(home)} == set()
    for path in (one for name in ("recordings", "briefs") for one in (home / name).rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


if __name__ == "__main__":
    if sys.argv[1] == "--up":  # a new network has a loopback device that is down
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh", b"lo", _UP))
        os.execv(sys.argv[2], sys.argv[2:])
    browse(Path(sys.argv[1]))
