"""Fetching models from a command: one display over all, and the question before an interview."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import RehearseError

if TYPE_CHECKING:
    from voice.models.catalog import Item, Kind
    from voice.models.fetching import Outcome, Progress

_WIDTH = 80
_THIRD_COLUMN = 34


def fetch_shown(
    items: Sequence[Item], source: Path | None = None, *, quiet: bool = False
) -> list[Outcome]:
    """Fetch models under one display; say in a line how it went with each, unless `quiet`.

    The display is on standard error, and only where that is a terminal.
    """
    from voice.models.fetching import fetch_all

    if not quiet:
        _announce(items)
    outcomes = []
    later = sys.stderr.isatty()  # lines would break the display
    with _bars(items) as progress:
        for outcome in fetch_all(items, source, progress, _wait):
            outcomes.append(outcome)
            if not (quiet or later):
                say(line_of(outcome))
    if later and not quiet:
        for outcome in outcomes:
            say(line_of(outcome))
    return sorted(outcomes, key=lambda outcome: items.index(outcome.item))


def _announce(items: Sequence[Item]) -> None:
    """Say how much there is to fetch, if anything."""
    from voice.models.store import find, store_dir

    absent = [item for item in items if not find(item.kind, item.name)]
    if absent:
        print(f"Fetching {', '.join(item.spec for item in absent)}{_size(absent)}", flush=True)
        print(f"into {store_dir()}", flush=True)


def line_of(outcome: Outcome) -> str:
    """Return how it went with a model: what it is, its size, licence, origin and check."""
    item = outcome.item
    if (
        outcome.path is None
    ):  # what to do about it follows the semicolon: `setup` says it once for all
        return f"{item.spec:<25} failed  {outcome.error.split('; ')[0]}"
    size = f"{item.size_bytes / 1e6:.0f} MB, " if item.size_bytes else ""
    origin = outcome.origin.partition(",")[0]
    return f"{item.spec:<25} ready   {size}{item.terms}, {origin} (checked: {outcome.check})"


def say(line: str, indent: int = _THIRD_COLUMN) -> None:
    """Print a line, broken at 80 columns, by default below its third column."""
    print(
        textwrap.fill(
            line,
            _WIDTH,
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
        ),
        flush=True,
    )


def offer_models(stt: str | None, tts: str | None, *, ask: bool = True) -> None:
    """Ask whether to fetch the models that speech needs and that are not here, and fetch them.

    Asked is in a terminal only. An engine that is named with a path needs nothing.

    Args:
        stt: the recognizer as `--stt` names it, None for the best that is here; "" for none.
        tts: the voice as `--tts` names it, the same way.
        ask: whether a question may be asked at all.

    Raises:
        RehearseError: a model is missing and nobody can be asked, or wants it, or it failed.
    """
    missing = missing_models(stt, tts)
    if not missing:
        return
    items = _to_fetch(missing)
    lacking = f"speech needs {_named(missing)}"
    remedy = f"; fetch with: {_command(items)}{_size(items)}"
    if not (ask and sys.stdin.isatty() and sys.stdout.isatty()):
        raise RehearseError(lacking + remedy)
    rest = [item.spec for item in items if item not in missing]
    also = f", and is better with {' and '.join(rest)}" if rest else ""
    print(textwrap.fill(f"S{lacking[1:]}{also}.", _WIDTH))
    try:
        answer = input(f"Fetch now{_size(items)}? [Y/n] ").strip().lower()
    except EOFError:
        answer = "n"
    if answer not in ("", "y", "yes"):
        raise RehearseError(lacking + remedy)
    failed = [each for each in fetch_shown(items) if each.item in missing and each.path is None]
    if failed:
        raise RehearseError(f"{failed[0].item.spec} could not be fetched: {failed[0].error}")


def missing_models(stt: str | None, tts: str | None) -> list[Item]:
    """Return what must be fetched before these engines can be loaded; see `offer_models`."""
    from voice.models.catalog import Kind

    wanted = [(Kind.WHISPER, stt), (Kind.PIPER, tts)]
    if any(_engine(spec)[0] not in ("", "auto", kind) for kind, spec in wanted):
        return []  # whoever loads the engines says that there is none of that name
    return [item for kind, spec in wanted if (item := _missing(kind, spec)) is not None]


def _missing(kind: Kind, spec: str | None) -> Item | None:
    from voice.engines import is_other_language
    from voice.models import store
    from voice.models.catalog import parse

    engine, name = _engine(spec)
    if not engine:
        return None
    if engine == "auto":
        here = (each for each in store.installed() if each.kind is kind)
        return None if any(not is_other_language(each) for each in here) else parse(kind)
    if name and (not store.SAFE_NAME.fullmatch(name) or name.endswith(".onnx")):
        return None
    item = parse(f"{kind}:{name}")
    return None if store.find(kind, item.name) else item


def _engine(spec: str | None) -> tuple[str, str]:
    """Return the kind and the name that an engine's option has, "" for the kind of none."""
    kind, _, name = ("auto" if spec is None else spec.strip()).partition(":")
    return kind.lower(), name.strip()


def _to_fetch(missing: Sequence[Item]) -> list[Item]:
    """Return what is missing; where the defaults will do, with the others that speech uses."""
    from voice.models.catalog import default_items
    from voice.models.store import find

    small = [item for item in default_items() if item.kind not in ("whisper", "piper")]
    if not all(item in default_items() for item in missing):
        return list(missing)
    absent = [item for item in small if not find(item.kind, item.name)]
    return list(dict.fromkeys([*missing, *missing_models(None, None), *absent]))


def _named(missing: Sequence[Item]) -> str:
    """Return what is missing and why, in words."""
    from voice.models.store import damaged

    faults = {(each.kind, each.name): each.fault for each in damaged()}
    why = [(item.spec, faults.get((item.kind, item.name))) for item in missing]
    return " and ".join(
        f"{spec} (damaged: {fault})" if fault else f"{spec} (not here)" for spec, fault in why
    )


def _size(items: Sequence[Item]) -> str:
    """Return the size of items together in brackets, "" where one is not known."""
    if not all(item.size_bytes for item in items):
        return ""
    return f" ({sum(item.size_bytes for item in items) / 1e6:.0f} MB)"


def _command(items: Sequence[Item]) -> str:
    """Return the command that fetches these: without a word after it where it does so anyway."""
    from voice.models.catalog import default_items
    from voice.models.store import find

    usual = {item for item in default_items() if not find(item.kind, item.name)}
    named = [] if set(items) == usual else [item.spec for item in items]
    return " ".join(["rehearse setup", *named])


def _wait() -> None:
    print("Another `rehearse setup` is at work; waiting for it.", file=sys.stderr, flush=True)


@contextmanager
def _bars(items: Sequence[Item]) -> Iterator[Progress]:
    """Show a bar for each item that is being fetched."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Bars(
        *columns, TimeRemainingColumn(), console=console, transient=True,
        disable=not console.is_terminal,
    ) as bars:  # fmt: skip
        tasks = {item: bars.add_task(item.spec, total=None, visible=False) for item in items}

        def progress(item: Item, done: int, total: int) -> None:
            most = float(total) if total else None  # None: its size is not known
            bars.update(tasks[item], visible=True, total=most, completed=min(done, most or done))

        yield progress
