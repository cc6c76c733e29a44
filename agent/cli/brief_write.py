"""`rehearse brief write`: a brief from a job posting and a resume; where briefs are written to."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import BriefError

if TYPE_CHECKING:
    from agent.brief import Brief
    from agent.brief.writing.draft import Draft

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
    for name in ("posting", "resume"):
        what = f"the {name}; - for standard input"
        write.add_argument(f"--{name}", metavar="FILE", required=True, help=what)
    add_out(write)
    write.add_argument(
        "--model",
        metavar="rules|ollama:NAME",
        type=_model,
        default="rules",
        help="who words it: rules (default), or a model of the Ollama on this machine",
    )
    write.set_defaults(run=run)


def add_out(parser: argparse.ArgumentParser) -> None:
    """Declare where the brief is written to."""
    parser.add_argument("--out", metavar="FILE", help="where to (default: standard output)")
    parser.add_argument("--force", action="store_true", help="replace the file of --out")


def run(args: argparse.Namespace) -> int:
    """Write the brief to --out or standard output, what was dropped to standard error.

    Raises:
        BriefError: a file cannot be read or understood, or --out exists or cannot be written.
    """
    if args.posting == args.resume == "-":
        raise BriefError("only one of --posting and --resume can be standard input; give a file")
    check_free(args)
    made = _made(args)
    put_out(made.brief, args)
    told = [*(f"check: {line}" for line in made.notes), *(f"dropped: {x}" for x in made.dropped)]
    tell(told)
    return 0


def check_free(args: argparse.Namespace) -> None:
    """Refuse an --out that is taken before any work is done."""
    if not args.out or args.out == "-":
        return
    try:
        path = Path(args.out).expanduser()
        if path.is_dir():
            raise BriefError(f"{args.out} is a folder; name a file in it")
        if path.exists() and not args.force:
            raise BriefError(f"{args.out} exists; choose another name or add --force")
    except (OSError, RuntimeError, ValueError) as error:
        raise BriefError(f"cannot write {args.out} ({error}); choose another place") from error


def put_out(brief: Brief, args: argparse.Namespace) -> None:
    """Write a brief to --out, whole or not at all, or to standard output."""
    from agent.brief.write import write_brief
    from agent.session import write_private

    text = write_brief(brief)
    if not args.out or args.out == "-":
        sys.stdout.write(text)
        return
    check_free(args)
    try:
        write_private(Path(args.out).expanduser(), text)
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BriefError(f"cannot write {args.out} ({reason}); choose another place") from error
    print(f"{args.out}: {counts(brief)}")


def counts(brief: Brief) -> str:
    """Return how much a brief holds: "10 questions, 5 talking points"."""
    from agent.text.display import plural

    questions, points = len(brief.questions), len(brief.talking_points)
    return f"{plural(questions, 'question')}, {plural(points, 'talking point')}"


def tell(lines: list[str]) -> None:
    """Print the first lines of what was left out to standard error."""
    from agent.text.display import flat

    for line in lines[:_LISTED]:
        print(flat(line), file=sys.stderr)
    if len(lines) > _LISTED:
        print(f"… and {len(lines) - _LISTED} more", file=sys.stderr)


def _made(args: argparse.Namespace) -> Draft:
    from agent.brief.writing.documents import read_document
    from agent.brief.writing.draft import draft
    from agent.brief.writing.posting import read_posting
    from agent.brief.writing.resume import read_resume

    posting = read_posting(read_document(args.posting))
    resume = read_resume(read_document(args.resume))
    kind, _, model = args.model.partition(":")
    if kind != "ollama":
        return draft(posting, resume)
    from agent.brief.writing.model import draft_with_model
    from agent.console import Progress

    with Progress("writing the brief") as progress:
        return draft_with_model(model, posting, resume, progress.to)


def _model(name: str) -> str:
    if name != "rules" and not (name.startswith("ollama:") and name.removeprefix("ollama:")):
        raise argparse.ArgumentTypeError(f"{name}: give rules, or ollama:NAME")
    return name
