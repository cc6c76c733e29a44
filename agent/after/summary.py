"""The analysis in a terminal: plain lines, no color, never wider than asked for."""

from __future__ import annotations

from agent.analysis import About, Analysis, Finding, PointCoverage, Score, Scores
from agent.bands import EASY_WPM
from agent.console import wrapped
from agent.report import phrases
from agent.report.phrases import own_questions_told
from agent.text.display import flat, length

_NARROWEST = 20
"""Columns below which lines would be cut inside words."""
_STATUS_COLUMNS = len("contradicted")


def summary_lines(analysis: Analysis, width: int = 80) -> list[str]:
    """Return the summary as lines of at most `width` columns (20 at least).

    A title, the key figures, the scores with their formulas, the talking points with their status,
    the findings with their time and exercise, what stands out besides, and what the reader must
    know. Text from outside loses its control characters.
    """
    columns = max(width, _NARROWEST)
    lines = _wrapped(_title(analysis.about), columns)
    lines += ["", *_figures(analysis, columns)]
    if analysis.scores != Scores():
        lines += ["", *_scores(analysis, columns)]
    if analysis.coverage.points:
        lines += ["", *(row for p in analysis.coverage.points for row in _point(p, columns))]
    for title, findings in (
        ("What to practice", analysis.to_practice),
        ("What went well", analysis.strengths),
    ):
        if findings:
            lines += ["", title]
            for number, finding in enumerate(findings, 1):
                lines += _finding(finding, number, columns)
    if besides := _besides(analysis, columns):
        lines += ["", *besides]
    notes = [row for note in _notes(analysis) for row in _wrapped(note, columns, "- ")]
    return lines + (["", *notes] if notes else [])


def _title(about: About) -> str:
    name = " · ".join(part for part in (about.company, about.role) if part) or about.title
    parts = [name, length(about.duration_s) if about.duration_s > 0 else ""]
    return ", ".join(part for part in parts if part)


def _notes(analysis: Analysis) -> list[str]:
    state = phrases.state_note(analysis.about)
    return [*([state] if state else []), *analysis.notes]


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
    found = f"{len(fillers.counted) or 'none'} found"
    filler = (
        phrases.typed_fillers(analysis)
        if analysis.typed
        else f"{found}, {phrases.rate_class(fillers)}"
    )
    made, total = phrases.points_made(analysis.coverage)
    points = f"{made} of {total} made" if total else "none in the brief"
    rows = (
        ("Pace", pace),
        ("Fillers", filler + (f" ({common})" if common else "")),
        ("Talking points", points),
    )
    return [row for name, value in rows for row in _wrapped(value, columns, f"{name:<16}")]


def _scores(analysis: Analysis, columns: int) -> list[str]:
    """Return a paragraph for each score: its value and formula, or why there is none."""
    rows = _wrapped("Scores, 0 to 100 each, no total", columns)
    for name in ("pacing", "fillers", "coverage"):
        score: Score = getattr(analysis.scores, name)
        value = "  -" if score.value is None else f"{score.value:>3}"
        told = score.formula if score.value is not None else f"not scored: {score.not_scored}"
        rows += _wrapped(told, columns, f"  {name:<8} {value}  ")
    return rows


def _besides(analysis: Analysis, columns: int) -> list[str]:
    """Return a line for the person's own questions."""
    asked = own_questions_told(analysis)
    return [_cut(f"{'You asked':<16}{asked}", columns)] if asked else []


def _point(point: PointCoverage, columns: int) -> list[str]:
    lead = f"  {point.status:<{_STATUS_COLUMNS}}  "
    at = f" ({_mm_ss(point.evidence[0].start_s)})" if point.evidence else ""
    return [_cut(lead + flat(point.name), columns - len(at)) + at]


def _finding(finding: Finding, number: int, columns: int) -> list[str]:
    at = "     " if finding.start_s is None else _mm_ss(finding.start_s)
    lead = f"{number:>2}. {at}  "
    exercise = f"Try: {finding.exercise}" if finding.exercise else ""
    indent = " " * (len(lead) if len(lead) <= columns // 2 else 2)
    return _wrapped(finding.text, columns, lead) + (
        _wrapped(exercise, columns, indent) if exercise else []
    )


def _mm_ss(at_s: float) -> str:
    minutes, seconds = divmod(int(max(0.0, at_s)), 60)
    return f"{minutes:02}:{seconds:02}"


def _cut(line: str, columns: int) -> str:
    return line if len(line) <= columns else line[: columns - 1].rstrip() + "…"


def _wrapped(text: str, columns: int, lead: str = "") -> list[str]:
    """Return the text wrapped with a hanging indent as wide as `lead`."""
    indent = " " * len(lead) if len(lead) <= columns // 2 else "  "
    return wrapped(text, lead, indent, columns)
