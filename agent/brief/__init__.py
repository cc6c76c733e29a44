"""The brief as understood: what a person gives Rehearse about the interview ahead."""

import re
from collections import Counter

from pydantic import BaseModel, ConfigDict

from agent.text.names import names_in

MOST_TERMS = 150
"""More hotwords make a recognizer hear them everywhere."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(_Frozen):
    """One likely question."""

    area: str = ""
    """What it probes, in lower case: "system_design", "domain", "behavioral"…"""
    text: str
    """The question, spoken verbatim."""
    why: str = ""
    """Why it is asked: what would satisfy the person who asks."""
    probes: tuple[str, ...] = ()
    """Follow-ups of the person's own, spoken verbatim up to what makes them superfluous ("Which
    figure first? (unless: p95, tail latency)"); () for those that are derived from the why."""


class TalkingPoint(_Frozen):
    """Something the person wants to have said."""

    name: str
    """A few words that name it; never spoken by the interviewer."""
    text: str = ""
    """The claim with its facts and numbers."""


class Persona(_Frozen):
    """One interviewer of a panel."""

    name: str
    """What they are called: "Priya"."""
    role: str = ""
    """What they are: "staff engineer"."""
    areas: tuple[str, ...] = ()
    """The areas of questions that are theirs, in lower case; () for what nobody else asks."""
    manner: str = ""
    """How they ask: "warm", "terse", "challenging"."""
    voice: str = ""
    """Their voice: "low", "piper:en_US-libritts_r-medium#2"; "" for one that is free."""


class Brief(_Frozen):
    """Everything about one interview."""

    company: str = ""
    role: str = ""
    snapshot: str = ""
    """What the company is, in a paragraph."""
    stack: str = ""
    """What the team works with, in a paragraph."""
    questions: tuple[Question, ...] = ()
    talking_points: tuple[TalkingPoint, ...] = ()
    panel: tuple[Persona, ...] = ()
    """Who interviews; () for one interviewer, or the usual panel where one is wished for."""
    interview_date: str = ""
    """The day of the interview as YYYY-MM-DD, "" where it is not known."""

    @property
    def title(self) -> str:
        """Company and role in one line."""
        return " · ".join(part for part in (self.company, self.role) if part) or "Interview"

    @property
    def slug(self) -> str:
        """The title as a file name: lower case, hyphens, at most 40 characters."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")[:40].strip("-") or "brief"


def terms_of(brief: Brief) -> tuple[str, ...]:
    """Return names and terms for a recognizer, the talking points' first, then by frequency."""
    points = " \n".join(f"{point.name}. {point.text}" for point in brief.talking_points)
    questions = " \n".join(question.text for question in brief.questions)
    rest = " \n".join([brief.company, brief.role, brief.stack])
    found: Counter[str] = Counter()
    for weight, text in ((100, points), (10, questions), (1, rest)):
        for start, end in names_in(text):
            for word in text[start:end].split():
                found[word] += weight
    return tuple(word for word, _ in found.most_common(MOST_TERMS) if len(word) > 1)
