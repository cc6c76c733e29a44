"""What of a brief does not stand in the posting and the resume that it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agent.brief import Brief
from agent.brief.text import short
from agent.brief.writing.documents import Document
from agent.brief.writing.sources import missing_facts
from agent.text.figures import figures_of

_DIGIT = re.compile(r"\d")


def unverified(brief: Brief, posting: Document | None, resume: Document | None) -> Iterator[str]:
    """Yield what cannot be verified, each in a sentence.

    Talking points are held against the resume, snapshot and stack against the posting: figures
    and names. Questions and reasons are held against both: figures.
    """
    if resume:
        for number, point in enumerate(brief.talking_points, start=1):
            what = f'talking point {number} "{short(point.name)}"'
            yield from _told(what, point.text or point.name, (resume,))
    if posting:
        yield from _told("the snapshot", brief.snapshot, (posting,))
        yield from _told("the stack", brief.stack, (posting,))
    if posting and resume:
        for number, asked in enumerate(brief.questions, start=1):
            text = f"{asked.text} {asked.why}"
            yield from _told(f"question {number}", text, (posting, resume), names=False)


def _told(
    what: str, text: str, sources: Sequence[Document], *, names: bool = True
) -> Iterator[str]:
    """Yield the one sentence about a text; figures count by their value, however written."""
    source = " ".join(one.text for one in sources)
    known = {(one.hit.kind, one.value) for one in figures_of(source)}
    lost = [
        one.hit.text
        for one in figures_of(text)
        if _DIGIT.search(one.hit.text) and not {(one.hit.kind, one.value), ("", one.value)} & known
    ]
    if names:
        lost += [fact for fact in missing_facts(text, source) if not _DIGIT.search(fact)]
    if lost:
        verb = "does" if len(lost) == 1 else "do"
        where = " or ".join(one.name for one in sources)
        yield f"{what}: {', '.join(lost)} {verb} not stand in {where}"
