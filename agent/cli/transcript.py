"""`rehearse transcript SESSION`: the words of the answers, and how to correct them."""

import argparse
import os
import shlex
import shutil
import subprocess
from dataclasses import asdict
from pathlib import Path

from agent.analysis import Analysis
from agent.cli.interview import show_place, show_summary
from agent.cli.options import add_flags, add_json, add_session, describe, show
from agent.console import wrapped
from agent.errors import RehearseError, SessionError
from agent.report.corrections import DRAFT, AnswerWords, correct, edit_text, read_answers
from agent.session import write_private
from agent.session.find import find_session


def add_transcript(parser: argparse.ArgumentParser) -> None:
    """Declare the command."""
    describe(
        parser,
        run,
        "Print what was understood, answer by answer. Corrected words are analyzed again and the"
        " report is drawn again; the recognizer's own words are kept.",
    )
    add_session(parser)
    add_flags(parser, edit="correct the words in $VISUAL or $EDITOR")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the words, or correct them."""
    folder = find_session(args.session)
    analysis = _edited(folder) if args.edit else None
    if analysis and not args.json:
        show_summary(analysis)
        show_place(folder, analysis)
        return 0
    answers, _ = read_answers(folder)
    text = "\n\n".join("\n".join(_lines(one)) for one in answers)
    unchanged = "No word was changed." if args.edit else text
    return show(args, [_as_json(one) for one in answers], [unchanged])


def _edited(folder: Path) -> Analysis | None:
    """Open the words in an editor and take them; what cannot be used is kept for the next time."""
    draft = folder / DRAFT
    fresh = edit_text(read_answers(folder)[0])
    if not draft.exists():
        write_private(draft, fresh)
    try:
        _open_editor(draft)
        analysis = correct(folder, draft.read_text(encoding="utf-8", errors="replace"))
    except RehearseError as error:
        left = draft.read_text(encoding="utf-8", errors="replace").strip()
        if left not in ("", fresh.strip()):
            kept = f"{draft} keeps your text for the next --edit"
            raise SessionError(f"{error}; {kept}") from error
        draft.unlink()
        raise
    draft.unlink()
    return analysis


def _open_editor(path: Path) -> None:
    """Let the person edit a file in $VISUAL, $EDITOR, or what is there."""
    wish = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    found = next((name for name in ("nano", "vi", "notepad") if shutil.which(name)), "")
    wrong = ""
    try:
        command = shlex.split(wish) or [found]
        code = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603
        wrong = f"the editor {command[0]} ended with {code}" if code else ""
    except ValueError as error:
        wrong = f"$EDITOR cannot be read ({error})"
    except OSError as error:
        wrong = f"cannot start the editor {wish or found} ({error.strerror})"
    if wrong:
        raise SessionError(f"{wrong}, nothing was changed; set $EDITOR to a program")


def _lines(one: AnswerWords) -> list[str]:
    words = " ".join(word.text for word in one.words) or "(no words)"
    return [*wrapped(f"{one.header} {one.question}"), *wrapped(words, "    ")]


def _as_json(one: AnswerWords) -> dict[str, object]:
    document = asdict(one)
    return {"answer": document.pop("name")} | document
