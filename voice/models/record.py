"""What was verified of a model, kept beside its files: verified.json.

By it a second `rehearse setup` need not read 300 MB again, and the store sees at once that a
file is not as long as it was. A record is no proof against somebody who writes both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from voice.models.catalog import File

RECORD = "verified.json"
"""Lies in the folder of the model."""
_MOST_BYTES = 1 << 16
"""A longer record is none of ours."""


class Verified(BaseModel):
    """One file as it was when its digest was computed."""

    size_bytes: int = Field(ge=0)
    """Its length."""
    mtime_ns: int
    """When it was written, in nanoseconds since 1970."""
    sha256: str
    """The SHA-256 of its content in hex."""


_RECORD = TypeAdapter(dict[str, Verified])


def read_record(folder: Path) -> dict[str, Verified]:
    """Return what was verified in a folder, by file name; {} where nothing is recorded."""
    path = folder / RECORD
    try:
        return _RECORD.validate_json(path.read_bytes()) if path.stat().st_size < _MOST_BYTES else {}
    except (OSError, ValidationError):
        return {}


def write_record(folder: Path, digests: dict[str, str]) -> None:
    """Record the SHA-256 of files in a folder.

    Raises:
        OSError: the folder cannot be written.
    """
    states = {name: (folder / name).stat() for name in digests}
    record = {
        name: Verified(size_bytes=state.st_size, mtime_ns=state.st_mtime_ns, sha256=digests[name])
        for name, state in states.items()
    }
    (folder / RECORD).write_bytes(_RECORD.dump_json(record, indent=1))


def are_as_pinned(folder: Path, files: Iterable[File]) -> bool:
    """Tell whether pinned files in a folder are what they must be.

    A file is read only where the record does not know it as it is now; then the record is
    written anew where the folder can be written.
    """
    record = read_record(folder)
    digests: dict[str, str] = {}
    for file in files:
        state = (folder / file.name).stat()
        if state.st_size != file.size_bytes:
            return False
        known = record.get(file.name)
        if known and (known.size_bytes, known.mtime_ns) == (state.st_size, state.st_mtime_ns):
            digests[file.name] = known.sha256
        else:
            with (folder / file.name).open("rb") as content:
                digests[file.name] = hashlib.file_digest(content, "sha256").hexdigest()
        if digests[file.name] != file.sha256:
            return False
    if digests != {name: known.sha256 for name, known in record.items()}:
        try:
            write_record(folder, digests)
        except OSError:
            return True  # a store that is only read is as good; it is read in full next time
    return True
