"""Nothing leaves the machine, and nothing is written but what was asked for: seen from outside."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import DEFAULTS
from tests.need import ROOT, need, need_models, need_program

BRIEF = ROOT / "briefs" / "ward-nurse.md"
_REACHED = re.compile(
    r"sin6?_port=htons\((\d+)\).*?(?:inet_addr\(|inet_pton\(AF_INET6, )\"([^\"]+)"
)
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|^\d+ +(?:mkdir|rename|creat|symlink|link|mknod)")
_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
_DEVICES = ("/dev/null", "/dev/shm/sem.", "/dev/tty", "/dev/pts/")
"""What is no file of anybody's; the semaphores are multiprocessing's and go with the process."""


NAMES = ("ORT_DISABLE_TELEMETRY", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK")


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


def reached(trace: list[str]) -> list[str]:
    """Return the calls that look a name up or name another machine."""
    named = [(line, _REACHED.search(line)) for line in trace]
    away = [ln for ln, to in named if to and (to[1] == "53" or to[2][:4] not in ("127.", "::1"))]
    return away + [line for line in trace if re.search(r"socket\(AF_INET6?, SOCK_DGRAM", line)]


def written(trace: list[str]) -> set[Path]:
    """Return the absolute paths that were opened for writing or made."""
    done = (line for line in trace if _WRITES.search(line) and " = -1 " not in line)
    paths = (path[1] for line in done for path in _PATH.finditer(line))
    return {Path(path) for path in paths if not path.startswith(_DEVICES)}


def traced(log: Path, environment: dict[str, str], *before: str) -> list[str]:
    """Return what runs a command in a network of its own and writes its calls down, or skip."""
    calls = "socket,connect,bind,sendto,sendmsg,sendmmsg,open,openat,creat,/mkdir,/rename,/link"
    strace = [need_program("strace"), "-f", "-qq", "--seccomp-bpf", "-A", "-o", str(log), "-e"]
    command = [need_program("unshare"), "-rn", *before, *strace, f"trace={calls},/mknod,/symlink"]
    allowed = subprocess.run([*command, "true"], env=environment, capture_output=True, check=False)
    need(not allowed.returncode, "no network namespace of one's own may be made and traced here")
    return command


@pytest.mark.slow
def test_a_whole_use_reaches_nothing_and_writes_only_its_own_for_its_owner(tmp_path: Path) -> None:
    log = tmp_path / "strace.txt"
    within = traced(log, dict(os.environ))
    home, temporary, work = (tmp_path / name for name in ("home", "tmp", "work"))
    for folder in (home, temporary, work):
        folder.mkdir()
    store = need_models(*DEFAULTS)
    places = {"TMPDIR": str(temporary), "REHEARSE_MODELS": str(store)}

    def rehearse(*arguments: str | Path, text: str = "") -> None:
        command = [sys.executable, "-m", "agent.cli.main", *map(str, arguments)]
        done = subprocess.run(
            [*within, *command],
            input=text,
            env=fresh(home) | places | {"OMP_NUM_THREADS": "1"},
            cwd=work,
            capture_output=True,
            text=True,
            umask=0,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    rehearse("demo")
    rehearse("run", BRIEF, "--text", text="I was a nurse for 12 years.\nq\n")
    (track,) = home.rglob("candidate.wav")
    rehearse("analyze", track.parent)
    rehearse("report", track.parent)
    rehearse("brief", "import", BRIEF, "--out", work / "mine.md")
    trace = log.read_text(errors="replace").splitlines()
    assert reached(trace) == []
    sessions = home / ".local" / "share" / "rehearse"
    record = {store / ".checked.json", store / ".checked.json.part"}
    outside = {path for path in written(trace) - record if not path.is_relative_to(temporary)}
    assert {path for path in outside if path.is_relative_to(sessions)}
    above = {*sessions.parents, work / "mine.md", work / "mine.md.part"}
    assert {path for path in outside - above if not path.is_relative_to(sessions)} == set()
    for path in (*sessions.rglob("*"), work / "mine.md"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_line_of_strace_is_understood() -> None:
    """Whoever reads a trace must see what is in it, or the test above holds nothing."""
    trace = [
        '7 connect(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("9.9.9.9")}, 16)',
        '7 connect(3, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("127.0.0.1")}, 16)',
        "7 socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP) = 3",
        '7 connect(3, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT',
        '8 openat(AT_FDCWD, "/root/.cache/x", O_WRONLY|O_CREAT|O_CLOEXEC, 0666) = 4',
        '8 openat(AT_FDCWD, "/etc/hosts", O_RDONLY|O_CLOEXEC) = 4',
    ]
    assert reached(trace) == [trace[0], trace[2]]
    assert written(trace) == {Path("/root/.cache/x")}
