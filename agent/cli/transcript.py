"""`rehearse transcript SESSION`: the words of the answers, and how to correct them."""

import argparse
import sys
from contextlib import suppress
from dataclasses import asdict

from agent.cli.interview import show_place, show_summary
from agent.cli.options import add_json, add_session, describe, show
from agent.console import say, wrapped
from agent.report.corrections import AnswerWords, correct, read_answers, words_named
from agent.session.find import find_session
from agent.text.display import clock
from voice.speech.transcript import text_of


def add_transcript(parser: argparse.ArgumentParser) -> None:
    """Declare the command."""
    describe(
        parser,
        run,
        "Print what was understood, answer by answer. Corrected words are analyzed again and the"
        " report is drawn again; the recognizer's own words are kept.",
    )
    add_session(parser)
    parser.add_argument("--edit", metavar="NAME", help="correct the words of this answer: 3, or 3a")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the words, or correct those of one answer."""
    folder = find_session(args.session)
    answers, _ = read_answers(folder)
    if args.edit:
        words = text_of(words_named(answers, args.edit).words)
        if analysis := correct(folder, args.edit, _typed(words)):
            show_summary(analysis)
            show_place(folder, analysis)
        else:
            print("No word was changed.")
        return 0
    text = "\n\n".join("\n".join(_lines(one)) for one in answers)
    return show(args, [_as_json(one) for one in answers], [text])


def _typed(words: str) -> str:
    """Return a line that was typed or piped in; on a terminal the words stand in it already."""
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    say("Correct the words, then press Enter.")
    with suppress(ImportError):  # not on Windows: there they are written anew
        import readline

        readline.set_startup_hook(lambda: readline.insert_text(words))
    with suppress(EOFError):
        return input()
    return words


def _lines(one: AnswerWords) -> list[str]:
    header = f"[{one.name} {clock(one.start_s)}-{clock(one.end_s)}]"
    words = text_of(one.words) or "(no words)"
    return [*wrapped(f"{header} {one.question}"), *wrapped(words, "    ")]


def _as_json(one: AnswerWords) -> dict[str, object]:
    document = asdict(one)
    return {"answer": document.pop("name")} | document
