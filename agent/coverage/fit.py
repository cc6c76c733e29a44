"""How well each talking point fits a question."""

from __future__ import annotations

from collections.abc import Sequence

from agent.brief import Question, TalkingPoint
from agent.coverage.facts import facts_of
from agent.coverage.sounds import find_name
from agent.coverage.words import content_words

LEAST_FIT = 0.04
"""Below this share of its weight a point does not fit a question at all."""
_WHY_SHARE = 0.6
"""What a word of the question's why counts, against 1 for the question itself."""


def invited(question: Question, points: Sequence[TalkingPoint]) -> list[tuple[int, float]]:
    """Return the points that a question invites as (index, fit from 0 to 1), best first.

    The fit is the weight of the point's stems that the question (or, at a lower rate, its why)
    has too, plus its names, over the square root of the point's whole weight, squeezed below 1.
    """
    among = tuple(points)
    asked = {word.stem for word in content_words(question.text)}
    meant = {word.stem for word in content_words(f"{question.why} {question.area}")} - asked
    fits = []
    for index, point in enumerate(among):
        facts = facts_of(point, among)
        shared = sum(weight for root, weight in facts.stems.items() if root in asked)
        shared += _WHY_SHARE * sum(w for root, w in facts.stems.items() if root in meant)
        for name in facts.names:
            found = find_name(name.text, question.text)
            shared += name.weight * found.worth if found and found.worth >= 0.6 else 0.0
        fit = shared / (shared + facts.word_weight**0.5 * 2) if shared else 0.0
        if fit >= LEAST_FIT:
            fits.append((index, round(fit, 4)))
    return sorted(fits, key=lambda pair: (-pair[1], pair[0]))
