"""The draft by rules: the posting's lines about the work, the resume's lines with figures."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from agent.brief import Brief, Question, TalkingPoint
from agent.brief.check import facts_of
from agent.brief.read import read_brief
from agent.brief.text import name_for
from agent.brief.writing.items import Item
from agent.brief.writing.posting import Posting
from agent.brief.writing.resume import Claim, Resume
from agent.brief.writing.sources import cite
from agent.text.words import content_stems
from voice.speech.spoken import sentences

QUESTIONS = 10
"""As many as the briefs that people bring hold."""
POINTS = 5
"""Likewise; more are not remembered."""
_FACTS = 4
"""So many facts of a claim count for it, each as half a word shared with the posting (ours)."""
_MOST_READ_OUT_WORDS = 25
"""A longer line is too long to be read out in a question (ours)."""
_CONDITIONS = re.compile(
    r"\b(?:hours?|days?) (?:a|per|each|of) \w+|\b(?:full|part)-?time\b|\b(?:salary|contract|paid"
    r"|pay|leave|holidays?|vacation|pension|shifts?)\b|\byears?\b.{0,12}\b(?:as|of|in|with)\b"
    r"|\d\+ years|[£$€]\s?\d|\b(?:dollars|pounds|euros|degree|diploma|licen[cs]e|registration)\b",
    re.IGNORECASE,
)
"""What tells of hours, pay, years or papers wanted, not of the work."""
_ADDRESSED = re.compile(r"(?:you(?:'|’)ll|you will|you'd|you)\s+(?=[a-z])", re.IGNORECASE)

_FIRST, _ON_WORK, _ON_WANTS, _ON_RESUME = slice(2), slice(2, 5), 5, slice(6, None)
"""Which questions of questions.md are for what."""


@lru_cache(maxsize=1)
def _forms() -> tuple[Question, ...]:
    return read_brief(str(Path(__file__).with_name("questions.md"))).questions


@dataclass(frozen=True)
class Draft:
    """A brief with what was left out on the way."""

    brief: Brief
    """The brief."""
    asked_from: tuple[tuple[str, Item], ...] = ()
    """Of each question "Posting" or "Resume" and the line that it comes from."""
    dropped: tuple[str, ...] = ()
    """What could not be found in the sources or was not used, each in one line."""
    notes: tuple[str, ...] = ()
    """What was guessed, is missing, or went otherwise than asked for, each in one line."""
    doubts: tuple[str, ...] = ()
    """Those of them that stay in the brief until the person has looked at it."""


_Asked = tuple[Question, str, Item]
"""A question with the source and the line that its reason points to."""


def draft(posting: Posting, resume: Resume) -> Draft:
    """Return a brief by rules: every word is the sources' own or stands in questions.md."""
    claims = best_claims(posting, resume)
    asked = _questions(posting, claims)
    brief = Brief(
        company=posting.company,
        role=posting.role,
        snapshot=posting.snapshot,
        stack=posting.stack,
        questions=tuple(question for question, _, _ in asked),
        talking_points=tuple(_named_apart([claim.point for claim in claims])),
    )
    notes = list(posting.unsure)
    if len(asked) < QUESTIONS:
        notes.append(f"{len(asked)} questions only: the posting has no more lines about the work")
    if len(claims) < POINTS:
        notes.append(
            f"{len(claims)} talking points only: no more lines of {resume.document.name} have a"
            " number or a name"
        )
    return Draft(
        brief,
        asked_from=tuple((source, item) for _, source, item in asked),
        dropped=(*posting.document.dropped, *resume.document.dropped),
        notes=tuple(notes),
        doubts=posting.unsure,
    )


def best_claims(posting: Posting, resume: Resume) -> list[Claim]:
    """Return the claims that share most words with the posting, in the resume's order."""
    asked = Counter(stem for item in posting.asks for stem in content_stems(item.text))

    def worth(claim: Claim) -> float:
        shared = sum(1 / asked[stem] for stem in content_stems(claim.point.text) & asked.keys())
        return shared + min(_FACTS, len(facts_of(claim.point))) / 2

    best = sorted(resume.claims, key=worth, reverse=True)[:POINTS]
    return sorted(best, key=lambda claim: claim.item.number)


def _named_apart(points: list[TalkingPoint]) -> list[TalkingPoint]:
    """Return the points, with longer names where two would be called alike."""
    counts = Counter(point.name.casefold() for point in points)
    names = (
        each.name if counts[each.name.casefold()] == 1 else name_for(each.text) for each in points
    )
    return [TalkingPoint(name=n, text=each.text) for n, each in zip(names, points, strict=True)]


def _questions(posting: Posting, claims: list[Claim]) -> list[_Asked]:
    """Return two questions to begin with, those on the posting's lines, and the resume's."""
    top = posting.items[0]
    about = next((item for item in posting.items if item.text in posting.snapshot), top)
    forms = _forms()
    asked = [
        _asked(form, "Posting", item)
        for form, item in zip(forms[_FIRST], (top, about), strict=True)
    ]
    own = [
        _asked(form, "Resume", claim.item)
        for form, claim in zip(forms[_ON_RESUME], claims, strict=False)
    ]
    lines = [(item, line) for item in posting.asks for line in sentences(item.text) if _tells(line)]
    lines.sort(key=lambda pair: pair[0].kind == "wants")
    on_work = forms[_ON_WORK]
    for at, (item, line) in enumerate(lines[: QUESTIONS - len(asked) - len(own)]):
        cycled = on_work[at % len(on_work) if item.kind == "work" else 0]
        form = forms[_ON_WANTS] if item.kind == "wants" else cycled
        asked.append(_asked(form, "Posting", item, line))
    return [*asked, *own]


def _tells(line: str) -> bool:
    """Return whether a line of the posting can be read out and is about the work."""
    return 2 < len(line.split()) <= _MOST_READ_OUT_WORDS and not _CONDITIONS.search(line)


def _asked(form: Question, source: str, item: Item, line: str = "") -> _Asked:
    addressed = _ADDRESSED.match(line)
    line = line[addressed.end() :] if addressed else line
    quoted = (line[:1].upper() + line[1:]).rstrip(".;,").replace('"', "'")
    fields = {"text": form.text.format(quoted), "why": f"{form.why} {cite(source, item)}"}
    return form.model_copy(update=fields), source, item
