"""Whether a model's file has the bytes that its pin says: read again only after it was changed."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from voice import files

_NAME = ".checked.json"
"""In the model store: the size, time and SHA-256 of every pinned file when it was last read."""


def has_digest(path: Path, sha256: str, store: Path) -> bool:
    """Return whether a file has this SHA-256; what is known of it is kept in the store."""
    about = path.stat()
    return _digest(path, about.st_size, about.st_mtime_ns, store) == sha256


@lru_cache(maxsize=256)
def _digest(path: Path, size_bytes: int, changed_ns: int, store: Path) -> str:
    known = _known(store / _NAME)
    key, stamp = str(path.resolve()), [size_bytes, changed_ns]
    kept = known.get(key)
    if isinstance(kept, list) and kept[:2] == stamp and len(kept) == 3:
        return str(kept[2])
    with path.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    with suppress(OSError):  # a store that cannot be written is read again the next time
        text = json.dumps({**_known(store / _NAME), key: [*stamp, found]}, indent=0)
        files.write_whole(store / _NAME, text.encode())
    return found


def _known(path: Path) -> dict[str, object]:
    try:
        known = json.loads(files.read(path, 1_000_000))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
