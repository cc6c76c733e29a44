"""From the figures of an analysis to at most five remarks, the weightiest and surest first.

A remark ranks by its weight (how much it would change an interviewer's impression: 95 for a wrong
figure, 28 for an easy pace; our judgement) times its confidence, and is left out where that is
below LEAST. Of two remarks about the same thing the weightier stays, and one strength at least is
among the five where there is one.
"""

from agent.analysis import Analysis, Finding
from agent.analysis.findings import content, delivery
from agent.analysis.findings.shared import Remark
from agent.analysis.scores import words_doubt

MOST = 5
"""Findings at most."""
LEAST = 0.5
"""Confidence below which nothing is told."""
_REMARKS = (
    content.point_remarks,
    content.unanswered_remarks,
    content.vague_remarks,
    delivery.filler_remarks,
    delivery.pace_remarks,
    delivery.pause_remarks,
    delivery.length_remarks,
    content.own_question_remarks,
    delivery.strength_remarks,
)


def findings_of(analysis: Analysis) -> tuple[Finding, ...]:
    """Return at most five findings, ranked; the findings already in the analysis are not read.

    Where the words are too uncertain to be scored, no remark rests on them.
    """
    sure = not (analysis.answers and words_doubt(analysis))
    topics: dict[str, Remark] = {}
    every = (one for remarks in _REMARKS for one in remarks(analysis))
    for one in sorted(every, key=lambda one: -one.weight * one.confidence):
        if one.confidence >= LEAST and (sure or not one.words):
            topics.setdefault(one.about or one.kind, one)
    ranked = list(topics.values())
    chosen = ranked[:MOST]
    strength = next((one for one in ranked if one.kind == "strength"), None)
    if strength is not None and strength not in chosen:
        chosen[-1] = strength
    return tuple(one.finding(analysis) for one in chosen)
