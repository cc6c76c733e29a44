"""Fetching models from a command under one display, and what an interview lacks."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from agent.console import console as console_of
from agent.console import say
from agent.errors import RehearseError
from voice.speech.engines import installed_for_interviews
from voice.speech.models.catalog import Item, Kind, default_items, parse
from voice.speech.models.fetching import Outcome, Progress, fetch_all
from voice.speech.models.store import damaged, find, is_path, store_dir


def fetch_shown(items: Sequence[Item], source: Path | None = None) -> list[Outcome]:
    """Fetch models under one display, on a terminal; say in a line how it went with each."""
    absent = [item for item in items if not find(item.kind, item.name)]
    if absent:
        print(f"Fetching {', '.join(item.spec for item in absent)}{_size(absent)}", flush=True)
        print(f"into {store_dir()}", flush=True)
    with _bar() as progress:
        outcomes = list(fetch_all(items, source, progress, _wait))
    outcomes.sort(key=lambda outcome: items.index(outcome.item))
    for outcome in outcomes:
        _show(outcome)
    return outcomes


def _show(outcome: Outcome) -> None:
    """Say how it went with a model: its size, license, origin and check."""
    item = outcome.item
    if outcome.path is None:  # what to do follows the semicolon: `setup` says it once for all
        show_model(item.spec, "failed", outcome.error.split("; ")[0])
        return
    size = f"{item.size_bytes / 1e6:.0f} MB, " if item.size_bytes else ""
    terms = item.license or f"license: see its model card, huggingface.co/{item.repo}"
    origin = outcome.origin.partition(",")[0]
    show_model(item.spec, "ready", f"{size}{terms}, {origin} (checked: {outcome.check})")


def show_model(spec: str, state: str, told: str) -> None:
    """Print a line on a model, later lines below its third column."""
    say(told, f"{spec:<25} {state:<7} ", " " * 34, whole=True)


def require_models(stt: str | None, tts: str | None) -> None:
    """Raise RehearseError with the command that fetches what speech needs and is not here.

    The engines are as `--stt` and `--tts` name them, "" for none.
    """
    missing = missing_models(stt, tts)
    if not missing:
        return
    faults = {each.spec: f"damaged: {each.fault}" for each in damaged()}
    named = [f"{item.spec} ({faults.get(item.spec, 'not here')})" for item in missing]
    # All that is usual where that will do.
    items = [item for item in default_items() if not find(item.kind, item.name)]
    command = ["rehearse setup"]
    if not set(missing) <= set(items):
        items = missing
        command += [item.spec for item in missing]
    raise RehearseError(
        f"speech needs {' and '.join(named)}; fetch with: {' '.join(command)}{_size(items)}"
    )


def missing_models(stt: str | None, tts: str | None) -> list[Item]:
    """Return what must be fetched before these engines can be loaded; see `require_models`."""
    wanted = [(Kind.WHISPER, stt), (Kind.PIPER, tts)]
    if any(_engine(spec)[0] not in ("", "auto", kind) for kind, spec in wanted):
        return []  # whoever loads the engines says that there is none of that name
    return [item for kind, spec in wanted if (item := _missing(kind, spec)) is not None]


def _missing(kind: Kind, spec: str | None) -> Item | None:
    engine, name = _engine(spec)
    if not engine:
        return None
    if engine == "auto":
        return None if installed_for_interviews(kind) else parse(kind)
    if name and is_path(name):
        return None
    item = parse(f"{kind}:{name}")
    return None if find(kind, item.name) else item


def _engine(spec: str | None) -> tuple[str, str]:
    """Return the kind and the name that an engine's option has, "" for the kind of none."""
    kind, _, name = ("auto" if spec is None else spec.strip()).partition(":")
    return kind.lower(), name.strip()


def _size(items: Sequence[Item]) -> str:
    """Return the size of items together in brackets, "" where one is not known."""
    if not all(item.size_bytes for item in items):
        return ""
    return f" ({sum(item.size_bytes for item in items) / 1e6:.0f} MB)"


def _wait() -> None:
    print("Another `rehearse setup` is at work; waiting for it.", file=sys.stderr, flush=True)


@contextmanager
def _bar() -> Iterator[Progress]:
    """Show a bar for what is being fetched."""
    console = console_of(error=True)
    text = TextColumn("{task.description}")
    columns = (text, BarColumn(), DownloadColumn(), TimeRemainingColumn())
    quiet = not console.is_terminal
    with Bars(*columns, console=console, transient=True, disable=quiet) as bars:
        task = bars.add_task("", total=None, visible=False)

        def progress(item: Item, done: int, total: int) -> None:
            most = float(total) if total else None  # None: its size is not known
            at = min(done, most or done)
            bars.update(task, visible=True, description=item.spec, total=most, completed=at)

        yield progress
