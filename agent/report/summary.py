"""The analysis in short: blocks that the terminal and Markdown show, and both of these."""

import re
from collections.abc import Iterator, Sequence

from agent.analysis import Analysis, Finding, phrases
from agent.analysis.bands import EASY_WPM
from agent.analysis.phrases import answer_names
from agent.analysis.ratings import gap_told
from agent.console import WIDTH, shortened, wrapped
from agent.text.display import clock, flat, length

Row = tuple[str, ...]
"""What stands at the left, and what is said: figures have a name, findings a number and a time."""
FIGURES, SCORES, POINTS = "Figures", "Scores, 0 to 100 each, no total", "Talking points"
PRACTICE, STRENGTHS, NOTES = "What to practice", "What went well", "Good to know"
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&$])")
"""What Markdown reads as markup anywhere in a line (CommonMark 0.31, 2.4; GFM tables and ~~)."""
_LINE_START = re.compile(r"^([#+=-]|\d{1,9}(?=[.)]))")
"""What it reads as a heading or a list at the start of a line."""


def title_of(analysis: Analysis) -> str:
    """Return company and role, else the session's title, with its length."""
    about = analysis.about
    return f"{about.name}, {length(about.duration_s)}" if about.duration_s > 0 else about.name


def blocks_of(analysis: Analysis) -> Iterator[tuple[str, list[Row]]]:
    """Yield title and rows of each block that has something to say."""
    scores = (
        (name, "-" if one.value is None else str(one.value),
         one.formula if one.value is not None else f"not scored: {one.not_scored}")
        for name, one in analysis.scores
        if one.formula or one.not_scored
    )  # fmt: skip
    points = (
        (
            phrases.status_told(one),
            one.name,
            f"({clock(one.evidence[0].start_s)})" if one.evidence else "",
        )
        for one in analysis.coverage.points
    )
    for title, rows in (
        (FIGURES, _figures(analysis)),
        (SCORES, scores),
        (POINTS, points),
        (PRACTICE, _findings(analysis.to_practice)),
        (STRENGTHS, _findings(analysis.strengths)),
        (NOTES, ((note,) for note in phrases.notes_of(analysis))),
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
    rows = (
        ("Pace", pace),
        ("Fillers", filler),
        ("Talking points", f"{made} of {total} made" if total else "none in the brief"),
        ("You asked", phrases.own_questions_told(analysis)),
        ("You rated them", gap_told(analysis)),
    )
    yield from (row for row in rows if row[1])


def _findings(findings: Sequence[Finding]) -> Iterator[Row]:
    for number, one in enumerate(findings, 1):
        at = "" if one.start_s is None else clock(one.start_s)
        exercise = (f"Try: {one.exercise}",) if one.exercise else ()
        yield (f"{number}.", at, one.text, *exercise)


def markdown(analysis: Analysis) -> str:
    """Return the blocks, each talking point with its quotes, and the answers."""
    parts = [f"# {_md(title_of(analysis))}", _md(analysis.about.started[:16].replace("T", " "))]
    for title, rows in blocks_of(analysis):
        parts += [f"## {title}", "\n".join(f"- {_md(' '.join(row))}" for row in rows)]
    quotes = [
        f"- {_md(point.name)}, {status}: “{_md(one.quote)}” ({clock(one.start_s)})"
        for point in analysis.coverage.points
        for status in (phrases.status_told(point),)
        for one in point.evidence
    ]
    parts += ["## Quotes", "\n".join(quotes)] if quotes else []
    parts += ["## Answers"] if analysis.answers else []
    for name, answer in zip(answer_names(analysis.answers), analysis.answers, strict=True):
        asked_by = f" (asked by {_md(answer.asked_by)})" if answer.asked_by else ""
        parts.append(f"### {name} {_md(answer.question) or 'The recording'}{asked_by}")
        parts.append(_md(answer.text) or "(no words)")
    own = [f"- {_md(own.text)}\n  {_md(own.reply)}" for own in analysis.own_questions]
    parts += ["## Your own questions", "\n".join(own)] if own else []
    return "\n\n".join(part for part in parts if part) + "\n"


def _md(text: str) -> str:
    """Return outside text as one line of Markdown that shows exactly this text."""
    escaped = _MARKDOWN.sub(r"\\\1", flat(text))
    start = _LINE_START.match(escaped)
    at = 0 if start is None or not escaped[0].isdigit() else start.end()
    return escaped if start is None else f"{escaped[:at]}\\{escaped[at:]}"
