"""The analysis in a terminal: plain lines of 80 columns, no color."""

from __future__ import annotations

from agent.analysis import Analysis, Finding, Scores, phrases
from agent.analysis.bands import EASY_WPM
from agent.console import WIDTH, shortened, wrapped
from agent.text.display import clock, length


def summary_lines(analysis: Analysis) -> list[str]:
    """Return figures, scores, talking points, findings and notes as lines of 80 columns."""
    about, state = analysis.about, phrases.state_note(analysis.about)
    title = " · ".join(part for part in (about.company, about.role) if part) or about.title
    title += f", {length(about.duration_s)}" if about.duration_s > 0 else ""
    notes = [*([state] if state else []), *analysis.notes]
    blocks = [
        wrapped(title),
        _figures(analysis),
        _scores(analysis.scores),
        _points(analysis),
        _findings("What to practice", analysis.to_practice),
        _findings("What went well", analysis.strengths),
        [row for note in notes for row in wrapped(note, "- ", "  ")],
    ]
    lines = [line for block in blocks if block for line in ("", *block)]
    return lines[1:]


def _figures(analysis: Analysis) -> list[str]:
    pacing, fillers = analysis.pacing, analysis.fillers
    pace = phrases.pace_band(pacing)
    if pacing.speech_rate_wpm is not None:
        wpm, (low, high) = round(pacing.speech_rate_wpm), EASY_WPM
        pace = f"{wpm} words a minute: {pace} (fine: {low} to {high})"
    filler = f"{len(fillers.counted) or 'none'} found, {phrases.rate_class(fillers)}"
    if analysis.typed:
        pace, filler = phrases.TYPED_PACE, phrases.typed_fillers(analysis)
    if common := ", ".join(f"{text} {n}" for text, n in phrases.common_fillers(fillers, 3)):
        filler += f" ({common})"
    made, total = phrases.points_made(analysis.coverage)
    rows = (
        ("Pace", pace),
        ("Fillers", filler),
        ("Talking points", f"{made} of {total} made" if total else "none in the brief"),
        ("You asked", phrases.own_questions_told(analysis)),
    )
    return [row for name, value in rows if value for row in wrapped(value, f"{name:<16}", " " * 16)]


def _scores(scores: Scores) -> list[str]:
    """Return a paragraph for each score: its value and formula, or why there is none."""
    if scores == Scores():
        return []
    rows = ["Scores, 0 to 100 each, no total"]
    for name, score in scores:
        value = "-" if score.value is None else score.value
        told = score.formula if score.value is not None else f"not scored: {score.not_scored}"
        rows += wrapped(told, f"  {name:<8} {value:>3}  ", " " * 16)
    return rows


def _points(analysis: Analysis) -> list[str]:
    rows = []
    for point in analysis.coverage.points:
        at = f" ({clock(point.evidence[0].start_s)})" if point.evidence else ""
        rows.append(f"  {point.status:<12}  {shortened(point.name, WIDTH - 16 - len(at))}{at}")
    return rows


def _findings(title: str, findings: tuple[Finding, ...]) -> list[str]:
    rows = [title] if findings else []
    for number, finding in enumerate(findings, 1):
        at = "" if finding.start_s is None else clock(finding.start_s)
        lead = f"{number:>2}. {at:>5}  "
        rows += wrapped(finding.text, lead, " " * len(lead))
        rows += wrapped(f"Try: {finding.exercise}" if finding.exercise else "", " " * len(lead))
    return rows
