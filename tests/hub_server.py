"""A model hub and a package index on 127.0.0.1, as far as huggingface_hub and pip ask them."""

import hashlib
import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from urllib.parse import unquote, urlsplit

_COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Served:
    """What the server holds and how it behaves; tests change it before they ask."""

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    """The hub's, by "owner/repo/path/file"."""
    wheels: dict[str, bytes] = field(default_factory=dict)
    """The index's, by file name: "tiny_carrier-1.0-py3-none-any.whl"."""
    stalled: set[str] = field(default_factory=set)
    """Wheels of which only the first half comes before `released` is set."""
    half_sent: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)
    asked: list[str] = field(default_factory=list)
    """The paths of all requests."""

    @property
    def index(self) -> str:
        """Return the address of the package index."""
        return f"{self.address}/simple"


def wheel(name: str, members: dict[str, bytes]) -> tuple[str, bytes]:
    """Return the file name and the content of a wheel, version 1.0."""
    info = f"{name}-1.0.dist-info"
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members.items():
            archive.writestr(member, data)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return f"{name}-1.0-py3-none-any.whl", content.getvalue()


class _Answers(BaseHTTPRequestHandler):
    served: Served

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.served.asked.append(path)
        if path.startswith("/simple/"):
            self._project(path.split("/")[2])
        elif path.startswith("/wheels/"):
            self._wheel(path.split("/")[2])
        elif path.startswith("/api/models/"):
            self._model(path.removeprefix("/api/models/"))
        else:
            self._file(path)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _project(self, name: str) -> None:
        """PEP 503: a page of links, with their digests."""
        found = {
            file: content
            for file, content in self.served.wheels.items()
            if file.split("-")[0].replace("_", "-") == name
        }
        links = [
            f'<a href="/wheels/{file}#sha256={hashlib.sha256(content).hexdigest()}">{file}</a>'
            for file, content in found.items()
        ]
        page = f"<!DOCTYPE html><html><body>{''.join(links)}</body></html>"
        self._send(200 if found else 404, page.encode(), {"Content-Type": "text/html"})

    def _wheel(self, file: str) -> None:
        content = self.served.wheels[file]
        if file not in self.served.stalled:
            self._send(200, content)
            return
        with suppress(ConnectionError):
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) // 2])
            self.wfile.flush()
            self.served.half_sent.set()
            self.served.released.wait(30)
        self.close_connection = True

    def _model(self, path: str) -> None:
        repo = "/".join(path.split("/")[:2])
        names = [name for name in self.served.files if name.startswith(repo + "/")]
        if not names:
            self._send(404, b"{}", {"X-Error-Code": "RepoNotFound"})
        elif "/tree/" in path:
            entries = [
                {
                    "type": "file",
                    "path": name.removeprefix(repo + "/"),
                    "size": len(self.served.files[name]),
                    "oid": hashlib.sha1(self.served.files[name]).hexdigest(),
                }
                for name in names
            ]
            self._send(200, json.dumps(entries).encode(), {"Content-Type": "application/json"})
        else:
            siblings = [{"rfilename": name.removeprefix(repo + "/")} for name in names]
            model = {"id": repo, "sha": _COMMIT, "siblings": siblings}
            self._send(200, json.dumps(model).encode(), {"Content-Type": "application/json"})

    def _file(self, path: str) -> None:
        repo, _, rest = path[1:].partition("/resolve/")
        content = self.served.files.get("/".join([repo, *rest.split("/")[1:]]))
        if content is None:
            self._send(404, b"", {"X-Error-Code": "EntryNotFound"})
            return
        tag = hashlib.sha256(content).hexdigest()
        self._send(200, content, {"ETag": f'"{tag}"', "X-Repo-Commit": _COMMIT})

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        with suppress(ConnectionError):  # who asked has given up waiting
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Keep the test's output clean."""


@contextmanager
def hub_server() -> Iterator[Served]:
    """Serve an empty hub and an empty index until the end of the block."""
    served = Served()
    answers = type("Answers", (_Answers,), {"served": served})
    with ThreadingHTTPServer(("127.0.0.1", 0), answers) as server:
        served.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield served
        finally:
            served.released.set()
            server.shutdown()
            thread.join()
