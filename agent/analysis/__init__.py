"""What an analysis holds: the shape of analysis.json, read by the report and by other programs.

Times are seconds on the session clock (the clock of candidate.wav). Every field is optional in
older files only where it has a default.
"""

from __future__ import annotations

from agent.analysis.content import (
    Conflict,
    Coverage,
    Evidence,
    OwnQuestion,
    PointCoverage,
    Repeated,
    Status,
)
from agent.analysis.delivery import (
    Band,
    Filler,
    Fillers,
    Habit,
    PaceWindow,
    Pacing,
    Pause,
    Span,
    SpokenWord,
    Voice,
)
from agent.analysis.document import (
    About,
    Analysis,
    Answer,
    Basis,
    Finding,
    InterviewerLine,
    Score,
    Scores,
    answer_names,
)

__all__ = [
    "About",
    "Analysis",
    "Answer",
    "Band",
    "Basis",
    "Conflict",
    "Coverage",
    "Evidence",
    "Filler",
    "Fillers",
    "Finding",
    "Habit",
    "InterviewerLine",
    "OwnQuestion",
    "PaceWindow",
    "Pacing",
    "Pause",
    "PointCoverage",
    "Repeated",
    "Score",
    "Scores",
    "Span",
    "SpokenWord",
    "Status",
    "Voice",
    "answer_names",
]
