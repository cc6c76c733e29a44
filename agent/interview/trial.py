"""The trial of a local model before it leads: six moments, how fast and how usable it replies.

Its outcome is kept for a day, by model, weights and wording of the task, on this computer.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from pydantic import TypeAdapter

from agent.brief import Brief, Question
from agent.config import home
from agent.errors import InterviewerError
from agent.interview.moment import Moment
from agent.interview.plan import make_plan
from agent.interview.reworded import beginning, case_of, problem_with_words
from agent.llm import Client, LocalModel
from agent.session import write_private
from agent.session.turns import Move, Turn

MOST_REPLY_S = 1.4
"""A slower model is not used. The answers of the trial have 45 words; where one has 150, a reply
takes two seconds more (with 69 tokens read a second), and after 3.8 s it comes too late."""
DEADLINE_S = 8.0
"""A reply that takes longer counts as none."""
_LEAST_USABLE = 5
_KEPT_S = 24 * 3600.0
CASES = (
    (
        "Tell me about a time a delivery went wrong.",
        "so the truck came on the wrong day and half of the frames were cracked I took photographs"
        " and rang the supplier and then I moved the fitters to the other site so nobody stood"
        " around and the new frames came on the Thursday",
        "What was your own part in that?",
    ),
    (
        "How do you prepare a lesson for a class you have never met?",
        "I ask the teacher before me what they struggled with and I bring two versions of the first"
        " task one easier and one harder and I plan the first ten minutes to the minute so that I"
        " can watch them instead of my notes",
        "Where does that get difficult in practice?",
    ),
    (
        "Tell me about a disagreement with a colleague.",
        "she wanted to give every patient the same sheet and I thought the older ones would not"
        " read it we tried both for a month on two corridors and then we kept the sheet but we"
        " read it out loud together with the family",
        "What would you do differently today?",
    ),
    (
        "How would you find out why a web page has become slow?",
        "first I look at what changed in the last deploy then I compare the waterfall of requests"
        " before and after and if it is the database I look for a query without an index usually it"
        " is one query that runs once for every row",
        "What would tell you that it is not working?",
    ),
    (
        "Tell me about something that you improved at work.",
        "the returns used to pile up on one table so I put three trays there with colors one for"
        " broken one for wrong size and one for no reason and the evening shift could then clear it"
        " much faster than before",
        "How big was the difference, in figures?",
    ),
    (
        "Why do you want to work here?",
        "I have eaten here with my parents since I was a child and I like that the menu follows"
        " the season and I would like to learn how you buy fish because where I am now it all comes"
        " frozen",
        "What do you expect to be the hardest part of this job?",
    ),
)
"""Question, answer, draft; ours, from six trades."""


@dataclass(frozen=True)
class Trial:
    """What came of it."""

    usable: int
    """Replies that could have been spoken, at the second try at the latest."""
    of: int
    """Moments that were tried: fewer than six where the outcome was clear."""
    reply_s: float
    """Seconds until the reply, the median."""
    problem: str = ""
    """Of the last reply that could not be used."""
    at_s: float = field(default_factory=time.time, compare=False)
    """When it was held, in seconds since 1970."""

    @property
    def leads(self) -> bool:
        """Whether the model is good and fast enough to lead the follow-ups."""
        return self.usable >= _LEAST_USABLE and self.reply_s <= MOST_REPLY_S

    def told(self, model: str) -> str:
        """Return the outcome in one plain line."""
        if self.leads:
            return f"{model} leads, {self.reply_s:.1f} s a reply"
        if self.of - self.usable > len(CASES) - _LEAST_USABLE:
            why = f" ({self.problem})" if self.problem else ""
            return (
                f"{model} does not lead, {self.of - self.usable} of {self.of} replies could not be"
                f" used{why}: the built-in follow-ups ask"
            )
        slow = f"{self.reply_s:.1f} s a reply of {model} on this computer"
        return f"{slow}: the built-in follow-ups ask"


_FILE = TypeAdapter(dict[str, Trial])
_one_at_a_time = threading.Lock()


def tried(model: LocalModel, *, fresh: bool = False) -> Trial:
    """Return what came of a model's trial, from what is kept unless it is to be `fresh`.

    Raises:
        InterviewerError: the model cannot be loaded or is gone.
    """
    path, key = home() / "trials.json", _key(model)
    with _one_at_a_time:
        kept = _kept(path)
        found = kept.get(key)
        if found and not fresh and 0 <= time.time() - found.at_s < _KEPT_S:
            return found
        trial = kept[key] = trial_of(model.name)
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(path, _FILE.dump_json(kept, indent=1).decode())
    return trial


def trial_of(
    model: str,
    deadline_s: float = DEADLINE_S,
    clock: Callable[[], float] = time.monotonic,
) -> Trial:
    """Try a model now; stops as soon as the outcome is clear."""
    client = Client(model, beginning(), deadline_s)
    client.begin()
    took_s: list[float] = []
    usable, problem = 0, ""
    for case in CASES:
        moment, draft = moment_of(*case)

        def problem_of(text: str, moment: Moment = moment) -> str:
            return problem_with_words(text, moment)

        began_s = clock()
        try:
            client.line(case_of(moment, draft), problem_of)
            usable += 1
        except InterviewerError as error:
            problem = str(error)
        took_s.append(clock() - began_s)
        bad, slow = len(took_s) - usable, sum(one > MOST_REPLY_S for one in took_s)
        if bad > len(CASES) - _LEAST_USABLE or slow > len(CASES) // 2:
            break
    return Trial(usable, len(took_s), median(took_s), problem)


def moment_of(question: str, answer: str, draft: str) -> tuple[Moment, str]:
    """Return a moment after one answer, with the draft that is to be worded."""
    brief = Brief(questions=(Question(text=question),))
    turn = Turn(Move("question", question, question_index=0), answer, 25.0, 60.0)
    return Moment(make_plan(brief, 20), brief, (turn,), 61.0), draft


def _key(model: LocalModel) -> str:
    task = hashlib.sha256(json.dumps([beginning(), CASES]).encode()).hexdigest()
    return f"{model.name} {model.digest[:12]} {task[:12]}"


def _kept(path: Path) -> dict[str, Trial]:
    try:
        return _FILE.validate_json(path.read_bytes())
    except (OSError, ValueError):
        return {}
