"""The analysis in a terminal: plain lines, no color, never wider than asked for."""

from __future__ import annotations

import textwrap

from agent.analysis import About, Analysis, Finding, PointCoverage
from agent.bands import EASY_WPM
from agent.report import phrases
from agent.report.markup import clean, length

_NARROWEST = 20
"""Columns below which lines would be cut inside words."""
_STATUS_COLUMNS = len("contradicted")


def summary_lines(analysis: Analysis, width: int = 80) -> list[str]:
    """Return the summary as lines of at most `width` columns (20 at least).

    A title, three key figures, the talking points with their status, the findings with their
    time, and what the reader must know. Text from outside loses its control characters.
    """
    columns = max(width, _NARROWEST)
    lines = _wrapped(_title(analysis.about), columns)
    lines += ["", *_figures(analysis, columns)]
    if analysis.coverage.points:
        lines += ["", *(row for p in analysis.coverage.points for row in _point(p, columns))]
    if analysis.findings:
        lines += ["", "What to practice"]
        for number, finding in enumerate(analysis.findings, 1):
            lines += _finding(finding, number, columns)
    notes = [row for note in _notes(analysis) for row in _wrapped(note, columns, "- ")]
    return lines + (["", *notes] if notes else [])


def _title(about: About) -> str:
    name = " · ".join(part for part in (about.company, about.role) if part) or about.title
    parts = [name, length(about.duration_s) if about.duration_s > 0 else ""]
    return ", ".join(part for part in parts if part)


def _notes(analysis: Analysis) -> list[str]:
    notes = list(analysis.notes)
    if analysis.about.state != "complete":
        notes.insert(
            0, f"This session is {analysis.about.state}; it holds all up to its last second."
        )
    return notes


def _figures(analysis: Analysis, columns: int) -> list[str]:
    pacing, fillers = analysis.pacing, analysis.fillers
    pace = phrases.TYPED_PACE if analysis.typed else phrases.pace_band(pacing)
    if pacing.speech_rate_wpm is not None:
        low, high = EASY_WPM
        pace = (
            f"{round(pacing.speech_rate_wpm)} words a minute with pauses: {pace}"
            f" (fine: {low} to {high})"
        )
    common = ", ".join(f"{text} {count}" for text, count in phrases.common_fillers(fillers, 3))
    filler = (
        phrases.typed_fillers(analysis)
        if analysis.typed
        else f"{phrases.at_least(fillers)}, {phrases.rate_class(fillers)}"
    )
    made, total = phrases.points_made(analysis.coverage)
    points = f"{made} of {total} made" if total else "none in the brief"
    rows = (
        ("Pace", pace),
        ("Fillers", filler + (f" ({common})" if common else "")),
        ("Talking points", points),
    )
    return [row for name, value in rows for row in _wrapped(value, columns, f"{name:<16}")]


def _point(point: PointCoverage, columns: int) -> list[str]:
    lead = f"  {point.status:<{_STATUS_COLUMNS}}  "
    at = f" ({_mm_ss(point.evidence[0].start_s)})" if point.evidence else ""
    return [_cut(lead + _flat(point.name), columns - len(at)) + at]


def _finding(finding: Finding, number: int, columns: int) -> list[str]:
    at = "     " if finding.start_s is None else _mm_ss(finding.start_s)
    return _wrapped(finding.text, columns, f"{number:>2}. {at}  ")


def _mm_ss(at_s: float) -> str:
    minutes, seconds = divmod(int(max(0.0, at_s)), 60)
    return f"{minutes:02}:{seconds:02}"


def _flat(text: str) -> str:
    return " ".join(clean(text).split())


def _cut(line: str, columns: int) -> str:
    return line if len(line) <= columns else line[: columns - 1].rstrip() + "…"


def _wrapped(text: str, columns: int, lead: str = "") -> list[str]:
    """Return the text wrapped with a hanging indent as wide as `lead`."""
    indent = " " * len(lead) if len(lead) <= columns // 2 else "  "
    return textwrap.wrap(_flat(text), columns, initial_indent=lead, subsequent_indent=indent) or (
        [lead.rstrip()] if lead else []
    )
