"""`rehearse debrief BRIEF`: which questions came in the real interview, and how it went."""

import argparse
import re
from datetime import date
from pathlib import Path

from agent.analysis.history import Came, RealInterview, keep_real
from agent.brief import Brief
from agent.brief.read import read_brief
from agent.brief.write import with_questions
from agent.cli.options import add_out, describe, output_parent
from agent.console import say, typed_line, wrapped
from agent.text.display import clean, plural

_NUMBERED = re.compile(r"(\d{1,3})(?:[ ,:]+([1-5]))?")
"""A question of the brief, and how it went: "3", "3 4"."""


def add_debrief(parser: argparse.ArgumentParser) -> None:
    """Declare the command."""
    describe(
        parser,
        run,
        "Note which questions of the brief really came in the interview, which others, and how each"
        " went. New ones are added to the brief, and `rehearse next` begins with what went badly.",
    )
    parser.add_argument("brief", metavar="BRIEF", help="your brief")
    add_out(parser)


def run(args: argparse.Namespace) -> int:
    """Note a real interview."""
    brief = read_brief(args.brief)
    day = _day(brief)
    came = _ask_what_came(brief)
    if not came:
        print("Nothing noted.")
        return 0
    real = RealInterview(brief=brief, day=day, came=tuple(came))
    place = keep_real(output_parent(args.out), real)
    print("\n".join([f"Kept in {place}", *_into_brief(Path(args.brief).expanduser(), day, came)]))
    return 0


def _day(brief: Brief) -> date:
    """Return the day of the interview: the brief's if it is past, else today."""
    today = date.today()
    return min(today, date.fromisoformat(brief.interview_date)) if brief.interview_date else today


def _ask_what_came(brief: Brief) -> list[Came]:
    for number, question in enumerate(brief.questions, 1):
        print("\n".join(wrapped(question.text, f"{number:>3}. ", " " * 5)))
    say("Which came? A number, or the question as it was asked; an empty line ends.")
    came: list[Came] = []
    while text := " ".join(clean(typed_line("> ")).split()):
        numbered = _NUMBERED.fullmatch(text)
        if numbered and not 0 < int(numbered[1]) <= len(brief.questions):
            say(f"The brief has {plural(len(brief.questions), 'question')}; not noted.")
            continue
        asked = brief.questions[int(numbered[1]) - 1].text if numbered else text
        went = (numbered and numbered[2]) or "?"
        while went not in ("", *"12345"):
            went = typed_line("  How did it go, 1 (badly) to 5 (well)? Enter skips. ").strip()
        came.append(Came(question=asked, went=int(went) if went else None))
    return came


def _into_brief(path: Path, day: date, came: list[Came]) -> list[str]:
    """Add the new questions to the brief, and say where they stand."""
    count, place = with_questions(path, [one.question for one in came], f"it came on {day}")
    added = f"{plural(count, 'new question')} added to {place}"
    if place != path:
        added += f"; {path.name} is in another form and stays as it is"
    return [*([added] if count else []), f"What comes next: rehearse plan {place} --next"]
