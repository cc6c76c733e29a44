"""A local server that speaks Ollama's documented API, and misbehaves on request.

https://github.com/ollama/ollama/blob/main/docs/api.md: /api/version, /api/tags, /api/chat.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Mode = Literal["good", "rubbish", "slow", "trickle", "dropped", "error", "not_ollama", "empty",
               "cut", "endless", "thinks", "dies", "cuts_prompt"]  # fmt: skip
"""rubbish: not JSON; empty: no word; cut: JSON that breaks off; endless: a reply that never ends;
slow, trickle: too late; dropped: hangs up; dies: in the middle of a reply; thinks: before it
replies; cuts_prompt: reads half of it, and says so."""
Words = Callable[[dict[str, Any]], str]


@dataclass
class FakeOllama:
    """The server's state, to be set and read by a test."""

    mode: Mode = "good"
    models: tuple[str, ...] = ("llama3.2:latest",)
    question: str = "What was the hardest part of it?"
    """What the model replies, in the shape that it was asked for."""
    words: Words | None = None
    """What the model writes for a request, in place of `question`."""
    requests: list[dict[str, Any]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    """Set at the end, so that a slow answer does not outlive its test."""
    hung_up: threading.Event = field(default_factory=threading.Event)
    """Set when a client breaks off an endless reply."""
    url: str = ""


@contextmanager
def fake_ollama(**state: Any) -> Iterator[FakeOllama]:
    """Run the server on a free port of 127.0.0.1."""
    fake = FakeOllama(**state)

    class Bound(_Answers):
        ollama = fake

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
    server.daemon_threads = True
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        fake.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Answers(BaseHTTPRequestHandler):
    ollama: FakeOllama
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the test's output clean."""

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True

    def do_GET(self) -> None:
        if self.ollama.mode == "not_ollama":
            self._send(200, b"<html>hello</html>", "text/html")
        elif self.path == "/api/tags":
            self._send_json(200, {"models": [_entry(name) for name in self.ollama.models]})
        else:
            self._send_json(404, {"error": "not found"})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.ollama.requests.append(asked)
        if self.path != "/api/chat":
            self._send_json(404, {"error": "not found"})
            return
        name = asked["model"] if ":" in asked["model"] else f"{asked['model']}:latest"
        if name not in self.ollama.models:
            self._send_json(404, {"error": f"model '{asked['model']}' not found"})
            return
        self._chat(asked)

    def _chat(self, asked: dict[str, Any]) -> None:
        mode = self.ollama.mode
        if mode == "slow":
            self.ollama.released.wait(30)
        if mode == "dropped":
            self.close_connection = True
            return
        if mode == "error":
            self._send_json(500, {"error": "llama runner process has terminated"})
            return
        if mode == "endless":
            self._endless(asked)
            return
        content = self._content(asked)
        streamed = asked.get("stream", True)
        middle = len(content) // 2
        pieces = [content[:middle], content[middle:]] if streamed else [content]
        replies = [_chat_reply(asked, piece, piece is pieces[-1]) for piece in pieces]
        if mode == "thinks":
            replies[0]["message"] |= {"content": "", "thinking": "Well, the user"}
        if mode == "cuts_prompt":
            replies[-1]["prompt_eval_count"] = 10
        body = b"".join(json.dumps(reply).encode() + b"\n" for reply in replies)
        if mode == "dies":
            body = body[: len(body) // 3]
        if mode == "trickle":
            self._trickle(body)
            return
        self._send(200, body, "application/x-ndjson" if streamed else "application/json")

    def _content(self, asked: dict[str, Any]) -> str:
        mode = self.ollama.mode
        if asked["options"].get("num_predict") == 1:
            return ""  # It only reads ahead.
        if mode in ("rubbish", "empty"):
            return "Sure! Here is a **follow-up** for you: {" if mode == "rubbish" else ""
        if self.ollama.words:
            return self.ollama.words(asked)
        question = self.ollama.question
        text = json.dumps({"question": question}) if asked.get("format") else question
        return text[: len(text) // 2] if mode == "cut" else text

    def _endless(self, asked: dict[str, Any]) -> None:
        """Send pieces of a reply until the client hangs up or the test ends."""
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        while not self.ollama.released.wait(0.01):
            try:
                self.wfile.write(
                    json.dumps(_chat_reply(asked, "and " * 200, False)).encode() + b"\n"
                )
            except OSError:
                self.ollama.hung_up.set()
                return

    def _trickle(self, body: bytes) -> None:
        """Send a byte at a time, each well within a timeout that counts from read to read."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for byte in body:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            if self.ollama.released.wait(0.05):
                return

    def _send_json(self, status: int, document: object) -> None:
        self._send(status, json.dumps(document).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _entry(name: str) -> dict[str, Any]:
    family = "nomic-bert" if "embed" in name else "llama"
    size = 382 if name.endswith("-cloud") else 1_117_320_768 if ":1.5b" in name else 2_019_393_189
    details = {"family": family}
    return {"name": name, "model": name, "size": size, "digest": "d1" * 32, "details": details}


def _chat_reply(asked: dict[str, Any], content: str, done: bool = True) -> dict[str, Any]:
    message = {"role": "assistant", "content": content}
    return {"model": asked["model"], "message": message, "done": done}
