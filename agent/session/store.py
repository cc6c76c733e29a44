"""The folder of a session: its journal, its state, and who may read it (its owner alone).

Folders are 0700 and files 0600, whatever the umask.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from agent.brief import Brief
from agent.config import FORMAT_VERSION
from agent.errors import SessionError
from agent.session.events import Event, line_of, read_events
from agent.session.meta import SessionMeta, State

META = "session.json"
JOURNAL = "events.jsonl"
TRANSCRIPT = "transcript.json"
ANALYSIS = "analysis.json"
REPORT = "report.html"


class Journal:
    """Append events to events.jsonl, one JSON object a line, on disk as it happens.

    The open file is locked, so that others can tell a running session from a killed one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.touch(mode=0o600)
        self._file = path.open("a", encoding="utf-8", errors="replace")
        self.failed = ""
        """Why the journal stopped, "" while it is written."""
        _lock(self._file.fileno())

    def append(self, event: Event) -> None:
        """Write an event; a disk that refuses is remembered in `failed`, not raised."""
        if self.failed:
            return
        try:
            self._file.write(line_of(event))
            self._file.flush()
        except OSError as error:
            self.failed = (
                f"the journal stopped: {error.strerror} in {self._path.parent}; the interview goes"
                " on, free some space before the next one"
            )

    def close(self) -> None:
        """Close the file and give up the lock."""
        with contextlib.suppress(OSError):
            self._file.close()


class Session:
    """A session being recorded; a context manager that leaves a true state behind."""

    journal: Journal
    """Where events go once the session has begun."""

    def __init__(self, folder: Path, meta: SessionMeta) -> None:
        """Prepare it; nothing is written yet."""
        self.folder = folder
        """Where it lies; once it has begun with a number behind it where the name was taken."""
        self.meta = meta
        self.begun = False

    def finish(self, state: State) -> None:
        """Write the state that the session ended in."""
        self.meta = self.meta.model_copy(update={"state": state})
        with contextlib.suppress(OSError):
            # On a full disk the old file stays whole; readers then see "interrupted".
            write_private(self.folder / META, self.meta.model_dump_json(indent=1))

    def __enter__(self) -> Self:
        """Create the folder and its first files.

        Raises:
            SessionError: they cannot be made.
        """
        try:
            self.folder = _own_folder(self.folder)
            write_private(self.folder / META, self.meta.model_dump_json(indent=1))
            self.journal = Journal(self.folder / JOURNAL)
        except OSError as error:
            raise SessionError(
                f"cannot write a session to {self.folder}: {error.strerror}; choose another --out"
            ) from error
        self.begun = True
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self.meta.state == "running":
            self.finish("interrupted" if kind else "complete")
        self.journal.close()


@dataclass(frozen=True)
class StoredSession:
    """A session read back from its folder."""

    folder: Path
    meta: SessionMeta
    """With state "interrupted" where the writer is gone without having ended it."""
    events: tuple[Event, ...] = ()
    damaged: int = 0
    """Lines of the journal that cannot be read."""


def new_folder(parent: Path, brief: Brief, now: datetime) -> Path:
    """Return the folder for a session: <start>_<brief>."""
    return parent / f"{now:%Y-%m-%d_%H-%M-%S}_{brief.slug}"


def read_session(folder: Path) -> StoredSession:
    """Read a session folder.

    Raises:
        SessionError: no session, a damaged session.json, or one from a newer version.
    """
    meta = read_meta(folder)
    try:
        journal = (folder / JOURNAL).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        journal = ""
    except OSError as error:
        raise SessionError(f"cannot read {folder / JOURNAL}: {error.strerror}") from error
    return StoredSession(folder, meta, *read_events(journal))


def read_meta(folder: Path) -> SessionMeta:
    """Read session.json alone, with the state that is true now.

    Raises:
        SessionError: no session, a damaged session.json, or one from a newer version.
    """
    path = folder / META
    try:
        document = json.loads(path.read_bytes())
        version = document.get("format", 1) if isinstance(document, dict) else 1
        if isinstance(version, int) and version > FORMAT_VERSION:
            raise SessionError(
                f"{folder} was made by a newer Rehearse (format {version}, this one reads"
                f" {FORMAT_VERSION}); update Rehearse to open it"
            )
        meta = SessionMeta.model_validate(document)
    except FileNotFoundError as error:
        raise SessionError(
            f"{folder} is no session: it has no {META}; `rehearse sessions` lists them"
        ) from error
    except OSError as error:
        raise SessionError(f"cannot read {path}: {error.strerror}") from error
    except (ValidationError, ValueError, RecursionError) as error:
        raise SessionError(
            f"{path} is damaged; analyze the sound alone: rehearse analyze {folder}/candidate.wav"
        ) from error
    if meta.state == "running" and not _is_locked(folder / JOURNAL):
        return meta.model_copy(update={"state": "interrupted"})
    return meta


def session_folders(parent: Path) -> list[Path]:
    """Return the session folders below `parent`, oldest first."""
    if not parent.is_dir():
        return []
    return sorted(path.parent for path in parent.glob(f"*/{META}"))


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    draft = path.with_name(path.name + ".part")
    draft.unlink(missing_ok=True)
    try:
        draft.touch(mode=0o600)
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _own_folder(wanted: Path) -> Path:
    """Make a folder of that name, or with a number behind it, and return it.

    The folders above that are missing are made for the owner alone, too.
    """
    for folder in reversed(wanted.parents):
        if not folder.exists():
            folder.mkdir(mode=0o700, exist_ok=True)
    folder, number = wanted, 1
    while True:
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            number += 1
            folder = wanted.with_name(f"{wanted.name}-{number}")
        else:
            return folder


def _lock(descriptor: int) -> None:
    """Lock the open journal until this process is gone, where the system can."""
    try:
        import fcntl
    except ImportError:
        return
    with contextlib.suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_locked(path: Path) -> bool:
    """Return whether another process still writes this journal."""
    try:
        import fcntl
    except ImportError:
        # Without locks (Windows) a journal that is open for writing cannot be renamed.
        try:
            os.rename(path, path)  # noqa: PTH104
        except OSError:
            return path.exists()
        return False
    try:
        with path.open("rb") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
