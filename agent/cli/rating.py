"""Rate yourself first: a key for each main answer, before the report says what it thinks."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from agent.analysis.conversation import read_conversation
from agent.analysis.phrases import answer_names
from agent.analysis.ratings import write_ratings
from agent.console import say, shortened
from agent.interview.keys import Keys
from agent.session import read_session


def rate_yourself(folder: Path) -> None:
    """Ask for 1 to 5 for each main answer and keep them with the session; only on a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    answers = read_conversation(read_session(folder)).answers
    names = answer_names(answers)
    main = {n: a.asked.text for n, a in zip(names, answers, strict=True) if a.kind == "question"}
    # What the person gave counts as far as they came, and a full disk costs only this.
    with suppress(OSError):
        if ratings := _asked(main):
            write_ratings(folder, ratings)


def _asked(questions: dict[str, str]) -> dict[str, int]:
    """Return what was given; Enter skips an answer, q or Ctrl-C the rest."""
    ratings: dict[str, int] = {}
    if not questions:
        return ratings
    print()
    say("How good was each answer, 1 (weak) to 5 (strong)? Enter skips one, q skips the rest.")
    with suppress(KeyboardInterrupt), Keys() as keys:
        keys.any_pressed()
        for name, question in questions.items():
            print(f"{name:>4}. {shortened(question, 70)}  ", end="", flush=True)
            while (key := keys.wait()) not in "12345q\r\n":
                pass
            print(key if key in "12345" else "-")
            if key == "q":
                break
            if key in "12345":
                ratings[name] = int(key)
    return ratings
