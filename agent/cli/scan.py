"""`rehearse scan`: fillers, hedges, numbers and talking points in written text."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from agent.analysis.coverage.meaning import find_meaning
from agent.analysis.scan import describe as described
from agent.analysis.scan import scan_lines, scan_text
from agent.brief.read import read_brief
from agent.cli.options import add_flags, add_json, describe
from agent.errors import RehearseError


def add_scan(parser: argparse.ArgumentParser) -> None:
    """Declare the command."""
    describe(
        parser,
        run,
        "Find fillers, hedges and numbers in written text, and with --brief the talking points that"
        " it makes.",
    )
    parser.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="the text; - is standard input"
    )
    parser.add_argument("--brief", metavar="BRIEF", help="look for its talking points")
    add_json(parser)
    add_flags(parser, jsonl='one {"id", "text", "question"?} a line in, one line of results out')


def run(args: argparse.Namespace) -> int:
    """Scan one text, or with --jsonl one text a line."""
    if args.brief == "-" and args.file == "-":
        raise RehearseError(
            "the brief and the text cannot both come from standard input; give one as a file"
        )
    points = read_brief(args.brief).talking_points if args.brief else ()
    meaning = find_meaning() if points else None
    if args.jsonl:
        for result in scan_lines(_lines(args.file), points, meaning):
            print(json.dumps(result, ensure_ascii=False), flush=True)
        return 0
    scanned = scan_text("".join(_lines(args.file)), points, meaning=meaning)
    print(json.dumps(scanned, ensure_ascii=False, indent=1) if args.json else described(scanned))
    return 0


def _lines(name: str) -> Iterator[str]:
    """Yield the lines of a file, or of standard input for "-": UTF-8 with or without a mark."""
    if name == "-":
        sys.stdin.reconfigure(encoding="utf-8-sig")  # type: ignore[union-attr]
        file = sys.stdin
    else:
        try:
            file = Path(name).expanduser().open(encoding="utf-8-sig")
        except OSError as error:
            raise RehearseError(f"cannot read {name}: {error.strerror}; check the path") from error
    try:
        for line in file:
            if "\0" in line:
                raise ValueError("a byte of zero")
            yield line
    except (ValueError, OSError) as error:
        shown = "standard input" if name == "-" else name
        raise RehearseError(f"{shown} is not a text; give a text file in UTF-8") from error
    finally:
        if name != "-":
            file.close()
