"""Follow-ups held ready before the interview: the brief's own, else of built_in_probes.txt."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from agent.analysis.coverage.meaning import OVERLAP, find_meaning
from agent.brief import Brief, Question
from agent.brief.text import probe_parts, short
from agent.interview.checks import problem_with
from agent.session.settings import KeptProbe
from agent.text.question_kind import QuestionKind, asks_for

OWN = "own"
"""The kind of the brief's own probes."""
_NEAR = {True: 0.6, False: 0.5}
"""Likeness from which a part of the why names a kind: by vectors, by words."""
_ANY = "any answer to such a question gains from it"
_CITED = re.compile(r'(?:Posting|Resume), line \d+: (?:“[^”]*”|"[^"]*")')
"""Where a why made by `brief write` quotes a document; these words are not what is sought."""
_PART = re.compile(r"[,.;:]| and | or ")
_HABIT = re.compile(r"\b(how|what|which|when)\b[^.!?]*\bdo you (?!do\b|say\b)[^.!?]*\?$")
_SALARY = re.compile(r"\b(salary|earn|paid|pays)\b")


@dataclass(frozen=True)
class Kind:
    """What the follow-ups of one kind ask for; see built_in_probes.txt."""

    about: tuple[str, ...]
    """What a why says where it is looked for."""
    wordings: Mapping[str, tuple[str, ...]]
    """By what the question asks for."""
    manner: frozenset[str]
    """Words for an interviewer who likes to ask it."""
    unless: tuple[str, ...]
    """Words in an answer that make it superfluous."""


def _kinds() -> Iterator[tuple[str, Kind]]:
    text = (Path(__file__).parent / "built_in_probes.txt").read_text(encoding="utf-8")
    for block in re.sub(r"(?m)^#.*\n", "", text).strip().split("\n\n"):
        head, *lines = block.strip().splitlines()
        name, _, about = head[1:].partition("]")
        cells = dict(line.split(": ", 1) for line in lines)
        unless, manner = (_list(cells.pop(key, "")) for key in ("unless", "manner"))
        wordings = {asked: tuple(texts.split(" / ")) for asked, texts in cells.items()}
        wordings["design"] = wordings.get("how", ()) if name != "example" else ()
        yield name, Kind(_list(about), wordings, frozenset(manner), unless)


def _list(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.strip().split(", ")))


KINDS: Mapping[str, Kind] = dict(_kinds())


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
    if _SALARY.search(text) and kind in ("person", "other"):
        return {"salary": _ANY}
    if kind == "person":
        return {"main reason": _ANY} if re.search(r"\bwhy\b", text) else {}
    chosen = dict(_sought(question))
    if kind == "story":
        chosen.setdefault("failure", _ANY)
    if kind == "how" and _HABIT.search(text):
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
        each = [max(meaning.likeness(part, KINDS[name].about)) for name in able]
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
