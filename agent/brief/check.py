"""What a brief lacks: warnings before an interview is spent on it, and the facts found in it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from agent.brief import Brief, Question, TalkingPoint
from agent.brief.dates import days_left
from agent.brief.text import short
from agent.text import facts
from agent.text.words import key_of

LONG_QUESTION_WORDS = 70
"""A spoken question above this is hard to keep in mind: about 28 s at 150 words a minute (ours)."""


def facts_of(point: TalkingPoint) -> tuple[str, ...]:
    """Return the figures (with units) and names of a talking point, as scoring uses them."""
    return facts.facts_of(point.name, point.text).shown


def check_brief(brief: Brief, today: date | None = None) -> list[str]:
    """Return what would make the interview poorer, each in a sentence; `today` is for its date."""
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
    keys = [key_of(asked.text) for asked in brief.questions]
    first: dict[str, int] = {}
    for number, key in enumerate(keys, start=1):
        if first.setdefault(key, number) != number:
            text = short(brief.questions[number - 1].text)
            yield f'question {number} "{text}" is the same as question {first[key]}'
    names = Counter(point.name.casefold() for point in brief.talking_points)
    yield from (
        f'{n} talking points are named "{short(name)}"' for name, n in names.items() if n > 1
    )
