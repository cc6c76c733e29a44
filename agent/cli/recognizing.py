"""A bar on standard error for work that takes long."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


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
        from rich.console import Console
        from rich.progress import Progress as RichProgress

        bar = RichProgress(console=Console(stderr=True), transient=True)
        task = bar.add_task(self._label, total=1.0)
        bar.start()
        return bar, task
