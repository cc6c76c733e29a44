"""An analysis for other programs: Markdown, and a table with one row per answer."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence

from agent.analysis import Analysis, Answer, Finding, PointCoverage, phrases
from agent.analysis.phrases import answer_names
from agent.text.display import clock, flat, length, plural

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&$])")
"""What Markdown reads as markup anywhere in a line (CommonMark 0.31, 2.4; GFM tables and ~~)."""
_LINE_START = re.compile(r"^([#+=-]|\d{1,9}(?=[.)]))")
"""What it reads as a heading or a list at the start of a line."""
_FORMULA = ("=", "+", "-", "@")
"""A cell that begins so is computed by spreadsheets (OWASP, CSV injection)."""

_Cell = str | float | None
_FIGURES: dict[str, Callable[[Answer], _Cell]] = {
    "kind": lambda answer: answer.kind,
    "area": lambda answer: answer.area,
    "asked_by": lambda answer: answer.asked_by,
    "question": lambda answer: answer.question,
    "start_s": lambda answer: answer.start_s,
    "end_s": lambda answer: answer.end_s,
    "length_s": lambda answer: answer.end_s - answer.start_s,
    "advised_from_s": lambda answer: answer.advised_s and answer.advised_s[0],
    "advised_to_s": lambda answer: answer.advised_s and answer.advised_s[1],
    "response_latency_s": lambda answer: answer.response_latency_s,
    "words": lambda answer: answer.pacing.words,
    "speech_rate_wpm": lambda answer: answer.pacing.speech_rate_wpm,
    "articulation_rate_sps": lambda answer: answer.pacing.articulation_rate_sps,
    "phonation_s": lambda answer: answer.pacing.phonation_s,
    "pauses": lambda answer: len(answer.pacing.pauses),
    "longest_pause_s": lambda answer: max(
        map(phrases.pause_length_s, answer.pacing.pauses), default=None
    ),
    "longest_run_s": lambda answer: answer.pacing.longest_run_s,
    "pitch_sd_semitones": lambda answer: answer.pacing.voice.pitch_sd_semitones,
    "fillers_in_transcript": lambda answer: len(answer.fillers.counted),
    "hedges": lambda answer: len(answer.fillers.hedges),
    "i_count": lambda answer: answer.i_count,
    "we_count": lambda answer: answer.we_count,
    "figures": lambda answer: answer.figures,
    "text": lambda answer: answer.text,
}
COLUMNS = ("answer", *_FIGURES)
"""Header of the table. Names end in their unit; an empty cell was not measured or not scored.
They mean what the fields of agent/analysis of the same names mean."""


def csv_table(analysis: Analysis) -> str:
    """Return one row per answer below COLUMNS (RFC 4180)."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for name, answer in zip(answer_names(analysis.answers), analysis.answers, strict=True):
        table.writerow([name, *(_cell(figure(answer)) for figure in _FIGURES.values())])
    return out.getvalue()


def _cell(value: _Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, float | int):
        return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    shown = flat(value)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def markdown(analysis: Analysis) -> str:
    """Return the report in Markdown: findings, scores, coverage, answers with their words."""
    about = analysis.about
    title = " · ".join(part for part in (about.company, about.role) if part) or about.title
    lasted = length(about.duration_s) if about.duration_s > 0 else ""
    facts = (about.started[:16].replace("T", " "), lasted, about.state)
    blocks = [f"# {_md(title)}", _md(", ".join(part for part in facts if part))]
    blocks += ["\n".join(f"- {_md(note)}" for note in analysis.notes)] if analysis.notes else []
    blocks += _practice("## What to practice", analysis.to_practice)
    blocks += _practice("## What went well", analysis.strengths) + _figures(analysis)
    blocks += _coverage(analysis.coverage.points) + _answers(analysis)
    return "\n\n".join(blocks + _own_questions(analysis)) + "\n"


def _practice(title: str, findings: Sequence[Finding]) -> list[str]:
    rows = []
    for number, finding in enumerate(findings, 1):
        at = "" if finding.start_s is None else f"{clock(finding.start_s)}, "
        exercise = f"\n   {_md(finding.exercise)}" if finding.exercise else ""
        rows.append(f"{number}. {_md(finding.text)} ({at}{finding.basis}){exercise}")
    return [title, "\n".join(rows)] if rows else []


def _figures(analysis: Analysis) -> list[str]:
    """Return the scores, where there are any, and the figures over all answers."""
    scores = [
        (name.capitalize(), "not scored" if score.value is None else str(score.value), because)
        for name, score in analysis.scores
        if (because := _md(score.formula or score.not_scored))
    ]
    rate = analysis.pacing.speech_rate_wpm
    made, points = phrases.points_made(analysis.coverage)
    rows = [
        ("Words a minute, pauses included", "not scored" if rate is None else f"{rate:.0f}"),
        ("Fillers", str(len(analysis.fillers.counted))),
        ("Rate of fillers", phrases.rate_class(analysis.fillers)),
    ]
    if analysis.typed:
        rows = [("Fillers", phrases.typed_fillers(analysis))]
    rows.append(("Talking points made", f"{made} of {points}" if points else "none in the brief"))
    blocks = ["## Scores", _table(("Score", "0 to 100", "How"), scores)] if scores else []
    return [*blocks, "## Figures", _table(("Figure", "Value"), rows)]


def _coverage(points: tuple[PointCoverage, ...]) -> list[str]:
    rows = []
    for point in points:
        said = "; ".join(f"“{_md(one.quote)}” ({clock(one.start_s)})" for one in point.evidence)
        fit = f"a good place for it: {_md(point.would_fit)}" if point.would_fit else ""
        note = "; ".join(part for part in (_md(point.note).rstrip("."), fit) if part)
        rows.append((_md(point.name), point.status, said, note))
    table = _table(("Point", "Status", "Said", "Note"), rows)
    return ["## Talking points", table] if rows else []


def _answers(analysis: Analysis) -> list[str]:
    blocks = ["## Answers"] if analysis.answers else []
    for name, answer in zip(answer_names(analysis.answers), analysis.answers, strict=True):
        rate = answer.pacing.speech_rate_wpm
        facts = [
            f"{clock(answer.start_s)} to {clock(answer.end_s)}",
            length(answer.end_s - answer.start_s),
            "pace not scored" if rate is None else f"{rate:.0f} words a minute",
            plural(len(answer.fillers.counted), "filler"),
        ]
        if analysis.typed:
            facts = [plural(len(answer.words), "typed word")]
        if answer.asked_by:
            facts.insert(0, f"asked by {_md(answer.asked_by)}")
        blocks.append(f"### {name} {_md(answer.question) or 'The recording'}")
        blocks += ["; ".join(facts), _md(answer.text) or "(no words)"]
    return blocks


def _own_questions(analysis: Analysis) -> list[str]:
    rows = [
        f"- {_md(own.text)} ({clock(own.start_s)})\n  {_md(own.reply)}"
        + (f"\n  Your brief: {_md(own.source)}" if own.source else "")
        for own in analysis.own_questions
    ]
    return ["## Your own questions", "\n".join(rows)] if rows else []


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _md(text: str) -> str:
    """Return outside text as one line of Markdown that shows exactly this text."""
    escaped = _MARKDOWN.sub(r"\\\1", flat(text))
    start = _LINE_START.match(escaped)
    if start is None:
        return escaped
    at = start.end() if escaped[0].isdigit() else 0
    return f"{escaped[:at]}\\{escaped[at:]}"
