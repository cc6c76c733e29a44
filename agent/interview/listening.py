"""What an answer holds: a case, a figure, what a probe asks for; whether it is to the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from agent.analysis.coverage.meaning import OVERLAP, Meaning, find_meaning
from agent.analysis.coverage.sentences import sentences_of
from agent.brief import Question
from agent.interview.probes import kind_of_question
from agent.interview.words import words_of
from agent.session.settings import KeptProbe
from agent.text.numbers import find_numbers
from agent.text.words import stem, word_set

ANY_FIGURE, ANY_CASE = "#", "@"
"""Cues that stand for any figure and for any case told."""
COVERED = {True: 0.50, False: 0.60}
"""Likeness of a sentence, by vectors and by words, from which it answers a probe."""
_CASE_SHARE, _NO_CASE_SHARE = 0.06, 0.03
"""Share of past-tense words of an answer that tells a case, and of one that tells none: of the
bench's stories 16 of 18 lie above the first, of its ways of working all below."""
_CASE_WORDS = 3
_LEAST_WORDS = 25
"""A shorter answer is asked to go on."""
_EVADES = 0.5
"""Likeness with one of _EVASIONS from which a sentence evades where no figure and no case is."""
_SAYS_SO = 0.7
"""The same where a case seems to be told."""

_PAST = word_set(
    "was were wasn't weren't had hadn't did didn't went got came took said told made knew saw found"
    " gave thought rang left began kept brought lost won fell grew ran wrote spoke drove met paid"
    " sold built sat stood broke chose held led felt heard became bought caught sent spent showed"
    " rose couldn't"
)
_NOT_PAST = word_set("need indeed speed feed seed exceed succeed proceed based supposed")
_FIGURE_WORD = re.compile(r"\d|\b(half|halved|twice|doubled?|tripled?|dozens?|third|quarter)\b")
_EVASIONS = (
    "I would rather not go into the details.",
    "It depends, every case is different.",
    "It is difficult to say in general.",
    "I don't have a plan, we will see.",
    "I take things as they come.",
    "Nothing comes to mind.",
    "I can't think of anything like that.",
    "Why not, let's see where it goes.",
    "I don't know, it just happened that way.",
)
"""What people say who would rather not answer."""


def has_figure(text: str) -> bool:
    """Return whether a text holds a figure; one and two are none."""
    counts = (not hit.is_year and max(hit.values) > 2 for hit in find_numbers(text))
    return bool(_FIGURE_WORD.search(text.lower())) or any(counts)


def past_share(text: str) -> float:
    """Return the share of a text's words that are past-tense verbs."""
    return _past(text) / max(1, len(words_of(text)))


def _past(text: str) -> int:
    regular = (w for w in words_of(text) if len(w) > 4 and w.endswith("ed") and w not in _NOT_PAST)
    return sum(w in _PAST for w in words_of(text)) + sum(1 for _ in regular)


def tells_case(text: str) -> bool:
    """Return whether a text tells something that happened."""
    return _past(text) >= _CASE_WORDS and past_share(text) >= _CASE_SHARE


def covered(probe: KeptProbe, answers: str, *, by_meaning: bool) -> float:
    """Return how far answers hold what a probe asks for, 1.0 where a cue of it is in them.

    Args:
        probe: the probe.
        answers: all that was said to its question.
        by_meaning: whether a sentence that is near to the probe or a cue counts too.
    """
    said = words_of(answers)
    if any(_holds_cue(cue, said, answers, loose=by_meaning) for cue in probe.unless):
        return 1.0
    if not by_meaning:
        return 0.0
    meaning = find_meaning() or OVERLAP
    sentences = _sentences(answers)
    sought = (probe.text, *(cue for cue in probe.unless if cue not in (ANY_FIGURE, ANY_CASE)))
    return max((max(meaning.likeness(one, sentences), default=0.0) for one in sought), default=0.0)


def is_covered(share: float) -> bool:
    """Return whether a probe is superfluous, by what `covered` returned."""
    return share >= COVERED[find_meaning() is not None]


def beside(question: Question, answer: str) -> str:
    """Return why an answer is none to the question, "" where it may be one.

    It is none where a story was asked for and nothing is told, and, by vectors, where it evades.
    """
    if len(words_of(answer)) < _LEAST_WORDS:
        return ""
    share = past_share(answer)
    if kind_of_question(question) == "story" and share < _NO_CASE_SHARE:
        return "a story was asked for and none is told"
    meaning = find_meaning()
    bar = _SAYS_SO if has_figure(answer) or share >= _CASE_SHARE else _EVADES
    return "it evades" if meaning and _evades(answer, meaning) >= bar else ""


def _evades(answer: str, meaning: Meaning) -> float:
    """Return how near the sentence is that is nearest to an evasion."""
    return max(max(meaning.likeness(one, _EVASIONS)) for one in _sentences(answer))


@lru_cache(maxsize=64)
def _sentences(text: str) -> Sequence[str]:
    return [text[one.start : one.end].strip() for one in sentences_of(text)] or [text]


def _holds_cue(cue: str, said: Sequence[str], answers: str, *, loose: bool) -> bool:
    """Return whether a cue stands in an answer; `loose` takes other forms of its words too."""
    if cue in (ANY_FIGURE, ANY_CASE):
        return has_figure(answers) if cue == ANY_FIGURE else tells_case(answers)
    sought = words_of(cue)
    spans = zip(*(said[at:] for at in range(len(sought))), strict=False) if sought else ()
    stems = [*map(stem, sought)]
    return any(list(span) == [*sought] or (loose and [*map(stem, span)] == stems) for span in spans)
