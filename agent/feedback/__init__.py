"""From the figures of an analysis to at most five remarks, the weightiest first.

Weights say how much a remark would change the impression, in this order: a wrong figure (100),
very many fillers (85), a question without an answer (82), points
never made (50 to 80), pace (46 to 75), lengths (40 to 70), partial points (56),
questions of one's own that the brief answers, or none at all (50 to 54), single pauses, the
voice. They are our judgement; the bands behind them stand with their sources in agent/bands.py. Of
two remarks about the same thing the weightier stays, and one strength at least is among the five
where there is one.
"""

from __future__ import annotations

from agent.analysis import Analysis, Finding
from agent.feedback.content import content_remarks
from agent.feedback.delivery import length_remarks, pace_remarks
from agent.feedback.fillers import filler_remarks
from agent.feedback.own_questions import own_question_remarks
from agent.feedback.pauses import pause_remarks
from agent.feedback.points import points_remarks
from agent.feedback.strengths import strength_remarks
from agent.feedback.voice import voice_remarks
from agent.feedback.weighed import Weighed
from agent.scorable import words_doubt

MOST = 5
"""Findings at most."""


def findings_of(analysis: Analysis) -> tuple[Finding, ...]:
    """Return at most five findings, ranked; the findings already in the analysis are not read.

    Where the words are too uncertain to be scored, no remark rests on them.
    """
    weighed = _distinct(
        [
            *points_remarks(analysis),
            *content_remarks(analysis),
            *filler_remarks(analysis),
            *pace_remarks(analysis),
            *pause_remarks(analysis),
            *length_remarks(analysis),
            *voice_remarks(analysis),
            *own_question_remarks(analysis),
            *strength_remarks(analysis),
        ],
        sure=not (analysis.answers and words_doubt(analysis)),
    )
    chosen = weighed[:MOST]
    strengths = [one for one in weighed if one.finding.kind == "strength"]
    if strengths and strengths[0] not in chosen:
        chosen[-1] = strengths[0]
    return tuple(one.finding for one in chosen)


def _distinct(every: list[Weighed], *, sure: bool) -> list[Weighed]:
    """Return the remarks by weight, one for each topic."""
    topics: dict[str, Weighed] = {}
    for one in sorted(every, key=lambda one: -one.weight):
        if sure or not one.words:
            topics.setdefault(one.topic, one)
    return list(topics.values())
