"""The draft with a local model: many small calls, each checked; what fails stays by rules."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from agent import llm
from agent.brief import Brief, Question, TalkingPoint
from agent.brief.text import one_line
from agent.brief_write import replies
from agent.brief_write.accept import accepted_point, problem_with
from agent.brief_write.draft import POINTS, Draft, best_claims, draft
from agent.brief_write.items import Item
from agent.brief_write.posting import (
    MOST_SNAPSHOT_WORDS,
    MOST_STACK_WORDS,
    Posting,
    paragraph_of,
)
from agent.brief_write.resume import Claim, Resume
from agent.brief_write.sources import cite, stands_in
from agent.errors import InterviewerError

DEADLINE_S = 90.0
"""One small reply on a slow machine, at two tokens a second."""
_LIST_S = 5.0
"""Seconds in which a server that runs lists its models."""
_MOST_FAILURES = 2
"""After so many in a row the model is not asked again."""
_MOST_SHOWN_CHARS = 8000
"""What is shown of a document in one call: a model's context is 4,096 tokens by default."""
_MOST_LINE_CHARS = 240

Shape = TypeVar("Shape", bound=replies.Reply)


def draft_with_model(
    model: str,
    posting: Posting,
    resume: Resume,
    progress: Callable[[float], None],
    deadline_s: float = DEADLINE_S,
) -> Draft:
    """Return a brief that a model on this machine words, by rules where it fails.

    Args:
        model: its name in Ollama.
        posting: what is asked for.
        resume: what was done.
        progress: told how much of the work is done, from 0 to 1.
        deadline_s: seconds of wall clock for each of its replies.
    """
    asking = _Asking(model, progress, deadline_s)
    if not asking.begin():
        return replace(draft(posting, resume), notes=asking.notes())
    who = _who(asking, posting)
    claims = _claims(asking, posting, resume)
    made = draft(posting, resume, claims)
    points = _points(asking, made, resume)
    questions = _questions(asking, made, points, f"{posting.document.text} {resume.document.text}")
    return replace(
        made,
        brief=Brief(
            **(made.brief.model_dump(include={"company", "role", "snapshot", "stack"}) | who),
            questions=questions,
            talking_points=points,
        ),
        dropped=(*made.dropped, *asking.dropped),
        notes=asking.notes(),
    )


class _Asking:
    """The calls of one draft: how many there are, which failed, what was dropped."""

    def __init__(self, model: str, progress: Callable[[float], None], deadline_s: float) -> None:
        self.model = model
        self.dropped: list[str] = []
        self._progress = progress
        self._deadline_s = deadline_s
        self._calls = 2 + POINTS + _QUESTIONS
        self._done = 0
        self._failed = 0
        self._in_a_row = 0
        self._first = ""

    def begin(self) -> bool:
        """Load the model and return whether it answers."""
        self._progress(0.0)
        try:
            llm.insist_on_local(self.model, _LIST_S)
            llm.warm_up(self.model, [{"role": "system", "content": replies.SYSTEM}])
        except InterviewerError as error:
            self._failed, self._first = self._calls, _plainly(error)
            return False
        return True

    def ask(self, task: str, shape: type[Shape], **data: Any) -> Shape | None:
        """Return a reply of the shape, None where the model fails or was given up."""
        self._done += 1
        reply = None
        if self._in_a_row < _MOST_FAILURES:
            content = json.dumps({"task": task, "data": data}, ensure_ascii=False)
            messages = [
                {"role": "system", "content": replies.SYSTEM},
                {"role": "user", "content": content},
            ]
            try:
                reply = llm.ask_json(self.model, messages, shape, self._deadline_s)
            except InterviewerError as error:
                self._first = self._first or _plainly(error)
        self._in_a_row = 0 if reply else self._in_a_row + 1
        self._failed += reply is None
        self._progress(min(1.0, self._done / self._calls))
        return reply

    def notes(self) -> tuple[str, ...]:
        """Return one line about what the model did not do, nothing where it did all."""
        if not self._failed:
            return ()
        part = "all" if self._failed >= self._done else f"{self._failed} of {self._done} parts"
        return (f"by rules instead of {self.model}: {part}, because {self._first}",)


_QUESTIONS = 9
"""All but the warm-up, which stays as it is."""


def _plainly(error: InterviewerError) -> str:
    """Return what went wrong without the option of another command."""
    return re.sub(r",? or (use )?--interviewer rules", "", one_line(str(error)))


def _who(asking: _Asking, posting: Posting) -> dict[str, str]:
    """Return what the model found of company, role, snapshot and stack, where it stands there."""
    reply = asking.ask(replies.WHO, replies.Who, posting=_shown(posting.items))
    if reply is None:
        return {}
    found: dict[str, str] = {}
    for kind, value in (("company", one_line(reply.company)), ("role", one_line(reply.role))):
        if value and stands_in(value.lower(), posting.document.text.lower()):
            found[kind] = value
        elif value:
            asking.dropped.append(f'{kind} "{value}": not in the posting')
    by_number = {item.number: item for item in posting.items if not item.is_heading}
    for kind, numbers, most in (
        ("snapshot", reply.snapshot, MOST_SNAPSHOT_WORDS),
        ("stack", reply.stack, MOST_STACK_WORDS),
    ):
        asking.dropped += [
            f"{kind}: the posting has no such line {number}"
            for number in numbers
            if number not in {item.number for item in posting.items}
        ]
        items = [by_number[number] for number in sorted(set(numbers)) if number in by_number]
        if items:
            found[kind] = paragraph_of(items, most)
    return found


def _claims(asking: _Asking, posting: Posting, resume: Resume) -> list[Claim]:
    """Return the claims to talk about: the model's choice, filled up by rules, in order."""
    best = best_claims(posting, resume)
    reply = asking.ask(
        replies.CHOICE,
        replies.Choice,
        posting=_shown(posting.asks),
        resume=_shown([claim.item for claim in resume.claims]),
    )
    by_number = {claim.item.number: claim for claim in reversed(resume.claims)}
    numbers = list(dict.fromkeys(reply.lines)) if reply else []
    asking.dropped += [
        f"talking point from line {number}: the resume has no claim there"
        for number in numbers
        if number not in by_number
    ]
    chosen = [by_number[number] for number in numbers if number in by_number][:POINTS]
    chosen += [claim for claim in best if claim not in chosen][: POINTS - len(chosen)]
    return [claim for claim in resume.claims if claim in chosen]


def _points(asking: _Asking, made: Draft, resume: Resume) -> tuple[TalkingPoint, ...]:
    points: list[TalkingPoint] = []
    for ruled, claim in zip(made.brief.talking_points, made.told_from, strict=True):
        reply = asking.ask(replies.POINT, replies.Point, line=claim.point.text)
        point = ruled
        if reply is not None:
            accepted = accepted_point(reply, claim, resume.document.text)
            asking.dropped += [
                f"talking point from line {claim.item.number}: {reason}"
                for reason in accepted.dropped
            ]
            point = accepted.point or ruled
        taken = {other.name.casefold() for other in points}
        points.append(ruled if point.name.casefold() in taken else point)
    return tuple(points)


def _questions(
    asking: _Asking, made: Draft, points: Sequence[TalkingPoint], source: str
) -> tuple[Question, ...]:
    questions = list(made.brief.questions)
    for at, (kind, item) in list(enumerate(made.asked_from))[1:]:
        ruled = questions[at]
        reply = asking.ask(
            replies.QUESTION,
            replies.Asked,
            area=ruled.area,
            draft=ruled.text,
            source=kind.lower(),
            line=item.text[:_MOST_LINE_CHARS],
        )
        if reply is None:
            continue
        others = [question.text for question in questions if question is not ruled]
        problem = problem_with(reply, source, others, points)
        if problem:
            asking.dropped.append(f"question {at + 1}: {problem}")
            continue
        questions[at] = Question(
            area=ruled.area,
            text=one_line(reply.question),
            why=f"{one_line(reply.why)} {cite(kind, item)}",
        )
    return tuple(questions)


def _shown(items: Sequence[Item]) -> dict[str, str]:
    """Return lines by their numbers, as many as a call holds."""
    shown: dict[str, str] = {}
    room = _MOST_SHOWN_CHARS
    for item in items:
        text = item.text[:_MOST_LINE_CHARS]
        room -= len(text)
        if room < 0:
            break
        shown[str(item.number)] = text
    return shown
