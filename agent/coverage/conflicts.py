"""Statements about the company or its stack that contradict the brief's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agent.analysis import Conflict
from agent.brief import Brief, TalkingPoint
from agent.coverage.facts import Facts, facts_of
from agent.coverage.figures import told_numbers, wrong_numbers
from agent.coverage.points import SaidAnswer, word_times
from agent.coverage.rivals import rival_of
from agent.coverage.said import Said, Sentence, said_of
from agent.coverage.words import content_words

LEAST_SHARED = 1.3
"""Weight of the words that a statement shares with the brief's sentence whose figure it changes:
a special word (1) and a common one (0.35)."""

_YOU = re.compile(
    r"\b(?<!thank )(?:your?s?|you're|you've)\b(?! know| see| can| need| have to| want| should"
    r"| could| would| might| will| may| tell| get| think| mean|'ll|'d)",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:my|our|ours|we|us|at my|i (?:used|built|led|ran|worked|had|moved|started))\b", re.I
)
_NOT_SURE = re.compile(
    r"\b(?:likely|probably|possibly|perhaps|maybe|unknown|not known|about|around|roughly|some"
    r"|or|such as|suggest\w*|seems?)\b",
    re.IGNORECASE,
)


def conflicts_of(brief: Brief, answers: Sequence[SaidAnswer]) -> tuple[Conflict, ...]:
    """Return the statements that contradict the snapshot or the stack, in order of the answers.

    A statement is looked at only where it speaks of the company ("you", "your", its name) and of
    nothing of the speaker's own, stands (no plan, no question), and the sentence of the brief is
    sure of itself. Then another figure for the same thing, or another name of the same kind that
    is nowhere in the brief, contradicts it. Rather none than a wrong one.
    """
    claims = [
        facts_of(TalkingPoint(name="Brief", text=sentence))
        for text in (brief.snapshot, brief.stack)
        for sentence in _sentences(text)
        if not _NOT_SURE.search(sentence)
    ]
    whole = f"{brief.company}. {brief.snapshot} {brief.stack}"
    return tuple(
        conflict
        for place, answer in enumerate(answers)
        for conflict in _in_answer(place, answer, claims, (whole, brief.company))
    )


def _sentences(text: str) -> list[str]:
    return [text[one.start : one.end].strip() for one in said_of(text).sentences if text.strip()]


def _in_answer(
    place: int, answer: SaidAnswer, claims: Sequence[Facts], known: tuple[str, str]
) -> Iterator[Conflict]:
    whole, company = known
    for sentence in said_of(answer.text).sentences:
        quote = answer.text[sentence.start : sentence.end].strip()
        if not sentence.stands or quote.endswith("?") or not _about_company(quote, company):
            continue
        brief = next((c.claim for c in claims if _contradicts(c, quote, whole, answer)), None)
        if brief is not None:
            start_s, end_s = word_times(answer, sentence.start, _end(answer, sentence))
            yield Conflict(quote=quote, start_s=start_s, end_s=end_s, answer=place, brief=brief)


def _end(answer: SaidAnswer, sentence: Sentence) -> int:
    return sentence.start + len(answer.text[sentence.start : sentence.end].rstrip())


def _about_company(quote: str, company: str) -> bool:
    named = bool(company) and re.search(rf"\b{re.escape(company)}\b", quote, re.IGNORECASE)
    return bool(named or _YOU.search(quote)) and not _OWN.search(quote)


def _contradicts(claim: Facts, quote: str, whole: str, answer: SaidAnswer) -> bool:
    said = said_of(quote)
    stems = {word.stem for word in content_words(quote)}
    shared = sum(weight for root, weight in claim.stems.items() if root in stems)
    names = tuple(name.text for name in claim.names)
    if names and rival_of(claim.claim, names, said, f"{whole} {answer.question}"):
        return True
    return _other_figure(claim, said, shared)


def _other_figure(claim: Facts, said: Said, shared: float) -> bool:
    """Return whether a figure for the same thing differs from the brief's."""
    if len(said.sentences) != 1:
        return False
    # All of one sentence: what its numbers count decides, not how much stands around them.
    around = ({0: claim.raised_at}, {0: claim.raised_at})
    matched = told_numbers(claim, said, around)
    wrong = wrong_numbers(claim, said, matched, around)
    return bool(wrong) and shared >= LEAST_SHARED
