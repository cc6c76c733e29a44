"""An answer taken apart once: sentences, numbers that stand, and what is only planned or denied."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache

from agent.coverage.numbers import NumberHit, find_numbers
from agent.coverage.words import SaidWord, content_words

LEAST_CUT = 60
"""Characters that such a stretch has at least."""
LONG_SENTENCE_WORDS = 30
"""Stretches without punctuation are cut at clause words beyond this length (recognizers)."""

_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…](?=\d)[^.!?…\n]+)*[.!?…]*")
_BREAK = re.compile(
    r"\s(?=(?:but|so|then|anyway|because|and (?:i|we|it|then|that|the|so|now)|i|we|they|it|what"
    r"|when)\s)",
    re.IGNORECASE,
)
_PLAN_BREAK = re.compile(
    r"\s(?=(?:next (?:time|year|quarter|step)|(?:if )?(?:i|we) (?:would|will|could|want|plan|hope)"
    r")\s)",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"\b(?:i'd|i would|i'll|i will|i want to|i'd like to|i would like to|let me|i can|i could)\s+"
    r"(?:say|tell|talk|describe|give|mention|start|walk|point|add|highlight|share|argue|call|pick"
    r"|go)",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:would(?! take| need| have to wait)|could|will|we'll|i'll|i'd|we'd|going to|gonna"
    r"|plan(?:s|ned|ning)? (?:to|on)|hop(?:e|ed|ing) to|want(?:ed)? to|like to|should|might"
    r"|aim(?:s|ed|ing)? (?:to|for|at)|goal|target|if (?:we|i|you)|imagine|suppose|let's say"
    r"|hypothetical\w*|eventually|next (?:year|quarter|step)|in theory|ideally"
    r"|expect(?:ed)? to|someday|one day|promis\w+|propos\w+|dream)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^\W*(?:and |so |but |well )?if (?:i|we|you|they|one)\b.*?"
    r"(?:\b(?:would|could|might|will)|'d|'ll)\b",
    re.IGNORECASE | re.DOTALL,
)
_DONE = re.compile(
    r"\b(?:i|we|it|that|which|they|he|she|and|team)\s+"
    r"(?:actually |finally |then |ended up |also |just )?"
    r"(?:had|got|went|took|built|cut|brought|ran|led|made|saw|did|hit|reached|\w{3,}ed)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:went|took|had|was|were|got|came|fell|rose|made|cut|built|led|ran|\w{3,}ed)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:their (?:team|system|platform)|netflix|competitors?"
    r"|another (?:team|company|group|hospital|school)"
    r"|other (?:teams?|companies|people|hospitals|schools|wards)"
    r"|(?:my|a) (?:friend|brother|sister|roommate|cousin|neighbor|son|daughter|wife|husband)"
    r"|i (?:read|heard)|according to|someone else|somebody else"
    r"|the paper (?:says|reports|claims)|i(?:'ve| have) (?:read|heard)"
    r"|a (?:blog|talk|podcast|startup)|people at)\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:my|our|ours|we|us)\b|\bi (?!read|heard|saw|have heard|have read)", re.IGNORECASE
)
_DENIED = re.compile(
    r"\b(?:i|we)(?:'ve| have)?\s+"
    r"(?:never|haven't|have not|hadn't|didn't|did not|don't|do not|can't|cannot|couldn't)"
    r"\s+(?:actually |really |ever |even )?(?:work|use|get|do|touch|build|have|had|ever|led"
    r"|built|run|know|remember|recall|reach|manage|tried|try)\w*",
    re.IGNORECASE,
)
_NOT_NUMBER = re.compile(
    r"\b(?:not|isn't|wasn't|never|nowhere near)\W+(?:\w+\W+){0,2}$", re.IGNORECASE
)
_CORRECTION = re.compile(
    r"\b(?:sorry|no|rather|i mean|correction|wait|make that|let me correct|i meant|scratch that|"
    r"excuse me|my mistake|that's wrong|not right|actually|i misspoke|let me rephrase)\b",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\b(?:to|into)\b\s*"
    r"(?:(?:just|about|around|roughly|only|under|over|like|some) )*[~$]*$"
)
_FOR = re.compile(
    r"(?<=\b(?:to|in)) for (?=(?:minute|hour|day|week|month|percent)s?\b)", re.IGNORECASE
)
_A_UNIT = re.compile(
    r"\b((?:to|from|only|just|about|under|within|takes?|took|needed|lasted) )"
    r"(an?(?: full| whole| single)?)(?= (?:second|minute|hour|day|week|month|year)\b)",
    re.IGNORECASE,
)
_ENOUGH_WORDS_BETWEEN = 9


@dataclass(frozen=True)
class Sentence:
    """One sentence, or one clause where a recognizer gave no punctuation."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    stands: bool
    """Whether it tells what the speaker did: no plan, no denial, not about others."""
    words: tuple[SaidWord, ...]
    """Its content words, with offsets in the whole text."""


@dataclass(frozen=True)
class SaidNumber:
    """One number that the speaker stands by."""

    value: float
    """In the base unit of its kind."""
    hit: NumberHit
    """Where it stands in the text; the whole range for one end of it."""
    sentence: int
    """Index of its sentence."""
    near: frozenset[str]
    """Stems of the words around it: ten before, six after, within the sentence."""
    after: frozenset[str]
    """Stems of the four words after it."""
    partner: int | None
    """Index of the other end of its range."""
    counts: str
    """The word right after it where that says something: "cars"; "" otherwise."""


@dataclass(frozen=True)
class Said:
    """An answer taken apart."""

    text: str
    """The answer."""
    sentences: tuple[Sentence, ...]
    """In order."""
    numbers: tuple[SaidNumber, ...]
    """Those that stand: not corrected, denied, planned or somebody else's."""


@lru_cache(maxsize=256)
def said_of(text: str) -> Said:
    """Return an answer taken apart."""
    spans = _spans(text)
    starts = [start for start, _ in spans]
    words: list[list[SaidWord]] = [[] for _ in spans]
    for word in content_words(text):
        words[max(0, bisect_right(starts, word.start) - 1)].append(word)
    sentences = tuple(
        Sentence(start, end, _stands(text[start:end]), tuple(inside))
        for (start, end), inside in zip(spans, words, strict=True)
    )
    return Said(text, sentences, _numbers(text, sentences, starts))


def _spans(text: str) -> list[tuple[int, int]]:
    """Return the sentences; long stretches without punctuation are cut at clause words."""
    spans: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        if not text[start:end].strip():
            continue
        while len(text[start:end].split()) > LONG_SENTENCE_WORDS:
            cuts = [
                _BREAK.search(text, start + LEAST_CUT, end),
                _PLAN_BREAK.search(text, start + 1, end),
            ]
            places = [cut.start() for cut in cuts if cut]
            if not places:
                break
            spans.append((start, min(places)))
            start = min(places)
        spans.append((start, end))
    return spans or [(0, len(text))]


def _stands(sentence: str) -> bool:
    plain = _POLITE.sub(" ", sentence)
    if (condition := _CONDITION.search(plain)) and not _DONE.search(plain[condition.end() :]):
        return False
    denied = _DENIED.search(plain)
    if denied and not _DONE.search(plain[denied.end() :]):
        return False
    if _OTHERS.search(plain) and not _OURS.search(_OTHERS.sub(" ", plain)):
        return False
    plan = _PLAN.search(plain)
    return not plan or bool(_PAST.search(plain[: plan.start()]) or _DONE.search(plain))


def _planned(before: str) -> bool:
    """Return whether the words before a number in its sentence make it a plan."""
    before = _POLITE.sub(" ", before)
    cues = list(_PLAN.finditer(before))
    return bool(cues) and not _DONE.search(before[cues[-1].end() :])


def _numbers(
    text: str, sentences: tuple[Sentence, ...], starts: list[int]
) -> tuple[SaidNumber, ...]:
    hits = _corrected(text, _heard_numbers(text))
    numbers: list[SaidNumber] = []
    previous: NumberHit | None = None
    for hit in hits:
        place = max(0, bisect_right(starts, hit.start) - 1)
        sentence = sentences[place]
        before = text[sentence.start : hit.start]
        denied = bool(_NOT_NUMBER.search(before))
        if not sentence.stands or denied or _planned(before):
            previous = None
            continue
        left = [w.stem for w in sentence.words if w.end <= hit.start][-10:]
        right = [w.stem for w in sentence.words if w.start >= hit.end][:6]
        joined = previous is not None and _is_to(text[previous.end : hit.start])
        for end, value in enumerate(hit.base):
            partner = len(numbers) - 1 if numbers and (end == 1 or joined) else None
            if partner is not None:
                numbers[partner] = replace(numbers[partner], partner=len(numbers))
            after = next((w for w in sentence.words if w.start >= hit.end), None)
            counts = after.stem if after and not text[hit.end : after.start].strip() else ""
            numbers.append(
                SaidNumber(
                    value,
                    hit,
                    place,
                    frozenset(left + right),
                    frozenset(right[:4]),
                    partner,
                    counts,
                )
            )
        previous = hit
    return tuple(numbers)


def _heard_numbers(text: str) -> list[NumberHit]:
    """Return the numbers, with "to for minutes" read as 4 and "only an hour" as 1.

    The replacements keep every offset.
    """
    read = _FOR.sub(lambda m: " 4 ".ljust(len(m.group())), text)
    read = _A_UNIT.sub(lambda m: m.group(1) + "1".ljust(len(m.group(2))), read)
    return [replace(hit, text=text[hit.start : hit.end]) for hit in find_numbers(read)]


def _is_to(between: str) -> bool:
    """Return whether words join two numbers as the ends of a change: "down to about"."""
    near = len(between.split()) <= 7 and not re.search(r"[.!?]", between)
    return near and bool(_TO.search(between))


def _corrected(text: str, hits: list[NumberHit]) -> list[NumberHit]:
    """Return the numbers without those taken back: "sixty, sorry, fifty thousand"."""
    kept: list[NumberHit] = []
    for hit in hits:
        last = kept[-1] if kept else None
        between = text[last.end : hit.start] if last else ""
        near = last is not None and len(between.split()) <= _ENOUGH_WORDS_BETWEEN
        if last is not None and near and _takes_back(between, last, hit):
            kept.pop()
            wrong = last.values[-1]
            kept = [one for one in kept if wrong not in one.values]
            if len(last.values) == 2 and len(hit.values) == 1:
                kept.append(_mended(last, hit))
                continue
        kept.append(hit)
    return kept


def _takes_back(between: str, last: NumberHit, hit: NumberHit) -> bool:
    if not _CORRECTION.search(between):
        return False
    return not last.kind or not hit.kind or last.kind == hit.kind


def _mended(spoiled: NumberHit, right: NumberHit) -> NumberHit:
    """Return the range with its second end replaced: "six to sixty, sorry, fifty thousand"."""
    first, wrong = spoiled.base
    value = right.base[0]
    if right.kind == "" and spoiled.kind == "" and wrong < 1000 <= value:
        first *= 10 ** (3 * ((len(str(int(value))) - 1) // 3))
    if right.kind == spoiled.kind and wrong >= 1000 > value:
        value *= 1000
    return replace(
        right, text=f"{spoiled.text} {right.text}", values=(first, value), base=(first, value),
        start=spoiled.start,
    )  # fmt: skip
