"""`rehearse setup`: fetch better ears, a better mouth, and the two small models beside them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.errors import RehearseError

if TYPE_CHECKING:
    from voice.models.catalog import Item
    from voice.models.fetching import Progress

_DESCRIPTION = """\
Fetch the models that make Rehearse better; it works without any of them.

  whisper      recognizes speech much better (small.en, 488 MB; whisper:base.en,
               148 MB, for a slow computer)
  piper        a natural voice (en_US-lessac-medium, 63 MB; piper:NAME: others
               of huggingface.co/rhasspy/piper-voices)
  smart-turn   hears whether an answer has ended (9 MB)
  minilm       finds talking points said in other words (91 MB)

Each of these is checked by its SHA-256, other Whisper models and voices by the
digests that the hub lists. A local model that leads the follow-ups comes from
Ollama (ollama.com), not from here:  ollama pull llama3.2
"""
_EMBEDDED = "Everything still works with the embedded engines."
_WIDTH = 80
_THIRD_COLUMN = 36


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare `rehearse setup`."""
    parser = commands.add_parser(
        "setup",
        help="fetch better speech recognition and a better voice",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "items", nargs="*", metavar="ITEM", help="whisper[:NAME], piper[:NAME], smart-turn, minilm"
    )
    parser.add_argument(
        "--from", dest="source", metavar="DIR", help="copy from a folder instead of the network"
    )
    parser.add_argument(
        "--list", dest="only_list", action="store_true", help="show what is there and what is not"
    )
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Fetch or list; return 1 where a named model, or every one, could not be had."""
    from voice.models import catalog

    named = [catalog.parse(spec) for spec in args.items]
    items = list(dict.fromkeys(named or catalog.default_items()))
    if args.only_list:
        _show_list(items, bool(named), args.json)
        return 0
    source = Path(args.source).expanduser() if args.source else None
    rows = [_fetch(item, source, args.json) for item in items]
    failed = [row for row in rows if row["error"]]
    if args.json:
        print(json.dumps({"store": _store(), "items": rows}, indent=2))
    else:
        _close(bool(failed), source is not None)
    return exit_code(len(rows), len(failed), bool(named))


def exit_code(asked: int, failed: int, named: bool) -> int:
    """Return 1 where everything failed, or anything that was asked for by name."""
    return int(failed == asked or (named and failed > 0))


def _store() -> str:
    from voice.models.store import store_dir

    return str(store_dir())


def _fetch(item: Item, source: Path | None, quiet: bool) -> dict[str, Any]:
    """Fetch one model and say in one line how that went."""
    from voice.models import fetching

    row: dict[str, Any] = {
        "item": item.spec, "path": None, "origin": None, "check": None, "error": None,
    }  # fmt: skip
    try:
        with _bar(item.spec) as progress:
            done = fetching.fetch(item, progress, source)
    except RehearseError as error:
        row["error"] = str(error)
    else:
        row |= {"path": str(done.path), "origin": done.origin, "check": done.check}
    if not quiet:
        if row["error"]:  # what to do stands after the first semicolon, and once below
            _say(f"{item.spec:<27} failed  {row['error'].split('; ')[0]}")
        else:
            _say(f"{item.spec:<27} ready   {row['origin']} (checked: {row['check']})")
    return row


@contextmanager
def _bar(what: str) -> Iterator[Progress]:
    """Show a progress bar on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Bars(
        *columns, TimeRemainingColumn(), console=console, transient=True,
        disable=not console.is_terminal,
    ) as bars:  # fmt: skip
        task = bars.add_task(what, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total or None)


def _close(some_failed: bool, from_folder: bool) -> None:
    if some_failed:
        print(_EMBEDDED)
    if some_failed and from_folder:
        print("Which file goes where in the folder: rehearse setup --list")
    elif some_failed:
        print("Without the network: rehearse setup --from DIR (its files: setup --list)")
    print("A local model for better follow-ups: get Ollama, then  ollama pull llama3.2")


def _show_list(items: list[Item], named: bool, as_json: bool) -> None:
    """Show what is in the store, and of the items what is not and which files it needs."""
    from voice.models.store import installed

    here = installed()
    specs = {_spec(each.kind.value, each.name) for each in here}
    absent = [item for item in items if item.spec not in specs]
    if as_json:
        rows = [
            {
                "item": _spec(each.kind.value, each.name),
                "path": str(each.path),
                "size_bytes": each.size_bytes,
            }
            for each in here
        ]
        absent_rows = [
            {"item": i.spec, "folder": str(i.folder), "files": _files(i)} for i in absent
        ]
        document = {"store": _store(), "installed": rows, "absent": absent_rows}
        print(json.dumps(document, indent=2))
        return
    print(f"The model store is {_store()}")
    for each in here:
        spec = _spec(each.kind.value, each.name)
        print(f"{spec:<27} ready   {each.size_bytes / 1e6:.0f} MB")
    for item in absent:
        _say(f"{item.spec:<27} absent  {item.folder}/: {', '.join(_files(item))}")
    if absent:
        print(
            f"To fetch: rehearse setup {' '.join(i.spec for i in absent) if named else ''}".strip()
        )


def _files(item: Item) -> list[str]:
    from voice.models.fetching import needed_files

    return needed_files(item)


def _spec(kind: str, name: str) -> str:
    return kind if kind == name else f"{kind}:{name}"


def _say(line: str) -> None:
    """Print a line, broken at 80 columns below its third column."""
    import textwrap

    print(
        textwrap.fill(
            line,
            _WIDTH,
            subsequent_indent=" " * _THIRD_COLUMN,
            break_long_words=False,
            break_on_hyphens=False,
        ),
        flush=True,
    )
