"""Follow-ups held ready before the interview: the brief's own, else built-in ones by kind.

A built-in wording has to be right whatever was said after an answer of its form (a case told, or
none): it names nothing of the answer, and assumes no success and no failure. Kept are those of
which a reader found at most one in twenty wrong (tests/bench/follow_ups.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from agent.analysis.coverage.meaning import OVERLAP, find_meaning
from agent.brief import Brief, Question
from agent.brief.text import probe_parts, short
from agent.interview.checks import problem_with
from agent.session.plan import KeptProbe
from agent.text.question_kind import QuestionKind, asks_for

OWN = "own"
"""The kind of the brief's own probes."""
_NEAR = {True: 0.6, False: 0.5}
"""Likeness from which a part of the why names a kind: by vectors, by words."""
_ANY = "any answer to such a question gains from it"
_CITED = re.compile(r'(?:Posting|Resume), line \d+: (?:“[^”]*”|"[^"]*")')
"""Where a why made by `brief write` quotes a document; these words are not what is sought."""
_PART = re.compile(r"[,.;:]| and | or ")
_ABOUT_ONESELF = re.compile(r"\b(yourself|who you are|your (career|background|path|story))\b")
_HABIT = re.compile(r"^(how|what|which)\b[^.!?]*\bdo you\b[^.!?]*\?$")
_ABOUT_THIS_JOB = re.compile(
    r"^(why|what (draws|attracts|interests|brings))\b.*\b(our|us|here|this|join)\b"
)


@dataclass(frozen=True)
class Kind:
    """What the follow-ups of one kind ask for."""

    wordings: Mapping[QuestionKind, tuple[str, ...]]
    """By what the question asks for; no two of one begin with the same three words."""
    about: str = ""
    """What a why says where it is looked for."""
    manner: frozenset[str] = field(default_factory=frozenset)
    """Words for an interviewer who likes to ask it."""
    unless: tuple[str, ...] = ()
    """Words in an answer that make it superfluous."""


_HARD = (
    "Where does that get difficult in practice?",
    "Which part of that do you find hardest?",
    "What can still go wrong with that?",
)
_DEPTH_HOW = (
    "How would you go about that, step by step?",
    "Can you make that more concrete for me?",
)
KINDS: Mapping[str, Kind] = {
    "depth": Kind(
        {
            "story": (
                "Could you take me through what happened, step by step?",
                "Can you walk me through it from the start?",
                "What exactly happened there?",
            ),
            "how": _DEPTH_HOW,
            "design": _DEPTH_HOW,
            "person": ("Could you tell me a little more?", "What is behind that for you?"),
            "other": ("Could you say a little more about that?", "Can you tell me more about it?"),
        }
    ),
    "ownership": Kind(
        {
            "story": (
                "What was your own part in that?",
                "Which of that did you do yourself?",
                "And you personally, what did you do there?",
            )
        }
    ),
    "number": Kind(
        {
            "story": (
                "How big was the difference, in figures?",
                "Could you put a rough number on the difference?",
            )
        }
    ),
    "reason": Kind(
        {
            "story": ("What was going through your mind at that point?",),
        },
        about="judgement, decision, reasons, integrity, courage, ethics, critical thinking, under"
        " pressure, quick thinking",
        manner=frozenset("curious thoughtful analytical warm friendly supportive kind".split()),
    ),
    "failure": Kind(
        {
            "story": ("What was the hardest part of that for you?",),
            "how": _HARD,
            "design": _HARD,
        },
        about="difficulty, hardest part, risk, safety, resilience, rigor, reliability, validity,"
        " trade-offs, debugging, knows what can go wrong",
        manner=frozenset("challenging skeptical tough critical demanding".split()),
        unless=("hardest", "difficult", "tricky"),
    ),
    "example": Kind(
        {
            "how": (
                "Is there a case of your own that shows it?",
                "When did you last have to do that?",
            )
        },
        about="experience, practice, hands-on work, knowledge, expertise, tools, a case of one's"
        " own, own example",
        manner=frozenset("precise detailed formal".split()),
    ),
    "explained": Kind(
        dict.fromkeys(("how", "other"), ("What do people find hardest to understand about it?",)),
        unless=("hardest",),
    ),
    "direction": Kind({"person": ("What are you looking for in your next job?",)}),
    "place": Kind(
        {
            "person": (
                "What do you want to have done in your first year here?",
                "What would be the hardest part of this job for you?",
            )
        },
        unless=("first year", "hardest"),
    ),
}
_USUAL: Mapping[QuestionKind, tuple[str, ...]] = {
    "story": ("failure",),
    "design": ("failure",),
    "how": ("failure",),
    "person": (),
    "other": (),
}
"""What any answer to its kind of question gains from."""


def wordings(kind: str, question: Question) -> tuple[str, ...]:
    """Return the ways to ask a kind after an answer to a question, () for none."""
    known = KINDS.get(kind)
    return known.wordings.get(kind_of_question(question), ()) if known else ()


def kind_of_question(question: Question) -> QuestionKind:
    """Return what a question asks for."""
    return asks_for(question.area, question.text)


def opening(text: str) -> str:
    """Return the first three words of a follow-up, by which two are told to begin alike."""
    return " ".join(re.findall(r"[\w']+", text.lower())[:3])


def prepared_probes(question: Question, begun: Collection[str] = ()) -> tuple[KeptProbe, ...]:
    """Return the follow-ups held ready for a question.

    Args:
        question: probes of its own take the place of those that are derived; one in built-in words
            counts as built-in.
        begun: openings that other follow-ups of the session have; none begins so where another
            wording is left.
    """
    built_in = {text: name for name in KINDS for text in wordings(name, question)}
    if question.probes:
        why = "it stands in your brief"
        parts = [probe_parts(text) for text in question.probes]
        return tuple(
            KeptProbe(kind=built_in.get(t, OWN), text=t, unless=u, because=why) for t, u in parts
        )
    probes = []
    for kind, because in _derived(question).items():
        texts = wordings(kind, question)
        text = next((text for text in texts if opening(text) not in begun), texts[0])
        probes.append(KeptProbe(kind=kind, text=text, because=because, unless=KINDS[kind].unless))
    return tuple(probes)


def _derived(question: Question) -> Mapping[str, str]:
    """Return the kinds for a question, each with why: what its why asks for comes first."""
    text, kind = question.text.lower(), kind_of_question(question)
    if kind == "person":
        fits = "direction" if _ABOUT_ONESELF.search(text) else "place"
        asks = fits == "direction" or _ABOUT_THIS_JOB.search(text)
        return {fits: _ANY} if asks else {}
    if re.search(r"\bexplain\b", text) and kind in ("how", "other"):
        return {"explained": _ANY}
    chosen = dict(_sought(question))
    for one in _USUAL[kind]:
        chosen.setdefault(one, _ANY)
    if kind == "how" and _HABIT.match(text):
        chosen.setdefault("example", _ANY)
    else:
        chosen.pop("example", None)
    return chosen


@lru_cache(maxsize=256)
def _sought(question: Question) -> Mapping[str, str]:
    """Return the kinds that the why asks for, in its order, each with the words that say so."""
    meaning = find_meaning() or OVERLAP
    near = _NEAR[meaning is not OVERLAP]
    able = [name for name, kind in KINDS.items() if kind.about and wordings(name, question)]
    found: dict[str, str] = {}
    for part in filter(str.strip, _PART.split(_CITED.sub(" ", question.why))):
        each = [max(meaning.likeness(part, KINDS[name].about.split(", "))) for name in able]
        best = max(range(len(able)), key=each.__getitem__, default=None)
        if best is not None and each[best] >= near:
            found.setdefault(able[best], f'the why asks for "{short(part.strip())}"')
    return found


def with_probes(brief: Brief) -> Brief:
    """Return the brief with follow-ups at every question, written out to be edited."""
    begun: set[str] = set()
    questions = []
    for question in brief.questions:
        probes = () if question.probes else prepared_probes(question, begun)
        begun.update(opening(probe.text) for probe in probes)
        texts = (
            f"{one.text} (unless: {', '.join(one.unless)})" if one.unless else one.text
            for one in probes
        )
        questions.append(question.model_copy(update={"probes": question.probes or tuple(texts)}))
    return brief.model_copy(update={"questions": tuple(questions)})


def unasked(brief: Brief) -> tuple[str, ...]:
    """Return which own probes can hardly be asked, and why, each in a sentence."""
    asked = [question.text for question in brief.questions]
    told = []
    for number, question in enumerate(brief.questions, start=1):
        for probe in (probe_parts(text)[0] for text in question.probes):
            what = f'your probe "{short(probe)}" of question {number}'
            if problem := problem_with(probe, asked, (), question.text):
                told.append(f"{what} is not asked: {problem}")
            elif problem_with(probe, asked, brief.talking_points, question.text):
                told.append(f"{what} gives away a talking point; it waits until you have made it")
    return tuple(told)
