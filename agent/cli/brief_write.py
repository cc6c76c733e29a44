"""`rehearse brief write`: a brief from a job posting and a resume."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import BriefError

if TYPE_CHECKING:
    from agent.brief_write.draft import Draft

_LISTED = 20
"""How many dropped things are listed at most."""


def add(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare `brief write`."""
    write = parts.add_parser(
        "write",
        help="write a brief from a job posting and a resume",
        description="Write a brief from a job posting and a resume (PDF, DOCX, Markdown or text),"
        " in which every number and name stands in one of them.",
    )
    write.add_argument(
        "--posting", metavar="FILE", required=True, help="the posting; - for standard input"
    )
    write.add_argument(
        "--resume", metavar="FILE", required=True, help="the resume; - for standard input"
    )
    write.add_argument("--out", metavar="FILE", help="where to (default: standard output)")
    write.add_argument("--force", action="store_true", help="replace the file of --out")
    write.add_argument(
        "--model",
        metavar="rules|ollama:NAME",
        type=_model,
        default="rules",
        help="who words it: rules (default), or a model of the Ollama on this machine",
    )
    write.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the brief to --out or standard output, what was dropped to standard error.

    Raises:
        BriefError: a file cannot be read or understood, or --out exists or cannot be written.
    """
    from agent.brief.write import write_brief

    if args.posting == args.resume == "-":
        raise BriefError("only one of --posting and --resume can be standard input; give a file")
    to_file = bool(args.out) and args.out != "-"
    if to_file:
        _check_free(args.out, replace=args.force)
    made = _made(args)
    text = write_brief(made.brief)
    if to_file:
        _write(args.out, text, replace=args.force)
        questions, points = len(made.brief.questions), len(made.brief.talking_points)
        print(f"{args.out}: {questions} questions, {points} talking points")
    else:
        sys.stdout.write(text)
    _tell(made)
    return 0


def _made(args: argparse.Namespace) -> Draft:
    from agent.brief_write.documents import read_document
    from agent.brief_write.draft import draft
    from agent.brief_write.posting import read_posting
    from agent.brief_write.resume import read_resume

    posting = read_posting(read_document(args.posting))
    resume = read_resume(read_document(args.resume))
    kind, _, model = args.model.partition(":")
    if kind != "ollama":
        return draft(posting, resume)
    from agent.brief_write.model import draft_with_model
    from agent.console import Progress

    with Progress("writing the brief") as progress:
        return draft_with_model(model, posting, resume, progress.to)


def _model(name: str) -> str:
    if name != "rules" and not (name.startswith("ollama:") and name.removeprefix("ollama:")):
        raise argparse.ArgumentTypeError(f"{name}: give rules, or ollama:NAME")
    return name


def _check_free(out: str, *, replace: bool) -> None:
    """Refuse a name that is taken before any work is done."""
    try:
        path = Path(out).expanduser()
        if path.is_dir():
            raise BriefError(f"{out} is a folder; name a file in it")
        if path.exists() and not replace:
            raise BriefError(f"{out} exists; choose another name or add --force")
    except (OSError, RuntimeError, ValueError) as error:
        raise BriefError(f"cannot write {out} ({error}); choose another place") from error


def _write(out: str, text: str, *, replace: bool) -> None:
    """Write the brief whole or not at all; a file that came up meanwhile is kept."""
    from agent.session import write_private

    _check_free(out, replace=replace)
    try:
        write_private(Path(out).expanduser(), text)
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BriefError(f"cannot write {out} ({reason}); choose another place") from error


def _tell(made: Draft) -> None:
    """Print what was dropped and what went otherwise, a line each."""
    for line in (*made.notes, *(f"dropped: {line}" for line in made.dropped[:_LISTED])):
        print(line, file=sys.stderr)
    if len(made.dropped) > _LISTED:
        print(f"… and {len(made.dropped) - _LISTED} more dropped", file=sys.stderr)
