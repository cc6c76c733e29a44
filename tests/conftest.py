"""What many tests share: the command line as a process of its own, and one demo interview."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from tests.need import MODELS, ROOT, need_models
from tests.tiny_piper import write_voice
from tests.tiny_whisper import write_tiny_whisper

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("rehearse", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=10)
DEFAULTS = ("whisper/base", "piper/en_US-joe-medium", "smart-turn", "minilm")
"""What `rehearse setup` fetches."""
_PROCESSES = {"rehearse", "demo", "pulse"}
"""The fixtures that start processes: the command line, a sound server."""


def pytest_configure(config: pytest.Config) -> None:
    """Let tests see no models but those that they ask for; try fewer examples in the quick run."""
    os.environ["REHEARSE_MODELS"] = str(ROOT / "no models")
    os.environ.pop("REHEARSE_HOME", None)
    settings.load_profile("quick" if config.option.markexpr == "not slow" else "rehearse")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that start processes as slow; with several workers (`-n`) those begin first.

    Others are marked where they stand.
    """
    for item in items:
        if _PROCESSES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
    if hasattr(config, "workerinput"):
        # The last files by name hold whole interviews; begun last they would be waited for.
        files = list(dict.fromkeys(item.path for item in items))[::-1]
        items.sort(
            key=lambda item: (item.get_closest_marker("slow") is None, files.index(item.path))
        )


@dataclass(frozen=True)
class Run:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The error, which must be one line of ours."""
        assert self.code == 1, self
        (line,) = [line for line in self.err.splitlines() if line.startswith("rehearse: ")]
        return line


Rehearse = Callable[..., Run]


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a new user: nothing recorded, no models, no terminal."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("REHEARSE_", "OLLAMA_"))}
    places = {"REHEARSE_HOME": "home", "REHEARSE_MODELS": "models", "HF_HOME": "hub"}
    fresh = {name: str(home / folder) for name, folder in places.items()}
    return kept | fresh | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "80"} | more


def run_rehearse(
    home: Path,
    *arguments: str | Path,
    text: str = "",
    cwd: Path | None = None,
    timeout_s: float = 240,
) -> Run:
    """Run `rehearse` as a process and return what it did; a hang fails the test."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "agent.cli.main", *map(str, arguments)],
        input=text,
        capture_output=True,
        encoding="utf-8",
        env=environment(home),
        cwd=cwd or home,
        timeout=timeout_s,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Run(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def rehearse(tmp_path: Path) -> Rehearse:
    """Return a function that runs the command line in an empty home."""

    def run(*arguments: str | Path, text: str = "", cwd: Path | None = None) -> Run:
        return run_rehearse(tmp_path, *arguments, text=text, cwd=cwd)

    return run


@pytest.fixture
def with_models(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let a test see the real models, or skip; return their folder."""
    monkeypatch.setenv("REHEARSE_MODELS", str(need_models(*DEFAULTS)))
    return MODELS


def put_tiny_models(home: Path) -> None:
    """Put a tiny voice and a tiny recognizer into an empty home, so that it can be spoken."""
    write_voice(home / "models" / "piper")
    write_tiny_whisper(home / "models" / "whisper" / "tiny")


@pytest.fixture
def with_tiny_models(tmp_path: Path) -> None:
    """Let a test speak with tiny models."""
    put_tiny_models(tmp_path)


@dataclass(frozen=True)
class Demo:
    """The one demo interview that many tests look at."""

    run: Run
    folder: Path
    home: Path
    """With the real models, for `run_rehearse`."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Hold `rehearse demo` once, for all workers together."""
    models = need_models(*DEFAULTS)
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    home, done = base / "demo", base / "demo.json"
    with FileLock(base / "demo.lock"):
        if not done.exists():
            home.mkdir()
            (home / "models").symlink_to(models, target_is_directory=True)
            run = run_rehearse(home, "demo", "--out", home / "out", timeout_s=900)
            done.write_text(json.dumps(asdict(run)))
    run = Run(**json.loads(done.read_text()))
    assert run.code == 0, run.err
    (folder,) = (home / "out").iterdir()
    return Demo(run, folder, home)
