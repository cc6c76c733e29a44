"""The draft by rules: the posting's lines about the work, the resume's lines with figures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from agent.brief import Brief, Question, TalkingPoint
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

_Form = tuple[str, str, str, tuple[str, ...]]
"""Area, question, why it is asked, and the follow-ups that the person may edit."""

_FIRST: tuple[_Form, ...] = (
    (
        "warm_up",
        "To begin with, tell me a little about yourself and about what you do at the moment.",
        "A short story with a direction: where you come from and where you want to go.",
        (
            "What are you looking for in your next job? (unless: looking for, I want, I'd like)",
            "Which of your jobs taught you most? (unless: taught me, I learned)",
        ),
    ),
    (
        "motivation",
        "What draws you to this position, and why now?",
        "Shows whether you have looked at the place and know what you want from it.",
        (
            "What do you want to have done in your first year here? (unless: first year)",
            "What would be the hardest part of this job for you? (unless: hardest, hard)",
        ),
    ),
)
_ON_WORK: tuple[_Form, ...] = (
    (
        "domain",
        'The posting says: "{}". Tell me about work of yours that comes closest to that.',
        "They want an example of your own, with your part in it and what came of it.",
        (
            "Which part of that was yours alone? (unless: my part, my job, responsible)",
            "What came of it? (unless: in the end, result, since then)",
            "What would you do differently now? (unless: differently, next time)",
        ),
    ),
    (
        "planning",
        'This is part of the job: "{}". How would you go about it, and what would you do first?',
        "They want to see how you think about the job before you have it.",
        (
            "Who would you talk to before you begin? (unless: ask, talk to)",
            "How would you notice that it goes wrong? (unless: go wrong, goes wrong, notice)",
        ),
    ),
    (
        "domain",
        'The posting also says: "{}". What is hard about that in practice?',
        "Who has done it knows where it goes wrong.",
        (
            "When did that last happen to you? (unless: @)",
            "How do you deal with it? (unless: so I, so we, what I do)",
        ),
    ),
)
_ON_WANTS: _Form = (
    "experience",
    'The posting asks for this: "{}". Where have you shown it?',
    "They ask for it, so an example answers best.",
    (
        "How did it end? (unless: in the end, ended, afterwards)",
        "Where do you still find it hard? (unless: hard, difficult)",
    ),
)
_ON_RESUME: tuple[_Form, ...] = (
    (
        "behavioral",
        "Tell me about a piece of work that you are proud of. What was your own part in it?",
        "Leaves room for a talking point.",
        (
            "How did the others take it? (unless: they said, told me)",
            "Where could it have failed? (unless: failed, risk, almost)",
        ),
    ),
    (
        "behavioral",
        "What else have you done that I should hear about, and what came of it?",
        "Leaves room for another talking point.",
        (
            "Is there a figure that shows it? (unless: #)",
            "And what did you yourself do there? (unless: my part, I did)",
        ),
    ),
    (
        "problem_solving",
        "Tell me about a hard problem of yours and how you got to the bottom of it.",
        "Looks for own action and for what it led to.",
        (
            "By what did you find the cause? (unless: turned out, found out, the cause)",
            "Has it come back since? (unless: since then, never again)",
        ),
    ),
)


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
    """Return a brief by rules: every word is the sources' own or one of the sentences above."""
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
        return shared + min(_FACTS, len(claim.facts)) / 2

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
    asked = [_asked(form, "Posting", item) for form, item in zip(_FIRST, (top, about), strict=True)]
    own = [
        _asked(form, "Resume", claim.item) for form, claim in zip(_ON_RESUME, claims, strict=False)
    ]
    lines = [(item, line) for item in posting.asks for line in sentences(item.text) if _tells(line)]
    lines.sort(key=lambda pair: pair[0].kind == "wants")
    for at, (item, line) in enumerate(lines[: QUESTIONS - len(asked) - len(own)]):
        cycled = _ON_WORK[at % len(_ON_WORK)] if item.kind == "work" else _ON_WORK[0]
        form = _ON_WANTS if item.kind == "wants" else cycled
        asked.append(_asked(form, "Posting", item, line))
    return [*asked, *own]


def _tells(line: str) -> bool:
    """Return whether a line of the posting can be read out and is about the work."""
    return 2 < len(line.split()) <= _MOST_READ_OUT_WORDS and not _CONDITIONS.search(line)


def _asked(form: _Form, source: str, item: Item, line: str = "") -> _Asked:
    area, text, why, probes = form
    addressed = _ADDRESSED.match(line)
    line = line[addressed.end() :] if addressed else line
    quoted = (line[:1].upper() + line[1:]).rstrip(".;,").replace('"', "'")
    why = f"{why} {cite(source, item)}"
    question = Question(area=area, text=text.format(quoted), why=why, probes=probes)
    return question, source, item
