"""Follow-ups that press harder, once nothing simpler is open.

Contradiction, failure, learning, challenge, a part of the question that was left out, and what the
question's why asks for. Each only where the answer gives cause for it; the cues are our own lists,
as in heard.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from agent.coverage.numbers import find_numbers
from agent.coverage.words import meaning, stem, weight_of
from agent.interviewer.answer.heard import decides, has_figure, has_outcome, has_trade_off
from agent.interviewer.areas import asks_for_design
from agent.interviewer.probing import asking
from agent.interviewer.probing.answered import Answered, Probe
from agent.interviewer.probing.prepared import prepared_probes
from agent.interviewer.words import words_of

_LONG_WORDS = 45
"""Shorter answers, under 20 s, are asked for more of themselves first."""
_MOST_PART_WORDS = 14
"""A part of the question that is longer cannot be asked in one breath."""

_COUNTED = re.compile(r"\s+([a-z]{3,}s|people|children)\b", re.IGNORECASE)
_BROKE = re.compile(
    r"\b((it|everything|(?<=and )that|(?<=but )that|(?<=then )that) (all )?(broke|crashed|failed"
    r"|went wrong|went down"
    r"|fell apart|stopped working|did not work|didn't work))\b"
)
_CAUSE = re.compile(r"\b(because|since|due to|turned out|reason|caused?|found (out )?that|as it)\b")
_TROUBLE = re.compile(
    r"\b(fail\w*|broke\w*|crash\w*|wrong|mistakes?|fault|lost|missed|late|angry|outage|problems?)\b"
)
_LEARNED = re.compile(
    r"\b(learn\w*|since then|next time|differently|looking back|taught me|reali[sz]ed|lessons?"
    r"|from then on|ever since|after that i|because of that|today i|these days)\b"
)
_FAILS = re.compile(
    r"\b(fail\w*|break\w*|broken?|crash\w*|outages?|errors?|goes? down|wrong|los[est]\w*|risks?"
    r"|recover\w*|retry|retries|fallback|backups?|redundan\w+|dies?|alarms?|alerts?)\b"
)
_GROWTH = re.compile(
    r"\b(scal\w+|grow\w*|grew|peaks?|times as|load|traffic|doubl\w+|larger|bigger|millions?"
    r"|thousands?|more users)\b"
)
_OWN = re.compile(r"\bi (?!think|guess|mean|would|am|was|suppose)\w{3,}|\bmy (part|role|job)\b")
_PARTS = re.compile(
    r"\?\s+|(?:,? and |, |: |; )(?=(?:what|which|how|where|who|when|why)\b)", re.IGNORECASE
)
_ASKS = re.compile(r"(what|which|how|where|who|when|why)\b", re.IGNORECASE)


def contradiction(answered: Answered) -> Iterator[Probe]:
    """Ask how two figures for the same thing go together; which is right is left open.

    In answers to different questions only where they are told in much the same words.
    """
    found = conflicting_counts(answered.answers)
    if found:
        before, after = found
        said = f'A moment ago you said "{before}", and then "{after}".'
        yield Probe("contradiction", f'"{before}" and then "{after}"', _go_together(said))


def _go_together(said: str) -> tuple[str, ...]:
    return (f"{said} How do the two go together?", f"{said} Which of them do you mean?")


def conflicting_counts(answers: Sequence[str]) -> tuple[str, str] | None:
    """Return two different counts of one thing from two answers, in the person's words.

    A thing that is counted twice within one answer may have changed, and tells nothing.
    """
    seen: dict[str, tuple[float, str]] = {}
    for answer in answers:
        counts = _counts(answer)
        for noun, (value, words) in counts.items():
            if noun in seen and seen[noun][0] != value:
                return seen[noun][1], words
        seen.update(counts)
    return None


def _counts(answer: str) -> dict[str, tuple[float, str]]:
    counts: dict[str, tuple[float, str]] = {}
    twice = set()
    for hit in find_numbers(answer):
        noun = _COUNTED.match(answer[hit.end :])
        if noun is None or hit.unit or len(hit.values) != 1 or hit.values[0] < 2:
            continue
        key = noun.group(1).lower()
        twice |= {key} & counts.keys()
        words = f"{hit.text} {noun.group(1)}".lower()
        counts[key] = (hit.values[0], " ".join(words.split()))
    return {key: count for key, count in counts.items() if key not in twice}


def own(answered: Answered) -> Iterator[Probe]:
    """Ask what stands in the brief as a probe of one's own, verbatim, whatever the answer holds."""
    for text in answered.question.probes:
        if text not in answered.asked_here:
            yield Probe("own", "it stands in your brief", (text,))


def failure(answered: Answered) -> Iterator[Probe]:
    """Ask for the cause of what broke, or what happens when a design does."""
    said = " ".join(words_of(answered.text))
    broke = _BROKE.search(said)
    if broke and not _CAUSE.search(said):
        ask = (f'You said "{broke.group()}". What was the cause of that?',)
        yield Probe("failure", f'"{broke.group()}" is said without a cause', ask)
    elif asks_for_design(answered.question) and _is_long(answered) and not _FAILS.search(said):
        why = "a design that speaks of nothing going wrong"
        yield Probe("failure", why, asking.breakdown(answered.taken, answered.nth))


def learning(answered: Answered) -> Iterator[Probe]:
    """Ask what was learned from a story of trouble that has an end."""
    said = " ".join(words_of(answered.text))
    told = (
        asking.tells_of_once(answered.question)
        and _is_long(answered)
        and has_outcome(answered.text)
    )
    if told and _TROUBLE.search(said) and not _LEARNED.search(said):
        why = "a story of trouble without what was learned"
        wordings = asking.lesson(answered.question, answered.taken, answered.nth)
        yield Probe("learning", why, wordings)


def challenge(answered: Answered) -> Iterator[Probe]:
    """Ask what a design that decides on something does at a much larger size."""
    said = " ".join(words_of(answered.text))
    if _is_long(answered) and decides(answered.text) and not _GROWTH.search(said):
        why = "a decision that says nothing of growth"
        yield Probe("challenge", why, asking.growth(answered.taken, answered.nth))


def missing_part(answered: Answered) -> Iterator[Probe]:
    """Ask for a part of the question of which no telling word was said, while another's was."""
    if not _is_long(answered):
        return
    said = {stem(word) for word in words_of(answered.text)}
    parts = [part.strip(" ?.") for part in _PARTS.split(answered.question.text)]
    telling = [_telling(part) for part in parts]
    for at, part in enumerate(parts):
        rest = set[str]().union(*telling[:at], *telling[at + 1 :])
        own = telling[at] - rest
        fits = _ASKS.match(part) and len(part.split()) <= _MOST_PART_WORDS
        if fits and len(own) > 1 and not own & said and rest & said:
            ask = f"One part of my question is still open: {part[0].lower()}{part[1:]}?"
            yield Probe("missing_part", f'nothing of "{part}" was said', (ask,))
            return


def _telling(part: str) -> set[str]:
    return {stem(word) for word in words_of(part) if weight_of(meaning(word)) == 1.0}


_IS_THERE: dict[str, Callable[[str], object]] = {
    "trade_off": has_trade_off,
    "number": has_figure,
    "outcome": has_outcome,
    "ownership": _OWN.search,
    "learning": _LEARNED.search,
    "failure": _FAILS.search,
    "challenge": _GROWTH.search,
}
"""How it is told that an answer holds what a prepared probe is after; others are always asked."""


def prepared(answered: Answered) -> Iterator[Probe]:
    """Ask what the question's why is after and the answer does not hold, after a full answer."""
    if not _is_long(answered) or len(answered.answers) > 1 or answered.question.probes:
        return
    said = " ".join(words_of(answered.text))
    for probe in prepared_probes(answered.question):
        is_there = _IS_THERE.get(probe.kind)
        if is_there is None or not is_there(said):
            why = f"{probe.because}, and the answer holds nothing of it"
            yield Probe(probe.kind, why, asking.held_ready(probe.kind, probe.text, answered.taken))


def _is_long(answered: Answered) -> bool:
    return answered.words >= _LONG_WORDS
