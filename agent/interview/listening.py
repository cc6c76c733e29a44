"""What an answer holds, whether it is to the question, and the question in other words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import exp

from agent.analysis.coverage.meaning import Meaning, find_meaning
from agent.analysis.coverage.sentences import sentences_of
from agent.brief import Question
from agent.interview.probes import kind_of_question
from agent.interview.words import words_of
from agent.session.settings import KeptProbe
from agent.text.numbers import find_numbers
from agent.text.words import word_set

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

IMAGINED = re.compile(r"\b(would|if)\b", re.I)
"""In a probe that asks for what is imagined only."""
_SAYS = re.compile(r"(?!who).*\b(say|tell|said|told|react|take it|think)\b", re.I)
_ASKS_AND_HOLDS = (
    (
        re.compile(r"how (long|late|often|soon|much time)\b|when\b", re.I),
        re.compile(
            r"\b(seconds?|minutes?|hours?|days?|weeks?|months?|years?|night|morning|evening"
            r"|afternoon|(mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may"
            r"|june|july|august|september|october|november|december)\b",
            re.I,
        ),
    ),
    (
        re.compile(
            r"how (much|many|big|close|old)\b|which figure|what (was|were|did|does|would)\b.*"
            r"\b(cost|bring|save|pay|figures?)\b",
            re.I,
        ),
        None,
    ),
    (
        _SAYS,
        re.compile(
            r"\b(i|he|she|they|we|who) (asked|wrote|rang|called|goes|shouted|wanted)\b"
            r"|\b(told|said|asked)\b",
            re.I,
        ),
    ),
)
"""What a probe asks for by its words (a time, a figure, what was said), and what an
answer to it holds; None is a figure."""
_ANYTHING = re.compile("")
_WEIGHTS = (1.93, 0.97, 0.51, -0.84, -0.65, -1.39)
"""A cue was said, hundreds of words, a detail of a story, nothing of the kind was said, asks what
was said, and the rest: fitted on the 297 probes of tests/bench/follow_ups.txt, where it is told of
authors left out with an AUC of .86, by cues alone .76. Likeness by vectors adds .005."""
_MOST_RESTATED = 34
"""More are not understood at once by ear."""
_TOLD = re.compile(
    r"^(?:please )?(?:tell (?:me|us) about|describe|give (?:me|us)|walk (?:me|us) through) "
    r"((?!how\b|what\b|your\b|yourself\b|a (?:little|bit)\b)[^.?!;:]{4,})",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"^(?:and )?(how|why|what|which|where|when|whom?)((?: \w+){0,2}?) (do|would|will|can|could"
    r"|should|have|are) you\b ?([^.?!;:]*)\?",
    re.IGNORECASE,
)
_END = {
    "how": "Where do you begin with that?",
    "why": "What is your main reason?",
    "what": "What would you say?",
    "when": "When would that be?",
}


def has_figure(text: str) -> bool:
    """Return whether a text holds a figure; one and two are none."""
    counts = (not hit.is_year and max(hit.values) > 2 for hit in find_numbers(text))
    return bool(_FIGURE_WORD.search(text.lower())) or any(counts)


def past_share(text: str) -> float:
    """Return the share of a text's words that are past-tense verbs."""
    return past_words(text) / max(1, len(words_of(text)))


def past_words(text: str) -> int:
    """Return how many words of a text are past-tense verbs."""
    regular = (w for w in words_of(text) if len(w) > 4 and w.endswith("ed") and w not in _NOT_PAST)
    return sum(w in _PAST for w in words_of(text)) + sum(1 for _ in regular)


def tells_case(text: str) -> bool:
    """Return whether a text tells something that happened."""
    return past_words(text) >= _CASE_WORDS and past_share(text) >= _CASE_SHARE


def holds(answers: str, cues: Sequence[str]) -> bool:
    """Return whether one of the cues stands in answers, word for word.

    The cue "#" is any figure, "@" any case told.
    """
    if ("#" in cues and has_figure(answers)) or ("@" in cues and tells_case(answers)):
        return True
    said = f" {' '.join(words_of(answers))} "
    return any(f" {' '.join(words_of(cue))} " in said for cue in cues if words_of(cue))


def answered(probe: KeptProbe, question: Question, said: str) -> float:
    """Return the chance that a probe of the brief was answered already, 0 to 1."""
    weighed = zip(_WEIGHTS, signs(probe, question, said), strict=True)
    return 1 / (1 + exp(-sum(weight * sign for weight, sign in weighed)))


def signs(probe: KeptProbe, question: Question, said: str) -> tuple[float, ...]:
    """Return what tells whether a probe was answered, as _WEIGHTS weigh it."""
    story = tells_case(said) or kind_of_question(question) == "story"
    held = next((held for form, held in _ASKS_AND_HOLDS if form.match(probe.text)), _ANYTHING)
    return (
        holds(said, probe.unless),
        len(words_of(said)) / 100,
        story and not IMAGINED.search(probe.text),
        not (held.search(said) if held else has_figure(said)),
        _SAYS.match(probe.text) is not None,
        1,
    )


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


def restated(question: Question) -> str:
    """Return a question in other words, "" where there are none."""
    text = question.text.strip()
    if told := _TOLD.match(text):
        what = told.group(1).strip(" ,")
        one = what.split()[0].lower() in ("a", "an", "one")
        again = f"I was asking about {what}. Is there {'one' if one else 'such a case'}?"
    elif asked := _ASKED.match(text):
        word, noun, verb, rest = asked.groups()
        did = "" if verb.lower() == "do" else f"{verb.lower()} "
        end = _END.get(word.lower(), _END["what"])
        again = f"I was asking {word.lower()}{noun} you {did}{rest.strip()}. {end}"
    else:
        return ""
    return again if len(again.split()) <= _MOST_RESTATED else ""
