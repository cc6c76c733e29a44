"""Follow-ups held ready before the interview: the brief's own, else derived from a question's why.

The built-in ones stand in built_in_probes.txt, with what in an answer makes each superfluous.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
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
_MOST = 3
_WRITTEN_CUES = 6
_NEAR = {True: 0.6, False: 0.5}
"""Likeness from which a part of the why names a kind: by vectors, by words."""
_USUAL: Mapping[QuestionKind, tuple[str, ...]] = {
    "story": ("learning", "failure", "reason"),
    "design": ("trade_off", "failure"),
    "how": ("failure", "example"),
    "person": ("place", "realism", "direction"),
    "other": ("example",),
}
"""What any answer of its kind gains from."""
_ANY = "any answer to such a question gains from it"
_CITED = re.compile(r'(?:Posting|Resume), line \d+: (?:“[^”]*”|"[^"]*")')
"""Where a why made by `brief write` quotes a document; these words are not what is sought."""
_PART = re.compile(r"[,.;:]| and | or ")
_FILE = Path(__file__).parent / "built_in_probes.txt"


@dataclass(frozen=True)
class Kind:
    """What the follow-ups of one kind ask for."""

    name: str
    about: str
    """What a why says where it is looked for, "" for what no why asks for."""
    wordings: Mapping[str, tuple[str, ...]]
    """By what the question asks for."""
    unless: tuple[str, ...] = ()
    """What in an answer makes it superfluous."""
    manner: frozenset[str] = frozenset()
    """Words for an interviewer who likes to ask it."""


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Return the kinds in built_in_probes.txt by name."""
    found = {}
    text = re.sub(r"(?m)^#.*\n", "", _FILE.read_text(encoding="utf-8"))
    for block in filter(str.strip, text.split("\n\n")):
        head, *lines = block.strip().splitlines()
        name, _, about = head[1:].partition("]")
        cells = dict(line.split(": ", 1) for line in lines)
        unless, manner = (cells.pop(key, "").split(", ") for key in ("unless", "manner"))
        wordings = {asked: tuple(texts.split(" / ")) for asked, texts in cells.items()}
        wordings["design"] = wordings.get("how", ())
        kept = tuple(filter(None, unless))
        found[name] = Kind(name, about.strip(), wordings, kept, frozenset(manner) - {""})
    return found


def wordings(kind: str, question: Question) -> tuple[str, ...]:
    """Return the ways to ask a kind after an answer to a question, () for none."""
    known = kinds().get(kind)
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
        question: probes of its own take the place of those that are derived.
        begun: openings that other follow-ups of the session have; none begins so where another
            wording is left.
    """
    own = [probe_parts(text) for text in question.probes]
    if own:
        why = "it stands in your brief"
        return tuple(KeptProbe(kind=OWN, text=t, unless=u, because=why) for t, u in own)
    chosen = dict(_sought(question))
    for kind in _USUAL[kind_of_question(question)]:
        chosen.setdefault(kind, _ANY)
    chosen = dict(list(chosen.items())[:_MOST])
    probes = []
    for kind, because in chosen.items():
        texts = wordings(kind, question)
        text = next((text for text in texts if opening(text) not in begun), texts[0])
        probes.append(KeptProbe(kind=kind, text=text, because=because, unless=kinds()[kind].unless))
    return tuple(probes)


@lru_cache(maxsize=256)
def _sought(question: Question) -> Mapping[str, str]:
    """Return the kinds that the why asks for, in its order, each with the words that say so."""
    meaning = find_meaning() or OVERLAP
    near = _NEAR[meaning is not OVERLAP]
    able = [kind for kind in kinds().values() if kind.about and wordings(kind.name, question)]
    found: dict[str, str] = {}
    for part in filter(str.strip, _PART.split(_CITED.sub(" ", question.why))):
        each = [max(meaning.likeness(part, kind.about.split(", "))) for kind in able]
        best = max(range(len(able)), key=each.__getitem__, default=None)
        if best is not None and each[best] >= near:
            found.setdefault(able[best].name, f'the why asks for "{short(part.strip())}"')
    return found


def with_probes(brief: Brief) -> Brief:
    """Return the brief with follow-ups at every question, written out to be edited."""

    def written(question: Question) -> Question:
        texts = (
            f"{probe.text} (unless: {', '.join(probe.unless[:_WRITTEN_CUES])})"
            if probe.unless
            else probe.text
            for probe in prepared_probes(question)
        )
        return question.model_copy(update={"probes": question.probes or tuple(texts)})

    return brief.model_copy(update={"questions": tuple(map(written, brief.questions))})


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
