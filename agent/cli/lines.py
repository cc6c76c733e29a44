"""Lines for the terminal: outside text made harmless, wrapped to 80 columns; short clocks."""

from __future__ import annotations

import textwrap

WIDTH = 80
"""The widest output, in columns."""


def harmless(text: str) -> str:
    """Return outside text in one line, without characters that a terminal would obey."""
    from agent.report.markup import flat

    return flat(text)


def wrapped(text: str, first: str, later: str | None = None, width: int = WIDTH) -> list[str]:
    """Return outside text as lines: the first begins with `first`, the others with `later`."""
    return textwrap.wrap(
        harmless(text),
        width,
        initial_indent=first,
        subsequent_indent=first if later is None else later,
        break_on_hyphens=False,
    )


def minutes(seconds: float) -> str:
    """Return a length as m:ss, rounded to the second."""
    whole, rest = divmod(round(seconds), 60)
    return f"{whole}:{rest:02}"
