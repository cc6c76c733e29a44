"""A session on disk, where the two halves of Rehearse meet: journal, state, and who may read it.

Folders are 0700 and files 0600 whatever the umask: a recording is its owner's alone.
"""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ValidationError

from agent.brief import Brief
from agent.errors import SessionError
from agent.session.events import Event, line_of, read_events
from agent.session.in_use import locked
from agent.session.settings import SessionMeta as SessionMeta
from agent.session.settings import State as State
from voice import files
from voice.audio import recorder

META = "session.json"
JOURNAL = "events.jsonl"
TRANSCRIPT = "transcript.json"
ANALYSIS = "analysis.json"
REPORT = "report.html"
_LOOKED_AT = 20
"""So many of the last sessions are looked at for an analysis that is missing."""
MOST_BYTES = 100_000_000
"""No file of a session but its tracks is larger."""


class Journal:
    """Append events to events.jsonl, on disk as they happen.

    The open file is locked, so that others can tell a running session from a killed one. What a
    full disk refuses is kept and written once there is room.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = files.create(path, append=True)
        self._syncing = files.Syncing(self._handle)
        self._written_bytes = os.fstat(self._handle).st_size
        self._refused = b""
        locked(self._handle)

    def append(self, event: Event) -> str:
        """Write an event; return what the person must be told of the disk, "" as a rule."""
        return self._write(line_of(event).encode("utf-8", errors="replace"))

    def _write(self, line: bytes) -> str:
        refused_before, self._refused = bool(self._refused), self._refused + line
        try:
            if files.is_gone(self._handle):
                raise OSError(errno.ENOENT, "it was deleted")
            files.write(self._handle, self._refused)
            self._written_bytes += len(self._refused)
            self._refused = b""
            self._syncing.look()
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(self._handle, self._written_bytes)
            told = f"the journal cannot be written: {error.strerror} in {self._path.parent}; "
            return "" if refused_before else told + "the interview goes on, make room for it"
        return "the journal is written again, nothing of it is missing" if refused_before else ""

    def close(self) -> None:
        """Write what was refused, have all of it on the disk, and give up the lock."""
        self._write(b"")
        with contextlib.suppress(OSError):
            files.sync(self._handle)
        os.close(self._handle)


class Session:
    """A session being recorded; a context manager that leaves a true state behind."""

    journal: Journal

    def __init__(self, folder: Path, meta: SessionMeta) -> None:
        """Prepare it; nothing is written yet. Once begun, `folder` may have a number behind it."""
        self.folder, self.meta, self.begun = folder, meta, False

    def finish(self, state: State) -> None:
        """Write the state that the session ended in, and what its files are made of."""
        update = {"state": state, "sha256": checksums(self.folder)}
        self.meta = self.meta.model_copy(update=update)
        with contextlib.suppress(OSError):
            # On a full disk the old file stays whole; readers then see "interrupted".
            self._write_meta()

    def _write_meta(self) -> None:
        write_private(self.folder / META, json_of(self.meta))

    def __enter__(self) -> Self:
        """Create the folder and its first files; SessionError where they cannot be made."""
        try:
            self.folder = _made_folder(self.folder)
            self._write_meta()
            self.journal = Journal(self.folder / JOURNAL)
        except OSError as error:
            raise SessionError(
                f"cannot write a session to {self.folder}: {error.strerror}; choose another --out"
            ) from error
        self.begun = True
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.journal.close()
        if kind and is_empty(self.folder):
            shutil.rmtree(self.folder, ignore_errors=True)
            self.begun = False
        elif self.meta.state == "running":
            self.finish("interrupted" if kind else "complete")


@dataclass(frozen=True)
class StoredSession:
    """A session read back from its folder."""

    folder: Path
    meta: SessionMeta
    """With state "interrupted" where the writer is gone without having ended it."""
    events: tuple[Event, ...] = ()
    damaged: int = 0


def new_folder(parent: Path, brief: Brief, now: datetime) -> Path:
    """Return the folder for a session: <start>_<brief>."""
    return parent / f"{now:%Y-%m-%d_%H-%M-%S}_{brief.slug}"


def read_session(folder: Path) -> StoredSession:
    """Read a session folder; SessionError as read_meta, or for a journal that cannot be read."""
    meta = read_meta(folder)
    try:
        journal = files.read(folder / JOURNAL, MOST_BYTES).decode("utf-8", errors="replace")
    except FileNotFoundError:
        journal = ""
    except OSError as error:
        raise SessionError(f"cannot read {folder / JOURNAL}: {error.strerror}") from error
    return StoredSession(folder, meta, *read_events(journal))


def read_meta(folder: Path) -> SessionMeta:
    """Read session.json alone, with the state that is true now.

    SessionError for no session, a damaged session.json, or one from a newer version.
    """
    path = folder / META
    try:
        meta = SessionMeta.model_validate_json(files.read(path, MOST_BYTES))
    except FileNotFoundError as error:
        raise SessionError(
            f"{folder} is no session: it has no {META}; `rehearse sessions` lists them"
        ) from error
    except OSError as error:
        raise SessionError(f"cannot read {path}: {error.strerror}") from error
    except ValidationError as error:
        if any(one["loc"] == ("format",) and "less" in one["type"] for one in error.errors()):
            raise SessionError(
                f"{folder} was made by a newer Rehearse; update Rehearse to open it"
            ) from error
        raise SessionError(
            f"{path} is damaged; analyze the sound alone: rehearse analyze {folder}/candidate.wav"
        ) from error
    if meta.state == "running" and not _is_locked(folder / JOURNAL):
        return meta.model_copy(update={"state": "interrupted"})
    return meta


def session_folders(parent: Path) -> list[Path]:
    """Return the session folders below `parent`, oldest first."""
    return sorted(path.parent for path in parent.glob(f"*/{META}"))


def unfinished(parent: Path) -> list[Path]:
    """Return which of the last sessions were never analyzed; empty ones are removed."""
    found = []
    for folder in session_folders(parent)[-_LOOKED_AT:]:
        with contextlib.suppress(SessionError):
            state = "" if (folder / ANALYSIS).exists() else read_meta(folder).state
            if state == "interrupted" and is_empty(folder):
                shutil.rmtree(folder, ignore_errors=True)
            elif state in ("interrupted", "complete"):
                found.append(folder)
    return found


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    files.write_whole(path, text.encode("utf-8", errors="replace"))


def json_of(document: BaseModel) -> str:
    """Return it as JSON; pydantic itself refuses a name from the disk that is not in UTF-8."""
    return json.dumps(document.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=1)


def checksums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of the tracks and the journal that are there, by file name."""
    found = {}
    for path in (folder / JOURNAL, *sorted(folder.glob("*.wav"))):
        with contextlib.suppress(OSError):
            about = path.lstat()
            if stat.S_ISREG(about.st_mode) and about.st_size <= recorder.MOST_BYTES:
                with path.open("rb") as file:
                    found[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def is_empty(folder: Path) -> bool:
    """Return whether a session holds nothing but what it begins with."""
    tracks = dict.fromkeys((recorder.CANDIDATE_TRACK, recorder.INTERVIEWER_TRACK), 44)
    begun = {META: MOST_BYTES, JOURNAL: 0, **tracks}
    try:
        return all(one.lstat().st_size <= begun.get(one.name, -1) for one in folder.iterdir())
    except OSError:
        return False


def _made_folder(wanted: Path) -> Path:
    """Make a folder of that name, or with a number behind it, and what is missing above it."""
    for parent in reversed(wanted.parents):
        if not parent.exists():
            parent.mkdir(mode=0o700, exist_ok=True)
    folder, number = wanted, 1
    while True:
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            number += 1
            folder = wanted.with_name(f"{wanted.name}-{number}")
        else:
            return folder


def _is_locked(path: Path) -> bool:
    if not path.is_file():  # A pipe would be waited for.
        return False
    try:
        with path.open("rb") as file:
            return not locked(file.fileno(), shared=True)
    except OSError:
        return False
