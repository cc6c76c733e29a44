"""The terminal: 80 columns, wrapped lines, bars and a spinner; outside text is made harmless."""

import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from agent.text.display import clean, flat

if TYPE_CHECKING:
    from rich.console import Console

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


def typed_line(prompt: str) -> str:
    """Return a line that was typed or piped in, "" at the end; a terminal shows the prompt."""
    if sys.stdin.isatty():
        print(prompt, end="", flush=True)
    return sys.stdin.readline()


def shortened(text: str, width: int) -> str:
    """Return outside text in one line of at most `width` letters, cut between words with "…"."""
    return textwrap.shorten(flat(text), width, placeholder="…")


def console(*, error: bool = False) -> "Console":
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


@contextmanager
def progress(label: str) -> Iterator[Callable[[float], None]]:
    """Give what shows how far the work is, 0 to 1: a bar from its first call on, on a terminal."""
    from rich.progress import Progress

    quiet = not sys.stderr.isatty()
    with Progress(console=console(error=True), transient=True, disable=quiet) as bar:
        task = bar.add_task(label, total=1.0, visible=False)
        yield lambda share: bar.update(task, completed=share, visible=True)
