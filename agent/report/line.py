"""One line of the interviewer, or of one of a panel, as it stands between the answers."""

from __future__ import annotations

from agent.analysis import InterviewerLine
from agent.report.markup import clock, esc, who

ASKS = ("question", "follow_up")
"""Kinds of lines that an answer belongs to."""
_STOPPED = {
    "key": " (cut short by a key)",
    "interruption": " (you took the floor)",
    "resumed_answer": " (gave the floor back to you)",
}


def line_html(line: InterviewerLine) -> str:
    """Return a line with who said it, when, and what became of it."""
    skipped = " (no answer)" if line.kind in ASKS and not taken_back(line) else ""
    return (
        f'<p class="line"><span class="who"><bdi>{esc(who(line.speaker))}</bdi> '
        f"{clock(line.start_s)}{skipped}{stop(line)}</span> "
        f'<span dir="auto">{esc(line.text)}</span></p>'
    )


def stop(line: InterviewerLine) -> str:
    """Return in brackets what cut a line short, "" where nothing did."""
    return _STOPPED.get(line.stopped_by, "")


def taken_back(line: InterviewerLine) -> bool:
    """Say whether a line was begun and taken back, as the person only went on."""
    return line.stopped_by == "resumed_answer"
