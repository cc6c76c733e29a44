"""A session folder from somebody else, a name of any bytes: told in a line, obeyed by nobody."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import re
import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.cli.main import main
from agent.report.results import write_results
from tests.test_safe_keeping import NOTHING, SAID, typed

_FILES = ("session.json", "events.jsonl", "analysis.json", "transcript.json")
_VALUES: tuple[Any, ...] = (
    float("inf"), float("-inf"), float("nan"), 1e308, -1e308, 1e12, -1, 10**400, None, [], {}, [[]],
    "", "\0\x1b]0;owned\x07\x1b[2J\u202e", "\ud800", "x" * 300_000, True, "../../etc/passwd",
)  # fmt: skip
_CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]|\r(?!\n)")
_HANG_S = 20


def damaged(value: Any, chance: random.Random) -> Any:
    """Return a JSON value with one of its parts, or itself, replaced."""
    if isinstance(value, dict | list) and value and chance.random() < 0.9:
        copy: Any = dict(value) if isinstance(value, dict) else list(value)
        key = chance.choice(list(copy) if isinstance(copy, dict) else range(len(copy)))
        copy[key] = damaged(copy[key], chance)
        return copy
    return chance.choice(_VALUES)


def in_lines(text: str, chance: random.Random) -> str:
    lines = [json.loads(line) for line in text.splitlines()]
    for _ in range(3):
        at = chance.randrange(len(lines))
        lines[at] = damaged(lines[at], chance)
    return "\n".join(map(json.dumps, lines))


def hostile(folder: Path, chance: random.Random) -> None:
    """Do one of many things to a session."""
    path = folder / chance.choice((*_FILES, *_FILES, "candidate.wav"))
    how = chance.randrange(10)
    if how > 3 and path.suffix != ".wav":
        text = path.read_text()
        told = in_lines(text, chance) if path.suffix == ".jsonl" else None
        path.write_text(told or json.dumps(damaged(json.loads(text), chance)))
        return
    path.unlink(missing_ok=True)
    if how == 0:
        os.mkfifo(path)
    elif how == 1:
        path.symlink_to(
            chance.choice(["/dev/zero", "/dev/tty", "/etc/passwd", "nowhere", path.name])
        )
    elif how == 2:
        path.mkdir()
    elif how == 3:
        path.write_bytes(chance.randbytes(2000))
    else:
        with path.open("wb") as file:
            file.truncate(20_000_000_000)


@contextlib.contextmanager
def at_most(seconds: int) -> Iterator[None]:
    def late(*_: object) -> None:
        raise TimeoutError("a command hangs")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture
def told(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that runs a command in this process, and returns what it printed."""
    monkeypatch.setenv("REHEARSE_TRACEBACK", "1")

    def run(*arguments: str | Path) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
        capfd.readouterr()
        with at_most(_HANG_S):
            code = main([*map(str, arguments)])
        printed = "".join(capfd.readouterr())
        assert code in (0, 1), arguments
        assert not _CONTROL.search(printed), (arguments, printed)
        return printed

    return run


@pytest.mark.slow
@pytest.mark.parametrize("fifth", range(5))
def test_hostile_sessions_are_told_in_a_line(
    tmp_path: Path, told: Callable[..., str], fifth: int
) -> None:
    sample = typed(tmp_path / "sample", SAID)
    write_results(sample, NOTHING)
    brief = tmp_path / "brief.md"
    brief.write_text("## Questions\n- What of A?\n- What of B?\n")
    for number in range(40):
        chance = random.Random(f"{fifth}.{number}")
        parent = tmp_path / str(number)
        folder = parent / chance.choice([sample.name, "\x1b[31mred\u202e", os.fsdecode(b"caf\xe9")])
        shutil.copytree(sample, folder)
        hostile(folder, chance)
        for command in ("report", "transcript", "analyze"):
            told(command, folder)
        told("replay", folder, "--list")
        told("analyze", folder, "--format", chance.choice(["md", "srt", "vtt", "csv", "json"]))
        told("sessions", "--check", "--out", parent)
        told("progress", "--out", parent)
        told("plan", brief, "--next", "--out", parent)
        told("run", brief, "--text", "--interviewer", "rules", "--out", parent)
        shutil.rmtree(parent)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_500_000
