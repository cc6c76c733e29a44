"""Figures that beg a question: a change without its beginning, a share nobody measured.

The words are our own lists of how changes of a quantity and ways of measuring it are told. Errs
towards finding nothing: any other figure of the same unit may be the beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from agent.coverage.numbers import NumberHit, find_numbers
from agent.interviewer.answer.phrases import SAID_BACK, like_noun
from agent.interviewer.words import FUNCTION_WORDS, words_of

_NEAR = r"(?: (?:about|around|roughly|only|just|under|over|nearly|almost|less than|more than))?"
_TO = re.compile(
    r"\b(fell|dropped|rose|grew|climbed|shrank|increased|decreased|improved|went down|went up"
    rf"|came down|came up|is down|is up|was down|was up) to{_NEAR}$"
)
"""Before the figure; what changed stands before it."""
_DID = re.compile(
    r"\b(?:i|we) (brought|cut|reduced|lowered|raised|increased|shortened|improved)"
    rf" (?:\S+ ){{0,4}}?((?:down |up )?)to{_NEAR}$"
)
"""The same where somebody did it: what was changed stands in between."""
_BEGINNING = re.compile(r"\b(from|instead of|before that|used to|had been|originally|at first)\b")
_MEASURED = re.compile(
    r"\b(measur\w+|compar\w+|benchmark\w*|count\w*|logg?(s|ed|ing)?|track\w*|survey\w*|profil\w+"
    r"|tests?|tested|sampl\w+|labels?|metrics?|monitor\w*|dashboards?|audit\w*|charts?|records?"
    r"|recorded|statistic\w*|estimat\w+|calculat\w+|guess\w*|think|reviewed)\b"
)
_SET = re.compile(
    r"\b(reserv\w+|keep|kept|set aside|spen[dt]\w*|target|goal|limit|threshold|budget|if|at least"
    r"|at most|more than|less than|up to|would|should)\b"
)
"""Before a share that was decided on, and need not be measured."""
_SET_CHARS = 40
_SUBJECT_WORDS = 3
_HEARD_CHARS = 90
"""So far around the figure its beginning is looked for."""


@dataclass(frozen=True)
class Change:
    """A change whose beginning was not told."""

    words: str
    """The person's words: "latency fell to 22 milliseconds"."""
    statement: str
    """As the interviewer says it: "You said the latency fell to 22 milliseconds."."""


def changes(answer: str, trusted: Set[str]) -> Iterator[Change]:
    """Yield the changes of an answer that tell where they ended and not where they began.

    Args:
        answer: what was said.
        trusted: nouns that a recognizer is believed in.
    """
    hits = find_numbers(answer)
    for hit in hits:
        if len(hit.values) > 1 or hit.is_year or _is_begun(hit, hits, answer):
            continue
        before = " ".join(words_of(answer[max(0, hit.start - _HEARD_CHARS) : hit.start]))
        figure = " ".join(hit.text.split())
        told, did = _TO.search(before), _DID.search(before)
        if told:
            subject = _subject(before[: told.start()].split(), trusted)
            change = f"{told.group()} {figure}"
            yield Change(change, f"You said {subject} {change}.")
        elif did:
            verb, way = did.groups()
            change = f"{verb} it {way}to {figure}"
            yield Change(change, f"You said you {change}.")


def unmeasured(answer: str) -> str:
    """Return the last share of an answer that says nothing of measuring, "" for none."""
    if _MEASURED.search(" ".join(words_of(answer))):
        return ""
    hits = [hit for hit in find_numbers(answer) if hit.unit == "%" and len(hit.values) == 1]
    # "One percent of the traffic" is a part that was chosen, not a result.
    shares = [
        hit
        for hit in hits
        if not re.match(r"\s+(of|over|off|more|less|too)\b", answer[hit.end :])
        and not _SET.search(answer[max(0, hit.start - _SET_CHARS) : hit.start].lower())
    ]
    return " ".join(shares[-1].text.split()) if shares else ""


def _is_begun(hit: NumberHit, hits: list[NumberHit], answer: str) -> bool:
    """Return whether the beginning may have been told."""
    around = answer[max(0, hit.start - _HEARD_CHARS) : hit.end + _HEARD_CHARS].lower()
    same = any(other is not hit and other.kind == hit.kind for other in hits)
    return same or bool(_BEGINNING.search(around))


def _subject(words: list[str], trusted: Set[str]) -> str:
    """Return what changed as the interviewer names it, "it" where that is not certain."""
    end = len(words)
    start = end
    while start > max(0, end - _SUBJECT_WORDS) and words[start - 1] in trusted:
        start -= 1
    determiner = words[start - 1] if start else ""
    named = start < end and like_noun(words[end - 1]) and words[end - 1] not in FUNCTION_WORDS
    if not named:
        return "it"
    return f"{SAID_BACK.get(determiner, 'the')} {' '.join(words[start:end])}"
