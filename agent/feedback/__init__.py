"""From the figures of an analysis to at most five remarks, the weightiest first.

Weights say how much a remark would change the impression: a wrong figure (100), very many fillers
(85), a question without an answer (82), points never made (50 to 80), pace (46 to 75), lengths (38
to 70), pauses (up to 60), partial points (56), the person's own questions (50 to 54), fillers that
are noticed (48). They are our judgement; the bands behind them stand with their sources in
agent/bands.py. Of two remarks about the same thing the weightier stays, and one strength at least
is among the five where there is one.
"""

from __future__ import annotations

from agent.analysis import Analysis, Finding
from agent.feedback.content import own_question_remarks, point_remarks, unanswered_remarks
from agent.feedback.delivery import filler_remarks, length_remarks, pace_remarks, pause_remarks
from agent.feedback.shared import Weighed
from agent.scorable import words_doubt

MOST = 5
"""Findings at most."""
_REMARKS = (
    point_remarks,
    unanswered_remarks,
    filler_remarks,
    pace_remarks,
    pause_remarks,
    length_remarks,
    own_question_remarks,
)


def findings_of(analysis: Analysis) -> tuple[Finding, ...]:
    """Return at most five findings, ranked; the findings already in the analysis are not read.

    Where the words are too uncertain to be scored, no remark rests on them.
    """
    sure = not (analysis.answers and words_doubt(analysis))
    topics: dict[str, Weighed] = {}
    every = (one for remarks in _REMARKS for one in remarks(analysis))
    for one in sorted(every, key=lambda one: -one.weight):
        if sure or not one.words:
            topics.setdefault(one.about or one.finding.kind, one)
    weighed = [one.finding for one in topics.values()]
    chosen = weighed[:MOST]
    strength = next((one for one in weighed if one.kind == "strength"), None)
    if strength is not None and strength not in chosen:
        chosen[-1] = strength
    return tuple(chosen)
