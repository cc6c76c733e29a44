"""How each kind of follow-up is asked, and which are held ready before the interview.

Every wording has to be right whatever was said to a question of its kind: it names nothing of the
answer, assumes no success and no failure, and can be answered by somebody who told it already.
Held ready are the brief's own probes; a question without any gets two or three kinds: those that
its why names, in a list of our own made from what interviewers are told to listen for (OPM
structured interview guide, Google re:Work), then those that any answer of its kind gains from.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from agent.brief import Brief, Question
from agent.brief.text import short
from agent.interview.checks import problem_with
from agent.session.plan import KeptProbe
from agent.text.question_kind import QuestionKind, asks_for

ANOTHER_CASE = (
    "Is there another case from your own work that fits here?",
    "What else from your own work comes to mind here?",
    "Where else has something like this come up for you?",
)
"""After an answer that told a case."""
_OWN_CASE = (
    "Is there a case of your own that shows it?",
    "Could you give me an example from your own work?",
    "When did you last have to do something like that?",
)
_HOW: Mapping[str, tuple[str, ...]] = {
    "depth": (
        "How would you go about that, step by step?",
        "What does that look like in practice?",
        "Can you make that more concrete for me?",
    ),
    "number": ("Which figure would tell you whether it works?", "What would you measure there?"),
    "failure": (
        "Where does that get difficult in practice?",
        "What would tell you that it is not working?",
        "When would you not do it that way?",
        "And if that does not work, what then?",
    ),
    "trade_off": (
        "What do you give up by doing it that way?",
        "Where is the downside of that?",
        "What would be the alternative to that?",
    ),
    "example": _OWN_CASE,
    "unmade_point": _OWN_CASE,
}
WORDINGS: Mapping[QuestionKind, Mapping[str, tuple[str, ...]]] = {
    "story": {
        "depth": (
            "Could you take me through what happened, step by step?",
            "How did all of it begin?",
            "Can you walk me through it from the start?",
            "What exactly happened there?",
        ),
        "number": (
            "Is there a figure that shows what it changed?",
            "In numbers, what did it change?",
        ),
        "ownership": (
            "What was your own part in that?",
            "Which of that did you do yourself?",
            "And you personally, what did you do there?",
        ),
        "outcome": (
            "What came of it in the longer run?",
            "How did things stand a few months later?",
        ),
        "failure": (
            "What was the hardest part of that for you?",
            "At which point were you least sure?",
            "Which moment of it was the most difficult?",
        ),
        "learning": (
            "What would you do differently today?",
            "If it happened again, what would you change?",
            "Looking back, what would you change about it?",
        ),
        "trade_off": (
            "What did you have to give up for that?",
            "Which alternative did you decide against?",
        ),
        "unmade_point": ANOTHER_CASE,
    },
    "design": _HOW,
    "how": _HOW,
    "person": {
        "depth": (
            "Could you tell me a little more?",
            "What is behind that for you?",
            "Why does that matter to you?",
        ),
        "example": (
            "What in your work so far has prepared you best for this role?",
            "Which part of your work so far would help you most here?",
        ),
        "failure": (
            "What do you expect to be the hardest part of this job?",
            "What about this job would be new to you?",
        ),
        "unmade_point": (
            "What else from your work should I know about?",
            "Which work of yours says most about you?",
        ),
    },
    "other": {
        "depth": (
            "Could you say a little more about that?",
            "What would be an example of that?",
            "How would you explain that to somebody who is new to it?",
        ),
        "number": ("Do you know a figure that shows it?", "Can you put a rough number on that?"),
        "example": _OWN_CASE,
        "unmade_point": ANOTHER_CASE,
    },
}
"""By what the question asks for, then by kind; those that come first are preferred."""

CHANGED = (
    "How big was the difference, in figures?",
    "What were the figures before and after?",
    "Could you put a rough number on the difference?",
)
"""After a change that was told without a figure."""
MORE_OF_IT = (
    "Could you go one level deeper there?",
    "What else should I know about that?",
    "Which detail of that matters most?",
)
"""After a talking point that was raised in part."""
_BEGUN = re.compile(
    r"^(?:please )?(?:tell (?:me|us) about|describe|give (?:me|us)|walk (?:me|us) through) "
    r"((?:a|an|one) [^.?!;:]{4,})",
    re.IGNORECASE,
)
_MOST_RESTATED = 25
"""Words; more are not understood at once by ear."""

OWN = "own"
"""The kind of the brief's own probes."""
_MOST = 3
_LEAST = 2
_LISTENED_FOR: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(rf"\b({words})", re.IGNORECASE)
    for kind, words in (
        ("trade_off", r"trade.?offs?|balanc\w+|compromis\w+|versus|cost control|alternatives?"),
        ("number", r"figures?|metrics?|measur\w+|before and after|benchmark\w*|numbers"),
        ("failure", r"validity|rigor\w*|critical\w*|reliab\w+|safety|debug\w*|diagnos\w+|risks?"),
        ("ownership", r"own (action|part|work|role)|ownership|leads?\b|leadership|responsib\w+"),
        ("learning", r"learn\w*|honest\w*|mistakes?|fail\w*|reflect\w*|changed after\w*"),
        ("outcome", r"outcomes?|results?|impact|how it ended|came of it"),
        ("example", r"experience|practice|hands.on|depth|deep|understanding|knowledge"),
    )
}
_USUAL: Mapping[QuestionKind, tuple[str, ...]] = {
    "story": ("learning", "failure"),
    "design": ("trade_off", "failure"),
    "how": ("failure", "example"),
    "person": ("example", "failure"),
    "other": ("example",),
}
"""What any answer of its kind gains from."""
_ANY = "any answer to such a question gains from it"
_CITED = re.compile(r'(?:Posting|Resume), line \d+: (?:“[^”]*”|"[^"]*")')
"""Where a why made by `brief write` quotes a document; these words are not what is sought."""


def kind_of_question(question: Question) -> QuestionKind:
    """Return what a question asks for."""
    return asks_for(question.area, question.text)


def restated(question: Question) -> str:
    """Return a question for a story in other words ("I was asking about …"), "" for others."""
    begun = _BEGUN.match(question.text.strip())
    text = f"I was asking about {begun.group(1).strip(' ,')}. Is there one?" if begun else ""
    return text if len(text.split()) <= _MOST_RESTATED else ""


def opening(text: str) -> str:
    """Return the first three words of a follow-up, by which two are told to begin alike."""
    return " ".join(re.findall(r"[\w']+", text.lower())[:3])


def prepared_probes(question: Question, begun: Collection[str] = ()) -> tuple[KeptProbe, ...]:
    """Return the follow-ups held ready for a question.

    Args:
        question: probes of its own take the place of those that are prepared.
        begun: openings that other follow-ups of the session have; none begins so where another
            wording is left.
    """
    if question.probes:
        why = "it stands in your brief"
        return tuple(KeptProbe(kind=OWN, text=text, because=why) for text in question.probes)
    asked = kind_of_question(question)
    why = _CITED.sub(" ", question.why)
    found = []
    for kind, words in _LISTENED_FOR.items():
        match = words.search(why)
        if match and kind in WORDINGS[asked]:
            found.append((match.start(), kind, f'the why says "{match.group()}"'))
    kinds = {kind: because for _, kind, because in sorted(found)[:_MOST]}
    for usual in usual_probes(question):
        if len(kinds) < _LEAST:
            kinds.setdefault(usual.kind, usual.because)
    probes = []
    for kind, because in kinds.items():
        texts = WORDINGS[asked][kind]
        text = next((text for text in texts if opening(text) not in begun), texts[0])
        probes.append(KeptProbe(kind=kind, text=text, because=because))
    return tuple(probes)


def usual_probes(question: Question) -> tuple[KeptProbe, ...]:
    """Return the follow-ups that any answer to a question of its kind gains from."""
    asked = kind_of_question(question)
    return tuple(
        KeptProbe(kind=kind, text=WORDINGS[asked][kind][0], because=_ANY) for kind in _USUAL[asked]
    )


def unasked(brief: Brief) -> tuple[str, ...]:
    """Return which own probes can hardly be asked, and why, each in a sentence."""
    asked = [question.text for question in brief.questions]
    told = []
    for number, question in enumerate(brief.questions, start=1):
        for probe in question.probes:
            what = f'your probe "{short(probe)}" of question {number}'
            if problem := problem_with(probe, asked, (), question.text):
                told.append(f"{what} is not asked: {problem}")
            elif problem_with(probe, asked, brief.talking_points, question.text):
                told.append(f"{what} gives away a talking point; it waits until you have made it")
    return tuple(told)
