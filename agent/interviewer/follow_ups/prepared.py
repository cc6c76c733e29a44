"""Follow-ups held ready before the interview: the brief's own, or what the why asks for.

A question without probes of its own gets two or three kinds: those that its why names, in a list of
our own made from what interviewers are told to listen for (OPM structured interview guide, Google
re:Work), then those that any answer of its kind gains from.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from agent.brief import Brief, Question
from agent.brief.text import short
from agent.interviewer.checks import MOST_WORDS, problem_with
from agent.interviewer.follow_ups.wordings import WORDINGS, QuestionKind, asks_for, opening

MOST_PREPARED = 3
"""Probes prepared for a question."""
_LEAST = 2


@dataclass(frozen=True)
class Prepared:
    """One follow-up held ready."""

    kind: str
    """As Move.probe: number, ownership, outcome…; "own" for one of the brief's."""
    text: str
    """How it is asked."""
    because: str
    """The words of the why that call for it, or the kind of question."""


_LISTENED_FOR: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(rf"\b({words})", re.IGNORECASE)
    for kind, words in (
        ("trade_off", r"trade.?offs?|balanc\w+|compromis\w+|versus|cost control|alternatives?"),
        ("number",
         r"figures?|metrics?|measur\w+|indicators?|before and after|benchmark\w*|numbers"),
        ("failure",
         r"validity|rigor\w*|critical\w*|correct\w*|validat\w+|reliab\w+|safety|debug\w*"
         r"|diagnos\w+|limits|risks?|resilien\w+"),
        ("ownership",
         r"own (action|part|work|role|observations?)|ownership|leads?\b|leadership|responsib\w+"
         r"|initiative"),
        ("learning", r"learn\w*|honest\w*|mistakes?|fail\w*|blame|reflect\w*|changed after\w*"),
        ("outcome", r"outcomes?|results?|impact|how it ended|came of it|consequence"),
        ("example", r"experience|practice|practical|hands.on|depth|deep|understanding|knowledge"),
    )
}  # fmt: skip
_USUAL: Mapping[QuestionKind, tuple[str, ...]] = {
    "story": ("learning", "failure"),
    "design": ("trade_off", "failure"),
    "how": ("failure", "example"),
    "background": ("example", "failure"),
    "person": ("example", "failure"),
    "other": ("example",),
}
"""What any answer of its kind gains from."""
_CITED = re.compile(r'(?:Posting|Resume), line \d+: (?:“[^”]*”|"[^"]*")')
"""Where a why made by `brief write` quotes a document; these words are not what is sought."""
_NEEDED: Mapping[QuestionKind, str] = {
    "story": "a story is asked for",
    "design": "a design is asked for",
    "how": "a way of working is asked for",
    "background": "it is about you",
    "person": "it is about you",
    "other": "it helps with any question",
}


def prepared_probes(question: Question, begun: Collection[str] = ()) -> tuple[Prepared, ...]:
    """Return the follow-ups held ready for a question.

    Args:
        question: probes of its own take the place of those that are prepared.
        begun: openings that other follow-ups of the session have; none begins so where another
            wording is left.
    """
    if question.probes:
        return tuple(Prepared("own", text, "it stands in your brief") for text in question.probes)
    asked = asks_for(question)
    why = _CITED.sub(" ", question.why)
    found = []
    for kind, words in _LISTENED_FOR.items():
        match = words.search(why)
        if match and kind in WORDINGS[asked]:
            found.append((match.start(), kind, f'the why says "{match.group()}"'))
    kinds = {kind: because for _, kind, because in sorted(found)[:MOST_PREPARED]}
    for usual in usual_probes(question):
        if len(kinds) < _LEAST:
            kinds.setdefault(usual.kind, usual.because)
    return tuple(
        Prepared(kind, _fresh(WORDINGS[asked][kind], begun), because)
        for kind, because in kinds.items()
    )


def usual_probes(question: Question) -> tuple[Prepared, ...]:
    """Return the follow-ups that any answer to a question of its kind gains from."""
    asked = asks_for(question)
    return tuple(Prepared(kind, WORDINGS[asked][kind][0], _NEEDED[asked]) for kind in _USUAL[asked])


def unasked(brief: Brief) -> tuple[str, ...]:
    """Return which own probes can hardly be asked, and why, each in a sentence."""
    asked = [question.text for question in brief.questions]
    told = []
    for number, question in enumerate(brief.questions, start=1):
        for probe in question.probes:
            points = brief.talking_points
            problem = problem_with(probe, asked, (), question.text, MOST_WORDS)
            what = f'your probe "{short(probe)}" of question {number}'
            if problem:
                told.append(f"{what} is not asked: {problem}")
            elif problem_with(probe, asked, points, question.text, MOST_WORDS):
                told.append(f"{what} gives away a talking point; it waits until you have made it")
    return tuple(told)


def _fresh(wordings: tuple[str, ...], begun: Collection[str]) -> str:
    """Return the first wording that begins as no other follow-up does, else the first."""
    return next((text for text in wordings if opening(text) not in begun), wordings[0])
