"""progress.html: the figures from session to session, one page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agent.after.progress import NO_BRIEF, UNREADABLE, Row, practice
from agent.after.progress_chart import chart
from agent.after.progress_table import FIGURES, Figure, by_group
from agent.report.inlined import joined, source_hash
from agent.report.markup import esc, plural, section

_STYLES = ("base.css", "progress.css", "print.css")
_COLUMNS = (
    "Minutes",
    "Words a minute",
    "Fillers a minute",
    "Points made",
    "Pacing",
    "Fillers",
    "Coverage",
)


def render_progress(rows: Sequence[Row], reports: Mapping[str, str] | None = None) -> str:
    """Draw the page: what to practice, then charts and a table for each brief and over all.

    A pure function.

    Args:
        rows: the sessions, oldest first.
        reports: relative URL of each session's report, by the session's folder.
    """
    style = joined(_STYLES)
    groups = by_group(rows)
    parts = [_practice(rows)]
    if len(groups) > 1:
        charts = _charts(rows)
        parts.append(section("all", "All briefs", charts) if charts else "")
    for number, (name, some) in enumerate(reversed(groups.items()), 1):
        body = _charts(some) + _table(some, reports or {}, name)
        parts.append(section(f"brief-{number}", f'<span dir="auto">{esc(name)}</span>', body))
    policy = f"default-src 'none'; style-src {source_hash(style)}; base-uri 'none'"
    briefs = len(groups.keys() - {UNREADABLE, NO_BRIEF})
    facts = f"{plural(len(rows), 'session')} of {plural(briefs, 'brief')}"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}; form-action \'none\'">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>Rehearsal progress</title>\n<style>{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#practice">To what to practice</a>\n<main>\n'
        '<header><p class="kind">Rehearsal progress</p><h1>From session to session</h1>'
        f'<ul class="meta"><li>{facts}</li></ul></header>\n'
        f"{chr(10).join(part for part in parts if part)}\n</main>\n</body>\n</html>\n"
    )


def _practice(rows: Sequence[Row]) -> str:
    lines = practice(list(rows))
    if not lines:
        body = '<p class="empty">No whole session yet that could tell.</p>'
    else:
        items = "".join(f'<li dir="auto">{esc(line)}</li>' for line in lines)
        body = f'<ul class="todo">{items}</ul>'
    return section("practice", "Practice next", body)


def _charts(rows: Sequence[Row]) -> str:
    drawn = [_card(figure, rows) for figure in FIGURES]
    cards = "".join(card for card in drawn if card)
    return f'<ul class="charts">{cards}</ul>' if cards else ""


def _card(figure: Figure, rows: Sequence[Row]) -> str:
    line = chart(figure, rows)
    if not line:
        return ""
    last = [value for row in rows if row.whole and (value := figure.of(row)) is not None][-1]
    fine = f" fine: {figure.band[0]:.0f} to {figure.band[1]:.0f}" if figure.band else ""
    return (
        f"<li><h3>{esc(figure.name)}</h3>"
        f'<p class="now">{last:.{figure.digits}f}<small>{fine}</small></p>{line}</li>'
    )


def _table(rows: Sequence[Row], reports: Mapping[str, str], name: str) -> str:
    head = "".join(f'<th scope="col">{column}</th>' for column in ("Session", *_COLUMNS))
    body = "".join(_row(row, reports.get(row.folder, "")) for row in reversed(rows))
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{esc(f"Sessions: {name}")}">'
        "<table><caption>Newest first. Scores are from 0 to 100.</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Row, report: str) -> str:
    when = esc(row.when)
    named = f'<a href="{esc(report)}">{when}</a>' if report else when
    first = f'<th scope="row">{named}</th>'
    why = esc(row.why)
    if row.minutes is None:
        return f'<tr>{first}<td class="why" colspan="{len(_COLUMNS)}">{why}</td></tr>'
    points = "-" if row.points_total is None else f"{row.points_made} of {row.points_total}"
    cells = (
        _n(row.minutes, 1),
        _n(row.words_per_minute),
        _n(row.fillers_per_minute, 1),
        points,
        _n(row.pacing_score),
        _n(row.fillers_score),
        _n(row.coverage_score),
    )
    below = f'<tr><td></td><td class="why" colspan="{len(_COLUMNS)}">{why}</td></tr>' if why else ""
    return f"<tr>{first}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>{below}"


def _n(value: float | None, digits: int = 0) -> str:
    return "-" if value is None else f"{value:.{digits}f}"
