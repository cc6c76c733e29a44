"""`rehearse brief write`: a brief from a job posting and a resume; where briefs are written to."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from agent.brief import Brief
from agent.brief.write import write_brief
from agent.brief.writing.documents import Document, read_document
from agent.brief.writing.draft import Draft, draft
from agent.brief.writing.model import draft_with_model
from agent.brief.writing.posting import read_posting
from agent.brief.writing.resume import read_resume
from agent.cli.options import add_flags, describe, local_model
from agent.console import progress
from agent.errors import BriefError
from agent.session import write_private
from agent.text.display import flat, plural


def add_write(parser: argparse.ArgumentParser) -> None:
    """Declare `brief write`."""
    describe(
        parser,
        run,
        "Write a brief from a job posting and a resume (PDF, DOCX, Markdown or text), in which"
        " every number and name stands in one of them.",
    )
    add_sources(parser, required=True)
    add_out(parser)
    parser.add_argument(
        "--model",
        metavar="rules|ollama:NAME",
        type=lambda name: "" if name == "rules" else local_model(name),
        help="who words it: rules (default), or a model of the Ollama on this machine",
    )


def add_sources(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """Declare the posting and the resume."""
    for name in ("posting", "resume"):
        what = f"the {name}; - for standard input"
        parser.add_argument(f"--{name}", metavar="FILE", required=required, help=what)


def sources(args: argparse.Namespace) -> tuple[Document | None, Document | None]:
    """Read the posting and the resume, None where one is not given.

    BriefError: one cannot be read, or two things are to come from standard input.
    """
    if [args.posting, args.resume, getattr(args, "file", "")].count("-") > 1:
        raise BriefError("only one file can come from standard input; give the others by name")
    posting, resume = (
        read_document(path) if path else None for path in (args.posting, args.resume)
    )
    return posting, resume


def add_out(parser: argparse.ArgumentParser) -> None:
    """Declare where the brief is written to."""
    parser.add_argument("--out", metavar="FILE", help="where to (default: standard output)")
    add_flags(parser, force="replace the file of --out")


def run(args: argparse.Namespace) -> int:
    """Write the brief to --out or standard output, what was dropped to standard error.

    BriefError: a file cannot be read or understood, or --out exists or cannot be written.
    """
    check_free(args)
    made = _made(args)
    put_out(made.brief, args, made.doubts)
    tell([*(f"check: {line}" for line in made.notes), *(f"dropped: {x}" for x in made.dropped)])
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


def put_out(brief: Brief, args: argparse.Namespace, doubts: Sequence[str] = ()) -> None:
    """Write a brief and what is to be checked of it to --out, whole, or to standard output."""
    text = write_brief(brief, doubts)
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
    questions, points = len(brief.questions), len(brief.talking_points)
    return f"{plural(questions, 'question')}, {plural(points, 'talking point')}"


def tell(lines: list[str]) -> None:
    """Print what was left out to standard error."""
    for line in lines:
        print(flat(line), file=sys.stderr)


def _made(args: argparse.Namespace) -> Draft:
    texts = sources(args)
    if not (texts[0] and texts[1]):
        raise BriefError("a posting and a resume are needed; give --posting and --resume")
    posting, resume = read_posting(texts[0]), read_resume(texts[1])
    if not args.model:
        return draft(posting, resume)
    with progress("writing the brief") as told:
        return draft_with_model(args.model, posting, resume, told)
