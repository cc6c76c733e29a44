"""The analysis in short: blocks that the terminal and Markdown show, and the terminal's lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.analysis import Analysis, Finding, phrases
from agent.analysis.bands import EASY_WPM
from agent.analysis.ratings import gap_told
from agent.console import WIDTH, shortened, wrapped
from agent.text.display import clock, length

Row = tuple[str, ...]
"""What stands at the left, and what is said: figures have a name, findings a number and a time."""
FIGURES, SCORES, POINTS = "Figures", "Scores, 0 to 100 each, no total", "Talking points"
PRACTICE, STRENGTHS, NOTES = "What to practice", "What went well", "Good to know"


def title_of(analysis: Analysis) -> str:
    """Return company and role, else the session's title, with its length."""
    about = analysis.about
    title = " · ".join(part for part in (about.company, about.role) if part) or about.title
    return f"{title}, {length(about.duration_s)}" if about.duration_s > 0 else title


def blocks_of(analysis: Analysis) -> Iterator[tuple[str, list[Row]]]:
    """Yield title and rows of each block that has something to say."""
    state = phrases.state_note(analysis.about)
    scores = (
        (name, "-" if one.value is None else str(one.value),
         one.formula if one.value is not None else f"not scored: {one.not_scored}")
        for name, one in analysis.scores
        if one.formula or one.not_scored
    )  # fmt: skip
    points = (
        (one.status, one.name, f"({clock(one.evidence[0].start_s)})" if one.evidence else "")
        for one in analysis.coverage.points
    )
    notes = [*([state] if state else []), *analysis.notes]
    for title, rows in (
        (FIGURES, _figures(analysis)),
        (SCORES, scores),
        (POINTS, points),
        (PRACTICE, _findings(analysis.to_practice)),
        (STRENGTHS, _findings(analysis.strengths)),
        (NOTES, ((note,) for note in notes)),
    ):
        if found := list(rows):
            yield title, found


def summary_lines(analysis: Analysis) -> list[str]:
    """Return the blocks as lines of 80 columns."""
    lines = wrapped(title_of(analysis))
    for title, rows in blocks_of(analysis):
        lines += ["", *([] if title in (FIGURES, POINTS, NOTES) else [title])]
        for row in rows:
            lines += _shown(title, row)
    return lines


def _shown(title: str, row: Row) -> list[str]:
    if title == FIGURES:
        return wrapped(row[1], f"{row[0]:<16}", " " * 16)
    if title == SCORES:
        return wrapped(row[2], f"  {row[0]:<8} {row[1]:>3}  ", " " * 16)
    if title == POINTS:
        status, name, at = row
        return [f"  {status:<12}  {shortened(name, WIDTH - 17 - len(at))} {at}".rstrip()]
    if title == NOTES:
        return wrapped(row[0], "- ", "  ")
    number, at, told, *exercise = row
    lead = f"{number:>3} {at:>5}  "
    more = (line for one in exercise for line in wrapped(one, " " * len(lead)))
    return [*wrapped(told, lead, " " * len(lead)), *more]


def _figures(analysis: Analysis) -> Iterator[Row]:
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
    for row in (
        ("Pace", pace),
        ("Fillers", filler),
        ("Talking points", f"{made} of {total} made" if total else "none in the brief"),
        ("You asked", phrases.own_questions_told(analysis)),
        ("You rated them", gap_told(analysis)),
    ):
        if row[1]:
            yield row


def _findings(findings: Sequence[Finding]) -> Iterator[Row]:
    for number, one in enumerate(findings, 1):
        at = "" if one.start_s is None else clock(one.start_s)
        exercise = (f"Try: {one.exercise}",) if one.exercise else ()
        yield (f"{number}.", at, one.text, *exercise)
