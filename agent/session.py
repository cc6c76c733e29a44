"""A session on disk: session.json, an append-only journal, tracks, transcript, analysis.

The two halves of Rehearse meet only here. Folders are 0700 and files 0600: a recording is
its owner's alone.
"""

from __future__ import annotations

import contextlib
import json
import os
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.brief import Brief
from agent.config import FORMAT_VERSION
from agent.errors import SessionError
from agent.kept_plan import KeptPlan

Form = TypeVar("Form", bound=BaseModel)
State = Literal["running", "complete", "interrupted"]

META = "session.json"
JOURNAL = "events.jsonl"
TRANSCRIPT = "transcript.json"
ANALYSIS = "analysis.json"
REPORT = "report.html"


class SessionMeta(BaseModel):
    """session.json: what a session was made of."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    format: int = Field(default=FORMAT_VERSION, ge=1)
    brief: Brief = Brief()
    """The brief as used."""
    recording: str = ""
    """Name of the recording that was brought in, "" for an interview."""
    started: str = ""
    """ISO 8601 local time with offset."""
    state: State = "running"
    channel: Literal["spoken", "typed"] = "spoken"
    engines: dict[str, str] = {}
    """stt, tts, interviewer: engine and model."""
    notes: tuple[str, ...] = ()
    """Engines that fell back, parts of the brief that were missing."""
    settings: dict[str, Any] = {}
    """The options of the command line that shaped the interview."""
    plan: KeptPlan | None = None
    """What was to be asked; None for a recording, and in sessions from before it was kept."""

    @property
    def demo(self) -> bool:
        """Whether the recorded candidate answered."""
        return bool(self.settings.get("demo"))

    @property
    def retry_of(self) -> str:
        """Name of the folder of which this session asks one question again, "" for none."""
        retry = self.settings.get("retry")
        return str(retry.get("of") or "") if isinstance(retry, dict) else ""

    @property
    def title(self) -> str:
        """What the session is called: by its brief, else by its recording."""
        named = self.brief.company or self.brief.role
        return self.brief.title if named or not self.recording else self.recording


class Journal:
    """Append events to events.jsonl, one JSON object a line, on disk as it happens.

    The open file is locked, so that others can tell a running session from a killed one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.touch(mode=0o600)
        self._file = path.open("a", encoding="utf-8")
        self.failed = ""
        """Why the journal stopped, "" while it is written."""
        _lock(self._file.fileno())

    def append(self, event: str, **fields: Any) -> None:
        """Write one event; a disk that refuses is remembered in `failed`, not raised."""
        if self.failed:
            return
        try:
            self._file.write(json.dumps({"event": event, **fields}, ensure_ascii=False) + "\n")
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

    def __init__(self, folder: Path, meta: SessionMeta) -> None:
        """Create the folder and its first files.

        Raises:
            SessionError: the folder cannot be made.
        """
        self.folder = folder
        self.meta = meta
        try:
            folder.mkdir(parents=True, mode=0o700)
            write_private(folder / META, meta.model_dump_json(indent=1))
            self.journal = Journal(folder / JOURNAL)
        except OSError as error:
            raise SessionError(
                f"cannot write a session to {folder}: {error.strerror}; choose another --out"
            ) from error

    def finish(self, state: State) -> None:
        """Write the state that the session ended in."""
        self.meta = self.meta.model_copy(update={"state": state})
        with contextlib.suppress(OSError):
            # On a full disk the old file stays whole; readers then see "interrupted".
            write_private(self.folder / META, self.meta.model_dump_json(indent=1))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.meta.state == "running":
            self.finish("interrupted" if kind else "complete")
        self.journal.close()


class StoredSession(BaseModel):
    """A session read back from its folder."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    folder: Path
    meta: SessionMeta
    """With state "interrupted" where the writer is gone without having ended it."""
    events: tuple[dict[str, Any], ...]
    """The journal; a half-written last line is left out."""


def new_folder(parent: Path, brief: Brief, now: datetime) -> Path:
    """Return a folder name that does not exist yet: <start>_<brief>."""
    name = f"{now:%Y-%m-%d_%H-%M-%S}_{brief.slug}"
    folder = parent / name
    number = 2
    while folder.exists():
        folder = parent / f"{name}-{number}"
        number += 1
    return folder


def read_session(folder: Path) -> StoredSession:
    """Read a session folder.

    Raises:
        SessionError: no session, a damaged session.json, or one from a newer version.
    """
    meta = read_meta(folder)
    try:
        lines = (folder / JOURNAL).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        lines = []
    except OSError as error:
        raise SessionError(f"cannot read {folder / JOURNAL}: {error.strerror}") from error
    events = [event for line in lines if (event := _event(line)) is not None]
    return StoredSession(folder=folder, meta=meta, events=tuple(events))


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


def event_as(form: type[Form], event: dict[str, Any], name: str) -> Form | None:
    """Return an event of the journal in a form, None where it is another or has not that form."""
    if event.get("event") != name:
        return None
    try:
        return form.model_validate(event)
    except ValidationError:
        return None


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


def _event(line: str) -> dict[str, Any] | None:
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return event if isinstance(event, dict) and isinstance(event.get("event"), str) else None


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
