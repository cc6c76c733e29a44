"""What a local model replies at a turn, and every reason for which it is not spoken."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from agent.coverage.numbers import find_numbers
from agent.coverage.words import stem
from agent.interviewer.checks import (
    MARKUP,
    MOST_WORDS,
    is_said,
    judges,
    leaks,
    problem_with,
    unsaid_fact,
)
from agent.interviewer.local_model.orders import obeys
from agent.interviewer.local_model.prompt import KINDS
from agent.interviewer.moment import Moment
from agent.interviewer.words import COMMON, QUOTED, words_of

_SAME_LETTERS = 5
"""Words that begin with so many equal letters are of one family: "reduced" and "reduction"."""
MOST_ACKNOWLEDGING_WORDS = 8
"""A longer acknowledgement is a comment."""

_TWO = re.compile(
    r"[\w,;] (and|or|but),? (also )?(what|how|why|when|where|who|which|did you|do you|could you"
    r"|can you|would you|were you|was it|is it)\b"
)
_YOU_SAID = re.compile(
    r"\byou(?:'ve| have)? (?:also |just |often )?(?:said|mentioned|told me|spoke of|talked about"
    r"|described|noted|claimed|stated|explained|brought up|wrote|called)\b([^.?!]*)"
)
_ASKS_THEN = re.compile(
    r", (?:what|how|why|where|when|who|which|did|do|was|were|could|can|would)\b"
)


class Reply(BaseModel):
    """What the model is asked for, in the order in which it is to be thought of."""

    model_config = ConfigDict(extra="ignore")
    takes_up: str = Field(max_length=400)
    """The words of the answers that it takes up, verbatim."""
    kind: str = Field(max_length=40, json_schema_extra={"enum": list(KINDS)})
    """The kind of the follow-up."""
    move: Literal["follow_up", "move_on"]
    """Whether to ask on."""
    acknowledgement: str = Field(max_length=200)
    """What is said before it, "" for nothing."""
    follow_up: str = Field(max_length=400)
    """The follow-up as it would be spoken."""


def problem_with_follow_up(reply: Reply, moment: Moment, kinds: list[str]) -> str:
    """Return why the model's follow-up must not be spoken, in a few words, or "".

    Args:
        reply: what the model wrote.
        moment: the session so far.
        kinds: the kinds of follow-up that are left.
    """
    text, points = one_line(reply.follow_up), moment.brief.talking_points
    said = "\n".join(answer for topic in moment.topics for answer in topic.answers)
    quote = " ".join(words_of(reply.takes_up))
    own = QUOTED.sub(" ", text.lower().replace("’", "'"))
    fact = unsaid_fact(text, moment.said)
    for problem, found in (
        (f"the kind {reply.kind[:20]!r} is none that is left", reply.kind not in kinds),
        ("what it takes up was not said", not quote or not is_said(quote, said)),
        ("it does not take these words up", not _takes_up(text, quote)),
        ("it reads as if it obeyed an order", obeys(text)),
        ("it asks two things", bool(_TWO.search(own))),
        ("it tells what was not said", bool(_claimed(own) - _known(said))),
        (f"nobody said {fact}", bool(fact)),
    ):
        if found:
            return problem
    return problem_with(text, moment.asked, points, moment.said, MOST_WORDS)


def problem_with_acknowledgement(text: str, moment: Moment) -> str:
    """Return why the model's acknowledgement must not be spoken, in a few words, or ""."""
    fact = unsaid_fact(text, moment.said)
    for problem, found in (
        ("it is empty", not words_of(text)),
        ("it asks", "?" in text),
        (f"it has more than {MOST_ACKNOWLEDGING_WORDS} words",
         len(text.split()) > MOST_ACKNOWLEDGING_WORDS),
        ("it holds markup or a stage direction", bool(MARKUP.search(text))),
        ("it judges the answer", judges(text)),
        ("it reads as if it obeyed an order", obeys(text)),
        ("it was just said", words_of(text) == words_of(moment.last.move.lead_in)),
        (f"nobody said {fact}", bool(fact)),
        ("it gives away a talking point",
         any(leaks(text, point, moment.said) for point in moment.brief.talking_points)),
    ):  # fmt: skip
        if found:
            return problem
    return ""


def one_line(text: str) -> str:
    """Return a text with its white space made single spaces."""
    return " ".join(text.split())


def closed(text: str) -> str:
    """Return a text with a full stop where it ends in no mark, so that it is spoken as one."""
    return text if text[-1:] in (".", "!", "?", "") else f"{text.rstrip(' ,;:…–-')}."


def _takes_up(text: str, quote: str) -> bool:
    """Return whether a follow-up holds the words quoted, one of their figures or telling words."""
    figures = {value for hit in find_numbers(quote) for value in hit.values}
    again = any(figures.intersection(hit.values) for hit in find_numbers(text))
    return is_said(quote, text) or again or not {*_families(quote)}.isdisjoint(_families(text))


def _claimed(text: str) -> set[str]:
    """Return the telling words that the person is told to have said."""
    clauses = [_ASKS_THEN.split(match.group(1))[0] for match in _YOU_SAID.finditer(text)]
    return {family for part in clauses for family in _families(part)}


def _known(said: str) -> set[str]:
    return set(_families(said))


def _families(text: str) -> set[str]:
    """Return each telling word by its stem, cut to the letters that its family shares."""
    telling = (stem(word) for word in words_of(text) if word not in COMMON and word.isalpha())
    return {family[:_SAME_LETTERS] for family in telling}
