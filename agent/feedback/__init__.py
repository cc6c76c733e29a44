"""From the figures of an analysis to at most five remarks, the weightiest first.

Weights say how much a remark would change the impression: a wrong figure most, then many
fillers, points never made, pace, half-made points, lengths, single pauses. One strength at least
is among them where there is one. Advice on lengths: interview answers of one to two minutes,
designs longer (OPM, Google re:Work); rates of fillers: 5 a minute and fewer harmless, 12 harmful
(Laske 2024); pace: measures/pacing.py; pauses over 1.5 s inside a clause are worth a note.
"""

from __future__ import annotations

from agent.analysis import Analysis, Finding
from agent.feedback.delivery import length_remarks, pace_remarks, pause_remarks
from agent.feedback.fillers import filler_remarks
from agent.feedback.points import points_remarks
from agent.feedback.strengths import strength_remarks

MOST = 5
"""Findings at most."""


def findings_of(analysis: Analysis) -> tuple[Finding, ...]:
    """Return at most five findings, ranked; the findings already in the analysis are not read."""
    weighed = sorted(
        [
            *points_remarks(analysis),
            *filler_remarks(analysis),
            *pace_remarks(analysis),
            *pause_remarks(analysis),
            *length_remarks(analysis),
            *strength_remarks(analysis),
        ],
        key=lambda one: -one.weight,
    )
    chosen = weighed[:MOST]
    strengths = [one for one in weighed if one.finding.kind == "strength"]
    if strengths and strengths[0] not in chosen:
        chosen[-1] = strengths[0]
    return tuple(one.finding for one in chosen)
