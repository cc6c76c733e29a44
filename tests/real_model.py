"""Replies of a real small model (Qwen2.5-Coder 1.5B), kept in a file, so that tests need no model.

`tests/bench/real_model.py --keep` makes the file anew, against any Ollama that has the model.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("real_replies.jsonl")
MODEL = "qwen2.5-coder:1.5b"
Words = Callable[[dict[str, Any]], str]


def key_of(asked: dict[str, Any]) -> str:
    """Return what a reply is kept under: all that the model is given to read."""
    given = [[one["content"] for one in asked["messages"]], bool(asked.get("format"))]
    return hashlib.sha256(json.dumps(given).encode()).hexdigest()[:16]


def kept() -> list[dict[str, str]]:
    """Return what is kept: key, what was asked last, reply."""
    return [json.loads(line) for line in PATH.read_text(encoding="utf-8").splitlines()]


def replayed() -> Words:
    """Return what the model writes for a request; one that was never made is an error."""
    replies = {one["key"]: one["reply"] for one in kept()}
    return lambda asked: replies[key_of(asked)]


def recording(url: str) -> Words:
    """Return what the model at `url` writes, each reply to its end, and keep it."""
    import ollama

    client = ollama.Client(url)
    replies = {one["key"]: one["reply"] for one in kept()} if PATH.exists() else {}

    def words(asked: dict[str, Any]) -> str:
        key = key_of(asked)
        if key not in replies:
            how = {name: asked.get(name) for name in ("messages", "format", "options", "think")}
            replies[key] = client.chat(asked["model"], **how).message.content or ""
            last = asked["messages"][-1]["content"]
            line = json.dumps({"key": key, "last": last, "reply": replies[key]}, ensure_ascii=False)
            with PATH.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        return replies[key]

    return words
