"""`rehearse transcript SESSION`: the words of the answers, and how to correct them."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from agent.console import wrapped
from agent.errors import RehearseError, SessionError

if TYPE_CHECKING:
    from agent.after.transcript_edit import AnswerWords


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "transcript",
        help="print the words of a session, or correct them",
        description="Print what was understood, answer by answer. Corrected words are analyzed"
        " again and the report is drawn again; the recognizer's own words are kept.",
    )
    parser.add_argument("session", metavar="SESSION", help="a session folder")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--edit", action="store_true", help="correct the words in $VISUAL or $EDITOR")
    way.add_argument(
        "--from", dest="source", metavar="FILE", help="take the corrected text from FILE or -"
    )
    way.add_argument("--text", action="store_true", help="print the text that --from takes")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the words, after correcting them where that was asked for."""
    from agent.after.transcript_edit import edit_text, read_answers

    folder = Path(args.session).expanduser()
    if args.source:
        _correct(folder, _given(args.source), args.json)
    elif args.edit:
        _edit(folder, args.json)
    answers, _ = read_answers(folder)
    if args.json:
        print(json.dumps([_as_json(one) for one in answers], ensure_ascii=False, indent=1))
    elif args.text:
        print(edit_text(answers), end="")
    elif not (args.edit or args.source):
        for line in _lines(answers):
            print(line)
    return 0


def _correct(folder: Path, text: str, quiet: bool) -> None:
    """Take a corrected text and say what came of it."""
    from agent.after.transcript_edit import correct

    analysis = correct(folder, text)
    if quiet:
        return
    if analysis is None:
        print("No word was changed.")
        return
    from agent.cli.interview import show_place, show_summary

    show_summary(analysis)
    show_place(folder)


def _edit(folder: Path, quiet: bool) -> None:
    """Open the text in an editor; what was written is kept wherever it cannot be used."""
    from agent.after.transcript_edit import DRAFT, edit_text, read_answers
    from agent.session import write_private

    draft = folder / DRAFT
    fresh = edit_text(read_answers(folder)[0])
    try:
        if not draft.exists():
            write_private(draft, fresh)
        try:
            _open_editor(draft)
            text = draft.read_text(encoding="utf-8", errors="replace")
            _correct(folder, text, quiet)
        except RehearseError as error:
            if draft.read_text(encoding="utf-8", errors="replace").strip() not in (
                "",
                fresh.strip(),
            ):
                raise SessionError(
                    f"{error}; {draft} keeps your text for the next --edit"
                ) from error
            draft.unlink()
            raise
        draft.unlink()
    except OSError as error:
        raise SessionError(
            f"cannot edit {draft}: {error.strerror}; nothing was changed, make room and try again"
        ) from error


def _open_editor(path: Path) -> None:
    """Let the person edit a file in $VISUAL, $EDITOR, or what is there.

    Raises:
        SessionError: there is no editor, or it failed.
    """
    wish = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    found = next((name for name in ("nano", "vi", "notepad") if shutil.which(name)), "")
    try:
        command = shlex.split(wish) or [found]
    except ValueError as error:
        raise SessionError(f"$EDITOR cannot be read ({error}); set it to a program") from error
    if not command[0]:
        raise SessionError("there is no editor; set $EDITOR, or use --text and --from FILE")
    try:
        code = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603
    except OSError as error:
        raise SessionError(
            f"cannot start the editor {command[0]} ({error.strerror}), nothing was changed; set"
            " $EDITOR, or use --text and --from FILE"
        ) from error
    if code != 0:
        raise SessionError(
            f"the editor {command[0]} ended with {code}, nothing was changed; set $EDITOR to"
            " another, or use --text and --from FILE"
        )


def _given(source: str) -> str:
    """Return the text of a file or of standard input.

    Raises:
        SessionError: it cannot be read.
    """
    try:
        if source == "-":
            return sys.stdin.buffer.read().decode("utf-8", errors="replace")
        return Path(source).expanduser().read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise SessionError(f"cannot read {source}: {error.strerror}; check the path") from error


def _lines(answers: tuple[AnswerWords, ...]) -> list[str]:
    """Return the answers as lines of 80 columns at most."""
    from voice.transcript import text_of

    lines: list[str] = []
    for one in answers:
        lines += ["", *wrapped(f"{one.header} {one.question}")]
        lines += wrapped(text_of(one.words) or "(no words)", "    ")
    return lines[1:]


def _as_json(one: AnswerWords) -> dict[str, object]:
    return {
        "answer": one.name,
        "question": one.question,
        "start_s": round(one.room.start_s, 3),
        "end_s": round(one.room.end_s, 3),
        "words": [
            {
                "text": word.text,
                "start_s": round(word.start_s, 3),
                "end_s": round(word.end_s, 3),
                "probability": round(word.probability, 3),
            }
            for word in one.words
        ],
    }
