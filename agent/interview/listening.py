"""What an answer holds, whether it is to the question, and the question in other words."""

import re
from collections.abc import Sequence
from functools import lru_cache
from math import exp

from agent.analysis.coverage.meaning import find_meaning
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
_LEAST_WORDS = 30
"""Of a shorter one it is not told whether it is to the question."""
_VAGUE, _FEW_PAST = 0.04, 5
"""Share of words like "always" and "people" from which an answer is general, unless more
past-tense words tell something."""
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
_ANYBODY = word_set(
    "everybody everyone people always you your you've you're you'd somebody someone anybody nobody"
)
_FIGURE_WORD = re.compile(r"\d|\b(half|halved|twice|doubled?|tripled?|dozens?|third|quarter)\b")
_WHY = re.compile(r"\bwhy\b", re.I)
_REASON = re.compile(
    r"\b(because|want(ed)? to|i'd|i would|reasons?|lov(e|ed|ing)|i liked?|attract\w*|hop(e|ing)"
    r"|draws?|excit\w*|looking for|fascinat\w*|passion\w*|mission|opportunit\w*|to (learn|grow)"
    r"|miss|enjoy|interested|money|believe in|challenge|prefer)\b",
    re.I,
)
"""Words for a reason or a wish."""
_EVASIONS = (
    "I would rather not go into the details.",
    "It depends, every case is different.",
    "It is difficult to say in general.",
    "Nothing comes to mind.",
    "I can't think of anything like that.",
)
"""What people say who would rather not answer."""

IMAGINED = re.compile(r"\b(would|if)\b", re.I)
"""In a probe that asks for what is imagined only."""
_CASE_ASKED = re.compile(
    r"\b(last|happened|failed|example|ever)\b|\bcan you (describe|think)\b", re.I
)
_FIGURE_ASKED = re.compile(
    r"how (much|many|long|late|often|soon|big|close|old)\b|when\b|which figure"
    r"|what .*\b(cost|save|pay|earn)\b",
    re.I,
)
_WORDS_ASKED = re.compile(r"(?!who).*\b(say|tell|said|told|react|take it|think)\b", re.I)
_WORDS_TOLD = re.compile(r"\b(told|said|asked|says)\b", re.I)
_WEIGHTS = (2.22, 0.96, 0.58, -0.81, -0.95, -1.71)
"""A cue was said, hundreds of words, a detail of a story, no figure or nothing said where that is
asked for, no case where one is asked for, and the rest. Fitted on the 433 probes of
tests/bench/follow_ups.py, which tells how it does with authors left out."""
_MOST_RESTATED = 34
"""More are not understood at once by ear."""
_WHETHER = re.compile(r"(have|has|had|did) \w", re.I)
_TOLD = re.compile(
    r"^(?:please )?(?:tell (?:me|us) about|describe|give (?:me|us)|walk (?:me|us) through) "
    r"((?!how\b|what\b|your\b|yourself\b|a (?:little|bit)\b)[^.?!;:]{4,})",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"^(?:and |[\w ]+, )?(how|why|what|which|where|when|whom?)((?: \w+){0,2}?) "
    r"(do|would|will|can|could|should|have|are) you\b ?([^.?!;:]*)\?",
    re.IGNORECASE,
)


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
    asked, none_told = probe.text, not tells_case(said)
    story = not none_told or kind_of_question(question) == "story"
    return (
        holds(said, probe.unless),
        len(words_of(said)) / 100,
        story and not IMAGINED.search(asked),
        bool(_FIGURE_ASKED.match(asked) and not has_figure(said))
        or bool(_WORDS_ASKED.match(asked) and not _WORDS_TOLD.search(said)),
        bool(none_told and _CASE_ASKED.search(asked)),
        1,
    )


def beside(question: Question, answer: str) -> str:
    """Return why an answer is none to the question, "" where it may be one.

    By vectors it is none where it evades, too.
    """
    if len(words_of(answer)) < _LEAST_WORDS:
        return ""
    kind, share = kind_of_question(question), past_share(answer)
    if kind == "story" and share < _NO_CASE_SHARE:
        return "a story was asked for and none is told"
    if _WHETHER.match(question.text) and vague(answer):
        return "whether it was is asked, and no occasion told"
    if kind == "person" and _WHY.search(question.text) and not gives_reason(answer):
        return "no reason is given"
    meaning = find_meaning()
    if meaning is None:
        return ""
    bar = _SAYS_SO if has_figure(answer) or share >= _CASE_SHARE else _EVADES
    near = (max(meaning.likeness(one, _EVASIONS)) for one in _sentences(answer))
    return "it evades" if max(near) >= bar else ""


def vague(said: str) -> bool:
    """Return whether an answer stays general: about anybody, or with no figure and nothing told."""
    told, words = past_words(said), words_of(said)
    general = sum(word in _ANYBODY for word in words) >= _VAGUE * len(words)
    return told <= _FEW_PAST and (general or not (told or has_figure(said)))


def gives_reason(said: str) -> bool:
    """Return whether an answer holds any word for a reason or a wish."""
    return _REASON.search(said.replace("’", "'")) is not None


@lru_cache(maxsize=64)
def _sentences(text: str) -> Sequence[str]:
    return [text[one.start : one.end].strip() for one in sentences_of(text)] or [text]


def restated(question: Question) -> str:
    """Return a question in other words, "" where there are none."""
    text = question.text.strip()
    if told := _TOLD.match(text):
        what = told.group(1).strip(" ,")
        one = what.split()[0].lower() in ("a", "an", "one")
        again = f"can you think of {what}?" if one else f"what do you remember about {what}?"
    elif asked := _ASKED.match(text):
        word, noun, verb, rest = (part.strip() for part in asked.groups())
        did = "" if verb.lower() == "do" else f"{verb.lower()} "
        again = f"in one sentence, {' '.join((word.lower(), noun)).strip()} {verb} you {rest}?"
        if word.lower() == "why":
            again = f"what is the main reason why you {did}{rest}?"
        elif word.lower() == "how" and not noun:
            again = f"where {verb} you begin {'if you had to' if did else 'when you'} {rest}?"
    elif _WHETHER.match(text):
        again = "is there one occasion that you could tell me about?"
    else:
        return ""
    again = f"Let me put it differently: {again}"
    return again if len(again.split()) <= _MOST_RESTATED else ""
