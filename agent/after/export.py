"""An analysis for other programs: Markdown, and a table with one row per answer."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from agent.analysis import Analysis, Answer, PointCoverage, answer_names
from agent.report import phrases
from agent.text.display import clock, flat, length, plural

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&$])")
"""What Markdown reads as markup anywhere in a line (CommonMark 0.31, 2.4; GFM tables and ~~)."""
_LINE_START = re.compile(r"^([#+=-]|\d{1,9}(?=[.)]))")
"""What it reads as a heading or a list at the start of a line."""
_FORMULA = ("=", "+", "-", "@")
"""A cell that begins so is computed by spreadsheets (OWASP, CSV injection)."""

COLUMNS = (
    "answer",
    "kind",
    "area",
    "asked_by",
    "question",
    "start_s",
    "end_s",
    "length_s",
    "advised_from_s",
    "advised_to_s",
    "response_latency_s",
    "words",
    "speech_rate_wpm",
    "articulation_rate_sps",
    "phonation_s",
    "pauses",
    "longest_pause_s",
    "longest_run_s",
    "pitch_sd_semitones",
    "fillers_in_transcript",
    "hedges",
    "i_count",
    "we_count",
    "figures",
    "text",
)
"""Header of the table. Names end in their unit; an empty cell was not measured or not scored.
They mean what the fields of agent/analysis of the same names mean."""


def csv_table(analysis: Analysis) -> str:
    """Return one row per answer with its figures, below COLUMNS (RFC 4180).

    Texts that a spreadsheet would compute get an apostrophe in front.
    """
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    names = answer_names(analysis.answers)
    for name, answer in zip(names, analysis.answers, strict=True):
        row = {"answer": name} | _figures(answer)
        table.writerow([_cell(row[column]) for column in COLUMNS])
    return out.getvalue()


def _figures(answer: Answer) -> dict[str, str | float | None]:
    pacing, fillers = answer.pacing, answer.fillers
    advised = answer.advised_s or (None, None)
    pause = phrases.longest_pause(pacing)
    return {
        "kind": answer.kind,
        "area": answer.area,
        "asked_by": answer.asked_by,
        "question": answer.question,
        "start_s": answer.start_s,
        "end_s": answer.end_s,
        "length_s": answer.end_s - answer.start_s,
        "advised_from_s": advised[0],
        "advised_to_s": advised[1],
        "response_latency_s": answer.response_latency_s,
        "words": pacing.words,
        "speech_rate_wpm": pacing.speech_rate_wpm,
        "articulation_rate_sps": pacing.articulation_rate_sps,
        "phonation_s": pacing.phonation_s,
        "pauses": len(pacing.pauses),
        "longest_pause_s": None if pause is None else phrases.pause_length_s(pause),
        "longest_run_s": pacing.longest_run_s,
        "pitch_sd_semitones": pacing.voice.pitch_sd_semitones,
        "fillers_in_transcript": len(fillers.counted),
        "hedges": len(fillers.hedges),
        "i_count": answer.i_count,
        "we_count": answer.we_count,
        "figures": answer.figures,
        "text": answer.text,
    }


def _cell(value: str | float | None) -> str:
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
    facts = [part for part in (about.started[:16].replace("T", " "), about.state) if part]
    if about.duration_s > 0:
        facts.insert(-1, length(about.duration_s))
    blocks = [f"# {_md(title)}", _md(", ".join(facts))]
    blocks += ["\n".join(f"- {_md(note)}" for note in analysis.notes)] if analysis.notes else []
    blocks += _practice(analysis) + _scores(analysis) + _total(analysis)
    blocks += _coverage(analysis.coverage.points) + _answers(analysis)
    blocks += _own_questions(analysis)
    return "\n\n".join(blocks) + "\n"


def _practice(analysis: Analysis) -> list[str]:
    blocks: list[str] = []
    for title, some in (
        ("## What to practice", analysis.to_practice),
        ("## What went well", analysis.strengths),
    ):
        rows = []
        for number, finding in enumerate(some, 1):
            at = "" if finding.start_s is None else f"{clock(finding.start_s)}, "
            exercise = f"\n   {_md(finding.exercise)}" if finding.exercise else ""
            rows.append(f"{number}. {_md(finding.text)} ({at}{finding.basis}){exercise}")
        blocks += [title, "\n".join(rows)] if rows else []
    return blocks


def _scores(analysis: Analysis) -> list[str]:
    rows = [
        (name, "not scored" if score.value is None else str(score.value), because)
        for name, score in (
            ("Pacing", analysis.scores.pacing),
            ("Fillers", analysis.scores.fillers),
            ("Coverage", analysis.scores.coverage),
        )
        if (because := _md(score.formula or score.not_scored))
    ]
    return ["## Scores", _table(("Score", "0 to 100", "How"), rows)] if rows else []


def _total(analysis: Analysis) -> list[str]:
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
    return ["## Figures", _table(("Figure", "Value"), rows)]


def _coverage(points: tuple[PointCoverage, ...]) -> list[str]:
    if not points:
        return []
    rows = []
    for point in points:
        said = "; ".join(f"“{_md(one.quote)}” ({clock(one.start_s)})" for one in point.evidence)
        fit = f"a good place for it: {_md(point.would_fit)}" if point.would_fit else ""
        note = "; ".join(part for part in (_md(point.note).rstrip("."), fit) if part)
        rows.append((_md(point.name), point.status, said, note))
    return ["## Talking points", _table(("Point", "Status", "Said", "Note"), rows)]


def _answers(analysis: Analysis) -> list[str]:
    blocks = ["## Answers"] if analysis.answers else []
    names = answer_names(analysis.answers)
    for name, answer in zip(names, analysis.answers, strict=True):
        facts = [plural(len(answer.words), "typed word")] if analysis.typed else _spoken(answer)
        if answer.asked_by:
            facts.insert(0, f"asked by {_md(answer.asked_by)}")
        blocks.append(f"### {name} {_md(answer.question) or 'The recording'}")
        blocks.append("; ".join(facts))
        blocks.append(_md(answer.text) or "(no words)")
    return blocks


def _spoken(answer: Answer) -> list[str]:
    rate = answer.pacing.speech_rate_wpm
    return [
        f"{clock(answer.start_s)} to {clock(answer.end_s)}",
        length(answer.end_s - answer.start_s),
        "pace not scored" if rate is None else f"{rate:.0f} words a minute",
        plural(len(answer.fillers.counted), "filler"),
    ]


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
