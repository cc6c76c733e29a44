"""The terminal: 80 columns, wrapped lines, bars and a spinner; outside text is made harmless."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from agent.text.display import clean, flat

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

WIDTH = 80
"""The widest output, in columns."""


class Cleaned:
    """A standard stream on which nothing of an outside text is obeyed by the terminal."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        """As it was, for whoever draws on it (rich)."""

    def write(self, text: str) -> int:
        """Write a text without control characters but tab and line feed."""
        self.stream.write(clean(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def wrapped(
    text: str,
    first: str = "",
    later: str | None = None,
    width: int = WIDTH,
    *,
    whole: bool = False,
) -> list[str]:
    """Return outside text as lines: the first begins with `first`, the others with `later`.

    An empty text gives the bare `first`, no line where that is blank. With `whole` no word is
    broken, so that a path can be copied.
    """
    lines = textwrap.wrap(
        flat(text),
        width,
        initial_indent=first,
        subsequent_indent=first if later is None else later,
        break_on_hyphens=False,
        break_long_words=not whole,
    )
    return lines or [first.rstrip()] * bool(first.strip())


def say(
    text: str,
    first: str = "",
    later: str = "  ",
    *,
    file: TextIO | None = None,
    whole: bool = False,
) -> None:
    """Print outside text wrapped to WIDTH, the later lines indented; see `wrapped`."""
    print("\n".join(wrapped(text, first, later, whole=whole)), file=file, flush=True)


def shortened(text: str, width: int) -> str:
    """Return outside text in one line of at most `width` letters, cut between words with "…"."""
    return textwrap.shorten(flat(text), width, placeholder="…")


def console(*, error: bool = False) -> Console:
    """Return rich's console for standard output, or for standard error."""
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    return Console(file=getattr(stream, "stream", stream), highlight=False)


@contextmanager
def waiting(text: str) -> Iterator[None]:
    """Show a spinner with a text on standard error while the block runs; only on a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    with console(error=True).status(text):
        yield


class Progress:
    """Show how far the work is, from its first report on, and only on a terminal."""

    def __init__(self, label: str) -> None:
        """Prepare the bar; nothing is drawn yet."""
        self._label = label
        self._bar: tuple[Bar, TaskID] | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar[0].stop()

    def to(self, share: float) -> None:
        """Move the bar to `share`, 0 to 1."""
        if not sys.stderr.isatty():
            return
        bar, task = self._bar = self._bar or self._started()
        bar.update(task, completed=share)

    def _started(self) -> tuple[Bar, TaskID]:
        from rich.progress import Progress as RichProgress

        bar = RichProgress(console=console(error=True), transient=True)
        task = bar.add_task(self._label, total=1.0)
        bar.start()
        return bar, task
