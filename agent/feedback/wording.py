"""Text of others inside a remark: shortened, without its full stop."""

from __future__ import annotations

LONGEST = 90
"""Characters of a quote in a remark; the report shows all of it."""


def clause(sentence: str) -> str:
    """Return a sentence as a clause: a small first letter where it is a word, no full stop."""
    flat = " ".join(sentence.split()).rstrip(".")
    first = flat.split(" ", 1)[0]
    is_word = first[:1].isupper() and (first[1:].islower() or first == "A")
    return flat[:1].lower() + flat[1:] if is_word else flat


def shortened(text: str, most: int = LONGEST) -> str:
    """Return the text, cut at a word with an ellipsis where it is longer."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    return flat[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
