"""A brief's file with more questions: changed in place where nothing of it would be lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from agent.brief import Question
from agent.brief.page import OWN_TITLE
from agent.brief.read import read_reading
from agent.brief.write import write_brief
from voice import files


def with_questions(path: Path, texts: Sequence[str], why: str) -> tuple[int, Path]:
    """Add the questions that a brief does not have; return how many, and where they stand now.

    A file in the project's own Markdown form, all of which is understood, is changed; of any other
    a copy in that form is written beside it, which takes no name that is there.

    Raises:
        OSError: it cannot be written.
    """
    reading = read_reading(str(path))
    brief, known = reading.brief, {_key(one.text) for one in reading.brief.questions}
    fresh: dict[str, str] = {}
    for text in texts:
        if _key(text) not in known:
            fresh.setdefault(_key(text), text)
    if not fresh:
        return 0, path
    asked = tuple(Question(text=text, why=why) for text in fresh.values())
    grown = write_brief(brief.model_copy(update={"questions": (*brief.questions, *asked)}))
    own = path.read_text(encoding="utf-8", errors="replace").startswith(OWN_TITLE)
    if own and not reading.unused and not reading.left_out:
        files.write_whole(path.resolve(), grown.encode())
        return len(fresh), path
    place, number = path.with_name(f"{path.stem}.brief.md"), 1
    while place.exists():
        number += 1
        place = path.with_name(f"{path.stem}.brief-{number}.md")
    files.write_whole(place, grown.encode())
    return len(fresh), place


def _key(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
