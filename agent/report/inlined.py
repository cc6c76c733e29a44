"""What a page carries in itself, so that it needs no network: styles, scripts, and their hashes."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources


@cache
def joined(names: tuple[str, ...]) -> str:
    """Return the assets of these names one after another."""
    folder = resources.files("agent.report") / "assets"
    return "".join((folder / name).read_text(encoding="utf-8") for name in names)


def source_hash(text: str) -> str:
    """Return what a content security policy names an inline style or script by (W3C CSP 3)."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
