"""`--language`: in which language an interview is held; English is the only one so far."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from agent.errors import RehearseError

if TYPE_CHECKING:
    from agent.brief import Brief

_ENGLISH = "en"
_FEW_WORDS = 20
"""With fewer words of questions than this the talking points help to tell the language."""


def add_language_option(parser: argparse.ArgumentParser) -> None:
    """Declare in which language to interview."""
    parser.add_argument(
        "--language",
        metavar="NAME",
        type=_language,
        help="language of the interview, by name or code (only English so far)",
    )


def check_language(brief: Brief, chosen: str | None) -> None:
    """Check that the interview can be held in the language chosen, a code, or else the brief's.

    Who chooses English gets it, whatever the brief is in.

    Raises:
        RehearseError: another language was chosen, or the brief is plainly in another one.
    """
    from agent.language import LANGUAGES, is_english

    if chosen == _ENGLISH:
        return
    if chosen:
        raise RehearseError(
            f"the interviewer does not speak {LANGUAGES[chosen]} yet, only English; leave out"
            " --language"
        )
    if not is_english(_asked(brief)):
        raise RehearseError(
            "the questions of this brief are not in English, the only language that the"
            " interviewer speaks; translate them, or be asked them as they are with --language en"
        )


def _asked(brief: Brief) -> str:
    """Return the text that tells the language: the questions, with few of them the points too."""
    asked = " ".join(text for item in brief.questions for text in (item.text, *item.probes))
    if len(asked.split()) >= _FEW_WORDS:
        return asked
    return " ".join([asked, *(f"{point.name} {point.text}" for point in brief.talking_points)])


def _language(text: str) -> str:
    from agent.language import language_code

    code = language_code(text)
    if code is None:
        raise argparse.ArgumentTypeError(f"{text} is no language that Whisper knows; try en")
    return code
