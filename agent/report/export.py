"""The report as Markdown, and the figures of the answers as a table."""

from __future__ import annotations

import csv
import io
import re

from agent.analysis import Analysis, phrases
from agent.analysis.phrases import answer_names
from agent.report.summary import blocks_of, title_of
from agent.text.display import clock, flat

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&$])")
"""What Markdown reads as markup anywhere in a line (CommonMark 0.31, 2.4; GFM tables and ~~)."""
_LINE_START = re.compile(r"^([#+=-]|\d{1,9}(?=[.)]))")
"""What it reads as a heading or a list at the start of a line."""
_FORMULA = ("=", "+", "-", "@")
"""A cell that begins so is computed by spreadsheets (OWASP, CSV injection)."""
_OF_ANSWER = "kind area asked_by question start_s end_s response_latency_s i_count we_count figures"
_OF_PACING = "words speech_rate_wpm articulation_rate_sps phonation_s longest_run_s"
COLUMNS = ("answer", *_OF_ANSWER.split(), "own_rating", *_OF_PACING.split(),
           "pauses", "longest_pause_s", "fillers_in_transcript", "hedges", "text")  # fmt: skip
"""Header of the table; named as the fields of agent/analysis. An empty cell was not measured."""


def csv_table(analysis: Analysis) -> str:
    """Return one row per answer below COLUMNS (RFC 4180)."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    table.writeheader()
    for name, answer in zip(answer_names(analysis.answers), analysis.answers, strict=True):
        longest = phrases.longest_pause(answer.pacing)
        row = answer.model_dump() | {one: getattr(answer.pacing, one) for one in _OF_PACING.split()}
        row |= {
            "answer": name,
            "pauses": len(answer.pacing.pauses),
            "longest_pause_s": longest and phrases.pause_length_s(longest),
            "fillers_in_transcript": len(answer.fillers.counted),
            "hedges": len(answer.fillers.hedges),
        }
        table.writerow({column: _cell(row[column]) for column in COLUMNS})
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, float):
        return round(value, 3)
    shown = flat(value) if isinstance(value, str) else value
    return f"'{shown}" if isinstance(shown, str) and shown.startswith(_FORMULA) else shown


def markdown(analysis: Analysis) -> str:
    """Return what the summary says, each talking point with its quotes, and the answers."""
    parts = [f"# {_md(title_of(analysis))}", _md(analysis.about.started[:16].replace("T", " "))]
    for title, rows in blocks_of(analysis):
        parts += [f"## {title}", "\n".join(f"- {_md(' '.join(row))}" for row in rows)]
    quotes = [
        f"- {_md(point.name)}, {point.status}: “{_md(one.quote)}” ({clock(one.start_s)})"
        for point in analysis.coverage.points
        for one in point.evidence
    ]
    parts += ["## Quotes", "\n".join(quotes)] if quotes else []
    parts += ["## Answers"] if analysis.answers else []
    for name, answer in zip(answer_names(analysis.answers), analysis.answers, strict=True):
        asked_by = f" (asked by {_md(answer.asked_by)})" if answer.asked_by else ""
        parts += [
            f"### {name} {_md(answer.question) or 'The recording'}{asked_by}",
            _md(answer.text) or "(no words)",
        ]
    own = [f"- {_md(own.text)}\n  {_md(own.reply)}" for own in analysis.own_questions]
    parts += ["## Your own questions", "\n".join(own)] if own else []
    return "\n\n".join(part for part in parts if part) + "\n"


def _md(text: str) -> str:
    """Return outside text as one line of Markdown that shows exactly this text."""
    escaped = _MARKDOWN.sub(r"\\\1", flat(text))
    start = _LINE_START.match(escaped)
    if start is None:
        return escaped
    at = start.end() if escaped[0].isdigit() else 0
    return f"{escaped[:at]}\\{escaped[at:]}"
