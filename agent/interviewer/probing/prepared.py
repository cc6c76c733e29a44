"""Probes prepared before the interview: what would satisfy the person who asks, from the why.

The words of a question's why are looked up in a list of our own, made from what interviewers of
structured interviews are told to listen for (OPM structured interview guide, Google re:Work:
action, outcome, learning, trade-offs, depth). Where the why names too little, the kind of question
fills in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from agent.brief import Brief, Question
from agent.brief.text import short
from agent.interviewer.areas import asks_for_design, asks_for_story
from agent.interviewer.checks import MOST_WORDS, problem_with
from agent.interviewer.probing.asking import tells_of_once

MOST_PREPARED = 3
"""Probes prepared for a question."""
_LEAST = 2


@dataclass(frozen=True)
class Prepared:
    """One follow-up held ready."""

    kind: str
    """As Move.probe: trade_off, number, ownership, depth…; "own" for one of the brief's."""
    text: str
    """How it is asked."""
    because: str
    """The words of the why that call for it, or the kind of question."""


_LISTENED_FOR: tuple[tuple[str, str, str], ...] = (
    ("trade_off", "What did you have to give up for that?",
     r"trade.?offs?|balanc\w+|compromis\w+|priorit\w+|versus|cost control"),
    ("number", "How would somebody see that in figures?",
     r"figures?|metrics?|measur\w+|indicators?|before and after|benchmark\w*|throughput|numbers"),
    ("failure", "How could that turn out to be wrong, and how would you notice?",
     r"validity|rigor\w*|critical\w*|correct\w*|validat\w+|reliab\w+|safety|debug\w*|diagnos\w+"),
    ("ownership", "What was your own part in that?",
     r"own (action|part|work|observations?|experience)|ownership|lead\w*|responsib\w+|initiative"),
    ("learning", "What would you do differently today?",
     r"learn\w*|honest\w*|mistakes?|fail\w*|blame|reflect\w*"),
    ("challenge", "What would change if it had to be many times larger?",
     r"scal\w+|large\w*|high.performance|growth|production|capacity|infrastructure"),
    ("depth", "Could you take me a level deeper there?",
     r"deep|depth|low.level|understanding|technical|intuition|how .{0,20} thinks?|knowledge"),
    ("outcome", "How did it turn out in the end?",
     r"outcomes?|results?|impact|end\b|came of it|next step|both could live"),
    ("contrast", "What would somebody say who disagrees with you there?",
     r"collaborat\w*|disagree\w*|conflict|culture|fit\b|respect\w*|listen\w*|calm|colleagues?"),
    ("motive", "What draws you to this role in particular?",
     r"motivat\w*|reason for|direction|interest\w*|why (us|here|this)|story"),
)  # fmt: skip
_USUAL = {
    "design": ("trade_off", "failure", "challenge"),
    "story": ("ownership", "outcome", "learning"),
    "other": ("depth", "number"),
}
"""What a good answer to each kind of question holds anyhow."""
_BECAUSE = {
    "design": "a design is asked for",
    "story": "a story is asked for",
    "other": "it helps with any question",
}
_OTHERS = "How would the others tell that story?"
"""The contrast of a story."""
_PLANNED = "What would you give up by doing it that way?"
"""The trade-off of a design: it is spoken of as a plan, not as a memory."""


_CITED = re.compile(r'(?:Posting|Resume), line \d+: (?:“[^”]*”|"[^"]*")')
"""Where a why made by `brief write` quotes a document; these words are not what is sought."""


def prepared_probes(question: Question) -> tuple[Prepared, ...]:
    """Return the follow-ups held ready for a question; the same question, the same follow-ups.

    Probes of one's own take the place of the two or three that are prepared from the why.
    """
    if question.probes:
        return tuple(Prepared("own", text, "it stands in your brief") for text in question.probes)
    why = _CITED.sub(" ", question.why)
    kind = (
        "design" if asks_for_design(question) else "story" if asks_for_story(question) else "other"
    )
    found = []
    for probe, text, words in _LISTENED_FOR:
        match = re.search(rf"\b({words})", why, re.IGNORECASE)
        fits = not (kind == "design" and probe in ("outcome", "learning", "ownership"))
        if match and fits:
            found.append((match.start(), Prepared(probe, text, f'the why says "{match.group()}"')))
    ready = [probe for _, probe in sorted(found, key=lambda row: row[0])][:MOST_PREPARED]
    texts = {probe: text for probe, text, _ in _LISTENED_FOR}
    for probe in _USUAL[kind]:
        if len(ready) < _LEAST and probe not in {one.kind for one in ready}:
            ready.append(Prepared(probe, texts[probe], _BECAUSE[kind]))
    if tells_of_once(question):
        ready = [replace(one, text=_OTHERS) if one.kind == "contrast" else one for one in ready]
    if not tells_of_once(question):
        ready = [replace(one, text=_PLANNED) if one.kind == "trade_off" else one for one in ready]
    return tuple(ready)


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
