"""The names and terms of a brief, for recognizers that can be told what to expect."""

from __future__ import annotations

from collections import Counter

from agent.brief import Brief
from agent.text.names import names_in

MOST_TERMS = 150
"""More hotwords make a recognizer hear them everywhere."""


def terms_of(brief: Brief) -> tuple[str, ...]:
    """Return names and terms as written, those of the talking points first, then by frequency."""
    points = " \n".join(f"{point.name}. {point.text}" for point in brief.talking_points)
    questions = " \n".join(question.text for question in brief.questions)
    rest = " \n".join([brief.company, brief.role, brief.stack])
    found: Counter[str] = Counter()
    for weight, text in ((100, points), (10, questions), (1, rest)):
        for start, end in names_in(text):
            for word in text[start:end].split():
                found[word] += weight
    return tuple(word for word, _ in found.most_common(MOST_TERMS) if len(word) > 1)
