"""How well each talking point fits a question."""

from collections.abc import Sequence

from agent.analysis.coverage.meaning import stems_of
from agent.brief import Question, TalkingPoint

LEAST_FIT = 0.04
"""Below this a point does not fit a question at all."""
_WHY_SHARE = 0.6
"""What a word of the question's why counts, against 1 for the question itself."""


def invited(question: Question, points: Sequence[TalkingPoint]) -> list[tuple[int, float]]:
    """Return the points that a question invites as (index, fit from 0 to 1), best first.

    The fit is the weight of the point's stems that the question (or, at a lower rate, its why)
    has too, over itself and the root of the point's whole weight. A stem weighs 1, and less the
    more points have it.
    """
    asked = stems_of(question.text)
    meant = stems_of(f"{question.why} {question.area}") - asked
    each = [stems_of(f"{point.name}. {point.text}") for point in points]
    fits = []
    for index, stems in enumerate(each):
        weights = {root: 1 / sum(root in other for other in each) for root in stems}
        shared = sum(weights[root] for root in stems & asked)
        shared += _WHY_SHARE * sum(weights[root] for root in stems & meant)
        fit = shared / (shared + 2 * sum(weights.values()) ** 0.5) if shared else 0.0
        if fit >= LEAST_FIT:
            fits.append((index, round(fit, 4)))
    return sorted(fits, key=lambda pair: (-pair[1], pair[0]))
