"""The trial of a local model before it is used: eight follow-ups, how rightly and fast it replies.

Its outcome is kept for a day, by model, weights and wording of the task, on this computer.
"""

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

from agent.config import home
from agent.errors import InterviewerError
from agent.interview.reader import beginning, case_of, words_that_tell
from agent.llm import Client, LocalModel
from agent.session import write_private

MOST_REPLY_S = 1.4
"""A slower model is not used. The answers of the trial have 45 words; where one has 150, a reply
takes two seconds more (with 69 tokens read a second), and after 3.8 s it comes too late."""
DEADLINE_S = 8.0
"""A reply that takes longer counts as wrong."""
_LEAST_RIGHT = 7
"""Of eight: one that always says the same has four, by chance seven in 4 of 100 trials."""
_KEPT_S = 24 * 3600.0
CASES = (
    (
        "Tell me about a time a delivery went wrong.",
        "so the truck came on the wrong day and half of the frames were cracked I took photographs"
        " and rang the supplier and then I moved the fitters to the other site so nobody stood"
        " around and the new frames came on the Thursday",
        (("What did your people do until then?", True), ("What did the supplier say?", False)),
    ),
    (
        "How do you prepare a lesson for a class you have never met?",
        "I ask the teacher before me what they struggled with and I bring two versions of the first"
        " task one easier and one harder and I plan the first ten minutes to the minute so that I"
        " can watch them instead of my notes",
        (("When did such a lesson go wrong?", False), ("Whom do you talk to beforehand?", True)),
    ),
    (
        "Tell me about a disagreement with a colleague.",
        "she wanted to give every patient the same sheet and I thought the older ones would not"
        " read it we tried both for a month on two corridors and then we kept the sheet but we"
        " read it out loud together with the family",
        (("What did the patients say about it?", False), ("How did you settle it?", True)),
    ),
    (
        "How would you find out why a web page has become slow?",
        "first I look at what changed in the last deploy then I compare the waterfall of requests"
        " before and after and if it is the database I look for a query without an index usually it"
        " is one query that runs once for every row",
        (("What is usually the cause?", True), ("How long did that take you last time?", False)),
    ),
)
"""Question, answer, and follow-ups with whether they were answered; ours, from four trades."""


@dataclass(frozen=True)
class Trial:
    """What came of it."""

    right: int
    """Follow-ups of which it was told rightly whether the answer holds them."""
    of: int
    """Follow-ups that were tried: fewer than eight where the outcome was clear."""
    reply_s: float
    """Seconds until the reply, the median."""
    problem: str = ""
    """Why the last reply that failed did."""
    at_s: float = field(default_factory=time.time, compare=False)
    """When it was held, in seconds since 1970."""

    @property
    def passed(self) -> bool:
        """Whether the model reads well and fast enough to be used."""
        return self.right >= _LEAST_RIGHT and self.reply_s <= MOST_REPLY_S

    def outcome(self, model: str) -> str:
        """Return the outcome in one plain line."""
        if self.passed:
            return f"built-in rules, and {model} reads along, {self.reply_s:.1f} s a reply"
        if self.reply_s > MOST_REPLY_S:
            why = f"a reply of {model} takes {self.reply_s:.1f} s on this computer, too long"
        else:
            why = f"{model} misread {self.of - self.right} of {self.of} built-in answers"
        return f"built-in rules; {self.problem or why}"


def _wrong(right: int, of: int) -> bool:
    return of - right > 2 * len(CASES) - _LEAST_RIGHT


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
    right, problem = 0, ""
    every = ((q, said, *asked) for q, said, both in CASES for asked in both)
    for question, answer, follow_up, told in every:
        began_s = clock()
        try:
            reply = client.line(case_of(question, answer, follow_up))
            right += bool(words_that_tell(reply, answer)) == told
        except InterviewerError as error:
            problem = str(error)
        took_s.append(clock() - began_s)
        slow = sum(one > MOST_REPLY_S for one in took_s)
        if _wrong(right, len(took_s)) or slow > len(CASES):
            break
    return Trial(right, len(took_s), median(took_s), problem)


def _key(model: LocalModel) -> str:
    task = hashlib.sha256(json.dumps([beginning(), CASES]).encode()).hexdigest()
    return f"{model.name} {model.digest[:12]} {task[:12]}"


def _kept(path: Path) -> dict[str, Trial]:
    try:
        return _FILE.validate_json(path.read_bytes())
    except (OSError, ValueError):
        return {}
