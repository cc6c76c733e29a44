"""What a brief lacks: warnings before an interview is spent on it, and the facts found in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from agent.brief import Brief, Question, TalkingPoint
from agent.brief.dates import days_left
from agent.brief.text import short

LONG_QUESTION_WORDS = 70
"""A spoken question above this is hard to keep in mind: about 28 s at 150 words a minute (ours)."""

_UNITS = (
    "percent|per cent|million|billion|thousand|hundred|ms|sec|seconds?|minutes?|hours?|days?|"
    "weeks?|months?|quarters?|years?|TPS|QPS|GB|TB|MB|euros?|dollars?|pounds?|people|"
    "patient days?|patients?|students?|users?|customers?|engineers?|beds?"
)
_NUMBER = re.compile(
    r"(?<![\w.])[~$€£]?\d+(?:[.,:]\d+)*(?:[A-Za-z]{1,2}\b\+?|\s?%)?"
    rf"(?:[\s-](?:{_UNITS})\b)?\+?"
)
_SPELLED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|double[ds]?|"
    r"triple[ds]?|twice|dozen)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<!\w)[A-Za-z]\w*(?:[.'&]\w+)*(?:\+\+|#)?")
_SENTENCE_END = re.compile(r"(?:^|[.!?:])\s*[\"'“‘(]?$")
_SKIPPED = frozenset({"I", "I'm", "I've", "I'd", "AND", "OR", "NOT"})


def facts_of(point: TalkingPoint) -> tuple[str, ...]:
    """Return the numbers (with units) and names of a talking point, in order, each once.

    Found by rule: figures, the commoner spelled numbers, and words written as names, which
    have a capital inside or begin with one in mid-sentence.
    """
    text = f"{point.name}. {point.text}"
    spans = [found.span() for pattern in (_NUMBER, _SPELLED) for found in pattern.finditer(text)]
    taken = {at for start, end in spans for at in range(start, end)}
    spans += [span for span in _names_in(text) if span[0] not in taken]
    facts = (text[start:end].strip() for start, end in sorted(spans))
    return tuple(dict.fromkeys(facts))


def _names_in(text: str) -> list[tuple[int, int]]:
    """Return where names stand; words of one name ("Apple Silicon") lie in one span."""
    names: list[tuple[int, int]] = []
    for found in _NAME.finditer(text):
        start, end = found.start(), found.end() - 2 * found[0].endswith("'s")
        starts = _SENTENCE_END.search(text[max(0, start - 3) : start])
        inner = any(mark.isupper() for mark in found[0][1:])
        if found[0] in _SKIPPED or not (inner or (found[0][0].isupper() and not starts)):
            continue
        if names and text[names[-1][1] : start] == " ":
            names[-1] = (names[-1][0], end)
        else:
            names.append((start, end))
    return names


def check_brief(brief: Brief, today: date | None = None) -> list[str]:
    """Return what would make the interview poorer, each in a sentence; empty when all is well.

    Args:
        brief: in its normal form.
        today: the day from which the interview is looked at; None where it is not known.
    """
    warnings = [_MISSING[name] for name in _MISSING if not getattr(brief, name)]
    for number, asked in enumerate(brief.questions, start=1):
        warnings += [f"question {number} {lack}" for lack in _lacks(asked)]
    warnings += _doubled(brief)
    for number, point in enumerate(brief.talking_points, start=1):
        if not facts_of(point):
            warnings.append(
                f'talking point {number} "{short(point.name)}" has no fact: no number and no '
                "name, so nothing tells whether it was made"
            )
    return [*warnings, *_is_over(brief, today)]


_MISSING = {
    "company": "no company: add a line such as '- company: Acme'",
    "role": "no role: add a line such as '- role: Data Engineer'",
    "snapshot": "no company snapshot: the interviewer knows nothing about the company",
    "stack": "no team stack: the interviewer does not know what the team works with",
    "questions": "no questions: the interviewer can ask about the talking points only",
    "talking_points": "no talking points: the report cannot say what you got across",
}


def _lacks(asked: Question) -> Iterator[str]:
    words = len(asked.text.split())
    if not asked.why:
        yield f'"{short(asked.text)}" has no why: follow-ups will be general'
    if not asked.area:
        yield f'"{short(asked.text)}" has no area: it counts as general in the plan'
    if words > LONG_QUESTION_WORDS:
        yield (
            f'"{short(asked.text)}" has {words} words: hard to keep in mind when spoken, '
            f"at most {LONG_QUESTION_WORDS} is better"
        )


def _is_over(brief: Brief, today: date | None) -> Iterator[str]:
    left = days_left(brief.interview_date, today) if today else None
    if left is not None and left < 0:
        yield f"the interview date {brief.interview_date} has passed; is the next one known?"


def _doubled(brief: Brief) -> Iterator[str]:
    keys = [" ".join(re.findall(r"\w+", asked.text.casefold())) for asked in brief.questions]
    first: dict[str, int] = {}
    for number, key in enumerate(keys, start=1):
        if first.setdefault(key, number) != number:
            text = short(brief.questions[number - 1].text)
            yield f'question {number} "{text}" is the same as question {first[key]}'
    names = Counter(point.name.casefold() for point in brief.talking_points)
    yield from (
        f'{n} talking points are named "{short(name)}"' for name, n in names.items() if n > 1
    )
