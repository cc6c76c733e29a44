"""The model hub (huggingface.co, or HF_ENDPOINT): what a folder holds, and its files.

Plain HTTPS through httpx, which the ollama client brings: two requests of a documented
interface (`/api/models/REPO/tree/REVISION/FOLDER`, `/REPO/resolve/REVISION/FILE`), so that
every wait has a limit, a broken download goes on where it stopped, and the digests that the
hub lists are compared, which huggingface_hub's snapshot_download does not do.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from voice.errors import ModelError
from voice.models.catalog import File, Item

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

_CONNECT_S = 5.0
_READ_S = 20.0
FIRST_ANSWER_S = 10.0
"""In all, over every address of the hub and the name lookup, which have no limit of their own."""
_RESUMES = 3
"""A download that broke off goes on that often where it stopped."""


class _Large(BaseModel):
    model_config = ConfigDict(extra="ignore")
    oid: str = Field(pattern="^[0-9a-f]{64}$")
    size: int = Field(ge=0)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="ignore")
    type: str
    path: str
    size: int = Field(default=0, ge=0)
    oid: str = ""
    lfs: _Large | None = None


_LISTING = TypeAdapter(list[_Entry])


class Connection:
    """A connection to the hub."""

    name: str
    """The hub's address as people say it: "huggingface.co"."""

    def __init__(self, address: str, client: httpx.Client, first_answer_s: float) -> None:
        self.name = address.removeprefix("https://")
        self._address = address
        self._client = client
        self._first_answer_s = first_answer_s

    def listing(self, item: Item) -> list[File]:
        """Return the files of the item's folder as the hub lists them.

        Raises:
            ModelError: the hub does not answer within 10 s, or has no such folder.
        """
        path = f"{item.repo}/tree/{item.revision}"
        if item.repo_folder:
            path += f"/{quote(item.repo_folder)}"
        response = self._within(lambda: self._client.get(f"{self._address}/api/models/{path}"))
        self._check(response, item)
        try:
            entries = _LISTING.validate_json(response.content)
        except ValidationError as error:
            raise ModelError(f"{self.name} gave no listing of {item.repo}") from error
        return [_file(entry) for entry in entries if entry.type == "file"]

    def chunks(self, item: Item, file: File) -> Iterator[bytes]:
        """Yield the content of a file, going on where a broken download stopped.

        Raises:
            ModelError: the hub refuses it, or broke off too often.
        """
        import httpx

        folder = f"{item.repo_folder}/" if item.repo_folder else ""
        path = f"{item.repo}/resolve/{item.revision}/{quote(folder + file.name)}"
        done_bytes, reason = 0, ""
        for _ in range(1 + _RESUMES):
            try:
                for chunk in self._from(f"{self._address}/{path}", item, done_bytes):
                    done_bytes += len(chunk)
                    yield chunk
                return
            except httpx.HTTPError as error:
                reason = _reason(error)
                if not done_bytes:
                    break
        raise ModelError(f"{self.name} broke off in {file.name} ({reason})")

    def _from(self, url: str, item: Item, start_bytes: int) -> Iterator[bytes]:
        wanted = {"Range": f"bytes={start_bytes}-"} if start_bytes else {}
        with self._client.stream("GET", url, headers=wanted) as response:
            self._check(response, item)
            skip_bytes = 0 if response.status_code == 206 else start_bytes
            for chunk in response.iter_raw():
                if len(chunk) > skip_bytes:
                    yield chunk[skip_bytes:]
                skip_bytes = max(0, skip_bytes - len(chunk))

    def _check(self, response: httpx.Response, item: Item) -> None:
        if response.status_code in (401, 403, 404):  # 401 is what the hub says of unknown names
            place = f"{item.repo} {item.repo_folder}".strip()
            raise ModelError(f"{self.name} has no {item.spec} (looked in {place})")
        if not response.is_success:
            raise ModelError(f"{self.name} answers HTTP {response.status_code}")

    def _within(self, call: Callable[[], T]) -> T:
        """Return what the call returns, or give up on it."""
        import httpx

        results: list[T | Exception] = []

        def work() -> None:
            try:
                results.append(call())
            except Exception as error:  # handed to the waiting thread
                results.append(error)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        thread.join(self._first_answer_s)
        if not results:
            raise ModelError(f"no answer from {self.name} in {self._first_answer_s:.0f} s")
        result = results[0]
        if isinstance(result, httpx.HTTPError | httpx.InvalidURL):
            raise ModelError(f"no connection to {self.name} ({_reason(result)})") from result
        if isinstance(result, Exception):
            raise result
        return result


@contextmanager
def connect(first_answer_s: float = FIRST_ANSWER_S) -> Iterator[Connection]:
    """Open a connection to the hub; nothing is sent before the first question."""
    import httpx

    address = os.environ.get("HF_ENDPOINT", "https://huggingface.co").rstrip("/")
    limits = httpx.Timeout(_READ_S, connect=_CONNECT_S)
    headers = {"User-Agent": "rehearse-setup", "Accept-Encoding": "identity"}
    with httpx.Client(timeout=limits, headers=headers, follow_redirects=True) as client:
        yield Connection(address, client, first_answer_s)


def _file(entry: _Entry) -> File:
    name = PurePosixPath(entry.path).name
    if entry.lfs is not None:
        return File(name, entry.lfs.size, sha256=entry.lfs.oid)
    return File(name, entry.size, git_sha1=entry.oid)


def _reason(error: Exception) -> str:
    text = re.sub(r"^\[Errno -?\d+\] ", "", str(error).strip()).splitlines()
    return (text[0] if text else type(error).__name__)[:80]
