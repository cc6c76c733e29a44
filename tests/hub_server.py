"""A model hub on 127.0.0.1 that speaks the two requests of the real one, and misbehaves."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote


@dataclass
class Hub:
    """What the hub holds and how it behaves; tests change it before they ask."""

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    """By "owner/repo/path/file"."""
    large: int = 100
    """Files of that many bytes and more are listed with a SHA-256, smaller with git's SHA-1."""
    spoiled: set[str] = field(default_factory=set)
    """Files that are served with a byte changed."""
    break_after: dict[str, list[int]] = field(default_factory=dict)
    """File to bytes after which each following connection breaks off."""
    status: int = 200
    listing: bytes | None = None
    """A listing to give instead of the true one."""
    silent: threading.Event | None = None
    """Where set, nothing is answered before it is set."""
    asked: list[str] = field(default_factory=list)


def _entry(path: str, content: bytes, large: int) -> dict[str, object]:
    git = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
    entry: dict[str, object] = {"type": "file", "path": path, "size": len(content), "oid": git}
    if len(content) >= large:
        sha256 = hashlib.sha256(content).hexdigest()
        entry["lfs"] = {"oid": sha256, "size": len(content), "pointerSize": 134}
        entry["oid"] = "0" * 40
    return entry


class _Answers(BaseHTTPRequestHandler):
    hub: Hub

    def do_GET(self) -> None:
        hub, path = self.hub, unquote(self.path)
        hub.asked.append(f"{path} {self.headers.get('Range', '')}".strip())
        if hub.silent is not None:
            hub.silent.wait(30)
        if hub.status != 200:
            self._send(hub.status, b"no")
        elif "/tree/" in path:
            self._tree(path)
        else:
            self._file(path)

    def _tree(self, path: str) -> None:
        repo, _, rest = path.removeprefix("/api/models/").partition("/tree/")
        folder = "/".join([repo, *rest.split("/")[1:]]) + "/"
        found = [
            _entry(name.removeprefix(repo + "/"), content, self.hub.large)
            for name, content in self.hub.files.items()
            if name.startswith(folder)
        ]
        found.append({"type": "directory", "path": "en", "oid": "0" * 40, "size": 0})
        known = len(found) > 1 or self.hub.listing is not None
        self._send(200 if known else 401, self.hub.listing or json.dumps(found).encode())

    def _file(self, path: str) -> None:
        repo, _, rest = path[1:].partition("/resolve/")
        name = "/".join([repo, *rest.split("/")[1:]])
        content = self.hub.files.get(name)
        if content is None:
            self._send(404, b"no")
            return
        if name in self.hub.spoiled:
            content = content[:-1] + bytes([content[-1] ^ 1])
        start = int(self.headers.get("Range", "bytes=0-")[6:-1])
        breaks = self.hub.break_after.get(name)
        self._send(206 if start else 200, content[start:], breaks.pop(0) if breaks else None)

    def _send(self, status: int, body: bytes, break_after: int | None = None) -> None:
        with suppress(ConnectionError):  # who asked has given up waiting
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:break_after])
        if break_after is not None:
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Keep the test's output clean."""


@contextmanager
def hub_server() -> Iterator[Hub]:
    """Serve an empty hub until the end of the block."""
    hub = Hub()
    answers = type("Answers", (_Answers,), {"hub": hub})
    with ThreadingHTTPServer(("127.0.0.1", 0), answers) as server:
        hub.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield hub
        finally:
            if hub.silent is not None:
                hub.silent.set()
            server.shutdown()
            thread.join()
