"""What most commands share: how they are declared, which session is meant, lines or JSON out."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from typing import Any

Commands = argparse._SubParsersAction
SESSION = "last, its number in `rehearse sessions`, its name or its folder"


def declare(
    commands: Commands[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
    description: str = "",
) -> argparse.ArgumentParser:
    """Add a command: `text` is its line in the help, `description` the begin of its own help."""
    told = description or f"{text[0].upper()}{text[1:]}."
    parser = commands.add_parser(name, help=text, description=told)
    parser.set_defaults(run=run)
    return parser


def add_session(parser: argparse.ArgumentParser) -> None:
    """Declare which session."""
    parser.add_argument("session", metavar="SESSION", help=SESSION)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Declare JSON instead of lines."""
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")


def add_out(parser: argparse.ArgumentParser, text: str = "folder of the sessions") -> None:
    """Declare where sessions lie."""
    parser.add_argument("--out", metavar="DIR", help=text)


def show(args: argparse.Namespace, document: Any, lines: Iterable[str]) -> int:
    """Print the lines, or the document as JSON where that was asked for."""
    told = json.dumps(document, ensure_ascii=False, indent=1) if args.json else "\n".join(lines)
    print(told)
    return 0
